package snel.elaborate;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.math.Expr;
import snel.model.Connection;
import snel.model.Slice;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Rule;

/// Connection rules with their arguments.
final class Rules {
  private final Evaluator evaluator;
  private final Slice source;
  private final Slice target;
  private final boolean excludeSelf;
  private final Connect connect;

  /// @param evaluator sees `pre` and `post`
  /// @param connect where the ends are written
  Rules(Evaluator evaluator, Slice source, Slice target, boolean excludeSelf, Connect connect) {
    this.evaluator = evaluator;
    this.connect = connect;
    this.source = source;
    this.target = target;
    this.excludeSelf = excludeSelf;
  }

  private Optional<Connection> fault(Code code, String message, Span span) {
    evaluator.context().fault(code, message, span);
    return Optional.empty();
  }

  private Optional<Connection> fault(Diagnostic diagnostic) {
    evaluator.context().fault(diagnostic);
    return Optional.empty();
  }

  Optional<Connection> read(Rule rule) {
    String name = rule.name().text();
    return switch (name) {
      case "all" -> Optional.of(new Connection.All());
      case "one_to_one" -> oneToOne(rule);
      case "bernoulli" -> bernoulli(rule);
      case "fixed_indegree", "fixed_outdegree", "fixed_total" -> fixed(name, rule);
      case "conv", "pool", "window" -> spatial(name, rule);
      case "edges_of" -> edges(rule);
      default -> throw new CompilerBug("the rule `" + name + "` was not checked");
    };
  }

  private Optional<Connection> oneToOne(Rule rule) {
    if (source.size() != target.size()) {
      return fault(
          withSizes(
              Diagnostic.of(
                  Code.UNEQUAL_SIZES,
                  "`one_to_one` joins " + source.size() + " to " + target.size() + " neurons",
                  rule.span(),
                  "wants as many on both sides")));
    }
    return Optional.of(new Connection.OneToOne());
  }

  private Optional<Connection> bernoulli(Rule rule) {
    Optional<Expr> p = evaluator.one(rule.arguments().get(0).value());
    if (p.isPresent()
        && p.get() instanceof Expr.Num(var value)
        && (value.toDouble() < 0 || value.toDouble() > 1)) {
      Diagnostic outside =
          Diagnostic.of(
              Code.BAD_PROBABILITY,
              "a probability lies in 0 .. 1, but this is " + value.toDouble(),
              rule.arguments().get(0).span());
      boolean percent =
          rule.arguments().get(0).value() instanceof Expression.Number && value.toDouble() <= 100;
      String right = rule.arguments().get(0).span().text() + " %";
      return fault(
          percent
              ? outside.fix("write `" + right + "`", rule.arguments().get(0).span(), right)
              : outside);
    }
    return p.map(Connection.Bernoulli::new);
  }

  private static boolean isMultapses(Argument argument) {
    return argument.value() instanceof Expression.Variable(var word, _)
        && word.text().equals("multapses");
  }

  private Optional<Connection> fixed(String name, Rule rule) {
    boolean multapses = rule.arguments().stream().anyMatch(Rules::isMultapses);
    Expression first = rule.arguments().get(0).value();
    Optional<Long> count = evaluator.whole(first, "the number of synapses");
    if (count.isEmpty()) {
      return Optional.empty();
    }
    long possible =
        switch (name) {
          case "fixed_indegree" -> source.size() - (excludeSelf ? 1 : 0);
          case "fixed_outdegree" -> target.size() - (excludeSelf ? 1 : 0);
          default -> (long) source.size() * target.size() - (excludeSelf ? selves() : 0);
        };
    if (count.get() < 0 || !multapses && count.get() > possible) {
      return fault(tooMany(name, count.get(), possible, rule));
    }
    return Optional.of(
        switch (name) {
          case "fixed_indegree" ->
              new Connection.FixedIndegree((int) (long) count.get(), multapses);
          case "fixed_outdegree" ->
              new Connection.FixedOutdegree((int) (long) count.get(), multapses);
          default -> new Connection.FixedTotal(count.get(), multapses);
        });
  }

  /// Pairs of a neuron with itself.
  private long selves() {
    Set<Integer> targets = new HashSet<>();
    IntStream.range(0, target.size()).map(target::at).forEach(targets::add);
    return IntStream.range(0, source.size()).map(source::at).filter(targets::contains).count();
  }

  private Diagnostic tooMany(String name, long count, long possible, Rule rule) {
    String given = "`" + name + "(" + count + ")`";
    if (count < 0) {
      return Diagnostic.of(
          Code.TOO_MANY_PARTNERS, given + " asks for fewer than none", rule.span(), "negative");
    }
    String there =
        switch (name) {
          case "fixed_indegree" -> neurons(possible, source);
          case "fixed_outdegree" -> neurons(possible, target);
          default -> possible + " pairs";
        };
    return withSizes(
            Diagnostic.of(
                Code.TOO_MANY_PARTNERS,
                given + " exceeds the " + there,
                rule.span(),
                "no two synapses of a pair, so no more than " + possible))
        .help("write `" + name + "(" + possible + ")` or fewer, or `multapses` behind the number");
  }

  private String neurons(long possible, Slice of) {
    return possible + (excludeSelf ? " other" : "") + " neurons of `" + of.population() + "`";
  }

  /// The sizes of both ends, where each is written once.
  private Diagnostic withSizes(Diagnostic diagnostic) {
    if (connect.sources().size() != 1 || connect.targets().size() != 1) {
      return diagnostic;
    }
    return diagnostic
        .label(connect.sources().getFirst().span(), Prose.counted(source.size(), "neuron"))
        .label(connect.targets().getFirst().span(), Prose.counted(target.size(), "neuron"));
  }

  private Optional<Connection> spatial(String name, Rule rule) {
    return new SpatialRule(evaluator, source, target, rule).read(name);
  }

  private Optional<Connection> edges(Rule rule) {
    if (!rule.arguments().isEmpty() && isDataSet(rule.arguments().getFirst().value())) {
      return fault(noTable(rule.arguments().getFirst().value().span(), "this is a data set"));
    }
    Map<String, Val> named = evaluator.named(rule.arguments());
    if (!(named.get("#0") instanceof Val.Table(var columns, var rows))) {
      return fault(noTable(rule.span(), ""));
    }
    String from = named.get("from") instanceof Val.Text(var t) ? t : "source";
    String to = named.get("to") instanceof Val.Text(var t) ? t : "target";
    double[] sources = columns.get(from);
    double[] targets = columns.get(to);
    if (sources == null || targets == null) {
      return fault(
          Diagnostic.of(
                  Code.COLUMN_MISSING,
                  "the table has no column `" + (sources == null ? from : to) + "`",
                  rule.span())
              .note("its columns are " + Prose.codes(columns.keySet())));
    }
    int[] a = new int[rows];
    int[] b = new int[rows];
    for (int row = 0; row < rows; row++) {
      for (double index : new double[] {sources[row], targets[row]}) {
        if (index != Math.rint(index)) {
          String text = "edge " + row + " has the index " + index + ", which is no whole number";
          return fault(Code.WRONG_KIND, text, rule.span());
        }
      }
      a[row] = (int) sources[row];
      b[row] = (int) targets[row];
      if (a[row] < 0 || a[row] >= source.size() || b[row] < 0 || b[row] >= target.size()) {
        return fault(
            Code.INDEX_OUT_OF_RANGE,
            "edge "
                + row
                + " joins neuron "
                + a[row]
                + " to "
                + b[row]
                + ", which are not both there",
            rule.span());
      }
    }
    Map<String, double[]> others = new LinkedHashMap<>(columns);
    return Optional.of(new Connection.Edges(a, b, others));
  }

  private boolean isDataSet(Expression argument) {
    return argument instanceof Expression.Variable(var name, _)
        && evaluator.env().find(name.text()).isEmpty()
        && evaluator.env().file().find(name.text()).orElse(null)
            instanceof Entity.Declared(Declaration.Data _, _);
  }

  private static Diagnostic noTable(Span span, String found) {
    return Diagnostic.of(Code.WRONG_KIND, "`edges_of` wants a table with a header", span, found)
        .help("write `let edges = csv(\"edges.csv\", header: true)` at the top level, for example");
  }
}

package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.protocol.Conversion;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.model.Connection;
import snel.model.Projection;
import snel.source.Span;
import snel.syntax.Expression;

/// Reads which names in the file of a trained network stand for what in the program: `map`,
/// `normalised`, `maximum`.
final class ConversionNames {
  private final Block block;
  private final Work work;

  ConversionNames(Block block) {
    this.block = block;
    this.work = block.work();
  }

  List<Conversion.Match> map(Optional<Expression> given) {
    List<Conversion.Match> all = new ArrayList<>();
    Map<String, Span> first = new HashMap<>();
    for (Expression each : elements(given)) {
      List<Expression> parts = parts(each);
      Optional<String> name = name(parts);
      if (name.isPresent() && parts.size() == 2) {
        filled(parts.get(1))
            .filter(path -> isFirst(first, "map", path, parts.get(1).span()))
            .ifPresent(path -> all.add(new Conversion.Match(name.get(), path)));
      } else {
        work.fault(
            Code.WRONG_KIND,
            "`map` wants pairs of a name in the file and a projection: `(\"fc1\", w1)`",
            each.span());
      }
    }
    return all;
  }

  List<Conversion.Norm> normalised(Optional<Expression> given) {
    List<Conversion.Norm> all = new ArrayList<>();
    Map<String, Span> first = new HashMap<>();
    for (Expression each : elements(given)) {
      List<Expression> parts = parts(each);
      Optional<String> name = name(parts);
      if (name.isPresent() && (parts.size() == 2 || parts.size() == 3)) {
        OptionalDouble epsilon =
            parts.size() == 3 ? OptionalDouble.of(epsilon(parts.get(2))) : OptionalDouble.empty();
        population(parts.get(1))
            .filter(path -> isFirst(first, "normalised", path, parts.get(1).span()))
            .ifPresent(path -> all.add(new Conversion.Norm(name.get(), path, epsilon)));
      } else {
        work.fault(
            Code.WRONG_KIND,
            "`normalised` wants pairs of a name in the file and a population: `(\"bn1\", h)`,"
                + " behind which may stand what is added to the variance: `(\"bn1\", h, 1e-3)`",
            each.span());
      }
    }
    return all;
  }

  /// What is filled is filled once.
  private boolean isFirst(Map<String, Span> first, String option, String path, Span at) {
    Span earlier = first.putIfAbsent(path, at);
    if (earlier != null) {
      work.fault(
          Diagnostic.of(
                  Code.TWO_RULES_FOR_ONE,
                  "`" + option + "` names `" + path + "` twice",
                  at,
                  "named again")
              .label(earlier, "named first here")
              .help("remove one of the two, or name what the other was meant for"));
    }
    return earlier == null;
  }

  private double epsilon(Expression given) {
    Optional<Term> term = block.reader().term(given);
    double epsilon = term.map(KnownNumber::of).orElse(OptionalDouble.empty()).orElse(0);
    if (term.isPresent() && !(epsilon > 0)) {
      work.fault(
          Code.OUT_OF_RANGE,
          "what is added to the variance is a number above 0, known when compiled",
          given.span());
    }
    return epsilon;
  }

  private static List<Expression> parts(Expression entry) {
    return entry.ungrouped() instanceof Expression.Tuple(var parts, _) ? parts : List.of();
  }

  /// A name in the file, which comes first.
  private Optional<String> name(List<Expression> parts) {
    return parts.isEmpty()
        ? Optional.empty()
        : block
            .reader()
            .term(parts.getFirst())
            .flatMap(term ->
                term instanceof Term.Word(String name) ? Optional.of(name) : Optional.empty());
  }

  private static List<Expression> elements(Optional<Expression> given) {
    return given
        .map(list ->
            list.ungrouped() instanceof Expression.Array(var elements, _)
                ? elements
                : List.of(list))
        .orElse(List.of());
  }

  /// Projections that hand on the largest.
  Set<String> maxima(Optional<Expression> given) {
    Set<String> all = new LinkedHashSet<>();
    for (Expression each : elements(given)) {
      Optional<String> path = projection(each);
      if (path.isPresent() && !hasWindows(path.get())) {
        work.fault(
            Code.WRONG_KIND,
            "`maximum` wants what hands on the largest of a window, a `pool` or a `conv`;"
                + " `"
                + path.get()
                + "` is neither",
            each.span());
      }
      path.ifPresent(all::add);
    }
    return all;
  }

  private boolean hasWindows(String projection) {
    return work.elaborated().network().projections().stream()
        .filter(known -> known.path().equals(projection))
        .map(Projection::connection)
        .anyMatch(connection ->
            connection instanceof Connection.Pooling
                || connection instanceof Connection.Convolution);
  }

  /// A projection, or a state that takes biases.
  private Optional<String> filled(Expression expression) {
    return path(
        expression,
        "a projection named by `as` is wanted here, or a `plastic state`",
        meaning ->
            meaning instanceof Meaning.Live(Term.Read(String path, Selection.All _, var _), var _)
                ? Optional.of(path)
                : projection(meaning));
  }

  private Optional<String> projection(Expression expression) {
    return path(
        expression, "a projection named by `as` is wanted here", ConversionNames::projection);
  }

  private static Optional<String> projection(Meaning meaning) {
    return meaning instanceof Meaning.Fixed(Val.Wires(String path), var _)
        ? Optional.of(path)
        : Optional.empty();
  }

  private Optional<String> population(Expression expression) {
    return path(
        expression,
        "a population is wanted here, all of it",
        meaning ->
            meaning instanceof Meaning.Fixed(Val.Cells(var slice, var _), var _) && slice.whole()
                ? Optional.of(slice.population())
                : Optional.empty());
  }

  private Optional<String> path(
      Expression expression, String wanted, Function<Meaning, Optional<String>> reading) {
    Meaning meaning = block.reader().read(expression);
    Optional<String> path = reading.apply(meaning);
    boolean isTold =
        meaning instanceof Meaning.Faulty || meaning instanceof Meaning.Fixed(Val.Bad _, var _);
    if (path.isEmpty() && !isTold) {
      work.fault(Code.WRONG_KIND, wanted, expression.span());
    }
    return path;
  }
}

package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.check.LibraryParameters;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Functions;
import snel.math.Owner;
import snel.math.Relation;
import snel.math.Sharing;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;

/// Function calls: the author's functions are put in place, library functions become nodes.
public final class Calls {
  private static final List<String> OTHERS =
      List.of(
          "min",
          "max",
          "clip",
          "mod",
          "decay",
          "sigmoid",
          "to_step",
          "since",
          "size",
          "sum",
          "mean",
          "distance",
          "flatten",
          "transpose",
          "linspace",
          "zip",
          "csv",
          "npy",
          "one_hot",
          "repeat_each",
          "is_finite",
          "atan2");

  /// About what 64 KB of code hold.
  private static final long MOST_PLACES = 10_000;

  private final Evaluator evaluator;

  Calls(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  private Context context() {
    return evaluator.context();
  }

  Val call(Expression callee, List<Argument> arguments, Span span) {
    Optional<Entity.Declared> own = evaluator.env().function(callee);
    if (own.isPresent() && own.get().declaration() instanceof Declaration.Function declared) {
      String known = declared.name().text();
      if (declared.isCore() && known.equals("difference_of_gaussians")) {
        return new Contrasts(evaluator).of(declared, own.get(), arguments, span);
      }
      return declared.isCore()
          ? onlyOfProtocols(known, span)
          : inlined(declared, own.get(), arguments, span);
    }
    if (!(callee instanceof Expression.Variable(var name, _))) {
      return context().fault(Code.NO_MEANING_HERE, "this cannot be called here", span);
    }
    String function = name.text();
    if (Expr.Draw.DISTRIBUTIONS.contains(function)) {
      return new RandomDraws(evaluator).of(function, arguments, span);
    }
    return switch (function) {
      case "since" -> since(arguments.getFirst().value());
      case "kaiming" -> new RandomDraws(evaluator).kaiming();
      case "csv", "npy" -> table(function, arguments, span);
      default -> builtIn(function, arguments, span);
    };
  }

  private Val onlyOfProtocols(String function, Span span) {
    return context()
        .fault(
            Diagnostic.of(
                    Code.NO_MEANING_HERE,
                    "`" + function + "` is worked out by protocols and experiments only",
                    span,
                    "belongs to the description of the network")
                .help("give the network the result: `present … = " + function + "(…) for …`"));
  }

  private Val inlined(
      Declaration.Function function,
      Entity.Declared declared,
      List<Argument> arguments,
      Span span) {
    Env inner = Env.of(declared.scope()).inner();
    for (int k = 0; k < function.parameters().size(); k++) {
      var parameter = function.parameters().get(k);
      Optional<Expression> given = given(arguments, parameter.name().text(), k);
      Expression value = given.orElse(parameter.fallback());
      if (value == null) {
        return context()
            .fault(
                Code.MISSING_ARGUMENT,
                "`" + function.name().text() + "` wants `" + parameter.name().text() + "`",
                span);
      }
      Val evaluated = given.isPresent() ? evaluator.eval(value) : evaluator.in(inner).eval(value);
      inner.define(parameter.name().text(), evaluated);
    }
    return evaluator.in(inner).eval(function.body());
  }

  static Optional<Expression> given(List<Argument> arguments, String name, int position) {
    int unnamed = 0;
    for (Argument argument : arguments) {
      if (argument.name() != null && argument.name().text().equals(name)) {
        return Optional.of(argument.value());
      }
      if (argument.name() == null && unnamed++ == position) {
        return Optional.of(argument.value());
      }
    }
    return Optional.empty();
  }

  private Val since(Expression event) {
    return switch (event.ungrouped()) {
      case Expression.Variable(var name, _) ->
          switch (name.text()) {
            case "pre" -> Val.of(new Expr.Since(Owner.PRE, "spike"));
            case "post" -> Val.of(new Expr.Since(Owner.POST, "spike"));
            default -> Val.of(new Expr.Since(Owner.SELF, name.text()));
          };
      case Expression.Member(Expression.Variable(var end, _), var name, _) -> {
        if (evaluator.env().find("#" + end.text()).orElse(null) instanceof Val.Info(var neuron)) {
          neuron.requireEvent(
              context(), name.text(), "since(" + event.span().text() + ")", event.span());
        }
        Owner side = end.text().equals("pre") ? Owner.PRE : Owner.POST;
        yield Val.of(new Expr.Since(side, name.text()));
      }
      default -> throw new CompilerBug("the event of `since` was not checked");
    };
  }

  private Val table(String reader, List<Argument> arguments, Span span) {
    Map<String, Val> named = evaluator.named(arguments);
    if (!(named.get("#0") instanceof Val.Text(var file))) {
      return context().fault(Code.WRONG_KIND, "`" + reader + "` wants the name of a file", span);
    }
    boolean header = named.get("header") instanceof Val.Num(Expr.Truth(var truth), _) && truth;
    char separator = named.get("separator") instanceof Val.Text(var text) ? text.charAt(0) : ',';
    try {
      String folder = evaluator.env().file().folder();
      return reader.equals("csv")
          ? context().files().csv(folder, file, header, separator)
          : context().files().npy(folder, file);
    } catch (BadFile bad) {
      return context().fault(bad.code(), bad.sentence(), span);
    }
  }

  /// A reduction, in which each neuron computes all that it asks of a peer by itself, written out.
  /// E0925.
  private Expr overPeers(String function, Expr each, Span span) {
    long places = Sharing.places(each);
    if (places > MOST_PLACES) {
      context()
          .fault(
              Diagnostic.of(
                      Code.TOO_LONG_KERNEL,
                      "`%s` comes to %s operations for each peer, as a `let` is written out wherever"
                              .formatted(function, places == Long.MAX_VALUE ? "countless" : places)
                          + " it is read there; more than "
                          + MOST_PLACES
                          + " are too long for a method of the Java machine",
                      span,
                      "written out")
                  .help("make a `state` of what is asked of the peers, set in an `every dt`"));
    }
    return new Expr.OverPeers(function, each);
  }

  private Val builtIn(String function, List<Argument> given, Span span) {
    List<Argument> arguments = LibraryParameters.plain(function, given);
    boolean overPeers = mentionsPeers(arguments);
    if (overPeers
        && arguments.size() == 1
        && List.of("sum", "mean", "min", "max").contains(function)) {
      return evaluator.map(
          evaluator.eval(arguments.get(0).value()), each -> overPeers(function, each, span));
    }
    List<Val> values = arguments.stream().map(a -> evaluator.eval(a.value())).toList();
    if (values.stream().anyMatch(v -> v instanceof Val.Bad)) {
      return Val.BAD;
    }
    Lists lists = new Lists(evaluator);
    return switch (function) {
      case "size" -> lists.size(values.get(0), span);
      case "sum", "mean" -> lists.total(function, values.get(0), span);
      case "min", "max" ->
          values.size() == 1
              ? lists.extreme(function, values.get(0), span)
              : pointwise(function, values, span);
      case "distance" -> lists.distance(values, span);
      case "flatten" -> lists.flatten(values.get(0));
      case "transpose" -> lists.transpose(values.get(0), span);
      case "to_step" -> evaluator.map(values.get(0), this::toStep);
      case "linspace" -> lists.linspace(values, span);
      case "one_hot" -> lists.oneHot(values, span);
      case "repeat_each" -> lists.repeatEach(values, span);
      case "zip" -> lists.zip(values, span);
      case "sigmoid" -> pointwise(function, values, span);
      default -> {
        boolean known = Functions.isUnary(function) || OTHERS.contains(function);
        yield known ? pointwise(function, values, span) : unknown(function, span);
      }
    };
  }

  private Val unknown(String function, Span span) {
    List<String> names = new ArrayList<>(OTHERS);
    names.addAll(Expr.Draw.DISTRIBUTIONS);
    names.addAll(evaluator.env().file().functionNames());
    names.addAll(List.of("exp", "log", "sqrt", "abs", "floor", "exprel", "tanh"));
    return context()
        .fault(
            Code.UNKNOWN_NAME,
            "unknown function `" + function + "`" + Nearest.hint(function, names),
            span);
  }

  private static boolean mentionsPeers(List<Argument> arguments) {
    return arguments.stream().anyMatch(a -> mentionsPeers(a.value()));
  }

  private static boolean mentionsPeers(Expression expression) {
    return switch (expression) {
      case Expression.Variable(var name, _) -> name.text().equals("peers");
      case Expression.Member(var owner, _, _) -> mentionsPeers(owner);
      case Expression.Unary(_, var a, _) -> mentionsPeers(a);
      case Expression.Binary(_, var a, var b, _) -> mentionsPeers(a) || mentionsPeers(b);
      case Expression.Group(var a, _) -> mentionsPeers(a);
      case Expression.Call(_, var arguments, _) -> mentionsPeers(arguments);
      case Expression.Conditional(var c, var a, var b, _) ->
          mentionsPeers(c) || mentionsPeers(a) || mentionsPeers(b);
      default -> false;
    };
  }

  private Val pointwise(String function, List<Val> values, Span span) {
    return evaluator.numbers(
        evaluator.each(values, arguments -> Fold.call(function, arguments)), values, span);
  }

  private Expr toStep(Expr ms) {
    if (ms instanceof Expr.Num(Exact.Ratio(var value))) {
      var steps = value.dividedBy(context().step()).roundedHalfUp();
      return new Expr.Num(Exact.of(steps.times(context().step())));
    }
    if (ms instanceof Expr.Num(Exact.Approximate(var value))) {
      if (!Double.isFinite(value)) {
        return ms;
      }
      double h = context().step().toDouble();
      var steps = snel.units.Rational.ofExactly(Math.floor(value / h + 0.5));
      return new Expr.Num(Exact.of(steps.times(context().step())));
    }
    return new Expr.Call("to_step", List.of(ms));
  }

  static Expr notEqual(Expr a, Expr b) {
    return Fold.compare(Relation.NOT_EQUAL, a, b);
  }
}

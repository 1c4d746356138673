package snel.elaborate;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Variable;
import snel.source.Span;

/// A shared state is one value for a whole population or projection: it can start from, and follow,
/// only what is one value too.
final class SharedStates {
  private final Context context;
  private final Predicate<Expr.Ref> isOne;
  private final String elements;
  private final String help;

  /// @param isOne whether a name stands for one value
  /// @param elements of what the others have a value each: `neurons`
  SharedStates(Context context, Predicate<Expr.Ref> isOne, String elements, String help) {
    this.context = context;
    this.isOne = isOne;
    this.elements = elements;
    this.help = help;
  }

  void check(List<Variable> states, List<Equation> equations) {
    for (Variable state : states) {
      if (!state.shared()) {
        continue;
      }
      check(state, state.initial(), state.span());
      state.bounds().lower().ifPresent(bound -> check(state, bound, state.span()));
      state.bounds().upper().ifPresent(bound -> check(state, bound, state.span()));
      for (Equation equation : equations) {
        if (equation.variable().equals(state.name())) {
          check(state, equation.rate(), equation.span());
        }
      }
    }
  }

  private void check(Variable state, Expr value, Span span) {
    differing(value)
        .ifPresent(name ->
            context.fault(
                Diagnostic.of(
                        Code.NO_MEANING_HERE,
                        "`"
                            + state.name()
                            + "` is one for all "
                            + elements
                            + ", but `"
                            + name
                            + "` differs between them",
                        span)
                    .help(help)));
  }

  /// What in an expression is not one value.
  private Optional<String> differing(Expr value) {
    return Walk.first(
            value, e -> e instanceof Expr.Since || e instanceof Expr.Ref ref && !isOne.test(ref))
        .map(SharedStates::written);
  }

  private static String written(Expr differing) {
    return switch (differing) {
      case Expr.Since(_, var event) -> "since(" + event + ")";
      case Expr.Ref ref -> written(ref);
      default -> throw new CompilerBug("not what differs: " + differing);
    };
  }

  private static String written(Expr.Ref ref) {
    String name = ref.name().startsWith("position.") ? "position" : ref.name();
    return switch (ref.owner()) {
      case PRE -> "pre." + name;
      case POST -> "post." + name;
      case PEER -> "peers." + name;
      case SELF, NETWORK, POPULATION, ARGUMENT, LOCAL -> name;
    };
  }
}

package snel.elaborate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Equation.Method;
import snel.syntax.Rule;

/// Whether equations offer what the methods written for them want. What is inherited and what
/// functions say has been put in by then. E0514.
final class WrittenMethods {
  /// Those that take noise (semantics.md §7).
  private static final Set<Method> NOISY = Set.of(Method.EXACT, Method.EULER, Method.HEUN);

  private final Context context;
  private final Collection<String> states;
  private final Collection<String> noises;

  WrittenMethods(Context context, Collection<String> states, Collection<String> noises) {
    this.context = context;
    this.states = states;
    this.noises = noises;
  }

  /// @param written where the method of a state stands
  void check(List<Equation> equations, Map<String, Rule> written) {
    Set<String> exact = new TreeSet<>();
    for (Equation equation : equations) {
      if (equation.method().filter(Method.EXACT::equals).isPresent()) {
        exact.add(equation.variable());
      }
    }
    for (Equation equation : equations) {
      Rule rule = written.get(equation.variable());
      if (rule != null && equation.method().isPresent()) {
        check(equation, equation.method().get(), exact, rule);
      }
    }
  }

  private void check(Equation equation, Method method, Set<String> exact, Rule rule) {
    String state = equation.variable();
    Optional<String> noise =
        noises.stream()
            .filter(name -> Walk.mentions(equation.rate(), Owner.SELF, name))
            .findFirst();
    if (noise.isPresent() && !NOISY.contains(method)) {
      report(
          equation,
          rule,
          "`%s` is not defined with noise, but `%s'` has `%s`"
              .formatted(method.word(), state, noise.get()),
          "write `by euler` (Euler-Maruyama) or `by heun`, or leave the line out: the compiler"
              + " takes the best method that fits");
    } else if (method == Method.EXPONENTIAL_EULER && Linear.in(equation.rate(), state).isEmpty()) {
      report(
          equation,
          rule,
          "`exponential_euler` wants an equation that is linear in `" + state + "`",
          "write `by rk4`, or leave the line out: the compiler takes the best method that fits");
    } else if (method == Method.EXACT && !isExact(equation, exact)) {
      report(
          equation,
          rule,
          "`exact` wants a linear equation with constant coefficients"
              + (noise.isPresent() ? ", also of the noise" : ""),
          "leave the line out: the compiler takes the best method that fits");
    }
  }

  private boolean isExact(Equation equation, Set<String> exact) {
    Expr rest = equation.rate();
    Set<String> linear = new TreeSet<>(exact);
    linear.addAll(noises);
    for (String variable : linear) {
      Optional<Linear> parts = Linear.in(rest, variable);
      if (parts.isEmpty() || moves(parts.get().coefficient())) {
        return false;
      }
      rest = parts.get().rest();
    }
    return true;
  }

  private boolean moves(Expr coefficient) {
    return Stream.concat(states.stream(), noises.stream())
        .anyMatch(name -> Walk.mentions(coefficient, Owner.SELF, name));
  }

  private void report(Equation equation, Rule rule, String message, String help) {
    context.fault(
        Diagnostic.of(Code.METHOD_UNFIT, message, rule.span(), "does not fit")
            .label(equation.span(), "the equation")
            .help(help));
  }
}

package snel.elaborate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.model.Equation;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.Rule;

/// The methods that `integrate … by` asks for, by the names of the states.
final class ChosenMethods {
  private final Context context;
  private final Map<String, Equation.Method> chosen = new LinkedHashMap<>();
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  ChosenMethods(Context context) {
    this.context = context;
  }

  /// @param prefix of the states' names
  void read(ModelItem.Integrate integrate, String prefix) {
    Rule written = integrate.method();
    Optional<Equation.Method> method = Equation.Method.named(written.name().text());
    if (method.isEmpty()) {
      context.fault(
          Code.UNKNOWN_OPTION,
          "no integration method `"
              + written.name().text()
              + "`; there are exact, exponential_euler, rk4, euler",
          written.span());
    }
    Equation.Method taken = method.orElse(Equation.Method.RK4);
    for (Name variable : integrate.variables()) {
      chosen.put(prefix + variable.text(), taken);
      rules.put(prefix + variable.text(), written);
    }
  }

  Optional<Equation.Method> of(String state) {
    return Optional.ofNullable(chosen.get(state));
  }

  /// Where the method of a state stands.
  Map<String, Rule> rules() {
    return rules;
  }
}

package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.DataItem;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Instance;
import snel.syntax.Let;
import snel.units.Rational;

/// A number that is written is one that a double holds: none becomes infinite, or zero. E0223.
final class WrittenNumbers {
  private WrittenNumbers() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    Scope root = context.models().root(file);
    for (Expression expression : expressions(declaration)) {
      Parts.each(expression, part -> number(context, root, part));
    }
  }

  private static List<Expression> expressions(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Neuron _, Declaration.Synapse _, Declaration.Network _ ->
          Inside.items(Inside.model(declaration));
      case Declaration.Experiment experiment ->
          joined(arguments(experiment.network()), Inside.items(experiment.body()));
      case Declaration.Test test ->
          joined(
              test.network() == null ? List.of() : arguments(test.network()),
              Inside.items(test.body()));
      case Declaration.Sweep sweep ->
          joined(
              sweep.axes().stream().map(Declaration.Axis::values).toList(),
              Inside.items(sweep.body()));
      case Declaration.Function function -> List.of(function.body());
      case Declaration.Data data -> joined(List.of(data.reader()), values(data));
      case Declaration.Deployment deployment -> arguments(deployment.network());
      case Let let -> List.of(let.value());
    };
  }

  private static List<Expression> values(Declaration.Data data) {
    return data.items().stream()
        .map(item ->
            switch (item) {
              case Let let -> let.value();
              case DataItem.Field field -> field.value();
              case DataItem.Split split -> split.condition();
            })
        .toList();
  }

  private static List<Expression> arguments(Instance instance) {
    return instance.arguments().stream().map(argument -> argument.value()).toList();
  }

  private static List<Expression> joined(List<Expression> first, List<Expression> second) {
    List<Expression> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static void number(Context context, Scope root, Expression part) {
    String digits =
        switch (part) {
          case Expression.Number(var text, _) -> text;
          case Expression.Quantity(var text, _, _) -> text;
          default -> "";
        };
    if (digits.isEmpty()) {
      return;
    }
    Optional<Rational> value = Constants.SURE.value(part, root);
    boolean readable = Constants.number(digits).isPresent();
    boolean tiny = readable ? value.filter(WrittenNumbers::vanishes).isPresent() : isTiny(digits);
    boolean huge = readable ? value.filter(WrittenNumbers::overflows).isPresent() : !isTiny(digits);
    if (tiny || huge) {
      context.report(fault(part, huge));
    }
  }

  /// Of a number with an exponent, or digits, in the thousands.
  private static boolean isTiny(String digits) {
    return digits.contains("e-") || digits.contains("E-") || digits.startsWith("0.");
  }

  static boolean overflows(Rational value) {
    return Double.isInfinite(value.toDouble());
  }

  private static boolean vanishes(Rational value) {
    return value.signum() != 0 && value.toDouble() == 0;
  }

  private static Diagnostic fault(Expression part, boolean huge) {
    String written = "`" + Wording.text(part.span()) + "`";
    return huge
        ? Diagnostic.of(
                Code.TOO_LARGE_FOR_TYPE,
                written + " is too large for any number type",
                part.span(),
                "beyond 1.8e308")
            .help("write `infinity` if no bound is meant")
        : Diagnostic.of(
                Code.TOO_LARGE_FOR_TYPE,
                written + " is too small for any number type",
                part.span(),
                "below 4.9e-324, so it would be 0")
            .help("write `0` if none is meant");
  }
}

package snel.testing;

import java.util.ArrayList;
import java.util.List;

/// Random expressions of the language that stay finite whatever their names stand for. They call a
/// function `bend` of two numbers.
final class RandomFormulas {
  private final Dice dice;

  RandomFormulas(Dice dice) {
    this.dice = dice;
  }

  /// A plain number over these names, not larger than two.
  String bounded(List<String> names, int depth) {
    String inner = real(names, depth);
    return dice.chance(50) ? "tanh(" + inner + ")" : "clip(" + inner + ", -2, 2)";
  }

  /// A plain number over these names.
  String real(List<String> names, int depth) {
    if (depth == 0 || dice.chance(15)) {
      return names.isEmpty() || dice.chance(25) ? dice.number(0, 2) : dice.any(names);
    }
    String a = real(names, depth - 1);
    String b = real(names, depth - 1);
    return switch (dice.below(30)) {
      case 0, 1 -> "(" + a + " + " + b + ")";
      case 2, 3 -> "(" + a + " - " + b + ")";
      case 4, 5 -> "(" + a + " * " + b + ")";
      case 6 -> a + " / (1 + abs(" + b + "))";
      case 7 -> "min(" + a + ", " + b + ")";
      case 8 -> "max(" + a + ", " + b + ")";
      case 9 -> "abs(" + a + ")";
      case 10 -> "exp(min(" + a + ", 1))";
      case 11 -> "log(1 + abs(" + a + "))";
      case 12 -> "sqrt(abs(" + a + "))";
      case 13 -> "tanh(" + a + ")";
      case 14 -> "sigmoid(" + a + ")";
      case 15 -> "exprel(clip(" + a + ", -3, 3))";
      case 16 -> "sin(" + a + ")";
      case 17 -> "cos(" + a + ")";
      case 18 -> "relu(" + a + ")";
      case 19 -> "sign(" + a + ")";
      case 20 -> "floor(clip(" + a + ", -99, 99))";
      case 21 -> "clip(" + a + ", -1, 1)^2";
      case 22 -> "(0.1 + abs(" + a + "))^" + dice.any("0.5", "1.5", "0.3");
      case 23 -> "-" + (a.startsWith("-") ? "(" + a + ")" : a);
      case 24 -> "expm1(min(" + a + ", 1))";
      case 25 -> "mod(" + a + ", " + dice.any("2", "3", "0.7") + ")";
      case 26 -> "bend(" + a + ")";
      case 27 -> "bend(" + a + ", by: abs(" + b + "))";
      default -> "(if " + truth(names, depth - 1) + " then " + a + " else " + b + ")";
    };
  }

  String truth(List<String> names, int depth) {
    if (depth > 0 && dice.chance(25)) {
      String a = truth(names, depth - 1);
      return switch (dice.below(3)) {
        case 0 -> "(" + a + " and " + truth(names, depth - 1) + ")";
        case 1 -> "(" + a + " or " + truth(names, depth - 1) + ")";
        default -> "not (" + a + ")";
      };
    }
    String operator = dice.any("<", "<=", ">", ">=");
    return real(names, Math.max(0, depth - 1)) + " " + operator + " " + real(names, 0);
  }

  /// A draw, anew for each event.
  String draw() {
    return switch (dice.below(7)) {
      case 0 -> "uniform(-1, 1)";
      case 1 -> "normal(0, 0.5)";
      case 2 -> "exponential(0.5)";
      case 3 -> "gamma(mean: 1, sd: 0.5)";
      case 4 -> "binomial(5, 0.3)";
      case 5 -> "lognormal(0.4, 0.2)";
      default -> "normal(0.5, 1, min: 0)";
    };
  }

  /// Statements that change these states, which stay below two.
  String actions(List<String> states, List<String> readable, boolean draws) {
    List<String> lines = new ArrayList<>();
    int count = dice.between(1, 2);
    for (int k = 0; k < count; k++) {
      lines.add(action(states, readable, draws));
    }
    if (dice.chance(20)) {
      String condition = truth(readable, 1);
      String branch = "if " + condition + " { " + action(states, readable, draws) + " }";
      lines.add(
          dice.chance(50) ? branch : branch + " else { " + action(states, readable, draws) + " }");
    }
    return String.join("; ", lines);
  }

  private String action(List<String> states, List<String> readable, boolean draws) {
    String state = dice.any(states);
    if (draws && dice.chance(25)) {
      return state + " = clip(0.5 * " + state + " + " + draw() + ", -2, 2)";
    }
    return switch (dice.below(4)) {
      case 0 -> state + " *= " + dice.number(0.5, 0.99);
      case 1 -> state + " /= " + dice.number(1.05, 1.5);
      case 2 -> state + " = " + bounded(readable, 2);
      default ->
          state
              + " = 0.8 * "
              + state
              + " + "
              + dice.number(0.05, 0.3)
              + " * "
              + bounded(readable, 2);
    };
  }
}

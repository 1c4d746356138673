package snel.testing;

import java.util.ArrayList;
import java.util.List;

/// A random neuron: its text, and what the rest of a program can refer to.
///
/// @param values ports that take a value of type `real`, linear in it
/// @param bent ports that take a value and are not linear in it
/// @param pulses ports without a value
/// @param inputs values that can be driven
/// @param readable states that synapses can read
/// @param events of its own
record RandomNeuron(
    String name,
    String text,
    List<String> values,
    List<String> bent,
    List<String> pulses,
    List<String> inputs,
    List<String> readable,
    List<String> events) {

  static RandomNeuron of(String name, Dice dice, String stepMs) {
    return new Maker(name, dice, stepMs).make();
  }

  private static final class Maker {
    private final String name;
    private final Dice dice;
    private final String stepMs;
    private final RandomFormulas formulas;
    private final StringBuilder out = new StringBuilder();
    private final List<String> values = new ArrayList<>();
    private final List<String> bent = new ArrayList<>();
    private final List<String> pulses = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    Maker(String name, Dice dice, String stepMs) {
      this.name = name;
      this.dice = dice;
      this.stepMs = stepMs;
      this.formulas = new RandomFormulas(dice);
    }

    private void line(String text) {
      out.append("  ").append(text).append('\n');
    }

    private String steps(int count) {
      return new java.math.BigDecimal(stepMs)
              .multiply(java.math.BigDecimal.valueOf(count))
              .toPlainString()
          + " ms";
    }

    private String tau() {
      return steps(dice.between(3, 40));
    }

    RandomNeuron make() {
      parameters();
      dynamics();
      ports();
      spiking();
      handlers();
      List<String> readable = new ArrayList<>(states);
      String text = "neuron " + name + " {\n" + out + "}\n";
      return new RandomNeuron(name, text, values, bent, pulses, inputs, readable, events);
    }

    private void parameters() {
      line("param tau_m = " + tau() + ", th = " + dice.number(0.6, 1.4));
      if (dice.chance(60)) {
        String value =
            switch (dice.below(4)) {
              case 0 -> "uniform(0.1, 0.9)";
              case 1 -> "0.1 * self.index";
              case 2 -> "normal(0.5, 0.2, min: 0)";
              default -> dice.number(0.1, 1);
            };
        line("param a = " + value);
        names.add("a");
      }
      if (dice.chance(40)) {
        line("input drive_in : real" + (dice.chance(50) ? " = " + dice.number(0, 0.6) : ""));
        inputs.add("drive_in");
        names.add("drive_in");
      }
    }

    private void state(String state, String kind) {
      String range = dice.chance(15) ? " in -3 .. 3" : "";
      String start = dice.chance(40) ? "uniform(-0.5, 0.5)" : dice.number(-0.3, 0.3);
      line(kind + "state " + state + " : real" + range + " = " + start);
      states.add(state);
      names.add(state);
    }

    /// The membrane in one of several forms, and what goes with it.
    private void dynamics() {
      state("v", "");
      state("g", "");
      String noise = "";
      if (dice.chance(30)) {
        boolean shared = dice.chance(30);
        line((shared ? "shared " : "") + "noise xi");
        noise = " + " + dice.number(0.05, 0.4) + " * xi / sqrt(" + tau() + ")";
      }
      String rest = dice.chance(50) ? dice.number(0.5, 2.5) : "0.9";
      String in = names.contains("drive_in") ? " + drive_in" : "";
      switch (dice.below(7)) {
        case 0, 1 -> line("v' = (" + rest + " - v + g" + in + ") / tau_m" + noise);
        case 2 -> {
          state("u", "");
          line("v' = (" + rest + " - v + g - 0.5 * u" + in + ") / tau_m" + noise);
          line("u' = (0.3 * v - u) / " + tau());
        }
        case 3 -> line("v' = (" + rest + " - v - abs(g) * (v - 2)" + in + ") / tau_m" + noise);
        case 4 -> line("v' = (exp(min(v, 1.5) - 1) - v + g + 0.8" + in + ") / tau_m" + noise);
        case 5 -> {
          state("u", "");
          line("v' = (min(v, 2)^2 - u + g + 0.7" + in + ") / " + tau() + noise);
          line("u' = " + dice.number(0.1, 0.5) + " * (0.4 * v - u) / " + tau());
        }
        default -> {
          line("v' = (" + rest + " - v + " + formulas.bounded(names, 2) + ") / tau_m" + noise);
          if (dice.chance(40) && noise.isEmpty()) {
            line("integrate v by " + dice.any("rk4", "euler"));
          }
        }
      }
      line(dice.chance(20) ? "g' = -g * (1 + v^2 / (1 + v^2)) / " + tau() : "g' = -g / " + tau());
      if (dice.chance(25)) {
        state("z", dice.chance(50) ? "plastic " : "");
      }
      if (dice.chance(20)) {
        line("shared state common : real = 0.1");
        line("common' = (mean(peers.v) - common) / " + tau());
        names.add("common");
      }
      if (dice.chance(25)) {
        line("state n : int = " + dice.below(5));
        line("every " + steps(dice.between(1, 3)) + " { n = mod(3 * n + 1, 101) }");
        names.add("n / 101");
      }
      if (dice.chance(20)) {
        line("state q : fixed(8, 8) = " + dice.number(0, 3));
        line("every dt { q = 0.75 * q + 0.5 }");
      }
      if (dice.chance(40)) {
        line("let mix = " + formulas.bounded(names, 2));
        names.add("mix");
      }
    }

    private void ports() {
      line("receive exc(w : real) { g += " + dice.any("w", "0.5 * w", "w") + " }");
      values.add("exc");
      if (dice.chance(40)) {
        line("receive jump(w : real) { v += " + dice.any("w", "w * (1 + 0.1 * g)") + " }");
        values.add("jump");
      }
      if (dice.chance(30)) {
        String body =
            dice.any(
                "v += w * (1 - v)",
                "v = 0.9 * v + 0.2 * tanh(w)",
                "if w > 0 { g += w } else { v += 0.5 * w }",
                "v = max(v, w)");
        line("receive bent(w : real) { " + body + " }");
        bent.add("bent");
      }
      if (dice.chance(25)) {
        line("receive pulse { v += 0.15 }");
        pulses.add("pulse");
      }
    }

    private void spiking() {
      switch (dice.below(10)) {
        case 0 -> line("spike on crossing v > th");
        case 1 -> {
          line(
              "spike with rate "
                  + dice.number(0.02, 0.2)
                  + " / "
                  + steps(1)
                  + " * exp(min(v - th, 1))");
        }
        case 2 -> line("spike when v > th and " + formulas.truth(names, 1));
        default -> line("spike when v > th");
      }
      if (dice.chance(90)) {
        String more = dice.chance(40) ? "; g *= 0.5" : "";
        line("reset { " + dice.any("v = 0", "v -= th", "v = -0.2") + more + " }");
      }
      if (dice.chance(50)) {
        String holding =
            dice.any("", " holding v", " holding v, g", " holding g", " holding v accumulates");
        line("refractory " + steps(dice.between(1, 6)) + holding);
      } else if (dice.chance(15)) {
        line("refractory while v > " + dice.number(1, 1.5));
      }
    }

    private void handlers() {
      if (dice.chance(30)) {
        line("event burst when g > " + dice.number(0.2, 1) + dice.any("", " { g *= 0.3 }"));
        events.add("burst");
      }
      List<String> free = states.stream().filter(state -> !state.equals("v")).toList();
      if (dice.chance(30)) {
        line("on spike { " + formulas.actions(free, names, dice.chance(40)) + " }");
      }
      if (dice.chance(15)) {
        line("on peers.spike { g -= 0.02 }");
      }
      if (!events.isEmpty() && dice.chance(40)) {
        line("on burst { " + formulas.actions(states, names, false) + " }");
      }
      if (dice.chance(30)) {
        String every = dice.chance(50) ? "dt" : steps(dice.between(2, 9));
        line("every " + every + " { " + formulas.actions(free, names, dice.chance(50)) + " }");
      }
      if (dice.chance(12)) {
        line("on presentation." + dice.any("start", "end") + " { g += 0.1 }");
      }
    }
  }
}

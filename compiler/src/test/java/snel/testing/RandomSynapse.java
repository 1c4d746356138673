package snel.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A random synapse: its text, and what it asks of a connection.
///
/// @param events of the target that it listens to
/// @param inputs values for the projection that must be driven
/// @param ports event ports that must be connected
/// @param teachers event ports of the targets that must be connected
/// @param delays whether it owns its delay
/// @param prunes whether synapses disappear
record RandomSynapse(
    String name,
    String text,
    List<String> events,
    List<String> inputs,
    List<String> ports,
    List<String> teachers,
    boolean delays,
    boolean prunes) {

  static RandomSynapse of(String name, Dice dice, String stepMs, RandomNeuron post) {
    return new Maker(name, dice, stepMs, post).make();
  }

  private static final class Maker {
    private final String name;
    private final Dice dice;
    private final String stepMs;
    private final RandomNeuron post;
    private final RandomFormulas formulas;
    private final StringBuilder out = new StringBuilder();
    private final List<String> states = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();
    private final List<String> ports = new ArrayList<>();
    private final List<String> teachers = new ArrayList<>();

    Maker(String name, Dice dice, String stepMs, RandomNeuron post) {
      this.name = name;
      this.dice = dice;
      this.stepMs = stepMs;
      this.post = post;
      this.formulas = new RandomFormulas(dice);
    }

    private void line(String text) {
      out.append("  ").append(text).append('\n');
    }

    private String steps(int count) {
      return new BigDecimal(stepMs).multiply(BigDecimal.valueOf(count)).toPlainString() + " ms";
    }

    private String tau() {
      return steps(dice.between(3, 40));
    }

    RandomSynapse make() {
      line("param eta = " + dice.any(dice.number(0.01, 0.3), "uniform(0.01, 0.2)"));
      boolean bounded = dice.chance(60);
      line("weight w : real" + (bounded ? " in -1.5 .. 1.5" : ""));
      names.add("w");
      traces();
      states();
      boolean delays = dice.chance(15);
      if (delays) {
        line("delay d : time in 0 ms .. " + steps(6));
      }
      thirdFactors();
      handlers(delays);
      boolean prunes = !delays && dice.chance(10);
      if (prunes) {
        line("prune when abs(w) < 0.03");
      }
      if (dice.chance(12)) {
        line("coincident " + dice.any("pre_first", "post_first"));
      }
      String text = "synapse " + name + " {\n" + out + "}\n";
      return new RandomSynapse(name, text, events, inputs, ports, teachers, delays, prunes);
    }

    private void traces() {
      String kind = dice.any("", "", " set 1", " add 0.5");
      if (dice.chance(80)) {
        line("trace x of pre tau " + tau() + kind);
        names.add("x");
      }
      if (dice.chance(80)) {
        line("trace y of post tau " + tau() + dice.any("", "", " set 1", " add 0.3"));
        names.add("y");
      }
      if (dice.chance(20)) {
        line("trace x2 of pre tau " + tau());
        names.add("x2");
      }
      if (dice.chance(20)) {
        line("trace many of " + dice.any("pre", "post") + " window " + steps(dice.between(1, 8)));
        names.add("0.2 * many");
      }
      if (!post.events().isEmpty() && dice.chance(40)) {
        line("trace b of post.burst tau " + tau());
        names.add("b");
      }
    }

    private void states() {
      if (dice.chance(40)) {
        line("state e : real = 0");
        line(
            "e' = "
                + dice.any(
                    "-e / " + tau(),
                    "(0.3 - e) / " + tau(),
                    "(tanh(w) - e) / " + tau(),
                    "-e * abs(e) / " + tau()));
        states.add("e");
        names.add("e");
      }
      if (dice.chance(20)) {
        line(dice.any("plastic ", "", "shared ") + "state c : real = 0.2");
        states.add("c");
        names.add("c");
      }
      if (dice.chance(10)) {
        line("noise xi");
        line("state o : real = 0");
        line("o' = -o / " + tau() + " + 0.2 * xi / sqrt(" + tau() + ")");
        names.add("o");
      }
      if (dice.chance(30)) {
        names.add("0.3 * post." + dice.any(post.readable()));
      }
    }

    private void thirdFactors() {
      if (dice.chance(25)) {
        line("input m : real");
        inputs.add("m");
        names.add("m");
      }
      if (dice.chance(20)) {
        line("receive reward(r : real) { " + change("r") + " }");
        ports.add("reward");
      }
      if (dice.chance(15)) {
        line("receive teacher(r : real) of post { " + change("r") + " }");
        teachers.add("teacher");
      }
    }

    private String change(String more) {
      List<String> readable = new ArrayList<>(names);
      readable.add(more);
      return "w += 0.1 * " + formulas.bounded(readable, 2);
    }

    private String learning() {
      List<String> own = states.stream().filter(state -> !state.equals("c")).toList();
      String weight =
          dice.chance(50)
              ? "w += eta * " + formulas.bounded(names, 2)
              : "w = 0.98 * w + eta * " + formulas.bounded(names, 2);
      return own.isEmpty() || dice.chance(60)
          ? weight
          : weight + "; " + formulas.actions(own, names, dice.chance(20));
    }

    private void handlers(boolean delays) {
      String delivered =
          dice.any("w", "w", "w * 0.5", "w * (1 + " + formulas.bounded(names, 1) + ")");
      String first = dice.chance(25) ? learning() + "; " : "";
      String last = dice.chance(70) ? "; " + learning() : "";
      if (delays) {
        last += "; d " + dice.any("+= ", "-= ") + "0.4 * " + steps(1);
      }
      line("on pre { " + first + "deliver " + delivered + last + " }");
      if (dice.chance(70)) {
        String condition = dice.chance(20) ? "if since(pre) < " + steps(5) + " { " : "";
        line("on post { " + condition + learning() + (condition.isEmpty() ? "" : " }") + " }");
      }
      if (!post.events().isEmpty() && dice.chance(50)) {
        line("on post.burst { " + learning() + " }");
        events.add("burst");
      }
      if (dice.chance(15)) {
        line("every " + steps(dice.between(1, 5)) + " { " + learning() + " }");
      }
      if (dice.chance(15)) {
        line("on presentation." + dice.any("start", "end") + " { " + learning() + " }");
      }
    }
  }
}

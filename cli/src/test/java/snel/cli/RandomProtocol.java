package snel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A chain of random experiments on one network that has something for every statement.
final class RandomProtocol {
  static final String NETWORK =
      """
      import std.decode.{ResponseLabels, MaxCount}

      neuron Source { input rate : frequency; spike at poisson(rate) }
      neuron Cell {
        param tau = 2 ms
        input I : real
        state v : real = 0
        plastic state theta : real = 0
        v' = (I - v) / tau
        receive syn(w : real) { v += w }
        receive pulse { v += 0.3 }
        spike when v > 1 + theta
        reset { v = 0; theta += 0.01 }
        refractory 0.3 ms holding v
        event burst when v > 0.8
      }
      synapse Learns {
        param eta = 0.05
        weight w : real in 0 .. 1
        trace x of pre tau 2 ms
        trace y of post tau 3 ms
        state e : real = 0
        e' = -e / 5 ms
        on pre { deliver w; w -= eta * y }
        on post { w += eta * x; e += x }
        receive reward(r : real) { w += r * e }
        on presentation.end { w *= 0.99 }
      }
      network Net {
        param gain = 1
        input image : real[2, 3]
        input train : spikes[4]
        population X : Source[2, 3](rate: image * gain * 1 kHz)
        population A : Cell[6](v: uniform(0, 1))
        population B : Cell[3]
        connect X -> A.syn as feed  all  weight uniform(0, 0.4)  synapse Learns
        connect train -> A.syn as given  all  weight 0.3  delay 0.3 ms
        connect A -> B.syn as up  bernoulli(0.7)  weight uniform(0, 0.8)  dendritic delay 0.2 ms
          synapse Learns  normalise sum(w) per post to 1.5 on presentation.start
        connect B -> A.syn  all  weight -0.1
        readout guess : ResponseLabels(A, classes: 3)
        readout most : MaxCount(B)
        protocol show(picture : real[2, 3]) {
          present image = picture for 1.5 ms
          rest 0.4 ms
        }
      }
      """;

  private final Random random;
  private final List<String> numbers = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();
  private int names;

  private RandomProtocol(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
  }

  /// A program whose experiments `e0` to `e(count - 1)` start from each other.
  static String program(long seed, int count) {
    StringBuilder text = new StringBuilder(NETWORK);
    for (int k = 0; k < count; k++) {
      var made = new RandomProtocol(seed * 1000 + k);
      if (k == 0) {
        made.line(1, "run 0.1 ms");
        made.line(1, "fit guess to 1");
      }
      made.statements();
      text.append("experiment e").append(k).append(" on Net");
      text.append(k == 0 ? " {\n  step 0.1 ms; seed 7\n" : " from e" + (k - 1) + " {\n");
      text.append(made.out).append("}\n");
    }
    return text.toString();
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String time() {
    return any("0.1 ms", "0.7 ms", "1 ms", "1.3 ms", "2 ms", "3.1 ms");
  }

  private String name() {
    return "n" + names++;
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private void statements() {
    line(1, "var total = 0");
    line(1, "var best = -1.5");
    numbers.addAll(List.of("total", "best"));
    if (chance(60)) {
      line(
          1, "record A.spikes, " + any("B.spikes", "A.burst", "B[0 ..< 2].v", "up.w every 0.5 ms"));
    }
    if (chance(40)) {
      line(1, "record " + any("A.v every 0.3 ms", "A.v at deliver", "A[[1, 4]].theta", "feed.w"));
    }
    body(1, 5 + random.nextInt(5));
    line(1, "run 2 ms");
    line(1, "report end = " + number(2) + ", total = total, best = best");
  }

  private void body(int depth, int count) {
    int known = numbers.size();
    for (int k = 0; k < count; k++) {
      statement(depth);
    }
    while (numbers.size() > known) {
      numbers.removeLast();
    }
  }

  private void block(int depth, String head, int count) {
    line(depth, head + " {");
    body(depth + 1, count);
    line(depth, "}");
  }

  private void statement(int depth) {
    boolean deep = depth > 2;
    switch (random.nextInt(deep ? 14 : 22)) {
      case 0 -> line(depth, "run " + time());
      case 1 -> line(depth, "run 4 ms until " + truth(1));
      case 2 -> present(depth);
      case 3 -> line(depth, "rest " + time());
      case 4 -> send(depth);
      case 5 -> {
        String name = name();
        line(depth, any("let ", "var ") + name + " = " + number(2));
        numbers.add(name);
      }
      case 6 -> line(depth, "total " + any("+=", "-=", "=") + " " + bounded());
      case 7 -> line(depth, "best = max(best, " + bounded() + ")");
      case 8 -> assign(depth);
      case 9 -> line(depth, any("freeze ", "unfreeze ") + selection());
      case 10 -> line(depth, "reset " + any("all", "A.v", "A", "all except B", "B"));
      case 11 -> line(depth, "report " + name() + " = " + value());
      case 12 -> expect(depth);
      case 13 -> line(depth, "do show(" + picture() + ")");
      case 14 -> {
        String name = name();
        line(depth, "for " + name + " in " + any("1 .. 3", "0 ..< 2", "[0.3, 0.8]") + " {");
        numbers.add(name);
        body(depth + 1, 2);
        numbers.remove(name);
        line(depth, "}");
      }
      case 15 -> block(depth, "repeat " + any("2", "3") + " times", 2);
      case 16 -> {
        line(depth, "repeat 6 times {");
        line(depth + 1, "run 0.6 ms");
        body(depth + 1, 1);
        line(depth + 1, "every 2 passes { report over_time(" + bounded() + ") }");
        line(depth + 1, "stop when " + truth(1));
        line(depth, "}");
      }
      case 17 -> {
        line(depth, "repeat until total > 3 or count(A) > 4 {");
        line(depth + 1, "run 0.8 ms");
        line(depth + 1, "total += 1");
        line(depth, "}");
      }
      case 18 -> timed(depth);
      case 19 -> {
        block(depth, "if " + truth(2), 2);
        if (chance(50)) {
          out.setLength(out.length() - 1);
          out.append(" else {\n");
          body(depth + 1, 1);
          line(depth, "}");
        }
      }
      case 20 -> {
        String name = name();
        line(depth, "for " + name + " in [0, 1, 2, 1] {");
        line(depth + 1, "do show(" + picture() + ")");
        line(depth + 1, any("fit guess to ", "score guess against ", "score most against ") + name);
        line(depth, "}");
        line(depth, "report " + name() + " = accuracy(" + any("guess", "most") + ")");
        line(depth, "report " + name() + " = scored(guess)");
        line(depth, "report " + name() + " = latency(" + any("guess", "most") + ")");
      }
      default -> line(depth, "checkpoint");
    }
  }

  private void present(int depth) {
    String binding =
        switch (random.nextInt(5)) {
          case 0 -> "image = " + picture();
          case 1 -> "image = " + picture() + ", A.I = " + any("0.5", "t / 1 ms", "uniform(0, 1)");
          case 2 ->
              "A.I = "
                  + any("1 + sin(t / 1 ms)", "if t < 0.5 ms then 2 else 0", "[0, 1, 2, 0, 1, 2]");
          case 3 -> "train = [[0.1 ms], [0.2 ms, 0.9 ms], [0 ms], [0.5 ms]]";
          default -> "A[0 ..< 3].I = " + bounded();
        };
    line(depth, "present " + binding + " for " + time());
  }

  private String picture() {
    return any(
        "[[0.1, 0.9, 0.4], [1, 0.2, 0]]",
        "[[1, 1, 1], [0, 0, 0]]",
        "[[0.3, 0.3, 0.2], [0.5, 0.2, 0.4]] * 0.7");
  }

  /// Events that cannot be added may not meet.
  private void send(int depth) {
    if (chance(20)) {
      line(depth, "run 0.1 ms");
      line(depth, "send " + any("A[2].pulse()", "feed.reward(0.05)"));
      line(depth, "run 0.1 ms");
      return;
    }
    String after = chance(50) ? " after " + time() : "";
    line(
        depth,
        "send " + any("A.syn(0.6)", "B.syn(" + bounded() + ")", "A[1 ..< 4].syn(0.4)") + after);
  }

  private void assign(int depth) {
    line(
        depth,
        any(
            "A.v = 0.5",
            "A[2].v += 0.2",
            "A.I = " + bounded(),
            "feed.eta *= 0.9",
            "gain = 0.5 + abs(" + bounded() + ") / 4",
            "feed.w = 0.3",
            "feed.w[0, 1] = 0.9",
            "B.theta = 0",
            "A.tau = 1.5 ms",
            "A.v = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]"));
  }

  private String selection() {
    return any("all", "feed", "feed.w", "all except up", "A.theta", "up, A");
  }

  private void timed(int depth) {
    if (depth > 1) {
      line(depth, "run 0.3 ms");
      return;
    }
    line(depth, any("every 1 ms", "every 0.7 ms", "after 1.1 ms", "after 0 ms") + " {");
    line(
        depth + 1,
        any("total += 1", "A.I = 0.8", "send A.syn(0.3)", "best = max(best, mean(A.v))"));
    line(depth, "}");
  }

  private void expect(int depth) {
    line(
        depth,
        any(
            "expect " + number(1) + " < " + number(1),
            "expect total == " + number(1) + " within " + any("0.5", "5 %"),
            "expect rate(A) in 0 Hz .. 300 Hz",
            "expect count(B) in 0 ..< 3",
            "expect " + truth(1)));
  }

  private String bounded() {
    return "clip(" + number(1) + ", -2, 2)";
  }

  private String value() {
    return chance(70)
        ? number(3)
        : any(
            "A.count",
            "mean(cv_isi(A))",
            "A.v",
            "rate(A)",
            "first_spike(B)",
            "[" + number(1) + ", " + number(1) + "]",
            "feed.w[1, 2]",
            "A[1].v",
            "flatten(" + picture() + ")",
            "transpose(" + picture() + ")",
            "\"mean {mean(A.v)}\"",
            "linspace(0, 1, 4) * total");
  }

  private String truth(int depth) {
    if (depth > 0 && chance(40)) {
      String left = truth(depth - 1);
      return any(
          left + " and " + truth(depth - 1),
          "(" + left + " or " + truth(depth - 1) + ")",
          "not (" + left + ")");
    }
    return any(
        "count(A) " + any(">", "<=", "==", "!=") + " " + random.nextInt(6),
        number(1) + any(" < ", " >= ") + number(1),
        "first_spike(A) < 1 ms",
        number(0) + " in 0 .. 1",
        any("true", "total > 2"));
  }

  private String number(int depth) {
    if (depth == 0 || chance(25)) {
      return any(
          numbers.isEmpty() ? "0.5" : numbers.get(random.nextInt(numbers.size())),
          Integer.toString(random.nextInt(4)),
          "0.25",
          "count(A)",
          "count(B)",
          "mean(A.v)",
          "mean(feed.w)",
          "sum(A.count)",
          "A[3].v",
          "feed.w[2, 1]",
          "rate(B) / 1 kHz",
          "deviation(A.v)",
          "max(A.v)",
          "min(A.theta)",
          "size(A.v)",
          "count(up)",
          "count(A.burst)",
          "t / 1 ms",
          "synaptic_operations()",
          "plastic_updates()",
          "neuron_updates()",
          "dense_operations()",
          "dt / 1 ms");
    }
    String a = number(depth - 1);
    String b = number(depth - 1);
    return any(
        "(" + a + " + " + b + ")",
        "(" + a + " - " + b + ")",
        "(" + a + " * " + b + ")",
        a + " / (1 + abs(" + b + "))",
        "min(" + a + ", " + b + ")",
        "max(" + a + ", " + b + ")",
        "exp(min(" + a + ", 1))",
        "log(1 + abs(" + a + "))",
        "sqrt(abs(" + a + "))",
        "floor(clip(" + a + ", -99, 99))",
        "mod(" + a + ", 3)",
        "tanh(" + a + ")",
        "sigmoid(" + a + ")",
        "abs(" + a + ")^1.5",
        "clip(" + a + ", -1, 1)^2",
        "uniform(0, 1)",
        "normal(0, 1)",
        "exponential(0.3)",
        "(if " + number(0) + " > 1 then " + a + " else " + b + ")");
  }
}

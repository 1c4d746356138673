package snel.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

/// At which size a language sample runs in the tests: pieces of its text with what stands in their
/// place, and how many of the expectations of each experiment must hold then.
enum SampleSize {
  RUN_01(List.of("run 10 s", "run 300 ms"), Map.of("cuba", 1)),
  RUN_02(List.of("run 1 s", "run 50 ms"), Map.of("cobahh", 2)),
  RUN_03(List.of(), Map.of("gallery", 12)),
  RUN_04(List.of("run 0.5 s", "run 0.1 s", "run 10 s", "run 0.3 s"), Map.of("spontaneous", 1)),
  /// The two modes need some hundred seconds to part.
  RUN_05(List.of("run 1000 s", "run 10 s", "  expect strong + weak > 70 %", "//"), Map.of()),
  RUN_06(List.of(), Map.of("regular", 2)),
  /// Fewer cells than pictures; the ten bands are told apart without a mistake.
  RUN_07(
      List.of("N = 400", "N = 20", "repeat 3 times", "repeat 5 times", "[100, 400, 1600]", "[20]"),
      Map.of("evaluate", 1, "size", 1)),
  /// The thirty pictures of the ten bands thirty times.
  RUN_10(
      List.of(
          "for sample in mnist.train | take(10_000) {",
          "for pass in 1 .. 30 { for sample in mnist.train {",
          "  freeze all\n",
          "  }\n  freeze all\n"),
      Map.of("learn", 1)),
  RUN_11(List.of(), Map.of("sequence", 2)),
  RUN_12(
      List.of(
          "random_trains(500,",
          "random_trains(20,",
          "random_labels(500",
          "random_labels(20",
          "repeat 200",
          "repeat 5"),
      Map.of()),
  /// The thirty pictures ten times.
  RUN_15(
      List.of(
          "H = 500",
          "H = 100",
          "for sample in mnist.train | shuffle {",
          "for epoch in 1 .. 10 { for sample in mnist.train | shuffle {",
          "  freeze all\n",
          "  }\n  freeze all\n"),
      Map.of("learn", 1)),
  /// Ten times the step.
  RUN_14(List.of("step 0.01 ms", "step 0.1 ms"), Map.of("xor", 1)),
  /// The thirty pictures twice: whether it runs, not what it learns.
  RUN_19(List.of("1 .. 30", "1 .. 2"), Map.of("sequential_mnist", 0)),
  RUN_24(List.of(), Map.of("synchrony", 1, "control", 1)),
  /// Five minutes of simulated time bring the synapses nearly home; here they have begun to move.
  RUN_25(
      List.of(
          "repeat 15_000",
          "repeat 100",
          "every 1_000",
          "every 50",
          "  expect mean_displacement(afferent) < 3",
          "//"),
      Map.of()),
  RUN_26(
      List.of("NoisyLif[500]", "NoisyLif[20]", "EscapeRate[500]", "EscapeRate[20]"),
      Map.of("stationary", 1)),
  RUN_27(List.of(), Map.of("bursts", 1)),
  RUN_28(List.of(), Map.of()),
  RUN_29(
      List.of(
          "N = 10_000",
          "N = 1_000",
          "linspace(3, 8, 11)",
          "linspace(3, 8, 2)",
          "[0.9, 1, 2, 4]",
          "[2]",
          "1 .. 3",
          "1 .. 2",
          "run 1 s",
          "run 200 ms"),
      Map.of()),
  RUN_30(List.of("run 500 ms", "run 50 ms", "rest 500 ms", "rest 50 ms"), Map.of()),
  RUN_31(List.of("run 60 s", "run 2 s", "1 .. 200", "1 .. 10"), Map.of()),
  RUN_32(List.of(), Map.of("evaluate", 1)),
  RUN_35(
      List.of(
          "repeat 200",
          "repeat 3",
          "uniform(5 s, 20 s)",
          "uniform(0.1 s, 0.3 s)",
          "every 10 s",
          "every 0.2 s"),
      Map.of()),
  RUN_36(List.of(), Map.of("touch", 1)),
  RUN_37(List.of(), Map.of()),
  RUN_39(List.of("1 .. 500", "1 .. 3"), Map.of()),

  /// The threshold of S3 is infinite, but `features` learns below it.
  PART_09(
      List.of(
          "[30,",
          "[4,",
          "[250,",
          "[8,",
          "[200,",
          "[10,",
          "in mnist.train {",
          "in mnist.train | take(1) {",
          "in mnist.train | shuffle {",
          "in mnist.train | shuffle | take(1) {",
          "repeat 20 times",
          "repeat 2 times"),
      Map.of("features", 0, "reinforce", 0),
      ""),
  PART_13(List.of("1 .. 500", "1 .. 60"), Map.of("i_learning", 1, "e_learning", 1), ""),
  /// A few pictures, so what the accuracy is says nothing.
  PART_20(
      List.of("1 .. 10", "1 .. 2", "  expect accuracy(digit) > 97 %", "//"),
      Map.of("fit", 0, "fit_eventprop", 0, "evaluate", 0),
      ""),
  /// One picture a layer: whether it runs, not what it learns.
  PART_08(
      List.of(
          "[32,",
          "[4,",
          "[150,",
          "[8,",
          "grid(first.w, 4, 8)",
          "grid(first.w, 2, 2)",
          "take(3_000)",
          "take(1)",
          "take(6_000)",
          "take(1)",
          "take(5_000)",
          "take(10)",
          "take(2_000)",
          "take(2)",
          "  expect accuracy(digit) > 94 %",
          "//"),
      Map.of("classify", 0),
      "");

  private final List<String> replaced;
  private final Map<String, Integer> results;
  private final String refused;

  SampleSize(List<String> replaced, Map<String, Integer> results) {
    this(replaced, results, "");
  }

  SampleSize(List<String> replaced, Map<String, Integer> results, String refused) {
    this.replaced = replaced;
    this.results = results;
    this.refused = refused;
  }

  String number() {
    return name().substring(name().indexOf('_') + 1);
  }

  Map<String, Integer> results() {
    return results;
  }

  String refused() {
    return refused;
  }

  String reduced(String text) {
    String result = SampleData.withPictures(text);
    for (int k = 0; k < replaced.size(); k += 2) {
      assertTrue(result.contains(replaced.get(k)), replaced.get(k));
      result = result.replace(replaced.get(k), replaced.get(k + 1));
    }
    return result;
  }
}

package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Directory;
import snel.runtime.kernel.Fault;
import snel.runtime.rng.Philox;

/// Worked example 15 of the semantics, and drives of many Poisson sources.
class RandomnessTest {
  private static final String NET =
      """
      neuron Sum {
        state heard : real = 0
        receive exc(w : real) { heard += w }
        spike when heard > 1e9
      }
      network Net {
        population A : Sum[%d]
        population B : Sum[%d]
        connect A -> B.exc  %s  weight normal(0, 1)
      }
      """;

  private static List<Integer> row(int sources, int targets, String rule, int source) {
    Machine machine = Machine.of(NET.formatted(sources, targets, rule), "Net", Machine.Options.F32);
    Directory.Projection projection = machine.program.directory().projections().get(0);
    int[] rows = (int[]) machine.network.array(projection.rowStart().orElseThrow().name());
    char[] found = (char[]) machine.network.array(projection.targetIndex().orElseThrow().name());
    List<Integer> all = new ArrayList<>();
    for (int k = rows[source]; k < rows[source + 1]; k++) {
      all.add((int) found[k]);
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"0, 17 30 32 37 48", "1, 2 22 27 47", "2, 11 15 24 41 46"})
  void bernoulliRows(int source, String targets) {
    assertEquals(numbers(targets), row(3, 50, "bernoulli(0.1)", source));
  }

  private static List<Integer> numbers(String text) {
    return java.util.Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'fixed_indegree(4)', 0, 3 12 14 15",
    "'fixed_indegree(4)', 1, 3 5 6 16",
    "'fixed_indegree(4, multapses)', 0, 3 13 15 16",
  })
  void sourcesOfATarget(String rule, int target, String sources) {
    List<Integer> found = new ArrayList<>();
    for (int source = 0; source < 20; source++) {
      int from = source;
      row(20, 2, rule, source).stream().filter(t -> t == target).forEach(t -> found.add(from));
    }
    assertEquals(numbers(sources), found);
  }

  @Test
  void aFixedTotal() {
    assertEquals(List.of(2), row(3, 4, "fixed_total(6)", 0));
    assertEquals(List.of(1, 2), row(3, 4, "fixed_total(6)", 1));
    assertEquals(List.of(0, 1, 2), row(3, 4, "fixed_total(6)", 2));
  }

  private static final String ENCODER =
      """
      neuron Poisson {
        input rate : frequency
        spike at poisson(rate)
      }
      neuron Sum {
        state heard : real = 0
        receive exc(w : real) { heard += w }
      }
      network Net {
        input strength : real = 1
        population X : Poisson[2](rate: strength * 100 Hz)
        population Y : Sum[2]
        connect X -> Y.exc  one_to_one  weight 1
      }
      """;

  @Test
  void aPoissonEncoder() {
    Machine machine = Machine.of(ENCODER, "Net", Machine.Options.F32.step("1"));
    machine.network.presentationStart();
    List<List<Long>> steps = List.of(new ArrayList<>(), new ArrayList<>());
    double[] heard = new double[2];
    for (long step = 0; step < 60; step++) {
      machine.runTo(step + 1);
      for (int k = 0; k < 2; k++) {
        if (machine.value("Y.heard", k) > heard[k]) {
          heard[k] = machine.value("Y.heard", k);
          steps.get(k).add(step);
        }
      }
    }
    assertEquals(List.of(23L, 29L, 35L, 49L, 58L), steps.get(0));
    assertEquals(List.of(9L, 23L, 31L, 39L, 46L, 50L), steps.get(1));
  }

  @Test
  void anEncoderFollowsItsInput() {
    Machine machine = Machine.of(ENCODER, "Net", Machine.Options.F32.step("1"));
    float[] strength = (float[]) machine.network.array("strength");
    strength[0] = 0;
    machine.network.presentationStart();
    machine.runTo(500);
    assertEquals(0, machine.value("Y.heard", 0));
    strength[0] = 10;
    machine.network.presentationStart();
    machine.runTo(600);
    // a chance of one in every step; what is drawn in the last is heard in it
    assertEquals(100, machine.value("Y.heard", 0));
    assertEquals(100, machine.value("Y.heard", 1));
  }

  @Test
  void aRateThatBecomesTooHighStopsTheRun() {
    Machine machine = Machine.of(ENCODER, "Net", Machine.Options.F32.step("1"));
    ((float[]) machine.network.array("strength"))[0] = 11;
    machine.network.presentationStart();
    Fault fault = assertThrows(Fault.class, () -> machine.runTo(1));
    assertEquals(Fault.Kind.RATE_ABOVE_ONE, fault.kind());
    assertEquals("X", fault.place());
  }

  /// Two drives of one port, the second on a part of the population, between projections: streams
  /// `E.exc:poisson` and `E.exc#1:poisson`.
  @ParameterizedTest
  @CsvSource({"3 kHz", "strength * 3 kHz"})
  void drivesCountManySources(String rate) {
    String text =
        """
        neuron Sum {
          state heard : real = 0
          receive exc(w : real) { heard += w }
          spike when heard > 1e9
        }
        network Net {
          input strength : real = 1
          population E : Sum[6]
          connect E -> E.exc  all  weight 1
          drive E.exc by poisson(%s) weight 1
          connect E -> E.exc  all  weight 2
          drive E[[1, 2, 4]].exc by poisson(100 Hz) weight 1000
        }
        """
            .formatted(rate);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.network.presentationStart();
    double[] wanted = new double[6];
    for (int step = 0; step < 200; step++) {
      for (int neuron = 0; neuron < 6; neuron++) {
        wanted[neuron] += poisson(0.3, word("E.exc:poisson", step, neuron));
        if (List.of(1, 2, 4).contains(neuron)) {
          wanted[neuron] += 1000 * poisson(0.01, word("E.exc#1:poisson", step, neuron));
        }
      }
    }
    machine.runTo(200);
    for (int neuron = 0; neuron < 6; neuron++) {
      assertEquals(wanted[neuron], machine.value("E.heard", neuron), "neuron " + neuron);
    }
  }

  private static long word(String stream, int step, int neuron) {
    return Philox.word(42, Streams.of(stream), neuron >> 2, 0, step, 0, neuron & 3) & 0xffffffffL;
  }

  /// The least k with u < P(count <= k).
  private static int poisson(double mean, long word) {
    double u = word * 0x1p-32;
    double below = 0;
    for (int k = 0; ; k++) {
      double factorial = 1;
      for (int m = 2; m <= k; m++) {
        factorial *= m;
      }
      below += Math.exp(-mean) * Math.pow(mean, k) / factorial;
      if (u < below) {
        return k;
      }
    }
  }

  /// 1,000 neurons, 100 steps: what comes of chances that are drawn themselves, to four deviations.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spike with rate 1 kHz * uniform(0, 1)                      | 0.3679
          spike with rate (if bernoulli(0.5) then 1 kHz else 0 Hz)   | 0.3161
          spike at poisson(uniform(0 Hz, 1 kHz))                     | 0.5
          spike at poisson(uniform(500 Hz, 1 kHz))                   | 0.75
          """)
  void whatARateDrawsIsNotWhatDecides(String spike, double chance) {
    String text = "neuron B { " + spike + " }\nnetwork Net { population A : B[1000] }";
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1"));
    machine.network.presentationStart();
    machine.runTo(100);
    double spikes = 0;
    for (int k = 0; k < 1000; k++) {
      spikes += machine.element("A.count", k);
    }
    assertEquals(chance, spikes / 100_000, 4 * Math.sqrt(0.25 / 100_000));
  }

  /// 400 sources spike at once at five neurons: sums of as many numbers, to five deviations.
  @ParameterizedTest
  @ValueSource(strings = {"m += uniform(0, 1)", "m += w * uniform(0, 1)"})
  void eachArrivalOfAStepDrawsItsOwnNumber(String body) {
    String text =
        """
        neuron Source { input moment : time; spike at moment }
        neuron Sum {
          state m : real = 0
          receive heard(w : real) { %s }
        }
        network Net {
          population A : Source[400](moment: 1 ms)
          population B : Sum[5]
          connect A -> B.heard  all  weight 1
        }
        """
            .formatted(body);
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1"));
    machine.network.presentationStart();
    machine.runTo(5);
    for (int k = 0; k < 5; k++) {
      assertEquals(200, machine.value("B.m", k), 5 * Math.sqrt(400 / 12.0));
    }
  }

  /// A normal number that is drawn again until it is 1.5 or more, to five deviations.
  @Test
  void whatIsTransmittedMayBeDrawnAgain() {
    String text =
        """
        neuron Source { state v : real = 1 }
        neuron Sum { input heard : real; state v : real = 0; every dt { v = heard } }
        synapse Drawn { weight w : real; transmit w * pre.v * normal(2, 0.5, min: 1.5) }
        network Net {
          population A : Source[1]
          population B : Sum[1000]
          connect A -> B.heard  all  weight 1  synapse Drawn
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1"));
    machine.network.presentationStart();
    machine.runTo(1);
    double sum = 0;
    for (int k = 0; k < 1000; k++) {
      sum += machine.value("B.v", k);
    }
    assertEquals(2.1438, sum / 1000, 5 * Math.sqrt(0.1574 / 1000));
  }

  /// Two statements of one handler draw from `@0` and `@1`, the second of two `every` blocks from
  /// the stream of `A#1`.
  @Test
  void statementsAndBlocksDrawApart() {
    String text =
        """
        neuron Draws {
          state a : real = 0
          state b : real = 0
          state c : real = 0
          every dt { a = uniform(0, 1); if a >= 0 { b = uniform(0, 1) } }
          every dt { c = uniform(0, 1) }
        }
        network Net { population A : Draws[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.network.presentationStart();
    machine.runTo(1);
    assertEquals(uniform("A:every"), machine.value("A.a"));
    assertEquals(uniform("A:every@1"), machine.value("A.b"));
    assertEquals(uniform("A#1:every"), machine.value("A.c"));
  }

  private static double uniform(String stream) {
    return (word(stream, 0, 0) >>> 8) * 0x1p-24;
  }
}

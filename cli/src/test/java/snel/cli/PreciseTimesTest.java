package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `spike times precise`: closed forms, no trace of the step, the same bits on both targets.
class PreciseTimesTest {
  private static final String MODELS =
      """
      neuron Driven {
        input I : real = 20
        state v : real = 0
        v' = (I - v) / 10 ms
        spike when v > 15
        reset { v = 0 }
      }
      neuron Held extends Driven { refractory 2 ms holding v }
      neuron Masked extends Driven { refractory 20 ms }
      neuron Subtracting extends Driven { reset { v -= 10 } }
      neuron Adapting {
        state v : real = 0
        state w : real = 0
        v' = (40 - w - v) / 10 ms
        w' = (v / 20 - w) / 100 ms
        spike when v > 15
        reset { v = 0 }
        on spike { w += 2 }
        refractory 4 ms holding v
      }
      neuron Chain {
        state a : real = 0
        state b : real = 0
        state c : real = 1
        a' = (20 - a) / 5 ms
        b' = (a - b) / 5 ms
        c' = -c / 7 ms
        spike when b > 10 + c
        reset { b = 0; c += 1 }
      }
      neuron Clock { param at : time = 4 ms; spike at at }
      neuron Delta extends Driven {
        v' = -v / 10 ms
        receive syn(w : real) { v += w }
        refractory 2 ms holding v
      }
      neuron Exponential {
        state g : real = 0
        state v : real = 0
        g' = -g / 5 ms
        v' = (g - v) / 20 ms
        receive syn(w : real) { g += w }
        spike when v > 5
        reset { v = 0 }
      }
      network Brief {
        population once : Clock[1]
        population driven : Driven[1]
        population jumped : Delta[1]
        population relay : Delta[1]
        connect once -> jumped.syn all weight 15.5
        connect driven -> relay.syn all weight 15.5 delay 2 ms
      }
      experiment brief on Brief {
        step 1 ms; seed 1; numerics f64
        spike times precise
        record jumped.spikes, relay.spikes
        run 30 ms
      }
      network Net {
        population later : Clock[1](at: 8 ms)
        population once : Clock[1]
        population delta : Delta[1]
        population exponential : Exponential[1]
        connect once -> delta.syn all weight 20
        connect later -> delta.syn all weight 20
        connect once -> exponential.syn all weight 60
        population driven : Driven[3]
        population held : Held[1]
        population masked : Masked[1]
        population subtracting : Subtracting[1]
        population adapting : Adapting[1]
        population chain : Chain[1]
      }
      """;

  @TempDir private Path folder = Path.of("");

  private Path program(String step) throws IOException {
    Path file = folder.resolve("precise" + step.replaceAll("[^0-9]", "_") + ".snn");
    Files.writeString(
        file,
        MODELS
            + """
            experiment e on Net {
              step STEP ms; seed 1; numerics f64
              spike times precise
              record driven.spikes, held.spikes, masked.spikes, subtracting.spikes
              record adapting.spikes, chain.spikes, delta.spikes, exponential.spikes
              run 40 ms
              report first = first_spike(held)
              run 60 ms
              report second = first_spike(held)
            }
            """
                .replace("STEP", step));
    return file;
  }

  private ProgramRun run(String step) throws IOException {
    return new JvmProgram(program(step), Map.of()).runs("e").getLast();
  }

  private static List<Double> times(ProgramRun run, String population, double step) {
    List<Double> all = new ArrayList<>();
    for (String line : run.spikes().getOrDefault(population, List.of())) {
      String[] parts = line.split(",", -1);
      if (parts[1].equals("0")) {
        all.add((Long.parseLong(parts[0]) - Double.parseDouble(parts[2])) * step);
      }
    }
    return all;
  }

  private static void same(List<Double> expected, List<Double> found) {
    assertEquals(expected.size(), found.size(), () -> expected + " " + found);
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(expected.get(k), found.get(k), 1e-11);
    }
  }

  /// Crossings of v' = (20 - v) / 10 ms from `from` to 15 take 10 ms ln((20 - from) / 5).
  @Test
  void findsTheCrossingOfTheClosedForm() throws IOException {
    double interval = 10 * Math.log(4);
    double fromFive = 10 * Math.log(3);
    List<Double> driven = new ArrayList<>();
    List<Double> held = new ArrayList<>();
    List<Double> subtracting = new ArrayList<>();
    for (int k = 0; (k + 1) * interval < 100; k++) {
      driven.add((k + 1) * interval);
    }
    for (int k = 0; (k + 1) * interval + 2 * k < 100; k++) {
      held.add((k + 1) * interval + 2 * k);
    }
    for (int k = 0; interval + k * fromFive < 100; k++) {
      subtracting.add(interval + k * fromFive);
    }
    // v is across its threshold again 20 ms - 13.86 ms before the neuron may spike
    List<Double> masked = new ArrayList<>();
    for (int k = 0; interval + 20 * k < 100; k++) {
      masked.add(interval + 20 * k);
    }
    for (String step : List.of("0.1", "1", "0.5", "2")) {
      ProgramRun run = run(step);
      double ms = Double.parseDouble(step);
      same(driven, times(run, "driven", ms));
      same(held, times(run, "held", ms));
      same(subtracting, times(run, "subtracting", ms));
      same(masked, times(run, "masked", ms));
    }
  }

  /// After a spike of weight 60 at a quiet neuron v = 20 (exp(-t / 20) - exp(-t / 5)); after each
  /// reset the same with what is left of g.
  @Test
  void takesWhatComesFromOutside() throws IOException {
    List<Double> exponential = new ArrayList<>();
    double time = 4;
    double g = 60;
    while (g / 3 * rise(Math.pow(0.25, 1.0 / 3)) > 5) {
      double wait = firstCrossing(g);
      time += wait;
      g *= Math.exp(-wait / 5);
      exponential.add(time);
    }
    assertTrue(exponential.size() > 1);
    for (String step : List.of("0.1", "1", "0.5", "2")) {
      ProgramRun run = run(step);
      // the second episode begins at 40 ms and has the same inputs
      List<Double> delta = times(run, "delta", Double.parseDouble(step));
      same(List.of(4.0, 8.0, 44.0, 48.0), delta);
      List<Double> found = times(run, "exponential", Double.parseDouble(step));
      same(exponential, found.stream().filter(t -> t < 40).toList());
    }
  }

  /// By the end of its step a jump to 15.5 has decayed to 15.5 exp(-0.1) = 14.
  @Test
  void aNeuronThatIsAcrossForLessThanAStepSpikes() throws IOException {
    ProgramRun run = new JvmProgram(program("1"), Map.of()).runs("brief").getLast();
    same(List.of(4.0), times(run, "jumped", 1));
    double interval = 10 * Math.log(4);
    same(List.of(interval + 2, 2 * interval + 2), times(run, "relay", 1));
  }

  /// exp(-t / 20) - exp(-t / 5) by x = exp(-t / 20).
  private static double rise(double x) {
    return x - x * x * x * x;
  }

  private static double firstCrossing(double g) {
    double before = 1;
    double after = Math.pow(0.25, 1.0 / 3);
    for (int k = 0; k < 200; k++) {
      double middle = (before + after) / 2;
      if (g / 3 * rise(middle) > 5) {
        after = middle;
      } else {
        before = middle;
      }
    }
    return -20 * Math.log(after);
  }

  /// Over step n the drive is what it is at its start, so v approaches it exponentially.
  @Test
  void aDriveThatFollowsTheTimeIsHeldOverEachStep() throws IOException {
    Path file = folder.resolve("following.snn");
    Files.writeString(
        file,
        """
        neuron Following {
          input I : real = 0
          state v : real = 0
          v' = (I + t / 2 ms - v) / 10 ms
          spike when v > 15
          reset { v = 0 }
        }
        network Net {
          input level : real = 0
          population a : Following[1](I: 1 + 2 * level + t / 1 ms)
        }
        experiment e on Net {
          step 0.5 ms; seed 1; numerics f64
          spike times precise
          record a.spikes
          level = 4
          run 40 ms
        }
        """);
    List<Double> expected = new ArrayList<>();
    double v = 0;
    for (int n = 0; n < 80; n++) {
      double drive = 9 + 1.5 * n * 0.5;
      double end = drive + (v - drive) * Math.exp(-0.05);
      if (end > 15) {
        double passed = 10 * Math.log((v - drive) / (15 - drive));
        expected.add(n * 0.5 + passed);
        end = drive - drive * Math.exp(-(0.5 - passed) / 10);
      }
      v = end;
    }
    assertTrue(expected.size() > 3, () -> "" + expected);
    ProgramRun run = new JvmProgram(file, Map.of()).runs("e").getLast();
    same(expected, times(run, "a", 0.5));
  }

  @Test
  void doesNotDependOnTheStep() throws IOException {
    ProgramRun fine = run("0.05");
    for (String population : List.of("adapting", "chain")) {
      List<Double> times = times(fine, population, 0.05);
      assertTrue(times.size() > 4, () -> population + times);
      same(times, times(run("0.5"), population, 0.5));
      same(times, times(run("1"), population, 1));
    }
  }

  @Test
  void isTheSameInC() throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = program("0.1");
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("e");
    assertEquals(
        onJvm, CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), "e")).runs());
    assertEquals(
        3,
        Objects.requireNonNull(onJvm.getLast().spikes().get("held"))
            .getFirst()
            .split(",", -1)
            .length);
  }
}

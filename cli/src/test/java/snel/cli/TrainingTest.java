package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Training by gradients through the command.
class TrainingTest {
  /// Three trains whose delays learn to bring them together.
  private static final String LATE =
      """
      import std.neurons.unit.Leaky
      synapse Late {
        weight w : real
        delay d : time in 0 ms .. 15 ms
        on pre { deliver w }
      }
      network Net {
        input trains : spikes[3]
        population y : Leaky[1](tau_m: 4 ms, tau_syn: 2 ms)
        connect trains -> y.syn as a  all  weight uniform(1, 1)  delay to_step(4 ms + 3 ms * pre.index)  synapse Late
      }
      experiment fit on Net {
        step 1 ms; seed 3
        train by bptt() with adam(0.2)
        freeze a.w
        for k in 1 .. 200 {
          reset all
          present trains = [[2 ms], [6 ms], [10 ms]] for 40 ms
          minimise -1 * sum(max_over_time(y.v))
        }
        report d0 = a.d[0, 0], d1 = a.d[1, 0], d2 = a.d[2, 0]
      }
      experiment apply on Net from fit {
        reset all
        present trains = [[2 ms], [6 ms], [10 ms]] for 40 ms
        report top = sum(max_over_time(y.v))
      }
      """;

  private static final String PROGRAM =
      """
      import std.data.iris
      import std.neurons.unit.{Lif, Leaky}
      import std.encode.GaussianField.GaussianField
      import std.decode.MaxPotential

      function mine(margin : real, reach : real = 1) : real = max(0, 1 - abs(margin) / reach)

      neuron Source { input drive : real; state v : real = 0; v' = drive / 4 ms; spike when v > 1; reset { v -= 1 } }

      network Net {
        param H = 30
        input features : real[4]
        population x : Source[4](drive: 1.5 + 0.7 * features)
        population h : Lif[H]
        population y : Leaky[3]
        connect x -> h as first  all  weight uniform(-1, 1)  instant
        connect h -> y as last   all  weight kaiming()  instant
        readout kind : MaxPotential(y)
        protocol show(values : real[4]) { reset all; present features = values for 30 ms }
      }

      experiment fit on Net {
        step 1 ms; seed 3
        param surrogates = 1
        train by bptt(surrogate: mine(reach: 1.5)) with adam(5e-3)
        FREEZE
        for epoch in 1 .. 30 {
          for batch in iris.train | shuffle | batch(16) {
            do show(batch.features)
            minimise cross_entropy(max_over_time(y.v), batch.label)
          }
        }
      }

      experiment evaluate on Net from fit {
        for batch in iris.test | batch(10) { do show(batch.features); score kind against batch.label }
        report accuracy(kind), first_weights = sum(first.w), last_weights = sum(last.w)
      }
      """
          .replace("import std.encode.GaussianField.GaussianField\n", "")
          .replace("  param surrogates = 1\n", "");

  private static final String BESIDE = "  side by side on the way back: 8 samples\n";

  @TempDir private Path folder = Path.of("");

  private String run(String text, String name, String... more) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--format", "json"));
    arguments.addAll(List.of("--out", folder.resolve(name).toString()));
    arguments.addAll(List.of(more));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.exit(), run.out() + run.err());
    return run.out().lines().toList().getLast();
  }

  private static double result(String line, String name) {
    String from = line.substring(line.indexOf('"' + name + "\":") + name.length() + 3);
    return Double.parseDouble(from.split("[,}]")[0]);
  }

  private static String results(String line) {
    int from = line.indexOf("\"results\"");
    return line.substring(from, line.indexOf('}', from));
  }

  @Test
  void irisesAreLearntAndOneSeedGivesTheSameBits() throws IOException {
    String plain = PROGRAM.replace("FREEZE", "");
    String once = run(plain, "once");
    assertTrue(result(once, "accuracy") >= 0.8, once);
    assertEquals(results(once), results(run(plain, "again")));
    assertNotEquals(results(once), results(run(plain, "other", "--seed", "4")));
    Path fit;
    try (var runs = Files.list(folder.resolve("once"))) {
      fit =
          runs.filter(p -> p.getFileName().toString().startsWith("fit")).findFirst().orElseThrow();
    }
    String report = Files.readString(fit.resolve("report.html"));
    assertTrue(report.contains("<figcaption>loss</figcaption>"), "no learning curve in the report");
    assertTrue(result(Files.readString(fit.resolve("result.json")), "loss") < 0.5);
  }

  /// Plastic states of the network, of a projection and of synapses, beside a plain loss: what one
  /// sample of 25 steps changes, against derivatives of the sums over its steps.
  @Test
  void plasticStatesOfNetworksAndSynapsesLearn() throws IOException {
    String program =
        """
        neuron Follower { input a : real; state v : real = 0; v' = (a - v) / 10 ms; receive s(w : real) { v += w } }
        synapse Shared { weight w : real; plastic shared state gain : real in 0 .. 0.8 = 0.5; on pre { deliver gain * w } }
        synapse Each { weight w : real; plastic state gain : real = 0.5; on pre { deliver gain * w } }
        network Net {
          input z : real
          input trains : spikes[2]
          plastic state b : real = 0.2
          population x : Follower[2](a: b * z)
          population y : Follower[1](a: 0)
          connect trains -> y.s as p  all  weight uniform(2, 2)  synapse SYNAPSE
        }
        experiment fit on Net {
          step 1 ms; seed 3; numerics f64
          train by bptt() with gradient_descent(0.01)
          freeze p.w
          reset all
          present z = 2, trains = [[1 ms], [5 ms]] for 25 ms
          minimise sum((mean_over_time(x.v) - 1)^2) + sum((mean_over_time(y.v) - 1)^2)
          report b, gains = sum(p.gain)
        }
        """;
    double P = Math.exp(-0.1);
    double follows = 0;
    double[] echoes = new double[2];
    for (int n = 0; n < 25; n++) {
      follows += 2 * (1 - Math.pow(P, n + 1)) / 25;
      echoes[0] += n < 1 ? 0 : Math.pow(P, n) / 25;
      echoes[1] += n < 5 ? 0 : Math.pow(P, n - 4) / 25;
    }
    double both = echoes[0] + echoes[1];
    double pull = 2 * (0.5 * 2 * both - 1);
    double b = 0.2 - 0.01 * 2 * 2 * (0.2 * follows - 1) * follows;
    String each = run(program.replace("SYNAPSE", "Each"), "each");
    assertEquals(b, result(each, "b"), 1e-12);
    assertEquals(1 - 0.01 * pull * 2 * both, result(each, "gains"), 1e-12);
    String shared = run(program.replace("SYNAPSE", "Shared"), "shared");
    assertEquals(b, result(shared, "b"), 1e-12);
    assertEquals(0.5 - 0.01 * pull * 2 * both, result(shared, "gains"), 1e-12);
    String fast = program.replace("SYNAPSE", "Shared").replace("descent(0.01)", "descent(10)");
    assertEquals(0.8, result(run(fast, "fast"), "gains"));
  }

  /// An input is read as it was while the sample was shown, not as it is when its loss is known:
  /// the gradient of `(w · x - 1)²` is `2 (w · x - 1) x`.
  @Test
  void weightsOfWhatIsPresentedHaveItsGradient() throws IOException {
    String program =
        """
        neuron Shown { input x : real; let v = x }
        neuron Total { input x : real; state v : real = 0; every dt { v = x } }
        synapse Weighted { weight w : real; transmit w * pre.v }
        network Net {
          input image : real[2]
          population a : Shown[2](x: image)
          population y : Total[1]
          connect a -> y.x as k  all  weight uniform(0.4, 0.6)  synapse Weighted
        }
        experiment e on Net {
          step 1 ms; seed 1
          train by bptt() with gradient_descent(RATE)
          for wanted in [1.0] {
            reset all
            present image = [1, 2] for 3 ms
            minimise mean((mean_over_time(y.v, last: 1 ms) - [wanted])^2)
          }
          report weights = mean(k.w)
        }
        """;
    String still = run(program.replace("RATE", "1e-12"), "still");
    String learnt = run(program.replace("RATE", "0.125"), "learnt");
    double expected = result(still, "weights") - 0.125 * 3 * Math.sqrt(result(learnt, "loss"));
    assertEquals(expected, result(learnt, "weights"), 1e-6, learnt);
  }

  /// The weight is 1 less after every update. Before the second pass nothing is scored, so that the
  /// accuracy is no number; the third is the only one whose answer is right, and what it leaves is
  /// kept: behind the loop, and in experiments that start from this one.
  @Test
  void aScoreThatIsNoNumberIsNeverTheBest() throws IOException {
    String program =
        """
        import std.decode.MaxPotential
        neuron Level { input gain : real; plastic state k : real = 9; state v : real = 0; every dt { v = k * gain } }
        network Net {
          input image : real
          population y : Level[2](gain: if self.index == 0 then image else 0)
          readout kind : MaxPotential(y)
        }
        experiment fit on Net {
          step 1 ms; seed 1
          train by bptt() with gradient_descent(1)
          for epoch in 1 .. 4 {
            reset all
            present image = 1 for 2 ms
            minimise sum(mean_over_time(y.v))
            if epoch >= 2 { score kind against (if epoch == 3 then 0 else 1) }
            keep best accuracy(kind)
            report within = sum(y.k)
            STOP
          }
          report behind = sum(y.k)
          reset all
          present image = 1 for 2 ms
          report shown = sum(y.v)
        }
        experiment look on Net from fit { report k = sum(y.k) }
        """;
    String whole = run(program.replace("STOP", ""), "kept", "fit");
    assertEquals(5 + 9, result(whole, "within"));
    assertEquals(6 + 9, result(whole, "behind"));
    assertEquals(6, result(whole, "shown"));
    assertEquals(6 + 9, result(run(program.replace("STOP", ""), "kept", "look"), "k"));
    String early = program.replace("1 .. 4", "1 .. 9").replace("STOP", "stop when epoch == 5");
    assertEquals(6 + 9, result(run(early, "early", "fit"), "behind"));
  }

  /// The scores of the second stage are lower than those of the first; each rises.
  @Test
  void theBestIsSoughtAnewInALoopThatIsEnteredAgain() throws IOException {
    String program =
        """
        neuron Level { input gain : real; plastic state k : real = 9; state v : real = 0; every dt { v = k * gain } }
        network Net { input image : real; population y : Level[2](gain: image) }
        experiment fit on Net {
          step 1 ms; seed 1
          train by bptt() with gradient_descent(0)
          var passes_done = 0
          for stage in 1 .. 2 {
            for epoch in 1 .. 4 {
              reset all
              present image = 1 for 2 ms
              minimise sum(mean_over_time(y.v))
              passes_done += 1
              y.k = 10 * stage + epoch
              keep best epoch - 10 * stage
              stop when stalled(epoch - 10 * stage, epochs: 1)
            }
          }
          report passes_done, k = mean(y.k)
        }
        """;
    String line = run(program, "stages", "fit");
    assertEquals(8, result(line, "passes_done"));
    assertEquals(24, result(line, "k"));
  }

  /// Among no other neurons `fan_in` is 0; the pair that is left out has no weight that could be
  /// infinite.
  @Test
  void aNeuronAloneIsTrainedBesideAConnectionToOthers() throws IOException {
    String program =
        """
        import std.neurons.unit.{Lif, Leaky}
        network Net {
          input trains : spikes[2]
          population h : Lif[1]
          population y : Leaky[1]
          connect trains -> h  all  weight uniform(2, 2)
          connect h -> h as k  all where pre != post  weight 0.3 * kaiming()
          connect h -> y as b  all  weight uniform(1, 1)
        }
        experiment fit on Net {
          step 1 ms; seed 7
          train by bptt() with adamw(0.1)
          for trial in 1 .. 3 {
            reset all
            present trains = [[1 ms], [2 ms]] for 20 ms
            minimise sum((mean_over_time(y.v) - 1)^2)
          }
          report joined = count(k), learnt = sum(b.w)
        }
        """;
    String line = run(program, "alone");
    assertEquals(0, result(line, "joined"));
    assertTrue(result(line, "learnt") > 1, line);
  }

  @Test
  void aPassOverNothingHasNoLoss() throws IOException {
    String program =
        """
        import std.data.iris
        neuron Level { input gain : real; plastic state k : real = 9; state v : real = 0; every dt { v = k * gain } }
        network Net { input image : real[4]; population y : Level[4](gain: image) }
        experiment fit on Net {
          step 1 ms; seed 1
          train by bptt() with gradient_descent(0)
          for batch in iris.train | take(COUNT) | batch(2) {
            reset all
            present image = batch.features for 2 ms
            minimise sum(mean_over_time(y.v)^2)
          }
        }
        """;
    assertTrue(result(run(program.replace("COUNT", "3"), "some", "fit"), "loss") > 0);
    String none = run(program.replace("COUNT", "0"), "none", "fit");
    assertTrue(none.contains("\"loss\":null"), none);
  }

  /// k = 9, and a gain of 1, 2 and 3 without the middle one: (81 + 729) / 2.
  @Test
  void theLossOfSamplesThatAreChosenIsTold() throws IOException {
    String program =
        """
        neuron Level { input gain : real; plastic state k : real = 9; state v : real = 0; every dt { v = k * gain } }
        network Net { input x : real; population y : Level[1](gain: x) }
        experiment fit on Net {
          step 1 ms; seed 1
          train by bptt() with gradient_descent(0)
          for gain in [1, 2, 3] {
            CHOICE {
              reset all
              present x = gain for 2 ms
              minimise sum(mean_over_time(y.v)^2)
            }
          }
        }
        """;
    assertEquals(405, result(run(program.replace("CHOICE", "if gain != 2"), "some"), "loss"));
    assertEquals(378, result(run(program.replace("CHOICE", "repeat 2 times"), "twice"), "loss"));
  }

  /// The derivative of a cross entropy by its scores is what stands in the target.
  @Test
  void aFactorOfTheSampleInATargetLearnsAsBeforeTheLoss() throws IOException {
    String program =
        """
        import std.data.iris
        import std.neurons.unit.Rectified.{Linear, Shown, Weighted}
        network Net {
          input image : real[4]
          population x : Shown[4](value: image)
          population y : Linear[3]
          connect x -> y.x as feed  all  weight uniform(-1, 1)  synapse Weighted
        }
        experiment fit on Net {
          step 1 ms; seed 1; numerics f64
          train by bptt() with gradient_descent(0.1)
          for batch in iris.train | shuffle | batch(10) {
            reset all
            present image = batch.features for 2 ms
            LOSS
          }
          report weight = feed.w[1, 2]
        }
        """;
    String direct = "minimise 2 * cross_entropy(mean_over_time(y.v, last: 1 ms), batch.label)";
    String kept =
        """
        var z = mean_over_time(y.v, last: 1 ms)
        var a = 2
        minimise sum((mean_over_time(y.v, last: 1 ms)
          - (z + a * (one_hot(batch.label, 3) - exp(z) / sum(exp(z)))))^2) / 2
        """;
    double expected = result(run(program.replace("LOSS", direct), "direct"), "weight");
    assertEquals(expected, result(run(program.replace("LOSS", kept), "kept"), "weight"), 1e-9);
  }

  /// No step comes after the only update, which takes the weight beyond all numbers.
  @Test
  void whatTheLastUpdateMakesIsLookedAt() throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(
        file,
        """
        neuron Level { input gain : real; plastic state k : real = 1; state v : real = 0; every dt { v = k * gain } }
        network Net {
          input z : real
          population y : Level[2](gain: z)
        }
        experiment fit on Net {
          step 1 ms; seed 1
          train by bptt() with gradient_descent(1e38)
          reset all
          present z = 1e3 for 2 ms
          minimise sum(mean_over_time(y.v))
        }
        """);
    String out = folder.resolve("out").toString();
    CommandLineRun run = CommandLineRun.of("run", file.toString(), "--out", out);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("E0909") && run.err().contains("y.k"), run.err());
  }

  /// The nearest of 127 levels to 0.5 is the 64th.
  @Test
  void whatIsAssignedToRoundedWeightsStays() throws IOException {
    String program =
        """
        neuron Level { input u : real; state v : real = 0; every dt { v = u } }
        synapse Graded { weight w : real; transmit w * pre.v }
        network Net {
          input z : real
          population x : Level[1](u: z)
          population y : Level[1]
          connect x -> y.u as a  all  weight uniform(0.8, 0.9)  synapse Graded
        }
        experiment fit on Net {
          step 1 ms; seed 1; numerics f64
          train by bptt() with gradient_descent(RATE), rounded(bits: 8, range: 1)
          for epoch in 1 .. 3 {
            reset all
            present z = 1 for 2 ms
            minimise sum(mean_over_time(y.v))
            if epoch == 1 { a.w = 0.5 }
          }
          report w = sum(a.w)
        }
        """;
    String still = run(program.replace("RATE", "0"), "still");
    assertEquals(64.0 / 127, result(still, "w"), 1e-12);
    // the slope is a half: 0.5 - 2 * 0.001 is nearest to the 63rd
    String moving = run(program.replace("RATE", "0.002"), "moving");
    assertEquals(63.0 / 127, result(moving, "w"), 1e-12);
  }

  /// Functions of the target have the derivatives of those whose place they take.
  @ParameterizedTest
  @ValueSource(strings = {"f32, fast", "f64, fast"})
  void fastFunctionsHaveDerivatives(String numerics) throws IOException {
    String program =
        """
        neuron Gate {
          plastic state tau : time = 5 ms
          state v : real = 0
          state q : real = 0
          v' = -v / 20 ms
          q' = (sigmoid(v) + sin(v) + cos(2 * v) + tanh(v) + log(1 + v^2) + exp(-v) - q) / tau
          receive syn(w : real) { v += w }
        }
        network Net {
          input trains : spikes[1]
          population h : Gate[1]
          connect trains -> h as a  all  weight uniform(1, 2)
        }
        experiment fit on Net {
          step 1 ms; seed 1; numerics f64
          train by bptt() with gradient_descent(1)
          reset all
          present trains = [[0 ms]] for 10 ms
          minimise sum(mean_over_time(h.q))
          report w = sum(a.w), tau = h.tau
        }
        """;
    String strict = run(program, "strict");
    String fast = run(program.replace("numerics f64", "numerics " + numerics), "fast");
    for (String learnt : List.of("w", "tau")) {
      double wanted = result(strict, learnt);
      assertEquals(wanted, result(fast, learnt), 1e-5 * Math.abs(wanted));
    }
  }

  /// Of the sevenths those count that lie between the bounds, and a bound where none does.
  @ParameterizedTest
  @CsvSource({
    "-0.5 .. 0.65, 4, 0.571428571429, -0.428571428571",
    "-2 .. 2, 4, 1, -1",
    "0.2 .. 0.25, 4, 0.25, 0.2"
  })
  void levelsLieBetweenTheBoundsOfAWeight(String range, int bits, double high, double low)
      throws IOException {
    String program =
        """
        neuron Level { input u : real; state v : real = 0; every dt { v = u } }
        synapse Graded { weight w : real in RANGE; transmit w * pre.v }
        network Net {
          input z : real
          population x : Level[1](u: z)
          population y : Level[2]
          connect x -> y.u as a  all  weight uniform(0.21, 0.22)  synapse Graded
        }
        experiment fit on Net {
          step 1 ms; seed 1; numerics f64
          train by bptt() with gradient_descent(10), rounded(bits: BITS, range: 1)
          reset all
          present z = 1 for 2 ms
          minimise sum((mean_over_time(y.v) - [5, -5])^2)
          report high = a.w[0, 0], low = a.w[0, 1]
        }
        """;
    String line = run(program.replace("RANGE", range).replace("BITS", bits + ""), "bounded");
    assertEquals(high, result(line, "high"), 1e-9);
    assertEquals(low, result(line, "low"), 1e-9);
  }

  /// 0.3 + 0.2 is nearest to 0.6; from 0, where no weight may be, it would stay at 0.3.
  @Test
  void aWeightThatBeginsAtItsBoundLearnsFromThere() throws IOException {
    String program =
        """
        neuron Level { input u : real; state v : real = 0; every dt { v = u } }
        synapse Positive { weight w : real in 0.3 .. 1; transmit w * pre.v }
        network Net {
          input z : real
          population x : Level[1](u: z)
          population y : Level[1]
          connect x -> y.u as a  all  weight uniform(0.3, 0.3)  synapse Positive
        }
        experiment fit on Net {
          step 1 ms; seed 1; numerics f64
          train by bptt() with gradient_descent(0.2), rounded(bits: 3, range: 0.9)
          reset all
          present z = 1 for 2 ms
          minimise -sum(mean_over_time(y.v, last: 1 ms))
          report learnt = a.w[0, 0]
        }
        """;
    assertEquals(0.6, result(run(program, "bound"), "learnt"), 1e-9);
  }

  /// With v = k, 2 k, 3 k the mean is 2 k and the maximum 3 k, so that the loss k^2 has the
  /// derivative 2 k; of two cells the loss is (2 k - 2 l)^2, (2 k + 2 l)^2, and (2 k + 3)^2 / 4 + 9
  /// l^2.
  @Test
  void bothSidesOfADifferenceLearn() throws IOException {
    String program =
        """
        neuron Cell {
          input u : real
          plastic state k : real = 0.5
          state v : real = 0
          every dt { v += k * u }
        }
        network Net {
          input z : real
          population a : Cell[1](u: z)
          population b : Cell[1](u: z)
        }
        experiment e on Net {
          step 1 ms; seed 1; numerics f64
          train by bptt() with gradient_descent(1)
          b.k = 0.75
          repeat 1 times {
            reset all
            present z = 1 for 3 ms
            minimise LOSS
          }
          report a = 0.5 - a.k[0], b = 0.75 - b.k[0]
        }
        """;
    String own =
        "sum((mean_over_time(a.v) - max_over_time(a.v))^2) + 0 * mean(mean_over_time(b.v))";
    String one = run(program.replace("LOSS", own), "one");
    assertEquals(1, result(one, "a"), 1e-12);
    String two =
        run(program.replace("LOSS", "mean((mean_over_time(a.v) - mean_over_time(b.v))^2)"), "two");
    assertEquals(-2, result(two, "a"), 1e-12);
    assertEquals(2, result(two, "b"), 1e-12);
    String sum =
        run(program.replace("LOSS", "mean((mean_over_time(a.v) + mean_over_time(b.v))^2)"), "sum");
    assertEquals(10, result(sum, "a"), 1e-12);
    assertEquals(10, result(sum, "b"), 1e-12);
    String shifted = "mean((-(mean_over_time(a.v) + 3) / 2)^2) + sum(max_over_time(b.v)^2)";
    String squares = run(program.replace("LOSS", shifted), "squares");
    assertEquals(4, result(squares, "a"), 1e-12);
    assertEquals(13.5, result(squares, "b"), 1e-12);
  }

  /// Two experiments, one from the other, learn what one does that is as long.
  @ParameterizedTest
  @ValueSource(strings = {"random", "adaptive"})
  void feedbackWeightsGoOnInTheExperimentThatStartsFromThis(String feedback) throws IOException {
    String loop =
        """
          train by eprop(feedback: FEEDBACK) with gradient_descent(0.05)
          for k in 1 .. ROUNDS {
            reset all
            present trains = [[1 ms, 6 ms], [3 ms, 9 ms], [2 ms, 5 ms]] for 20 ms
            minimise sum((mean_over_time(y.v) - [0.5, -0.5])^2)
          }
          report first = sum(a.w), last = sum(b.w)
        }
        """;
    String head =
        """
        import std.neurons.unit.{Lif, Leaky}
        network Net {
          input trains : spikes[3]
          population h : Lif[4]
          population y : Leaky[2]
          connect trains -> h as a  all  weight uniform(1, 3)
          connect h -> y as b  all  weight uniform(-1, 1)
        }
        """;
    String settings = "  step 1 ms; seed 3; numerics f64\n";
    String program =
        head
            + ("experiment whole on Net {\n" + settings + loop.replace("ROUNDS", "40"))
            + ("experiment begun on Net {\n" + settings + loop.replace("ROUNDS", "20"))
            + ("experiment ended on Net from begun {\n" + loop.replace("ROUNDS", "20"));
    program = program.replace("FEEDBACK", feedback);
    String whole = run(program, "whole", "whole");
    String ended = run(program, "ended", "ended");
    for (String weights : List.of("first", "last")) {
      assertEquals(result(whole, weights), result(ended, weights), ended);
    }
  }

  @Test
  void whatIsFrozenDoesNotLearn() throws IOException {
    String still = run(PROGRAM.replace("FREEZE", "freeze first"), "still");
    String none =
        run(PROGRAM.replace("FREEZE", "freeze first").replace("1 .. 30", "1 .. 1"), "one");
    assertEquals(result(still, "first_weights"), result(none, "first_weights"));
    assertNotEquals(result(still, "last_weights"), result(none, "last_weights"));
  }

  @Test
  void aTestMayTrain() throws IOException {
    Path file = folder.resolve("program.snn");
    String trained =
        """

        test "one sample is learnt" on Net(H: 10) {
          step 1 ms; seed 2
          train by bptt() with gradient_descent(0.1)
          repeat 40 times {
            do show([1, 0, 1, 0])
            minimise cross_entropy(mean_over_time(y.v), 2)
          }
          do show([1, 0, 1, 0])
          expect mean(mean_over_time(y[2].v)) > mean(mean_over_time(y[1].v)) + 0.5
        }
        """;
    Files.writeString(file, PROGRAM.replace("FREEZE", "") + trained);
    CommandLineRun run = CommandLineRun.of("test", file.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
  }

  /// A sum over peers is worked out once a step, before the loop over the neurons; gradients come
  /// through that loop all the same.
  @Test
  void sumsOverPeersAreButFactors() throws IOException {
    String cells =
        """
        neuron Shares {
          param g = 1 + self.index
          state v : real = 0
          v' = -v / 20 ms
          receive syn(w : real) { v += w * FACTOR }
          spike when v > 1
          reset { v = 0 }
        }
        network Net {
        """;
    String program =
        PROGRAM
            .replace("network Net {\n", cells)
            .replace("h : Lif[H]", "h : Shares[5]")
            .replace("FREEZE", "")
            .replace("1 .. 30", "1 .. 2");
    String summed = run(program.replace("FACTOR", "mean(peers.g) / 9"), "summed");
    assertEquals(results(run(program.replace("FACTOR", "3 / 9"), "plain")), results(summed));
  }

  /// Where nothing is trained the samples of a batch are but samples.
  @Test
  void batchesThatTrainNothingAreOneSampleAfterTheOther() throws IOException {
    String program =
        PROGRAM.substring(0, PROGRAM.indexOf("experiment fit"))
            + """
            experiment shows on Net {
              step 1 ms; seed 3
              var k = 0
              for sample in iris.train | take(7)STAGE {
                present features = sample.features for 30 ms
                k += count(h)
                every 2 passes { report spikes_until_now = k }
              }
              report k, last = mean(y.v)
            }
            """;
    String plain = run(program.replace("STAGE", ""), "plain");
    assertTrue(result(plain, "k") > 0, plain);
    assertEquals(results(plain), results(run(program.replace("STAGE", " | batch(3)"), "batches")));
  }

  @Test
  void samplesOneByOneHaveACurveToo() throws IOException {
    String single =
        PROGRAM
            .replace("FREEZE", "")
            .replace("1 .. 30", "1 .. 2")
            .replace("iris.train | shuffle | batch(16)", "iris.train | take(20)");
    String line = run(single, "single");
    assertTrue(line.contains("\"state\":\"done\""), line);
    try (var runs = Files.list(folder.resolve("single"))) {
      Path fit =
          runs.filter(p -> p.getFileName().toString().startsWith("fit")).findFirst().orElseThrow();
      assertTrue(result(Files.readString(fit.resolve("result.json")), "loss") > 0);
    }
  }

  @Test
  void thePlanTellsWhatLearnsAndWhatIsWrittenDown() throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, PROGRAM.replace("FREEZE", ""));
    CommandLineRun run = CommandLineRun.of("plan", file.toString(), "fit");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("  learns: first.w, last.w\n"), run.out());
    assertTrue(run.out().contains("  room for 30 steps\n"), run.out());
  }

  @Test
  void aProgramInCIsRefused() throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, PROGRAM.replace("FREEZE", ""));
    CommandLineRun run =
        CommandLineRun.of(
            "compile", file.toString(), "fit", "--target", "c", "--out", folder.toString());
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("does not train by gradients"), run.err());
  }

  /// Saving stores a number for each synapse; they are one constant all the same.
  @Test
  void aConstantWeightStaysThoughItIsSaved() throws IOException {
    String pooled =
        PROGRAM
            .replace("FREEZE", "")
            .replace(
                "  population y : Leaky[3]\n",
                "  population p : Lif[15]\n  population y : Leaky[3]\n")
            .replace(
                "  connect h -> y as last ",
                "  connect h -> p as joined  pool([2])  weight 1 / 2  instant\n"
                    + "  connect p -> y as last ")
            .replace("1 .. 30", "1 .. 2")
            .replace(
                "  }\n}\n\nexperiment evaluate", "  }\n  save \"w.npz\"\n}\n\nexperiment evaluate")
            .replace("report accuracy(kind)", "report accuracy(kind), joined = sum(joined.w)");
    String line = run(pooled, "pooled");
    assertEquals(15, result(line, "joined"), line);
  }

  /// Kernels in groups, down to a bottleneck and up again by a transposed one, learn to give their
  /// pictures back.
  @Test
  void groupsAndTransposedKernelsLearn() throws IOException {
    String program =
        """
        import std.data.digits8x8
        import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted}
        network Net {
          input image : real[8, 8]
          population x : Shown[1, 8, 8](value: image)
          population a : Rectified[4, 8, 8]
          population b : Rectified[8, 4, 4]
          population y : Linear[1, 8, 8]
          connect x -> a.x  conv([3, 3], padding: 1)                                     weight kaiming()  synapse Weighted
          connect a -> b.x  conv([2, 2], stride: 2, groups: 4)                           weight kaiming()  synapse Weighted
          connect b -> y.x  conv([4, 4], stride: 2, padding: 1, transposed: true)  weight kaiming()  synapse Weighted
        }
        experiment fit on Net {
          step 1 ms; seed 7
          train by bptt() with adam(1e-2)
          for epoch in 1 .. EPOCHS {
            for batch in digits8x8.train | take(100) | batch(20) {
              reset all
              present image = batch.image for 4 ms
              minimise mean((mean_over_time(y.v, last: 1 ms) - flatten(batch.image))^2)
            }
          }
        }
        """;
    double first = result(run(program.replace("EPOCHS", "1"), "first"), "loss");
    double last = result(run(program.replace("EPOCHS", "20"), "last"), "loss");
    assertTrue(last < 0.1 * first, first + " to " + last);
  }

  /// Masks are drawn anew for each presentation, keep the share that is asked for and the sum on
  /// the average; what they shut out learns nothing.
  @Test
  void dropoutKeepsItsShareAndItsSum() throws IOException {
    String program =
        """
        import std.neurons.unit.Dropped.DroppedLif
        import std.neurons.unit.Leaky
        neuron Source { input drive : real; state v : real = 0; v' = drive / 4 ms; spike when v > 1; reset { v -= 1 } }
        network Net {
          input u : real
          population x : Source[1](drive: u)
          population h : DroppedLif[4000]
          population y : Leaky[2]
          connect x -> h.syn as first  all  weight uniform(0.5, 0.5)  instant
          connect h -> y.syn as last   all  weight uniform(-0.01, 0.01)  instant
        }
        experiment e on Net {
          step 1 ms; seed 3
          h.keep = 0.8
          train by bptt() with gradient_descent(1)
          freeze last
          reset all
          present u = 1.5 for 20 ms
          report mean = mean(h.mask), square = mean(h.mask * h.mask)
          report left = sum(h.mask * (first.w - 0.5)^2), out = sum((1.25 - h.mask) * (first.w - 0.5)^2)
          minimise sum(mean_over_time(y.v))
          report left_after = sum(h.mask * (first.w - 0.5)^2), out_after = sum((1.25 - h.mask) * (first.w - 0.5)^2)
          let before = h.mask
          reset all
          present u = 1.5 for 20 ms
          report together = mean(h.mask * before)
        }
        """;
    String line = run(program, "dropped");
    assertEquals(1, result(line, "mean"), 4 * 0.5 / Math.sqrt(4000));
    assertEquals(1.25, result(line, "square"), 4 * 0.625 / Math.sqrt(4000));
    assertEquals(1, result(line, "together"), 4 * 0.75 / Math.sqrt(4000));
    assertEquals(0, result(line, "out"));
    assertTrue(result(line, "left_after") > 0, line);
    assertEquals(0, result(line, "out_after"), 0, "what is dropped learns: " + line);
  }

  /// Three spikes at different times are brought together by their delays: the potential then rises
  /// to three times that of one, whose largest value on the grid is at 3 ms.
  @Test
  void delaysLearnToBringSpikesTogether() throws IOException {
    double one = 2 * (Math.exp(-3 / 4.0) - Math.exp(-3 / 2.0));
    assertEquals(3 * one, result(run(LATE, "together"), "top"), 1e-5);
  }

  /// A delay that the synapse changes by itself has no derivative.
  @Test
  void delaysThatChangeByThemselvesAreRefused() throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, LATE.replace("deliver w", "deliver w; d += 0.1 ms"));
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertNotEquals(0, run.exit());
    assertTrue(run.err().contains("delays that the synapse changes"), run.out() + run.err());
  }

  /// Each layer acts, and is left, on levels of its own; what it has learnt is not lost by that.
  @Test
  void layersAreTrainedWithBitsOfTheirOwn() throws IOException {
    String program =
        PROGRAM
            .replace("FREEZE", "")
            .replace(
                "with adam(5e-3)",
                "with adam(5e-3), rounded(bits: 3, range: 1, of: [first]),"
                    + " rounded(bits: 5, range: 3)")
            .replace(
                "report accuracy(kind),",
                "report accuracy(kind), coarse = mean(sin(first.w * 3 * pi)^2),"
                    + " fine = mean(sin(last.w * 15 / 3 * pi)^2), some = mean(abs(first.w)),");
    String line = run(program, "rounded");
    assertEquals(0, result(line, "coarse"), 1e-9, "weights of thirds");
    assertEquals(0, result(line, "fine"), 1e-9, "weights of fifths");
    assertTrue(result(line, "some") > 0.05 && result(line, "some") < 0.95, line);
    assertTrue(result(line, "accuracy") >= 0.6, line);
  }

  /// Samples of a batch that are gone back over side by side, eight, then three, give what they
  /// give one after the other, which they are where the experiment may assign something between
  /// them.
  @Test
  void samplesSideBySideGiveTheSameBits() throws IOException {
    String program =
        PROGRAM
            .replace("FREEZE", "ASSIGNED")
            .replace(
                "  population y : Leaky[3]\n",
                "  population y : Leaky[3]\n  population z : Leaky[3]\n")
            .replace(
                "  connect h -> y",
                "  connect h -> h as again  all  weight normal(0, 0.1)\n  connect h -> y")
            .replace("param H = 30", "param H = 100")
            .replace("1 .. 30", "1 .. 2")
            .replace("batch(16)", "take(44) | batch(11)")
            .replace("report", "report again = sum(again.w), squares = sum(again.w^2),");
    String beside = run(program.replace("ASSIGNED", ""), "beside");
    String apart = run(program.replace("ASSIGNED", "z.v = 0"), "apart");
    assertEquals(results(apart), results(beside));
    assertTrue(plan(program.replace("ASSIGNED", "")).contains("  room for 30 steps\n" + BESIDE));
    assertTrue(!plan(program.replace("ASSIGNED", "z.v = 0")).contains(BESIDE), "side by side");
  }

  private String plan(String text) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    CommandLineRun run = CommandLineRun.of("plan", file.toString(), "fit");
    assertEquals(0, run.exit(), run.err());
    return run.out();
  }

  /// A slice joined by `one_to_one` learns as the same pairs do that a condition picks out of all.
  @Test
  void partsOfWhatLearnsAreJoinedByAnyRule() throws IOException {
    String sliced =
        PROGRAM
            .replace("FREEZE", "")
            .replace("1 .. 30", "1 .. 2")
            .replace("kaiming()", "uniform(1, 1)");
    String some =
        run(sliced.replace("h -> y as last   all ", "h[1 ..< 4] -> y as last   one_to_one "), "a");
    String pairs =
        run(
            sliced.replace(
                "h -> y as last   all ", "h -> y as last   all where pre.index == post.index + 1 "),
            "b");
    assertEquals(results(pairs), results(some));
    String picked =
        run(
            sliced.replace("h -> y as last   all ", "h[[1, 2, 3]] -> y as last   one_to_one "),
            "c");
    assertEquals(results(pairs), results(picked));
  }

  /// A state of synapses between neurons is decayed step by step where derivatives ask for it, and
  /// not when the next spike touches the synapse.
  @Test
  void shortTermPlasticityBetweenNeuronsIsTrained() throws IOException {
    String text =
        PROGRAM
                .replace("FREEZE", "")
                .replace("1 .. 30", "1 .. 2")
                .replace("kaiming()  instant", "kaiming()  synapse Tired")
            + """
            synapse Tired {
              weight w : real
              state q : real = 1
              q' = (1 - q) / 10 ms
              on pre { deliver w * q; q -= 0.3 * q }
            }
            """;
    String untold = run(text, "a");
    String told =
        run(
            text.replace("q' = (1 - q) / 10 ms", "q' = (1 - q) / 10 ms; integrate q by exact"),
            "b");
    assertEquals(results(told), results(untold));
  }

  private static final String COMING_AND_GOING =
      """
      import std.decode.MaxPotential
      neuron Y { state v : real = 0; every dt { v *= 1 }; receive syn(w : real) { v += w } }
      synapse Kept { weight w : real; on pre { deliver w }; prune when w < 0.1 }
      network Net {
        input x : spikes[3]
        population y : Y[4]
        connect x -> y.syn as f  bernoulli(50 %)  weight 0.5 + 0.1 * pre.index - 0.05 * post.index
          synapse Kept  grow bernoulli(1) every 12 ms
        readout first : MaxPotential(y)
      }
      experiment start on Net { step 1 ms; seed 3; numerics f64; run 1 ms; report n = count(f) }
      experiment fit on Net {
        step 1 ms; seed 3; numerics f64
        param updates = 9, best = 0
        train by bptt() with adam(0.1, beta_1: 0.8, beta_2: 0.9)
        for k in 1 .. updates {
          reset all
          present x = [[0 ms], [1 ms], []] for 5 ms
          minimise sum((mean_over_time(y.v, last: 1 ms) - [0.2, 0.9, 0, 1.3])^2)
          KEEP
        }
        report n = count(f), w = f.w
      }
      """;

  /// Two sources spike once each, the third is silent: targets get the sums of their weights.
  private static List<Double> rewired(int updates) {
    double[] wanted = {0.2, 0.9, 0, 1.3};
    Map<List<Integer>, double[]> synapses = new TreeMap<>(Comparator.comparing(List::toString));
    int[][] first = {{1, 0}, {1, 1}, {1, 2}, {1, 3}, {2, 2}, {2, 3}};
    for (int[] pair : first) {
      synapses.put(List.of(pair[0], pair[1]), fresh(pair[0], pair[1]));
    }
    int periods = 0;
    for (int update = 1; update <= updates; update++) {
      double[] v = new double[4];
      synapses.forEach((pair, of) -> v[pair.get(1)] += pair.get(0) < 2 ? of[0] : 0);
      int n = update;
      synapses.forEach((pair, of) -> {
        double g = pair.get(0) < 2 ? 2 * (v[pair.get(1)] - wanted[pair.get(1)]) : 0;
        of[1] = 0.8 * of[1] + 0.2 * g;
        of[2] = 0.9 * of[2] + 0.1 * g * g;
        double scale = Math.sqrt(of[2] / (1 - Math.pow(0.9, n))) + 1e-8;
        of[0] -= 0.1 * of[1] / (1 - Math.pow(0.8, n)) / scale;
      });
      if (5 * update / 12 != periods) {
        periods = 5 * update / 12;
        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < 4; j++) {
            double[] of = synapses.putIfAbsent(List.of(i, j), fresh(i, j));
            if (of != null && of[0] < 0.1) {
              synapses.remove(List.of(i, j));
            }
          }
        }
      }
    }
    return synapses.values().stream().map(of -> of[0]).toList();
  }

  /// A weight and its two moments.
  private static double[] fresh(int source, int target) {
    return new double[] {0.5 + 0.1 * source - 0.05 * target, 0, 0};
  }

  /// They do so after the first update behind each 12 ms, and take their moments along.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 8, 12})
  void synapsesComeAndGoBetweenUpdates(int updates) throws IOException {
    String program =
        COMING_AND_GOING.replace("KEEP", "").replace("updates = 9", "updates = " + updates);
    List<Double> wanted = rewired(updates);
    String line = run(program, "rewired" + updates, "fit");
    assertEquals(wanted.size(), result(line, "n"));
    List<Double> found = numbers(line, "w");
    for (int k = 0; k < wanted.size(); k++) {
      assertEquals(wanted.get(k), found.get(k), 1e-9);
    }
    assertEquals(6, result(run(program, "start", "start"), "n"));
  }

  /// With those that there were.
  @Test
  void theBestHasItsOwnSynapses() throws IOException {
    String program =
        COMING_AND_GOING.replace(
            "KEEP",
            "if k >= 4 { score first against (if k == 4 then 3 else 0) }\n    keep best accuracy(first)");
    String line = run(program, "bestRewired", "fit");
    List<Double> wanted = rewired(4);
    assertEquals(12, wanted.size());
    assertEquals(12, result(line, "n"));
    List<Double> found = numbers(line, "w");
    for (int k = 0; k < wanted.size(); k++) {
      assertEquals(wanted.get(k), found.get(k), 1e-9);
    }
  }

  private static List<Double> numbers(String line, String name) {
    int from = line.indexOf("\"" + name + "\":[") + name.length() + 4;
    return Stream.of(line.substring(from, line.indexOf(']', from)).split(","))
        .map(Double::parseDouble)
        .toList();
  }
}

package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a checkpoint holds (semantics.md §14), item by item: a run that is stopped and taken up
/// many times leaves the bytes of one that was not. `-Dsnel.full` stops long ones more often.
class ResumeTest {
  /// How many checkpoints a life has at most where many are kept.
  private static final int MANY = Boolean.getBoolean("snel.full") ? 4 : 16;

  @TempDir private Path folder = Path.of("");

  private static final String CELL =
      """
      neuron Cell {
        input I : real
        noise xi
        state v : real = 0
        state told : real = 0
        v' = (I - v) / 10 ms + 0.1 * xi / sqrt(1 ms)
        receive syn(w : real) { v += w }
        receive tell(x : real) { told = 0.9 * told + x * x }
        spike when v > 1
        reset { v = 0 }
        refractory 2 ms holding v
      }
      """;

  private Path check(String program, String experiment, int most, int livesAtLeast)
      throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, program);
    Path whole = new StoppedRuns(file).whole(experiment, folder.resolve("whole"));
    StoppedRuns runs = new StoppedRuns(file);
    Path stopped = runs.stopped(experiment, folder.resolve("stopped"), most);
    assertTrue(runs.lives() >= livesAtLeast, "only " + runs.lives() + " lives");
    Map<String, byte[]> expected = content(whole);
    Map<String, byte[]> found = content(stopped);
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    assertTrue(Files.size(whole.resolve("spikes.csv")) > 1_000, "hardly a spike");
    return whole;
  }

  /// Every file but those that tell how long it took.
  private static Map<String, byte[]> content(Path run) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> inside = Files.walk(run)) {
      for (Path file : inside.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (name.matches("state.snel|spikes.csv|(samples|tables)/.*|.*\\.npz")) {
          content.put(name, Files.readAllBytes(file));
        } else if (name.equals("result.json")) {
          String timeless = Files.readString(file).replaceAll("\"\\w+_ms\":[0-9.eE+-]+", "");
          content.put(name, timeless.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
      }
    }
    return content;
  }

  private static String network(String model, String rule, String clauses) {
    return CELL
        + model
        + """
        network Net {
          population E : Cell[24](v: uniform(0, 1))
          connect E -> E.syn as rec  %s where pre != post  weight uniform(0, 0.2)  %s
        }
        """
            .formatted(rule, clauses);
  }

  private static final String PROTOCOL =
      """
      experiment e on Net {
        step 0.1 ms; seed 5
        record E.spikes, E[0 ..< 3].v every 2.3 ms
        present E.I = 1.6 for 20 ms
        E.I = 1.4
        run 30 ms
        rest 4 ms
        run 7 ms
        report total = count(E), mean_weight = mean(rec.w), n = count(rec)
      }
      """;

  // Training

  private static final String LEARNING =
      """
      import std.data.iris
      neuron Source { input r : frequency; spike at poisson(r) }
      neuron Lif {
        state v : real = 0
        v' = -v / 10 ms
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v -= 1 }
      }
      neuron Out {
        state v : real = 0
        v' = -v / 10 ms
        receive syn(w : real) { v += w }
      }
      network Net {
        input features : real[4]
        population x : Source[4](r: (features + 3) * 50 Hz)
        population h : Lif[12]
        population y : Out[3]
        connect x -> h as a  all  weight normal(0, 0.7)  instant
        connect h -> h as r  all where pre != post  weight normal(0, 0.2)
        connect h -> y as b  all  weight normal(0, 0.5)  instant
        readout kind : MaxPotential(y)
      }
      experiment e on Net {
        step 1 ms; seed 5
        record h.spikes
        train by bptt(surrogate: arctan(2)) with adam(0.01), clip_norm(1)
        for stage in 1 .. 2 {
          for epoch in 1 .. 2 {
            for batch in iris.train | shuffle | take(12) | batch(5) {
              reset all
              present features = batch.features for 20 ms
              minimise cross_entropy(max_over_time(y.v), batch.label) + 1e-3 * rate_outside(h, 5 Hz .. 50 Hz)
            }
            for batch in iris.test | take(4) | batch(3) {
              reset all
              present features = batch.features for 20 ms
              score kind against batch.label
            }
            report over_time(accuracy(kind))
            keep best accuracy(kind)
            stop when stalled(accuracy(kind), epochs: 2)
          }
        }
        report sum_a = sum(a.w), sum_r = sum(r.w), sum_b = sum(b.w)
      }
      """
          .replace(
              "import std.data.iris\n", "import std.data.iris\nimport std.decode.MaxPotential\n");

  /// Also in the middle of a batch, whose gradient is on its way; the optimiser's moments, the best
  /// weights and how long there was none better go on as they were.
  @Test
  void trainingByGradients() throws IOException {
    check(LEARNING, "e", MANY, 10);
  }

  /// A checkpoint does not wait until the samples are together that are gone back over side by
  /// side.
  @Test
  void trainingOfSamplesSideBySide() throws IOException {
    check(
        LEARNING
            .replace("h : Lif[12]", "h : Lif[100]")
            .replace(
                "r  all where pre != post  weight normal(0, 0.2)", "r  all  weight normal(0, 0.1)")
            .replace("stage in 1 .. 2", "stage in 1 .. 1")
            .replace("take(12) | batch(5)", "take(24) | batch(11)"),
        "e",
        MANY,
        10);
  }

  // Wiring

  private static final String REWIRING =
      """
      synapse Rewiring {
        weight w : real in 0 .. 1
        state e : real = 0
        e' = -e / 20 ms
        trace x of pre tau 20 ms
        trace y of post tau 20 ms
        on pre  { deliver w; w -= 0.03 * y; e += y }
        on post { w += 0.02 * x + 0.001 * e }
        prune when w < 0.04
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"grow bernoulli(4 %) every 3 ms", "grow replaced() every 3 ms", ""})
  void synapsesThatComeAndGo(String grow) throws IOException {
    Path run =
        check(
            network(REWIRING, "bernoulli(20 %)", "synapse Rewiring  " + grow) + PROTOCOL,
            "e",
            4,
            4);
    String result = Files.readString(run.resolve("result.json"));
    if (!grow.contains("replaced")) {
      long born = 24 * 23 / 5;
      assertTrue(!result.contains("\"n\":" + born), "no synapse came or went: " + result);
    }
  }

  /// What grew is there in the experiment that goes on from there.
  @Test
  void synapsesThatCameAndWentAreLeftToTheNextExperiment() throws IOException {
    String next =
        """
        experiment next on Net from e {
          record E.spikes, E[0 ..< 3].v every 2.3 ms
          report before = count(rec)
          freeze all
          E.I = 1.4
          run 40 ms
          report after = count(rec), mean_weight = mean(rec.w)
        }
        """;
    Path run =
        check(
            network(REWIRING, "bernoulli(20 %)", "synapse Rewiring  grow bernoulli(4 %) every 3 ms")
                + PROTOCOL
                + next,
            "next",
            4,
            4);
    Path first;
    try (Stream<Path> all = Files.list(run.getParent())) {
      first =
          all.filter(path -> path.getFileName().toString().startsWith("e-"))
              .findFirst()
              .orElseThrow();
    }
    String left = Files.readString(first.resolve("result.json"));
    String kept = Files.readString(run.resolve("result.json"));
    String n = left.replaceAll("(?s).*\"n\":(\\d+).*", "$1");
    assertTrue(kept.contains("\"before\":" + n + ","), left + kept);
    assertTrue(kept.contains("\"after\":" + n + ","), left + kept);
  }

  // Delays, spikes in flight, traces

  @ParameterizedTest
  @ValueSource(strings = {"all", "bernoulli(0.3)", "fixed_indegree(5)"})
  void delaysThatChangeWithSpikesInFlight(String rule) throws IOException {
    String model =
        """
        synapse Moving {
          weight w : real in 0 .. 1
          delay d : time in 0 ms .. 6 ms
          trace x of pre tau 20 ms
          trace n of pre window 3 ms
          trace y of post tau 20 ms
          on pre  { deliver w; d += to_step(0.4 ms * y); w -= 0.003 * y }
          on post { w += 0.003 * x + 0.001 * n; d -= to_step(0.4 ms * x) }
        }
        """;
    check(
        network(model, rule, "delay to_step(uniform(0 ms, 4 ms))  synapse Moving")
            + PROTOCOL.replace("weight = mean(rec.w)", "delay = mean(rec.d)"),
        "e",
        4,
        4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay to_step(uniform(0 ms, 4 ms))  dendritic delay to_step(uniform(0 ms, 2 ms))",
        "delay 3.3 ms  backprop delay 1.2 ms",
        "dendritic delay 2 ms",
        ""
      })
  void tracesJumpsAndLazyStates(String delays) throws IOException {
    String model =
        """
        synapse Learns {
          weight w : real in 0 .. 1
          trace x of pre  tau 16.8 ms
          trace r of pre  tau 101 ms set 1
          trace y of post tau 33.7 ms
          trace n of post window 2 ms
          state e : real = 0
          e' = -e / 50 ms
          on pre  { deliver w * (1 + e); w -= 0.01 * y * (1 + r); e += 0.1 * y }
          on post {
            w += x * (0.005 + 0.006 * y) + 0.001 * n
            if pre.spiked and since(pre) < 1 s { e -= 0.01 * since(pre) / 1 ms }
          }
          on presentation.end { w += 0.01 * x + 0.02 * y }
        }
        """;
    check(
        network(model, "bernoulli(30 %)", delays + "  synapse Learns")
            + PROTOCOL.replace("mean_weight", "record_weights = mean(rec.e), mean_weight"),
        "e",
        4,
        4);
  }

  // What the protocol has on its way

  @Test
  void spikesWithinTheirSteps() throws IOException {
    String program =
        """
        neuron Cell {
          param I : real = 1.4
          state v : real = 0
          v' = (I - v) / 10 ms
          spike when v > 1
          reset { v = 0 }
          refractory 2 ms holding v
        }
        network Net { population E : Cell[24](v: uniform(0, 1)) }
        experiment e on Net {
          step 0.1 ms; seed 5; numerics f64
          spike times precise
          record E.spikes, E[0 ..< 3].v every 2.3 ms
          run 30 ms
          report early = first_spike(E)
          rest 4 ms
          report late = first_spike(E), trains = E[0].spikes
          run 17 ms
          report again = first_spike(E)
        }
        """;
    check(program, "e", 4, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay to_step(uniform(0.1 ms, 5 ms))",
        "",
        "delay to_step(uniform(0 ms, 0.3 ms))"
      })
  void spikesOnTheirWayAtTimesWithinSteps(String delay) throws IOException {
    String program =
        """
        neuron Cell {
          state v : real = 0
          state g : real = 0
          v' = (1.4 + g - v) / 10 ms
          g' = -g / 4 ms
          receive syn(w : real) { g += w }
          spike when v > 1
          reset { v = 0 }
          refractory 2 ms holding v
        }
        network Net {
          population E : Cell[24](v: uniform(0, 1))
          connect E -> E.syn  bernoulli(20 %)  weight uniform(-0.3, 0.3)  DELAY
        }
        experiment e on Net {
          step 0.1 ms; seed 5; numerics f64
          spike times precise
          record E.spikes, E[0 ..< 3].v every 2.3 ms
          run 30 ms
          report early = first_spike(E)
          rest 4 ms
          report late = first_spike(E), trains = E[0].spikes
          run 17 ms
          report again = first_spike(E)
        }
        """
            .replace("DELAY", delay);
    check(program, "e", 4, 4);
  }

  @Test
  void modulatorsLettersAndTimers() throws IOException {
    String model =
        """
        synapse Rewarded {
          weight w : real in 0 .. 1
          trace x of pre tau 20 ms
          state e : real = 0
          e' = -e / 30 ms
          on pre { deliver w }
          on post { e += 0.01 * x }
          receive reward(r : real) { w += r * e }
        }
        """;
    String protocol =
        """
        experiment e on Net {
          step 0.1 ms; seed 5
          record E.spikes, rec.w[0 ..< 2, ..] every 3.1 ms
          var sent = 0
          var late = 0
          E.I = 1.4
          every 7 ms { send rec.reward(0.3); sent += 1; report over_time(mean(rec.w)) }
          for k in 1 .. 6 {
            send E[k].tell(0.5 * k) after 2.5 ms * k
            let now = k
            after 11 ms { late += now; send E[now].syn(0.7) }
            run to_step(uniform(8 ms, 14 ms))
          }
          freeze rec
          run 20 ms until mean(E.told) < 0.001
          report sent = sent, late = late, told = sum(E.told)
        }
        """;
    check(network(model, "bernoulli(30 %)", "synapse Rewarded") + protocol, "e", MANY, 10);
  }

  @Test
  void presentationsLoopsDrawsAndReadOuts() throws IOException {
    String program =
        """
        import std.data.digits8x8
        import std.encode.Poisson
        import std.decode.ResponseLabels
        """
            + CELL
            + """
            synapse Learns {
              weight w : real in 0 .. 1
              trace x of pre tau 20 ms
              on pre  { deliver w * uniform(0.5, 1.5) }
              on post { w += 0.01 * (x - 0.3) }
            }
            network Net {
              input image : real[8, 8]
              population X : Poisson[8, 8](rate: image * 200 Hz)
              population E : Cell[20]
              connect X -> E.syn as feed  all  weight uniform(0, 0.2)  synapse Learns
                normalise sum(w) per post to 6 on presentation.end
              drive E.syn by poisson(300 Hz) weight 0.05
              readout digit : ResponseLabels(E, classes: 10)
            }
            experiment e on Net {
              step 0.5 ms; seed 1
              record E.spikes
              record feed.w[9 ..< 11, ..] every 7 ms
              var total = 0
              repeat 2 times {
                for sample in digits8x8.train | take(40) | shuffle | take(9) {
                  present image = sample.image for 40 ms
                  total += count(E)
                  rest 10 ms
                  fit digit to sample.label
                  every 4 passes { report over_time(mean(feed.w)) }
                }
              }
              freeze feed.w
              var retries = 0
              for sample in digits8x8.test | take(6) {
                var strength = 1
                repeat until count(E) > 150 {
                  present image = strength * sample.image for 20 ms
                  strength += 0.5
                  retries += 1
                  if retries > 60 { stop when true }
                }
                score digit against sample.label
              }
              report total = total, retries = retries, accuracy = accuracy(digit), confusion(digit)
              save "weights.npz"
            }
            """;
    check(program, "e", MANY, 10);
  }

  /// A life after a checkpoint saves over what the next life has to load.
  @Test
  void weightsThatAreSavedAndLoadedAgain() throws IOException {
    String rule =
        """
        synapse Growing { weight w : real in 0 .. 1; on pre { deliver w; w += 0.001 } }
        """;
    String protocol =
        """
        experiment e on Net {
          step 0.1 ms; seed 5
          record E.spikes
          E.I = 1.6
          save "best.npz"
          for k in 1 .. 30 {
            run 4 ms
            load "best.npz"
            run 2 ms
            save "best.npz"
            report sum(rec.w)
          }
        }
        """;
    String network = network(rule, "all", "synapse Growing");
    Path run = check(network + protocol, "e", MANY, 10);
    assertTrue(Files.exists(run.resolve("best.npz")));
    assertFalse(Files.exists(run.resolve("kept")));
  }
}

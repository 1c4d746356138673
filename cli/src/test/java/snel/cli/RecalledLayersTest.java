package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.RecalledLayers;

/// Where spikes of frozen layers are played back, the state after each presentation, recorded
/// spikes, counts and results are as where all is computed.
class RecalledLayersTest {
  private static final String NETWORK =
      """
      neuron Pixel {
        input value : real
        spike at if value > 0 then floor((1 - value) * 10) * 1 ms else infinity
      }
      neuron Sum {
        param V_th = 1
        state v : real = 0
        v' = -v / 20 ms
        receive syn(w : real) { v += w }
        spike when v > V_th
        reset { v = 0 }
        refractory 2 ms
      }
      synapse Stdp {
        param a = 0.02
        weight w : real in 0 .. 1
        trace x of pre tau 10 ms
        trace y of post tau 10 ms
        receive kick(much : real) { w += much }
        on pre  { deliver w; w -= a * y }
        on post { w += a * x }
      }
      network Net {
        input image : real[12]
        input drive : real
        population pixel : Pixel[12](value: image)
        population low   : Sum[8](V_th: 0.7)
        population high  : Sum[5](V_th: 0.5)
        connect pixel -> low.syn as below   all  weight uniform(0, 0.5)  delay to_step(uniform(0 ms, 3 ms))  synapse Stdp
        connect low -> low.syn as around    all where pre != post  weight -0.1
        connect low -> high.syn as above    all  weight uniform(0.2, 0.9)  delay 2 ms  synapse Stdp
        connect pixel -> high.syn           all  weight 0.05
      }
      data pictures from csv("pictures.csv") { image : real[12] = columns(0 .. 11) }
      """;

  @TempDir private Path folder = Path.of("");

  private int played;

  /// After how many presentations the state is hashed.
  private int hashedEvery = 1;

  private int presentations;

  private Path program(String experiment) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < 6; row++) {
      List<String> numbers = new ArrayList<>();
      for (int column = 0; column < 12; column++) {
        numbers.add(String.valueOf((row * 7 + column * 5) % 11 / 10.0));
      }
      rows.append(String.join(",", numbers)).append('\n');
    }
    Files.writeString(folder.resolve("pictures.csv"), rows.toString());
    Path file = folder.resolve("program.snn");
    Files.writeString(file, NETWORK + experiment);
    return file;
  }

  /// States after presentations and steps in the usual way are hashed.
  private Network watched(Network network, List<String> hashes, boolean recalls) {
    return (Network)
        Proxy.newProxyInstance(
            Network.class.getClassLoader(),
            new Class<?>[] {Network.class},
            (_, method, arguments) -> {
              if (method.getName().equals("recalling")) {
                return recalls
                    ? network.recalling(strings(arguments[0])).map(this::counting)
                    : Optional.empty();
              }
              Object result = method.invoke(network, arguments);
              if (method.getName().equals("presentationEnd")
                  && ++presentations % hashedEvery == 0) {
                hashes.add(Long.toHexString(network.stateHash()));
              }
              return result;
            });
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object list) {
    return (List<String>) list;
  }

  private RecalledLayers counting(RecalledLayers layers) {
    return (RecalledLayers)
        Proxy.newProxyInstance(
            RecalledLayers.class.getClassLoader(),
            new Class<?>[] {RecalledLayers.class},
            (_, method, arguments) -> {
              played += method.getName().equals("play") ? 1 : 0;
              return method.invoke(layers, arguments);
            });
  }

  private List<ProgramRun> runs(Path file, String experiment, boolean recalls) {
    played = 0;
    presentations = 0;
    return new JvmProgram(file, Map.of(), (network, hashes) -> watched(network, hashes, recalls))
        .runs(experiment);
  }

  /// How often something was played back, the outcome being the same.
  private int playedAlike(Path file, String experiment) {
    List<ProgramRun> wanted = runs(file, experiment, false);
    assertEquals(0, played);
    assertFalse(wanted.getLast().hashes().isEmpty());
    assertEquals(wanted, runs(file, experiment, true));
    return played;
  }

  private int playedAlike(String body) throws IOException {
    return playedAlike(program("experiment e on Net { step 1 ms; seed 3\n" + body + "\n}\n"), "e");
  }

  private static final String PASSES =
      """
        for pass in 1 .. 3 {
          for sample in pictures { reset all; present image = sample.image for 20 ms }
        }
        report w = above.w, n = count(low), first = low.first_spike, operations = synaptic_operations()
      """;

  @Test
  void frozenLayersArePlayedBackFromTheSecondPassOn() throws IOException {
    assertEquals(
        12, playedAlike("freeze below\nrecord pixel.spikes, low.spikes, high.spikes\n" + PASSES));
  }

  /// What comes to `low` one step later, its states and its spikes are one loop of one kernel,
  /// which is done early in a step; its spikes belong to the end of it.
  @Test
  void spikesOfNeuronsThatAreOneLoopBelongToTheEndOfAStep() throws IOException {
    String experiment =
        """
        experiment e on Net { step 1 ms; seed 3
          record low.spikes
          freeze all except above
          var firsts = 0
          var traces = 0
          for pass in 1 .. 3 {
            for sample in pictures {
              reset all
              present image = sample.image for 20 ms
              firsts += first_spike(low) / 1 ms
              traces += sum(filtered(low, tau: 10 ms))
            }
          }
          report firsts, traces, w = above.w, n = count(low)
        }
        """;
    Path file = program(experiment);
    String plain =
        Files.readString(file)
            .replace("  delay to_step(uniform(0 ms, 3 ms))  synapse Stdp", "")
            .replaceAll("connect low -> low.*\n", "")
            .replace("  refractory 2 ms\n", "")
            .replace("  delay 2 ms  synapse Stdp", "  synapse Grow")
            .replace(
                "network Net",
                "synapse Grow { weight w : real; on pre { deliver w; w += 0.001 } }\nnetwork Net");
    Files.writeString(file, plain);
    assertEquals(12, playedAlike(file, "e"));
  }

  @Test
  void thoseThatLearnAreNot() throws IOException {
    assertEquals(0, playedAlike(PASSES));
    assertEquals(0, playedAlike("freeze below\n" + PASSES + "\nunfreeze below\n" + PASSES));
  }

  @Test
  void whatFollowsFindsTheStatesOfTheLayers() throws IOException {
    String after = "run 7 ms\nrest 3 ms\nreport again = count(low), more = rate(high)\n";
    assertTrue(playedAlike("freeze below\n" + PASSES + after) > 0);
    String inBetween =
        """
        freeze below
        for pass in 1 .. 3 {
          for sample in pictures {
            reset all
            present image = sample.image for 20 ms
            present image = 1 - sample.image for 9 ms
            rest 4 ms
          }
        }
        report w = above.w, total = synaptic_operations()
        """;
    assertTrue(playedAlike(inBetween) > 0);
  }

  private static final String RESTS =
      """
      for pass in 1 .. 3 {
        for sample in pictures {
          reset all
          present image = sample.image for 11 ms
          send above.kick(0.01)
          rest 2 ms
          rest 5 ms
        %s
        }
      }
      report w = above.w, n = count(low), m = count(high), total = synaptic_operations(), first = low.first_spike
      """;

  @Test
  void restsArePlayedBackToo() throws IOException {
    hashedEvery = 2;
    assertEquals(36, playedAlike("freeze below\n" + RESTS.formatted("")));
    assertEquals(
        36,
        playedAlike(
            "freeze below\n"
                + RESTS.formatted("present image = 1 - sample.image for 4 ms\nrest 3 ms\n")));
    assertEquals(
        36, playedAlike("freeze below\nrecord low.spikes\n" + RESTS.formatted("run 2 ms\n")));
  }

  @Test
  void whatIsSentToTheirWeightsIsHeard() throws IOException {
    String toOthers = RESTS.formatted("");
    assertEquals(12, playedAlike("freeze below\n" + toOthers.replace("above.kick", "below.kick")));
  }

  @Test
  void aPresentationThatEndsEarlyCountsWhatItTook() throws IOException {
    String until =
        """
        freeze below
        for pass in 1 .. 3 {
          for sample in pictures {
            reset all
            present image = sample.image for 20 ms until pass > 1 and count(high) > 0
            rest 2 ms
          }
        }
        report w = above.w, n = count(low), total = synaptic_operations()
        """;
    assertTrue(playedAlike(until) > 0);
  }

  @Test
  void whoSpikesIsFoundOnceItIsAskedFor() throws IOException {
    String later =
        """
        freeze below
        for pass in 1 .. 5 {
          if pass == 3 { record pixel.spikes, low.spikes }
          for sample in pictures { reset all; present image = sample.image for 20 ms }
        }
        report w = above.w
        """;
    Path file = program("experiment e on Net { step 1 ms; seed 3\n" + later + "}\n");
    assertEquals(24, playedAlike(file, "e"));
    String onlyBelow = Files.readString(file).replaceAll("connect pixel -> high.*\n", "");
    Files.writeString(file, onlyBelow);
    assertEquals(18, playedAlike(file, "e"));
  }

  @Test
  void otherWeightsMakeThemForgotten() throws IOException {
    String changes =
        """
        freeze below
        for pass in 1 .. 4 {
          for sample in pictures { reset all; present image = sample.image for 20 ms }
          if pass == 2 { below.w = 0.9 * below.w }
          above.a = 0.01 * pass
        }
        report w = above.w, b = below.w
        """;
    assertEquals(12, playedAlike(changes));
  }

  @Test
  void whatIsLookedIntoOrHearsNoiseIsComputed() throws IOException {
    assertEquals(0, playedAlike("freeze below\nrecord low.v\n" + PASSES));
    Path file = program("experiment e on Net { step 1 ms; seed 3\nfreeze below\n" + PASSES + "}\n");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("v' = -v / 20 ms", "noise xi\n  v' = -v / 20 ms + 0.1 * xi * 1 ms^(-1/2)"));
    assertEquals(0, playedAlike(file, "e"));
  }

  /// Convolutions, competition, encoders, pools: of the first pictures only.
  @Test
  void systemsOfTheReviewComeToTheSame() throws IOException {
    for (String name : List.of("zhao", "tavanaei")) {
      Path original = Path.of("../examples/review").resolve(name).resolve(name + ".snn");
      Path file = folder.resolve(name + ".snn");
      Files.writeString(
          file,
          Files.readString(original).replaceAll("train \\| take\\([0-9_]+\\)", "train | take(20)"));
      assertTrue(playedAlike(file, "learn_smoke") >= 20, name);
    }
  }

  @Test
  void aRunGoesOnFromACheckpoint() throws IOException {
    Path file = program("experiment e on Net { step 1 ms; seed 3\nfreeze below\n" + PASSES + "}\n");
    ProgramRun whole = runs(file, "e", true).getLast();
    for (int checkpoint : new int[] {3, 30, 60}) {
      ProgramRun resumed =
          new JvmProgram(file, Map.of(), (network, hashes) -> watched(network, hashes, true))
              .resumed("e", checkpoint)
              .getLast();
      assertEquals(whole.results(), resumed.results());
      assertEquals(whole.hashes().getLast(), resumed.hashes().getLast());
    }
  }

  @Test
  void thePlanSaysSo() throws IOException {
    Path file = program("experiment e on Net { step 1 ms; seed 3\nfreeze below\n" + PASSES + "}\n");
    String plan = CommandLineRun.of("plan", file.toString(), "e").out();
    long said = Stream.of(plan.split("\n")).filter(l -> l.contains("kept for each sample")).count();
    assertEquals(2, said, plan);
  }
}

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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.cli.EventDrivenCells.Synapse;

/// `spike times precise` in networks: spikes that are located within a step act at their own times
/// on other neurons. Held to a simulation from event to event and to closed forms.
class PreciseNetworksTest {
  private static final int CELLS = 20;

  @TempDir private Path folder = Path.of("");

  private Path program(String name, String text) throws IOException {
    Path file = folder.resolve(name + ".snn");
    Files.writeString(file, text);
    return file;
  }

  private static List<Double> times(ProgramRun run, String population, int neuron, double step) {
    List<Double> all = new ArrayList<>();
    for (String line : run.spikes().getOrDefault(population, List.of())) {
      String[] parts = line.split(",", -1);
      if (parts[1].equals(Integer.toString(neuron))) {
        double early = parts.length > 2 ? Double.parseDouble(parts[2]) : 0;
        all.add((Long.parseLong(parts[0]) - early) * step);
      }
    }
    return all;
  }

  private static void same(List<Double> expected, List<Double> found) {
    assertEquals(expected.size(), found.size(), () -> expected + " " + found);
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(expected.get(k), found.get(k), 1e-9);
    }
  }

  // Twenty cells, each with six synapses to cells chosen at random, itself not left out

  private static final String CELL =
      """
      neuron Cell {
        input I : real = 20
        state v : real = 0
        state g : real = 0
        v' = (I + g - v) / 10 ms
        g' = -g / 4 ms
        receive syn(w : real) { g += w }
        spike when v > 15
        reset { v = 0 }
        REFRACTORY
      }
      """;

  /// @param shortest in units of 0.5 ms
  private static List<Synapse> synapses(int shortest) {
    var random = new Random(7);
    List<Synapse> all = new ArrayList<>();
    for (int source = 0; source < CELLS; source++) {
      for (int k = 0; k < 6; k++) {
        int target = k == 0 && source % 5 == 0 ? source : random.nextInt(CELLS);
        double weight = source % 4 == 0 ? -6 - random.nextInt(6) : 1 + random.nextInt(4);
        all.add(
            new Synapse(source, target, weight, 0.5 * (shortest + random.nextInt(6 - shortest))));
      }
    }
    return all;
  }

  private Path random(String step, boolean holds, int shortest) throws IOException {
    StringBuilder edges = new StringBuilder("from,to,weight,delay\n");
    for (Synapse s : synapses(shortest)) {
      edges.append("%d,%d,%s,%s\n".formatted(s.source(), s.target(), s.weight(), s.delay()));
    }
    Files.writeString(folder.resolve("edges.csv"), edges.toString());
    return program(
        "random",
        CELL.replace("REFRACTORY", holds ? "refractory 2 ms holding v" : "")
            + """
            let edges = csv("edges.csv", header: true)
            network Net {
              population E : Cell[20]
              connect E -> E.syn as rec  edges_of(edges, from: "from", to: "to")
                weight edge.weight  delay to_step(edge.delay * 1 ms)
            }
            experiment e on Net {
              step STEP ms; seed 3; numerics f64
              spike times precise
              record E.spikes, E[0 ..< 3].v every 4.5 ms
              record E[0 ..< 3].g every 3 ms
              for k in 0 ..< 20 { E[k].v = 0.7 * k }
              run 150 ms
            }
            """
                .replace("STEP", step));
  }

  @Test
  void aRandomNetworkSpikesAsFromEventToEvent() throws IOException {
    double[] start = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      start[i] = i * 0.7;
    }
    for (int shortest : List.of(1, 0)) {
      for (boolean holds : List.of(true, false)) {
        List<Synapse> synapses = synapses(shortest);
        var expected = new EventDrivenCells(10, 4, holds ? 2 : 0, 20, start).run(synapses, 150);
        int total = expected.stream().mapToInt(List::size).sum();
        assertTrue(total > 150, () -> "only " + total + " spikes");
        for (String step : List.of("0.1", "0.5", "0.05")) {
          Path file = random(step, holds, shortest);
          ProgramRun run = new JvmProgram(file, Map.of()).runs("e").getLast();
          for (int i = 0; i < CELLS; i++) {
            same(expected.get(i), times(run, "E", i, Double.parseDouble(step)));
          }
          assertEquals(6 * total, run.synapticOperations(), 6 * 40, "all but those on their way");
        }
      }
    }
  }

  @Test
  void isTheSameInC() throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    for (Path file :
        List.of(
            random("0.1", true, 1), random("0.5", false, 0), mixed("delay 0.1 ms"), mixed(""))) {
      List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("e");
      Path at = Files.createTempDirectory(folder, "c");
      assertEquals(onJvm, CProgram.of(at, "-O0", List.of(file.toString(), "e")).runs());
    }
  }

  // Ports of all kinds, several sources, drawn delays, targets that never spike

  private Path mixed(String delay) throws IOException {
    return program(
        "mixed",
        CELL.replace("REFRACTORY", "refractory 1 ms holding v")
            + """
            neuron Counter {
              state n : real = 0
              state whole : real = 0
              receive one { n += 1; whole = 0.5 * whole + 1 }
              receive syn(w : real) { n += w }
              spike when n > 40
              reset { n = 0 }
            }
            neuron Reader {
              state v : real = 0
              v' = -v / 20 ms
              receive syn(w : real) { v += w }
            }
            network Net {
              population a : Cell[12]
              population b : Cell[7]
              population counter : Counter[2]
              population reader : Reader[3]
              connect a -> b.syn  bernoulli(40 %)  weight uniform(0, 3)
                delay to_step(uniform(0.3 ms, 4 ms))
              connect b -> a.syn  all  weight -0.7  delay 0.7 ms
              connect b[1 ..< 5] -> a.syn  fixed_indegree(2)  weight 0.3
                axonal delay 0.2 ms  dendritic delay 0.6 ms
              connect a -> counter.one  all  delay 1 ms
              connect b -> counter.syn  all  weight 0.1  delay 1.3 ms
              connect a -> reader.syn  fixed_outdegree(2)  weight uniform(0, 1)  delay 0.4 ms
              connect b -> reader.syn  bernoulli(50 %)  weight 0.2  delay 0.4 ms
              connect counter -> a.syn  all  weight -3  DELAY
            }
            experiment e on Net {
              step 0.1 ms; seed 3; numerics f64
              spike times precise
              record a.spikes, b.spikes, counter.spikes, reader.v every 2 ms
              record counter.n, counter.whole every 5 ms
              record a[0 ..< 3].v every 4.1 ms
              for k in 0 ..< 12 { a[k].v = 0.7 * k }
              run 60 ms
              rest 5 ms
              run 30 ms
            }
            """
                .replace("DELAY", delay));
  }

  @Test
  void aStateBetweenSpikesIsWhatArrivedUntilThen() throws IOException {
    ProgramRun run = new JvmProgram(mixed(""), Map.of()).runs("e").getLast();
    List<Double> arrivals = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      times(run, "a", i, 0.1).forEach(t -> arrivals.add(t + 1));
    }
    arrivals.sort(Double::compare);
    int k = 0;
    double whole = 0;
    List<List<Double>> samples = run.samples().getOrDefault("counter.whole", List.of());
    assertTrue(samples.size() > 15, () -> "samples " + samples);
    for (List<Double> sample : samples) {
      for (; k < arrivals.size() && arrivals.get(k) < sample.get(0) * 0.1; k++) {
        whole = 0.5 * whole + 1;
      }
      assertEquals(whole, sample.get(1), 1e-12, () -> "at step " + sample.get(0));
    }
    assertTrue(k > 40);
  }

  private static final String DELTA =
      """
      neuron Driven {
        state v : real = 0
        v' = (20 - v) / 10 ms
        receive syn(w : real) { v += w }
        spike when v > 15
        reset { v = 0 }
      }
      neuron Jumping extends Driven {
        v' = -v / 10 ms
        refractory 4 ms holding v
      }
      """;

  /// v' = (20 - v) / 10 ms from 0 crosses 15 at 10 ms ln 4; from -100 it takes 10 ms ln 24.
  @Test
  void withoutDelayASpikeActsAtOnce() throws IOException {
    Path file =
        program(
            "at_once",
            DELTA
                + """
                network Net {
                  population a : Driven[1]
                  population b : Jumping[1]
                  population c : Jumping[2]
                  connect a -> b.syn  all  weight 20
                  connect b -> c.syn  all  weight 20
                  connect c -> b.syn  all  weight 20
                  population one : Driven[1]
                  population two : Driven[1]
                  connect one -> two.syn  all  weight -100
                  connect two -> one.syn  all  weight -100
                  population own : Driven[1]
                  connect own -> own.syn  all  weight -100
                }
                experiment e on Net {
                  step STEP ms; seed 3; numerics f64
                  spike times precise
                  record a.spikes, b.spikes, c.spikes, one.spikes, two.spikes, own.spikes
                  run 50 ms
                }
                """);
    double first = 10 * Math.log(4);
    double second = first + 10 * Math.log(24);
    for (String step : List.of("0.1", "0.5", "2")) {
      Files.writeString(
          file, Files.readString(file).replaceAll("step \\S+ ms", "step " + step + " ms"));
      ProgramRun run = new JvmProgram(file, Map.of()).runs("e").getLast();
      List<Double> driven = List.of(first, 2 * first, 3 * first);
      double ms = Double.parseDouble(step);
      same(driven, times(run, "a", 0, ms));
      // what c sends back meets b while it is refractory
      same(driven, times(run, "b", 0, ms));
      same(driven, times(run, "c", 1, ms));
      // those that spike at the same time do not keep each other from it
      for (String population : List.of("one", "two", "own")) {
        same(List.of(first, second), times(run, population, 0, ms));
      }
    }
  }

  /// v rises from 0 to 1 within one step of 1 ms, whose end is the first place where it is 1.
  @Test
  void whatIsSentAtTheEndOfAStepArrivesAtTheStartOfOne() throws IOException {
    Path file =
        program(
            "ends",
            """
            neuron Ramp {
              state v : real = 0
              v' = 1 / 1 ms
              spike when v >= 1
              reset { v = 0 }
            }
            neuron Sum {
              state v : real = 0
              receive syn(w : real) { v += w }
            }
            neuron Jumping {
              state v : real = 0
              v' = -v / 10 ms
              receive syn(w : real) { v += w }
              spike when v > 15
              reset { v = 0 }
              refractory 1 ms holding v
            }
            network Net {
              population ramp : Ramp[3]
              population sum : Sum[1]
              population jumping : Jumping[1]
              population now : Sum[1]
              connect ramp -> now.syn  all  weight 0.1
              connect ramp -> sum.syn  all  weight 0.1  delay 2 ms
              connect ramp -> jumping.syn  all  weight 6  delay 2 ms
            }
            experiment e on Net {
              step 1 ms; seed 3; numerics f64
              spike times precise
              record ramp.spikes, jumping.spikes, sum.v, now.v
              run 8 ms
            }
            """);
    ProgramRun run = new JvmProgram(file, Map.of()).runs("e").getLast();
    same(List.of(1., 2., 3., 4., 5., 6., 7., 8.), times(run, "ramp", 2, 1));
    assertTrue(run.spikes().toString().contains("8,0,0.0"), () -> "" + run.spikes());
    // three at once make 18; the next three come while 1 ms of the first is not over, and so on
    same(List.of(3.0, 5.0, 7.0), times(run, "jumping", 0, 1));
    // a sample is taken before what arrives at its instant: at 3 ms (or 1 ms) nothing yet
    Map<String, Integer> before = Map.of("sum.v", 3, "now.v", 1);
    before.forEach((path, none) -> {
      for (List<Double> sample : run.samples().getOrDefault(path, List.of())) {
        double came = Math.max(0, sample.get(0) - none);
        assertEquals(3 * 0.1 * came, sample.get(1), 1e-12, () -> path + " at " + sample.get(0));
      }
    });
  }
}

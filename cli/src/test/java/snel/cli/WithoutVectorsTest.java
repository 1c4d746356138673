package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.cli.start.Training;

/// Runs that are too short for vectors, in a Java machine that has not loaded their module: nothing
/// may ask for it.
final class WithoutVectorsTest {
  private static final String LAYERS =
      """
      import std.encode.Latency
      import std.neurons.unit.{Lif, Leaky}
      network Net {
        input image : real[2, 8, 8]
        population x : Latency[2, 8, 8](value: image, window: 10 ms)
        population c : Lif[4, 8, 8]
        population d : Lif[16, 8, 8]
        population p : Lif[16, 4, 4]
        population u : Lif[4, 8, 8]
        population h : Lif[40]
        population y : Leaky[2]
        connect x -> c  conv([3, 3], padding: 1)  weight kaiming()  instant
        connect c -> d  conv([3, 3], padding: 1)  weight kaiming()  instant
        connect d -> p  pool([2, 2])  weight 1 / 2  instant
        connect p -> u  conv([2, 2], stride: 2, transposed: true)  weight kaiming()  instant
        connect u -> h  all  weight kaiming()  instant
        connect h -> h  all  weight kaiming()
        connect h -> y  all  weight kaiming()  instant
      }
      experiment fit on Net {
        step 1 ms; seed 1
        train by bptt() with adam(1e-3)
        reset all
        present image = 0.5 for 10 ms
        minimise cross_entropy(mean_over_time(y.v), 1)
        report learnt = 1
      }
      """;

  private static final String VALUES =
      """
      import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted, Strongest}
      network Net {
        input image : real[1, 8, 8]
        population x : Shown[1, 8, 8](value: image)
        population c : Linear[16, 8, 8]
        population p : Rectified[16, 4, 4]
        population d : Rectified[16, 4, 4]
        population y : Linear[2]
        connect x -> c.x  conv([3, 3], padding: 1)  weight kaiming()  synapse Weighted
        connect c -> p.x  pool([2, 2])  weight 1  synapse Strongest
        connect p -> d.x  conv([3, 3], padding: 1)  weight kaiming()  synapse Weighted
        connect d -> y.x  all  weight kaiming()  synapse Weighted
      }
      experiment fit on Net {
        step 1 ms; seed 1
        train by bptt() with adam(1e-3)
        reset all
        present image = 0.5 for 6 ms
        minimise cross_entropy(mean_over_time(y.v, last: 1 ms), 1)
        report learnt = 1
      }
      """;

  private static final String PLASTIC =
      """
      import std.encode.Poisson
      import std.neurons.unit.Lif
      import std.rules.PairStdp
      network Net {
        population x : Poisson[300](rate: 50 Hz)
        population e : Lif[200]
        connect x -> e  bernoulli(20 %)  weight 0.3  synapse PairStdp(w_max: 1)
        connect e -> e  bernoulli(20 %)  weight 0.02  delay to_step(uniform(1 ms, 3 ms))
        connect x -> e  all  weight 0.001
      }
      experiment fit on Net { step 1 ms; seed 1; run 20 ms; report learnt = 1 }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void shortRunsNeedNoVectors() throws IOException, InterruptedException {
    List<String> command = JavaMachine.running(Training.class, "-XX:TieredStopAtLevel=1");
    List<String> programs = List.of(LAYERS, VALUES, PLASTIC);
    for (int k = 0; k < programs.size(); k++) {
      Path file = Files.writeString(folder.resolve("short" + k + ".snn"), programs.get(k));
      command.addAll(List.of("run", file.toString(), "--format", "json", "--out"));
      command.add(folder.resolve("runs" + k).toString());
      if (k < programs.size() - 1) {
        command.add("+");
      }
    }
    JavaMachine.Ended ended = JavaMachine.ended(command, folder.resolve("said.txt"));
    assertEquals(0, ended.exit(), ended.text());
    long done = ended.text().lines().filter(line -> line.contains("\"learnt\":1")).count();
    assertEquals(programs.size(), done, ended.text());
  }
}

package snel.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import snel.lower.Resources;
import snel.runtime.kernel.Network;

/// Looking through the neurons of a population for those over threshold: nanoseconds a step.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ThresholdScan {
  private static final int STEPS = 1000;

  private static final String TEXT =
      """
      neuron Still {
        param share = 0
        state v : real = if mod(7919 * self.index, 1000) < 1000 * share then 1 else 0
        spike when v > 0.5
      }
      network Scan {
        param N = 4096, share = 0
        population E : Still[N](share: share)
      }
      experiment scan on Scan { step 0.1 ms; seed 1; run 1 s }
      """;

  @Param({"4096", "65536"})
  private int neurons = 4096;

  /// Of the neurons, spiking in every step.
  @Param({"0", "0.001", "0.05"})
  private String share = "0";

  private Network network = Subject.of(TEXT, Map.of()).build(Resources.Rows.BY_COST);

  @Setup
  public void build() {
    network =
        Subject.of(TEXT, Map.of("N", String.valueOf(neurons), "share", share))
            .build(Resources.Rows.BY_COST);
  }

  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long steps() {
    return network.run(STEPS);
  }
}

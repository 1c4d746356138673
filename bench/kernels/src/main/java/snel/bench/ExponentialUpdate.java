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

/// Hodgkin-Huxley cells without synapses (network B's): nanoseconds a step of all of them, which is
/// mostly exponential functions.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExponentialUpdate {
  private static final int STEPS = 200;

  private static final String TEXT =
      """
      import std.neurons.TraubMiles
      network Cells {
        param N = 4000
        population E : TraubMiles[N](v: uniform(-70 mV, -50 mV))
      }
      experiment cells on Cells { step 0.1 ms; seed 1; run 1 s }
      experiment cells_f64 on Cells { step 0.1 ms; seed 1; numerics f64; run 1 s }
      """;

  @Param({"400", "4000"})
  private int neurons = 4000;

  private Network network = Subject.of(TEXT, Map.of("N", "100")).build(Resources.Rows.BY_COST);

  @Setup
  public void build() {
    network = Subject.of(TEXT, Map.of("N", String.valueOf(neurons))).build(Resources.Rows.BY_COST);
  }

  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long steps() {
    return network.run(STEPS);
  }
}

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

/// Pair STDP of 4,000 sources and as many targets, four spikes a step on either side: nanoseconds a
/// step, of which there are 4 × 4,000 × density changes of weights by sources and as many by
/// targets.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PairStdp {
  private static final int STEPS = 200;

  private static final String TEXT =
      """
      import std.rules.PairStdp
      """
          + Texts.CLOCKWORK
          + """
          network Learning {
            param N = 4_000, density = 10 %
            population S : Clockwork[N]
            population T : Clockwork[N]
            connect S -> T.syn  bernoulli(density)  weight 0.5  delay 1 ms  synapse PairStdp(w_max: 1)
          }
          experiment learning on Learning { step 0.1 ms; seed 1; run 1 s }
          """;

  @Param({"0.1", "0.5"})
  private String density = "0.1";

  private Network network = Subject.of(TEXT, Map.of("N", "100")).build(Resources.Rows.BY_COST);

  @Setup
  public void build() {
    network = Subject.of(TEXT, Map.of("density", density)).build(Resources.Rows.BY_COST);
  }

  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long steps() {
    return network.run(STEPS);
  }
}

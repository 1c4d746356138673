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

/// Ten spikes a step of ten thousand sources to ten thousand targets, by layout and density:
/// nanoseconds a step, of which there are 10 × 10,000 × density synaptic events.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Propagation {
  private static final int STEPS = 200;

  private static final String TEXT =
      Texts.CLOCKWORK
          + """
          network Rows {
            param N = 10_000, density = 10 %, spread = 0
            population S : Clockwork[N]
            population T : Clockwork[N](period: infinity, left: infinity)
            if density < 1 {
              if spread > 0 { connect S -> T.syn  bernoulli(density)  weight uniform(0, spread)  delay 1 ms }
              else          { connect S -> T.syn  bernoulli(density)  weight 0.1  delay 1 ms }
            } else {
              if spread > 0 { connect S -> T.syn  all  weight uniform(0, spread)  delay 1 ms }
              else          { connect S -> T.syn  all  weight 0.1  delay 1 ms }
            }
          }
          experiment rows on Rows { step 0.1 ms; seed 1; run 1 s }
          """;

  @Param private Resources.Rows rows = Resources.Rows.BY_COST;

  @Param({"0.01", "0.1", "0.5", "1"})
  private String density = "0.1";

  /// 0: one weight for all; else each synapse has its own.
  @Param({"0", "1"})
  private String spread = "0";

  private Network network = Subject.of(TEXT, Map.of("N", "100")).build(Resources.Rows.BY_COST);

  @Setup
  public void build() {
    network = Subject.of(TEXT, Map.of("density", density, "spread", spread)).build(rows);
  }

  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long steps() {
    return network.run(STEPS);
  }
}

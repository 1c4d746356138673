package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.runtime.kernel.Network;
import snel.testing.Programs;

/// A network that is taken again does what a newly built one does.
class NetworkSeriesTest {
  private static final String TEXT =
      """
      neuron Source {
        state u : real = uniform(0, 1)
        u' = 100 Hz * (1 + u)
        spike when u > 2
        reset { u = 0 }
      }
      neuron Target {
        state v : real = uniform(0, 1)
        plastic state theta : real = 1
        v' = -v / 10 ms
        receive syn(w : real) { v += w }
        spike when v > theta
        reset { v = 0; theta += 0.01 }
        refractory 2 ms holding v
      }
      synapse Learning {
        weight w : real in 0 .. 1
        param eta : real = 0.01
        trace x of pre tau 20 ms
        on pre { deliver w }
        on post { w += eta * x }
      }
      network Net {
        population A : Source[20]
        population B : Target[30]
        connect A -> B.syn as learnt  bernoulli(0.5)  weight uniform(0, 1)  delay to_step(uniform(0 ms, 3 ms))  synapse Learning
      }
      experiment e on Net { step 0.1 ms; seed SEED; run 2 ms; report learnt.w }
      """;

  private static Program program(int seed) {
    return Programs.compiled(TEXT.replace("SEED", String.valueOf(seed))).program();
  }

  private static List<Long> hashes(Network network) {
    List<Long> hashes = new ArrayList<>(List.of(network.stateHash()));
    for (int part = 0; part < 5; part++) {
      network.run(200);
      hashes.add(network.stateHash());
    }
    return hashes;
  }

  @Test
  void aNetworkBeginsAgain() {
    Program program = program(3);
    List<Long> wanted = hashes(new JvmTarget().build(program));
    assertNotEquals(wanted.get(4), wanted.get(5));
    for (JvmTarget.Code code : JvmTarget.Code.values()) {
      var series = new NetworkSeries(new JvmTarget(code));
      Network first = series.next(program, 0, true);
      assertEquals(wanted, hashes(first));
      first.run(7);
      Network second = series.next(program(3), 0, true);
      assertSame(first, second);
      assertEquals(wanted, hashes(second));
    }
  }

  @Test
  void anotherNetworkIsBuilt() {
    var series = new NetworkSeries(new JvmTarget());
    Network first = series.next(program(3), 0, true);
    Network other = series.next(program(4), 0, true);
    assertNotSame(first, other);
    assertEquals(hashes(new JvmTarget().build(program(4))), hashes(other));
    assertNotSame(other, series.next(program(3), 0, false));
  }
}

package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Clock;
import snel.ir.Program;
import snel.parallel.DividedStep;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.Threads;

/// Whatever the number of threads, every bit is the same after every step.
class ThreadsTest {
  private static final int NETWORKS =
      Integer.getInteger("networks", Boolean.getBoolean("snel.full") ? 200 : 12);
  private static final long FIRST = Long.getLong("networks.first", 0);
  private static final List<Move> MOVES =
      Move.of("b(" + "s".repeat(30) + ")" + "s".repeat(7) + "(" + "s".repeat(12) + ")rsssss");

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void randomNetworksDoTheSame(int threads) {
    int divided = 0;
    for (long seed = FIRST; seed < FIRST + NETWORKS; seed++) {
      Program program = program(seed);
      divided += DividedStep.of(program, threads, 2).isPresent() ? 1 : 0;
      assertEquals(
          Move.hashes(program, MOVES, JvmTarget.Code.SCALAR),
          Move.hashes(program, MOVES, divided(seed, threads)),
          "seed " + seed);
    }
    assertTrue(divided > NETWORKS * 0.9, divided + " of " + NETWORKS + " were divided");
  }

  /// Words for the next step are drawn before a step is over, but for the last of a run.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void runsOfAnyLengthDoTheSame(int threads) {
    int early = 0;
    for (long seed = FIRST; seed < FIRST + NETWORKS; seed++) {
      Program program = program(seed);
      early +=
          DividedStep.of(program, threads, 2).filter(step -> !step.early().isEmpty()).isPresent()
              ? 1
              : 0;
      assertEquals(
          inRuns(program, new JvmTarget(JvmTarget.Code.SCALAR)),
          inRuns(program, divided(seed, threads)),
          "seed " + seed);
    }
    assertTrue(early > 0, early + " of " + NETWORKS + " draw early");
  }

  private static Program program(long seed) {
    var made = RandomNetworksTest.made(seed);
    return RandomNetworksTest.whole(made.with("  run " + made.steps(100) + "\n"));
  }

  private static JvmTarget divided(long seed, int threads) {
    JvmTarget.Code code = seed % 4 == 0 ? JvmTarget.Code.VECTOR : JvmTarget.Code.SCALAR;
    return new JvmTarget(code, Threads.exactly(threads));
  }

  private static List<String> inRuns(Program program, JvmTarget target) {
    Network network = target.build(program);
    program.binds().forEach(kernel -> network.call(kernel.name()));
    List<String> hashes = new ArrayList<>();
    try {
      for (int steps : new int[] {1, 2, 5, 40, 3, 1, 17}) {
        network.run(steps);
        hashes.add(Long.toHexString(network.stateHash()));
      }
    } catch (Fault fault) {
      hashes.add(Arrays.toString((long[]) network.array(Clock.FAULT)));
    }
    return hashes;
  }
}

package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.ir.Buffer;
import snel.ir.Program;
import snel.ir.Role;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;
import snel.testing.RandomNetworks;

/// The same seed gives the same spikes whatever else is asked: records, runs in pieces, vectors
/// from some step on.
class SameSpikesTest {
  private static final int NETWORKS =
      Integer.getInteger("networks.same", Boolean.getBoolean("snel.full") ? 200 : 16);
  private static final int STEPS = 100;

  private static Network ready(Program program, JvmTarget.Code code) {
    Network network = new JvmTarget(code).build(program);
    Move.BIND.on(network, program);
    return network;
  }

  @Test
  void piecesAndVectorsDoNotShow() {
    Random random = new Random(3);
    for (long seed = 0; seed < NETWORKS; seed++) {
      Program program = RandomNetworksTest.program(seed);
      Network whole = ready(program, JvmTarget.Code.SCALAR);
      whole.run(STEPS);
      Network pieces = ready(program, JvmTarget.Code.ADAPTIVE);
      int vectorsFrom = random.nextInt(STEPS);
      for (int done = 0; done < STEPS; ) {
        if (done >= vectorsFrom) {
          pieces.expect(Long.MAX_VALUE);
        }
        int piece = Math.min(STEPS - done, 1 + random.nextInt(30));
        assertEquals(piece, pieces.run(piece));
        done += piece;
      }
      assertEquals(whole.stateHash(), pieces.stateHash(), "seed " + seed);
    }
  }

  @Test
  void recordsDoNotShow() {
    for (long seed = 0; seed < NETWORKS; seed++) {
      RandomNetworks.Made made = RandomNetworksTest.made(seed);
      StringBuilder records = new StringBuilder();
      for (String population : made.populations()) {
        records.append("  record %1$s.spikes, %1$s.v, %1$s.g at deliver\n".formatted(population));
      }
      String text = made.with("");
      if (!text.contains("prune ") && !text.contains("grow ")) { // else no weight can be recorded
        made.projections().forEach(name -> records.append("  record " + name + ".w\n"));
      }
      String run = "  run " + made.steps(STEPS) + "\n";
      Program plain = RandomNetworksTest.whole(made.with(run));
      Program recorded = RandomNetworksTest.whole(made.with(records + run));
      Network silent = ready(plain, JvmTarget.Code.SCALAR);
      Network watched = ready(recorded, JvmTarget.Code.SCALAR);
      List<Buffer> states =
          plain.buffers().stream()
              .filter(buffer ->
                  buffer.role() == Role.STATE
                      || buffer.role() == Role.PLASTIC
                      || buffer.role() == Role.QUEUE)
              // flags that only say whether there is something to do may not be needed in one
              .filter(buffer -> recorded.buffers().contains(buffer))
              .toList();
      for (int step = 1; step <= STEPS; step++) {
        silent.run(1);
        watched.run(1);
        for (Buffer buffer : states) {
          String name = buffer.name();
          assertTrue(
              Objects.deepEquals(silent.array(name), watched.array(name)),
              () -> name + " is another when recorded");
        }
      }
    }
  }
}

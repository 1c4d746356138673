package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.target.jvm.JvmTarget;

/// A loop of which only parts are done in vectors comes to the same as one without.
class VectorPartsTest {
  /// The place in the arrays is named in one part, before the hyperbolic tangent, and used in the
  /// next.
  @Test
  void placesAreKnownInEveryPart() {
    Program program =
        RandomNetworksTest.whole(
            """
            neuron Source { spike at poisson(300 Hz) }
            neuron Cell {
              state v : real = 0
              v' = -v / 10 ms
              receive bent(w : real) { v = 0.9 * v + 0.2 * tanh(w) }
              spike when v > 1
              reset { v = 0 }
              refractory 2 ms holding v
            }
            synapse Learns {
              weight w : real
              on pre { deliver w; w += 0.01 }
            }
            network Net {
              population source : Source[20]
              population cell : Cell[48]
              connect source -> cell.bent  all  weight 0.02 * post.index  delay 2 ms  synapse Learns
            }
            experiment e on Net { step 1 ms; seed 1; numerics f64; run 40 ms }
            """);
    List<Move> moves = Move.of("b(" + "s".repeat(40) + ")");
    List<String> scalar = Move.hashes(program, moves, JvmTarget.Code.SCALAR);
    assertEquals(scalar, Move.hashes(program, moves, JvmTarget.Code.VECTOR));
  }
}

package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// Values go through shared kernels as products of matrices, with the bits of going along the
/// synapses one by one.
class ConvProductTest {
  private static final String TEXT =
      """
      neuron Unit {
        input x : real
        state v : real = normal(0, 1)
        every dt { v = 0.9 * v + x }
      }
      synapse Weighted { weight w : real; transmit w * pre.v }
      synapse Squared { weight w : real; transmit pre.v * pre.v * w }
      synapse Shifted { weight w : real; transmit w * pre.v + 1 }
      network Net {
        population a : Unit[3, 9, 22]
        population b : Unit[5, 7, 20]
        population c : Unit[2, 3, 18]
        population d : Unit[4, 3, 18]
        population e : Unit[1, 3, 18]
        connect a -> b.x as plain    conv([3, 3])  weight normal(0, 0.2)  synapse Weighted
        connect b -> c.x as holed    conv([3, 2], stride: [2, 1], dilation: [1, 2])  weight normal(0, 0.2)
          synapse Squared
        connect c -> d.x as padded   conv([3, 3], padding: 1)  weight normal(0, 0.2)  synapse Weighted
        connect d -> e.x as shifted  conv([1, 1])  weight normal(0, 0.2)  synapse Shifted
      }
      experiment e on Net { step 1 ms; seed 3; NUMERICS run 3 ms; report mean(e.v) }
      """;

  private static Program lowered(String numerics) {
    String text = TEXT.replace("NUMERICS", numerics.isEmpty() ? "" : "numerics " + numerics + ";");
    return Lowered.of(text);
  }

  private static boolean walksRows(Program program, String kernel) {
    Kernel found =
        program.step().stream().filter(k -> k.name().equals(kernel)).findFirst().orElseThrow();
    boolean[] walks = {false};
    Nodes.eachStatement(
        found.body(),
        stmt ->
            walks[0] |=
                stmt instanceof Stmt.Loop loop && !(loop.to() instanceof snel.ir.Expr.Const));
    return walks[0];
  }

  @Test
  void plainKernelsAreProducts() {
    Program after = new ConvProduct().apply(lowered(""));
    assertFalse(walksRows(after, "plain:transmit"));
    assertFalse(walksRows(after, "holed:transmit"));
    assertTrue(walksRows(after, "padded:transmit"));
    assertTrue(walksRows(after, "shifted:transmit"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f64"})
  void theBitsStay(String numerics) {
    Program before = lowered(numerics);
    Program after = new ConvProduct().apply(before);
    for (JvmTarget.Code code : List.of(JvmTarget.Code.SCALAR, JvmTarget.Code.VECTOR)) {
      Network rows = new JvmTarget(code).build(before);
      Network products = new JvmTarget(code).build(after);
      for (int step = 0; step < 5; step++) {
        rows.run(1);
        products.run(1);
        assertEquals(rows.stateHash(), products.stateHash(), "step " + step);
      }
      assertTrue(moved(rows));
    }
  }

  /// Whether what is compared is not all zeros.
  private static boolean moved(Network network) {
    return switch (network.array("e.v")) {
      case float[] values -> values[0] != 0;
      case double[] values -> values[0] != 0;
      default -> false;
    };
  }
}

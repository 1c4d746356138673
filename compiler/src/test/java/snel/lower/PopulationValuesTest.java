package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values of some neurons of a population, and of all of them together, as inputs of others and in
/// the equations of the network, which may stand before the population.
class PopulationValuesTest {
  private static final String TEXT =
      """
      neuron Leak { state v : real = 0; input I : real; v' = (I - v) / 10 ms }
      network Net {
        state of_one : real = 0
        state of_all : real = 0
        state of_some : real = 0
        state largest : real = 0
        of_one' = (A[2].v - of_one) / 10 ms
        of_all' = (mean(A.v) - of_all) / 10 ms
        of_some' = (sum(A[1 ..< 3].v) - of_some) / 10 ms
        largest' = (max(A[[0, 3]].v) - largest) / 10 ms
        input image : real[2, 3]
        population A : Leak[4](I: [1, 2, 3, 4])
        population Slice : Leak[2](I: A[2 ..< 4].v)
        population Single : Leak[3](I: A[3].v)
        population Listed : Leak[2](I: A[[3, 0]].v)
        population Mean : Leak[3](I: mean(A.v))
        population Sum : Leak[3](I: sum(image))
      }
      """;

  /// Of a leaky state that follows an input of 1 held over each step, and of one that follows it in
  /// turn, after 50 steps of 0.1 ms.
  @Test
  void eachReadsItsOwn(@TempDir Path folder) {
    Machine machine = Machine.of(TEXT, "Net", Machine.Options.F64);
    Arrays.fill((double[]) machine.network.array("image"), 2);
    machine.network.presentationStart();
    machine.runTo(50);
    double p = Math.exp(-0.01);
    double first = 0;
    double second = 0;
    for (int k = 0; k < 50; k++) {
      second = p * second + (1 - p) * first; // all new values come from old ones
      first = p * first + (1 - p);
    }
    assertEquals(3 * second, machine.value("Slice.v", 0), 1e-13);
    assertEquals(4 * second, machine.value("Slice.v", 1), 1e-13);
    assertEquals(4 * second, machine.value("Single.v", 2), 1e-13);
    assertEquals(4 * second, machine.value("Listed.v", 0), 1e-13);
    assertEquals(second, machine.value("Listed.v", 1), 1e-13);
    assertEquals(2.5 * second, machine.value("Mean.v", 1), 1e-13);
    assertEquals(12 * first, machine.value("Sum.v", 1), 1e-13);
    assertEquals(3 * second, machine.value("of_one"), 1e-13);
    assertEquals(2.5 * second, machine.value("of_all"), 1e-13);
    assertEquals(5 * second, machine.value("of_some"), 1e-13);
    assertEquals(4 * second, machine.value("largest"), 1e-13);
    new BothTargets(folder).sameStates(Machine.of(TEXT, "Net", Machine.Options.F64).program, 20);
  }

  /// An input may follow its own population, and one that is declared after it.
  @Test
  void populationsReadThemselvesAndOneAnother(@TempDir Path folder) {
    String text =
        """
        neuron Leak { state v : real = 1; input I : real; v' = (I - v) / 10 ms }
        network Net {
          population A : Leak[2](I: sum(B.v) - mean(A.v))
          population B : Leak[3](I: 0.5 * A[1].v)
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.runTo(50);
    double p = Math.exp(-0.01);
    double a = 1;
    double b = 1;
    for (int k = 0; k < 50; k++) {
      double before = a;
      a = p * a + (1 - p) * (3 * b - a);
      b = p * b + (1 - p) * 0.5 * before;
    }
    assertEquals(a, machine.value("A.v", 0), 1e-13);
    assertEquals(b, machine.value("B.v", 2), 1e-13);
    new BothTargets(folder).sameStates(Machine.of(text, "Net", Machine.Options.F64).program, 20);
  }

  /// What is summed over places is one value, also where the synapse has one for each neuron of an
  /// end. `G.v` is 1 .. 4 and `image` 1, 2, 6.
  @Test
  void synapsesReadReductions(@TempDir Path folder) {
    String text =
        """
        neuron Cell {
          state v : real = self.index + 1; receive syn(w : real) { }
          spike when v > 9; reset { v = 0 }
        }
        synapse One { weight w : real; input d : real; every dt { w = d } }
        synapse OfPost { weight w : real; input d : real of post; every dt { w = d } }
        synapse OfPre { weight w : real; input d : real of pre; every dt { w = d } }
        network Net {
          input image : real[3]
          population G : Cell[4]
          population E : Cell[3]
          connect G -> E.syn as slice   all  weight 0  synapse One(d: mean(G[1 .. 2].v))
          connect G -> E.syn as listed  all  weight 0  synapse One(d: mean(G[[0, 2]].v))
          connect G -> E.syn as whole   all  weight 0  synapse One(d: max(image))
          connect G -> E.syn as centred all  weight 0  synapse OfPost(d: image - mean(image))
          connect E -> G.syn as sources all  weight 0  synapse OfPre(d: image * sum(G[2 .. 3].v))
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    System.arraycopy(new double[] {1, 2, 6}, 0, machine.network.array("image"), 0, 3);
    machine.network.presentationStart();
    machine.runTo(1);
    for (int k = 0; k < 12; k++) {
      assertEquals(2.5, machine.value("slice.w", k));
      assertEquals(2, machine.value("listed.w", k));
      assertEquals(6, machine.value("whole.w", k));
      assertEquals(List.of(-2.0, -1.0, 3.0).get(k % 3), machine.value("centred.w", k));
      assertEquals(List.of(7.0, 14.0, 42.0).get(k / 4), machine.value("sources.w", k));
    }
    new BothTargets(folder).sameStates(Machine.of(text, "Net", Machine.Options.F64).program, 3);
  }
}

package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.compiler.MemoryNeed;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.runtime.kernel.Fault;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Words;
import snel.target.jvm.JvmTarget;

/// Pairs that each are asked whether they are joined.
class ChosenPairsTest {
  private static final int SEED = Machine.Options.F32.seed();

  private static final String TEXT =
      """
      neuron Cell {
        state v : real = uniform(0, 1)
        receive b(w : real) { v += w }
        v' = (1.1 - v) / 10 ms
        spike when v > 1
        reset { v = 0 }
      }
      network Net {
        population A : Cell[%1$d]
        connect A -> A.b as c  %2$s  weight uniform(0, 0.1)
      }
      """;

  private static String text(int cells, String rule) {
    return TEXT.formatted(cells, rule);
  }

  private static Program program(String text) {
    var diagnostics = new Diagnostics();
    return Objects.requireNonNull(
        Machine.compile(text, "Net", Machine.Options.F32, diagnostics),
        () -> Machine.said(diagnostics));
  }

  /// Of 3.6 thousand million pairs 2,939,400 are joined. 6 bytes each are 17.6 MB, beside a few MB
  /// of neurons; 8 bytes a pair were 29 GB.
  @ParameterizedTest
  @ValueSource(strings = {"all", "bernoulli(if pre.index == 0 then 0.5 else 1)"})
  void thoseThatAreLeftOutTakeNoRoom(String rule) {
    String text = text(60_000, rule + " where abs(pre.index - post.index) < 25");
    long bytes = MemoryNeed.bytes(program(text));
    assertTrue(bytes > 17.6e6 && bytes < 25e6, () -> bytes + " bytes");
  }

  /// Neurons of two populations are never the same, though their indices be equal.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A | bernoulli(if pre == post then 1 else 0)         | 4
          A | bernoulli(if pre == post then 0 else 1)         | 12
          A | all where pre == post or pre.index == 0         | 7
          B | bernoulli(if pre == post then 0 else 1)         | 16
          B | all where not (pre == post) and pre.index == 0  | 4
          """)
  void neuronsAreComparedWhereverAPairIsMeant(String target, String rule, int pairs) {
    String text =
        text(4, "all")
            .replace("A.b as c  all", target + ".b as c  " + rule)
            .replace("population A", "population B : Cell[4]\n  population A");
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    assertEquals(pairs, machine.element("c.synapses.row_start", 4));
  }

  /// Of 40,000 pairs, to four deviations.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bernoulli(uniform(0, 1))                             | 0.5
          bernoulli(uniform(0.5, 1))                           | 0.75
          all where uniform(0, 1) < 0.25                       | 0.25
          bernoulli(0.5) where uniform(0, 1) < 0.5             | 0.25
          bernoulli(uniform(0, 1)) where uniform(0, 1) < 0.5   | 0.25
          """)
  void eachPairDrawsItsChance(String rule, double chance) {
    Machine machine = Machine.of(text(200, rule), "Net", Machine.Options.F32);
    double pairs = machine.element("c.synapses.row_start", 200);
    assertEquals(chance, pairs / 40_000, 4 * Math.sqrt(0.25 / 40_000));
  }

  /// Word 0 of counter (j, i, 0, 0) against the chance of the pair (semantics.md §10).
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bernoulli(mod(pre.index + post.index, 7) / 6)
          bernoulli(mod(pre.index + post.index, 7) / 6) where pre != post
          bernoulli(mod(pre.index + post.index, 7) / 6) where mod(pre.index, 3) != 1
          """)
  void eachPairHasAWordOfItsOwn(String rule) {
    Machine machine = Machine.of(text(40, rule), "Net", Machine.Options.F32);
    boolean all = !rule.contains("where");
    boolean others = rule.contains("pre != post");
    int stream = Streams.of("c", "connect", 0);
    List<Integer> wanted = new ArrayList<>();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 40; j++) {
        boolean asked = all || (others ? i != j : i % 3 != 1);
        long threshold = Words.threshold((i + j) % 7 / 6.0);
        if (asked && Words.event(Philox.word(SEED, stream, j, i, 0, 0, 0), threshold)) {
          wanted.add(i * 40 + j);
        }
      }
      int end = (int) machine.element("c.synapses.row_start", i + 1);
      for (int s = (int) machine.element("c.synapses.row_start", i); s < end; s++) {
        found.add(i * 40 + (int) machine.element("c.synapses.target", s));
      }
    }
    assertEquals(wanted, found);
  }

  /// The last of the pairs is told that is asked and has no probability: what `where` leaves out is
  /// not asked.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bernoulli(0.6 + pre.index / 4)                            | 3 to 3",
        "bernoulli(0.3 - pre.index / 4) where post.index < 2       | 3 to 1",
        "bernoulli(sqrt(0.5 - post.index)) where pre.index == 1    | 1 to 3",
        "bernoulli(1 %) grow bernoulli(post.index / 2) every 1 ms  | 3 to 3",
      })
  void aProbabilityIsWithinItsBounds(String rule, String pair, @TempDir Path folder) {
    String message = "a probability not in 0 .. 1 from " + pair;
    Program program = program(text(4, rule));
    Fault fault = assertThrows(Fault.class, () -> new JvmTarget().build(program).run(20));
    assertEquals(message + " in c", fault.getMessage());
    String said = new BothTargets(folder).failure(program, 20);
    assertTrue(said.contains(message), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bernoulli(pre.index / 3) where pre != post",
        "bernoulli(0.1 / abs(pre.index - post.index)) where pre != post"
      })
  void theEndsOfTheBoundsAreWithin(String rule) {
    new JvmTarget().build(program(text(4, rule))).run(1);
  }

  @Test
  void bothTargetsJoinTheSame(@TempDir Path folder) {
    String rule = "bernoulli(exp(-abs(pre.index - post.index) / 9)) where pre != post";
    new BothTargets(folder).sameStates(program(text(80, rule)), 100);
  }
}

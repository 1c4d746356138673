package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;

/// What one loop is made of several, text to text.
class FuseLoopsTest {
  private static final String HEAD =
      StepText.HEAD
          + """
          x f32[10] state
          y f32[10] state
          z f32[8] state
          counts u16[10] queue
          any i32[1] queue
          list i32[10] queue
          count i32[1] queue
          build
          """;

  private static String fused(Pass pass, String step) {
    Program program = ProgramReader.read(HEAD + "step\n" + step);
    ProgramVerifier.verify(program);
    Program made = pass.apply(program);
    ProgramVerifier.verify(made);
    String text = ProgramPrinter.print(made);
    return text.substring(text.indexOf("step\n") + 5, text.indexOf("\nend\n"));
  }

  @Test
  void arrivalsIntegrationAndThresholdBecomeOne() {
    assertEquals(
        """
          kernel "receive+integrate+threshold" deliver {
            count[0] = 0
            collect j in 0 ..< 10 {
              let w = fma(f32(counts[j]), 0.25f, 0.0f)
              x[j] = x[j] + w
              counts[j] = 0
              let w_2 = x[j] * 0.5f
              x[j] = w_2
            } where x[j] > 1.0f into list, count
          }
          kernel other integrate {
            each i in 0 ..< 8 {
              z[i] = z[i] * 0.5f
            }
          }
        """,
        fused(
            new FuseLoops(),
            """
            kernel receive deliver {
              if any[0] != 0 {
                each j in 0 ..< 10 {
                  let w = fma(f32(counts[j]), 0.25f, 0.0f)
                  x[j] = x[j] + w
                  counts[j] = 0
                }
                any[0] = 0
              }
            }
            kernel other integrate {
              each i in 0 ..< 8 { z[i] = z[i] * 0.5f }
            }
            kernel integrate integrate {
              each i in 0 ..< 10 {
                let w = x[i] * 0.5f
                x[i] = w
              }
            }
            kernel threshold threshold {
              count[0] = 0
              collect i in 0 ..< 10 where x[i] > 1.0f into list, count
            }
            """));
  }

  private static List<String> kernels(String step) {
    Program made = new FuseLoops().apply(ProgramReader.read(HEAD + "step\n" + step));
    ProgramVerifier.verify(made);
    return made.step().stream().map(Kernel::name).toList();
  }

  private static String two(String first, String between, String second) {
    return "kernel a integrate { "
        + first
        + " }\n"
        + between
        + "kernel b integrate { "
        + second
        + " }\n";
  }

  @Test
  void whatIsReadElsewhereKeepsLoopsApart() {
    String halve = "each i in 0 ..< 10 { x[i] = x[i] * 0.5f }";
    String copy = "each i in 0 ..< 10 { y[i] = x[i] }";
    assertEquals(List.of("a+b"), kernels(two(halve, "", copy)));
    assertEquals(
        List.of("a", "b"), kernels(two(halve, "", "each i in 0 ..< 10 { y[i] = x[9 - i] }")));
    assertEquals(List.of("a", "b"), kernels(two(halve, "", "each i in 0 ..< 10 { y[i] = x[0] }")));
    assertEquals(List.of("a", "b"), kernels(two(halve, "", "each i in 1 ..< 10 { y[i] = x[i] }")));
  }

  @Test
  void whatLiesBetweenMustFindTheSame() {
    String halve = "each i in 0 ..< 10 { x[i] = x[i] * 0.5f }";
    String copy = "each i in 0 ..< 10 { y[i] = x[i] }";
    String readsFirst = "kernel m integrate { for k in 0 ..< 1 { z[0] = x[3] } }\n";
    String readsBoth = "kernel m integrate { for k in 0 ..< 1 { y[0] = x[3] } }\n";
    assertEquals(List.of("a+b", "m"), kernels(two(halve, readsFirst, copy)));
    assertEquals(List.of("a", "m", "b"), kernels(two(halve, readsBoth, copy)));
  }

  @Test
  void aBodyThatMightDoSomethingWaits() {
    String waiting =
        """
        kernel a deliver {
          if any[0] != 0 {
            each j in 0 ..< 10 {
              x[j] = x[j] * 0.5f + f32(counts[j])
              counts[j] = 0
            }
            any[0] = 0
          }
        }
        kernel b integrate { each i in 0 ..< 10 { y[i] = x[i] } }
        """;
    assertEquals(List.of("a", "b"), kernels(waiting));
    assertEquals(List.of("a+b"), kernels(waiting.replace(" * 0.5f", "")));
  }

  @Test
  void largeLoopsStayApart() {
    String sum = " + x[i]".repeat(60);
    String large = "each i in 0 ..< 10 { y[i] = x[i]" + sum + " }";
    assertEquals(List.of("a", "b"), kernels(two("each i in 0 ..< 10 { x[i] = 1.0f }", "", large)));
  }

  @Test
  void fewArrivalsAreVisitedAlongRows() {
    String wiring =
        """
        program "p" step 0.1 real f32 seed 0
        buffers
          clock i64[5] clock
          halt i32[1] log
          fault i64[3] log
          x f32[100] state
          counts u8[100] queue
          any i32[1] queue
          list i32[50] queue
          count i32[1] queue
          rows i32[51] wiring
          target u16[synapses p] wiring
        build
          Wire(wiring: Wiring(name: "p", rule: Bernoulli(probability: 0.1), sources: 50, targets: 100, stream: 0, excludeSelf: false, selfOffset: 0, rowStart: @rows, target: @target, multapse: none, shared: none, expected: 500.0))
        step
          kernel pre deliver {
            for k in 0 ..< count[0] {
              let who = list[k]
              any[0] = 1
              for s in rows[who] ..< rows[who + 1] { counts[target[s]] = counts[target[s]] + 1 }
            }
          }
          kernel receive deliver {
            if any[0] != 0 {
              each j in 0 ..< 100 {
                x[j] = fma(f32(counts[j]), 0.5f, x[j])
                counts[j] = 0
              }
              any[0] = 0
            }
          }
        """;
    Program made = new SparseArrivals().apply(ProgramReader.read(wiring));
    ProgramVerifier.verify(made);
    String text = ProgramPrinter.print(made);
    assertEquals(
        """
          kernel pre deliver {
            if count[0] == 1 {
              any[0] = 1
            } else {
              for k in 0 ..< count[0] {
                let who = list[k]
                any[0] = 1
                for s in rows[who] ..< rows[who + 1] {
                  counts[target[s]] = counts[target[s]] + 1
                }
              }
            }
          }
          kernel receive deliver {
            if any[0] != 0 {
              if count[0] == 1 {
                for k_2 in 0 ..< count[0] {
                  let who_2 = list[k_2]
                  for s_2 in rows[who_2] ..< rows[who_2 + 1] {
                    let j_3 = target[s_2]
                    x[j_3] = fma(f32(1), 0.5f, x[j_3])
                  }
                }
              } else {
                if (i64(count[0]) * i64(rows[50])) < 500L {
                  for k in 0 ..< count[0] {
                    let who = list[k]
                    for s in rows[who] ..< rows[who + 1] {
                      let j_2 = target[s]
                      x[j_2] = fma(f32(counts[j_2]), 0.5f, x[j_2])
                      counts[j_2] = 0
                    }
                  }
                } else {
                  each j in 0 ..< 100 {
                    x[j] = fma(f32(counts[j]), 0.5f, x[j])
                    counts[j] = 0
                  }
                }
              }
              any[0] = 0
            }
          }
        """,
        text.substring(text.indexOf("  kernel pre"), text.indexOf("\nend\n")));
    String twice =
        wiring.replace("Bernoulli(probability: 0.1)", "FixedIndegree(count: 5, multapses: true)");
    Program counted = new SparseArrivals().apply(ProgramReader.read(twice));
    assertEquals(ProgramReader.read(twice).step().getFirst(), counted.step().getFirst());
    String dense =
        wiring.replace("probability: 0.1", "probability: 1.0").replace("step 0.1", "step 1.0");
    Program same = ProgramReader.read(dense);
    assertEquals(same.step(), new SparseArrivals().apply(same).step());
  }

  /// Loops of several kernels become one here and another there, which come to lie in one kernel.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 12})
  void localsThatComeTogetherDiffer(int projections) {
    var connected = new StringBuilder();
    for (int k = 0; k < projections; k++) {
      connected.append("connect train -> cell.syn as f" + k + " all weight 0.5 synapse Pair\n");
    }
    Program program =
        Lowered.of(
            """
            neuron Cell {
              state v : real = 0
              receive syn(w : real) { v += w }
              v' = -v / 10 ms
              spike when v > 1
              reset { v = 0 }
            }
            synapse Pair {
              weight w : real in 0 .. 1
              trace x of pre tau 20 ms
              trace y of post tau 20 ms
              on pre { deliver w; w -= 0.1 * y }
              on post { w += 0.1 * x }
            }
            network Net {
              input train : spikes[4]
              population cell : Cell[6]
              %s
            }
            experiment e on Net {
              step 0.5 ms; seed 1
              present train = [[1 ms], [2 ms], [3 ms], [4 ms]] for 10 ms
            }
            """
                .formatted(connected));
    ProgramVerifier.verify(new FuseLoops().apply(program));
  }

  private static List<String> onDemand(String kernels) {
    Program program = ProgramReader.read(HEAD + "step\ndemand\n" + kernels);
    Program made = new FuseLoops().apply(program);
    ProgramVerifier.verify(made);
    return made.onDemand().stream().map(Kernel::name).toList();
  }

  private static String kernel(String name, String loop) {
    return "kernel \"" + name + "\" on_demand { " + loop + " }\n";
  }

  /// Those of the way back are called one behind the other, others are not.
  @Test
  void kernelsOfASeriesBecomeOne() {
    String halve = "each i in 0 ..< 10 { x[i] = x[i] * 0.5f }";
    String add = "each i in 0 ..< 10 { y[i] = y[i] + x[i] }";
    assertEquals(
        List.of("gradient:back:a+gradient:back:b", "gradient:again:a+gradient:again:b"),
        onDemand(
            kernel("gradient:back:a", halve)
                + kernel("gradient:back:b", add)
                + kernel("gradient:again:a", halve)
                + kernel("gradient:again:b", add)));
    assertEquals(
        List.of("gradient:loss", "gradient:release"),
        onDemand(kernel("gradient:loss", halve) + kernel("gradient:release", add)));
  }

  @Test
  void loopsHaveOneRangeThatNeitherChanges() {
    String first = "each i in 0 ..< count[0] * 2 { x[i] = x[i] * 0.5f }";
    String second = "each i in 0 ..< count[0] * 2 { y[i] = y[i] + x[i] }";
    assertEquals(List.of("a+b"), kernels(two(first, "", second)));
    assertEquals(List.of("a", "b"), kernels(two(first, "", second.replace("* 2", "* 1"))));
    String between = "kernel c integrate { count[0] = 3 }\n";
    assertEquals(List.of("a", "c", "b"), kernels(two(first, between, second)));
  }

  /// The library knows such loops, which are no longer known as parts of others.
  @Test
  void aLoopThatLooksPlacesUpStaysByItself() {
    String first = "each i in 0 ..< 8 { z[i] = z[i] + y[list[i]] }";
    assertEquals(
        List.of("a", "b"), kernels(two(first, "", "each i in 0 ..< 8 { z[i] = z[i] * 0.5f }")));
  }
}

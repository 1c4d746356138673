package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists in a network are element by element, whatever they are made of and stand beside.
class ListsInNetworksTest {
  private static final String CELLS =
      """
      neuron Cell {
        param p : real = 0
        state v : real = 0
        state u : real = 0
        receive syn(w : real) { u += w }
        v' = -p * v / 1 s
      }
      neuron Follower { input x : real; state y : real = 0; every dt { y = x } }
      neuron Once { spike at 1 ms }
      synapse Moved { weight w : real; input by : real of post; on pre { deliver w + by } }
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"f32", "f64"})
  void elementsMayBeInfinite(String numerics) throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Clock { input at : time; spike at at }
            neuron Cell {
              param th = 1, low = 0
              state v : real = 0
              state u : real = 0
              v' = (2 - v) / 10 ms
              every dt { u = max(v - 1, low) }
              spike when v > th
              reset { v = 0 }
            }
            network Net {
              population c : Clock[2](at: [2 ms, infinity])
              population n : Cell[3](th: [1, infinity, 1.5], low: [0, -infinity, -0.5])
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics NUMERICS
              run 10 ms
              report clocks = c.count, cells = n.count, low = n.u
            }
            """
                .replace("NUMERICS", numerics));
    assertValues(run, "clocks", 1, 0);
    assertValues(run, "cells", 1, 0, 0);
  }

  @Test
  void conditionsChooseBetweenLists() throws IOException {
    ProgramRun run =
        alike(
            CELLS
                + """
                network Net {
                  input s : real = 1
                  let listed = if s > 0.5 then [1, 2, 3] else [4, 5, 6]
                  population A : Cell[3](
                    p: if self.index > 0 then [1, 2, 3] else 4,
                    v: if self.index > 1 then [1, 2, 3] else 0)
                  population B : Follower[3](x: (if s > 0.5 then [1, 0, 1] else [0, 1, 0]) + 5)
                  population C : Follower[3](x: if t < 5 ms then [0, 50, 100] else 0)
                  population D : Follower[3](x: listed)
                  population F : Follower[3](x: if t < 1 ms then [0, 50, 100] else 0)
                  population E : Once[3]
                  connect E -> A.syn one_to_one
                    weight if pre.index > 0 then [1, 2, 3][pre.index] else 9
                }
                experiment e on Net {
                  step 1 ms; seed 1; numerics f64
                  report p = A.p, v = A.v
                  run 3 ms
                  report u = A.u, b = B.y, c = C.y, d = D.y, f = F.y
                  s = 0
                  run 3 ms
                  report otherwise = B.y, other = D.y
                }
                """);
    assertValues(run, "p", 4, 2, 3);
    assertValues(run, "v", 0, 0, 3);
    assertValues(run, "u", 9, 2, 3);
    assertValues(run, "b", 6, 5, 6);
    assertValues(run, "c", 0, 50, 100);
    assertValues(run, "d", 1, 2, 3);
    assertValues(run, "f", 0, 0, 0);
    assertValues(run, "otherwise", 5, 6, 5);
    assertValues(run, "other", 4, 5, 6);
  }

  /// All neurons and synapses have the whole list of a parameter, and experiments read it.
  @Test
  void parametersThatAreLists() throws IOException {
    ProgramRun run =
        alike(
            """
            let K = [1, 2, 3] * 2
            neuron Cell {
              param k : real[n] = [1, 2, 3], n = 3, tau : time[2] = [1 ms, 20 ms], u = [5, 6]
              state v : real = 0
              receive syn(w : real) { v += w }
              every dt { v += k[0] * u[1] }
            }
            neuron Once { param gain : real[2] = [3, 5]; spike at 1 ms }
            synapse Scaled {
              param g : real[2] = [1, 2], m : real[2, 2] = [[1, 2], [3, 4]], d : time[1] = [2 ms]
              weight w : real
              on pre { deliver w * g[1] * m[1, 0] * pre.gain[1] }
            }
            network Net {
              param J : real[3] = [4, 5, 6]
              population S : Once[1]
              population A : Cell[2]
              population B : Cell[3](k: J, u: [7, 8])
              population C : Cell[1](k: [9, 10], n: 2)
              population D : Cell[1](k: K)
              connect S -> A as one  all  weight 1  synapse Scaled(g: [7, 10])
              connect S -> B as two  all  weight 1  synapse Scaled
            }
            experiment e on Net(J: [7, 8, 9]) {
              step 1 ms; seed 1; numerics f64
              run 2 ms
              var total = 0.0
              for i in 0 ..< 3 { total += B.k[i] }
              report A = A.v, B = B.v, C = C.v
              report k = A.k, given = B.k, shorter = C.k, named = D.k, single = A[1].k[2]
              report tau = A.tau, late = A.tau[1], u = A.u, other = B.u, mean = mean(B.k)
              report total = total, g = one.g, same = two.g, m = two.m, at = two.m[1, 0], d = two.d
            }
            """);
    assertValues(run, "A", 2 * 6 + 10 * 3 * 5, 2 * 6 + 10 * 3 * 5);
    assertValues(run, "B", 2 * 7 * 8 + 30, 2 * 7 * 8 + 30, 2 * 7 * 8 + 30);
    assertValues(run, "C", 2 * 9 * 6);
    assertValues(run, "k", 1, 2, 3);
    assertValues(run, "given", 7, 8, 9);
    assertValues(run, "shorter", 9, 10);
    assertValues(run, "named", 2, 4, 6);
    assertValues(run, "tau", 1, 20);
    assertValues(run, "u", 5, 6);
    assertValues(run, "other", 7, 8);
    assertValues(run, "g", 7, 10);
    assertValues(run, "same", 1, 2);
    assertValues(run, "m", 1, 2, 3, 4);
    assertValues(run, "single", 3);
    assertValues(run, "late", 20);
    assertValues(run, "mean", 8);
    assertValues(run, "total", 24);
    assertValues(run, "at", 3);
    assertValues(run, "d", 2);
  }

  @Test
  void listsGoTogetherWithWhatMoves() throws IOException {
    ProgramRun run =
        alike(
            CELLS
                + """
                network Net {
                  input s : real = 10
                  input drive : real[3]
                  let start = [5, 7, 9]
                  population A : Follower[3](x: s * sin(pi * t / 4 ms) + [0, 50, 100])
                  population B : Follower[3](x: [1, 2, 3] * s + drive)
                  population C : Follower[2](x: drive[1 ..< 3])
                  population D : Follower[2](x: drive[[0, 2]] * 2)
                  population E : Follower[2](x: [drive[2], s])
                  population F : Follower[2](x: (drive - 1)[0 ..< 2] + B.y[[0, 2]])
                  population G : Cell[3](v: start[self.index], p: [3, uniform(4, 5), 6])
                  population H : Cell[3](v: [100, 200, 300] + uniform(0, 1))
                  population I : Once[1]
                  connect I -> G.syn all weight 1 synapse Moved(by: drive[[1, 2, 0]])
                }
                experiment e on Net {
                  step 1 ms; seed 1; numerics f64
                  report g = G.v, p = G.p, h = H.v
                  drive = [100, 200, 300]
                  run 3 ms
                  report a = A.y, b = B.y, c = C.y, d = D.y, e = E.y, f = F.y, u = G.u
                }
                """);
    assertValues(run, "a", 10, 60, 110);
    assertValues(run, "b", 110, 220, 330);
    assertValues(run, "c", 200, 300);
    assertValues(run, "d", 200, 600);
    assertValues(run, "e", 300, 10);
    assertValues(run, "f", 209, 529);
    assertValues(run, "g", 5, 7, 9);
    assertValues(run, "u", 201, 301, 101);
    List<Double> p = values(run, "p");
    assertEquals(3, p.get(0));
    assertTrue(p.get(1) > 4 && p.get(1) < 5);
    assertEquals(6, p.get(2));
    List<Double> drawn = values(run, "h");
    for (int k = 0; k < 3; k++) {
      assertEquals(k + 1, (int) (drawn.get(k) / 100));
    }
    assertEquals(3, drawn.stream().map(x -> x % 100).distinct().count());
  }

  /// What is drawn beside something that moves is drawn once for each neuron, as where it stands
  /// alone.
  @Test
  void drawsOfLiveInputsAreOfTheNetwork() throws IOException {
    String program =
        CELLS
            + """
            network Net {
              input s : real = 2
              population A : Follower[50](x: %s)
              population B : Follower[50](x: %s)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              report a = A.y, b = B.y
              run 8 ms
              report later = A.y
            }
            """;
    ProgramRun alone = alike(program.formatted("lognormal(20, 15)", "normal(2, 1)"));
    ProgramRun live =
        alike(program.formatted("lognormal(20, 15) * s * cos(pi * t / 7 ms)", "normal(s, 1)"));
    List<Double> drawn = values(alone, "a");
    assertEquals(50, drawn.stream().distinct().count());
    double[] doubled = drawn.stream().mapToDouble(x -> 2 * x).toArray();
    assertValues(live, "a", doubled);
    assertValues(live, "later", DoubleStream.of(doubled).map(x -> -x).toArray());
    assertEquals(values(alone, "b"), values(live, "b"));
  }

  @SuppressWarnings("unchecked")
  private static List<Double> values(ProgramRun run, String name) {
    return (List<Double>) Objects.requireNonNull(run.results().get(name));
  }

  private static void assertValues(ProgramRun run, String name, double... expected) {
    double[] found = values(run, name).stream().mapToDouble(x -> x).toArray();
    assertArrayEquals(expected, found, 1e-9, name);
  }

  private ProgramRun alike(String text) throws IOException {
    return BothTargets.alike(folder, text);
  }
}

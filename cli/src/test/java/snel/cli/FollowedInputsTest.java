package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs that follow what changes, on the JVM and in C.
class FollowedInputsTest {
  private static final String NETWORK =
      """
      neuron L { input I : current; state v : voltage = 0 mV; v' = (100 MOhm * I - v) / 10 ms }
      network Net {
        input a : current = 3 pA
        input b : current = 3 pA
        population A : L[1](I: a)
        population B : L[1](I: b)
      }
      """;

  @TempDir private Path folder = Path.of("");

  /// 100 pA drive v to 10 mV (1 - exp(-n / 10)) after n steps: above 1 mV after the second.
  @Test
  void statesAreFollowedWhilePresented() throws IOException {
    var samples =
        alike(
            NETWORK
                + """
                experiment e on Net {
                  step 1 ms; numerics f64
                  record A.I, B.I
                  present a = if A[0].v > 1 mV then 0 pA else 100 pA,
                    b = (if B[0].v > 1 mV then 0 pA else 100 pA) + 0 pA * t / 1 ms for 6 ms
                }
                """);
    double[] cut = {0.1, 0.1, 0, 0, 0, 0};
    assertArrayEquals(cut, samples(samples, "A.I"), 1e-15);
    assertArrayEquals(cut, samples(samples, "B.I"), 1e-15);
  }

  @Test
  void variablesThatATimerAssignsAreFollowed() throws IOException {
    var samples =
        alike(
            NETWORK
                + """
                experiment e on Net {
                  step 1 ms; numerics f64
                  record A.I, B.I
                  var ok = 0
                  after 5 ms { ok = 1 }
                  every 2 ms { ok += 2 }
                  let before = ok
                  present a = ok * 1 nA, b = before * 1 nA for 7 ms
                }
                """);
    assertArrayEquals(new double[] {0, 0, 2, 2, 4, 1, 3}, samples(samples, "A.I"), 1e-15);
    assertArrayEquals(new double[7], samples(samples, "B.I"), 1e-15);
  }

  /// With `t` and without it: one number for the presentation, and the input as it was before.
  @Test
  void drawsAndTheInputItselfStayWhatTheyWere() throws IOException {
    var samples =
        alike(
            NETWORK
                + """
                function twice(x : current) : current = x + x
                experiment e on Net {
                  step 1 ms; numerics f64; seed 1
                  record A.I, B.I
                  present a = a + twice(uniform(1 nA, 2 nA)) + 0 nA * A[0].v / 1 mV, b = 2 * b + 1 nA * t / 1 ms for 4 ms
                  present a = normal(1 nA, 1 nA) + 1 nA * t / 1 ms for 2 ms
                  present a = normal(1 nA * t / 1 ms, 1 nA) - 1 nA * t / 1 ms for 2 ms
                }
                """);
    double[] a = samples(samples, "A.I");
    assertEquals(a[0], a[3], 0);
    assertEquals(1, a[5] - a[4], 1e-12);
    assertNotEquals(a[6], a[7], "drawn around what changes with time");
    assertArrayEquals(
        new double[] {0.006, 1.006, 2.006, 3.006, 0.003, 0.003, 0.003, 0.003},
        samples(samples, "B.I"),
        1e-12);
  }

  /// A default of a neuron's input is followed as an argument is: by time, states of its own, and
  /// other neurons.
  @Test
  void defaultsOfNeuronsAreFollowed() throws IOException {
    var samples =
        alike(
            """
            neuron Turning { param f = 10 Hz; input I : real = 100 * cos(2 * pi * f * t); state v : real = 0; v' = (I - v) / 10 ms }
            neuron Own { input I : real = 2 * v; input J : real = 2 * I; state v : real = 3; v' = -v / 10 ms }
            neuron Fed { param p = 2; input I : real = 3 * p; state v : real = 3; v' = (I - v) / 10 ms }
            network Net {
              population A : Turning[2](f: [10 Hz, 20 Hz])
              population B : Own[1]
              population C : Fed[1]
            }
            experiment e on Net {
              step 10 ms; numerics f64
              record A.I, B.J, C.I
              run 40 ms
              present C.I = 1 for 10 ms
            }
            """);
    double[] turning = new double[10];
    double[] own = new double[5];
    for (int n = 0; n < 5; n++) {
      turning[2 * n] = 100 * Math.cos(2 * Math.PI * 0.1 * (n % 4));
      turning[2 * n + 1] = 100 * Math.cos(2 * Math.PI * 0.2 * (n % 4));
      own[n] = 12 * Math.exp(-n);
    }
    assertArrayEquals(turning, samples(samples, "A.I"), 1e-12);
    assertArrayEquals(own, samples(samples, "B.J"), 1e-12);
    assertArrayEquals(new double[] {6, 6, 6, 6, 1}, samples(samples, "C.I"), 1e-12);
  }

  /// The same for an input of a synapse.
  @Test
  void defaultsOfSynapsesAreFollowed() throws IOException {
    var samples =
        alike(
            """
            neuron Cell { state v : real = 0; v' = -v / 10 ms; receive exc(w : real) { v += w } }
            synapse Turning { input g : real = cos(2 * pi * 10 Hz * t); weight w : real; on pre { deliver w * g } }
            synapse Own { input g : real = 2 * e; weight w : real; state e : real = 1; on pre { deliver w * g; e += 1 } }
            network Net {
              input x : spikes[1]
              population A : Cell[1]
              population B : Cell[1]
              connect x -> A.exc all weight 1 synapse Turning
              connect x -> B.exc all weight 1 synapse Own
            }
            experiment e on Net {
              step 10 ms; numerics f64
              record A.v at deliver
              record B.v at deliver
              present x = [[0 ms, 10 ms, 20 ms]] for 40 ms
            }
            """);
    double[] turning = new double[4];
    double[] own = new double[4];
    for (int n = 0; n < 4; n++) {
      double before = n == 0 ? 0 : Math.exp(-1);
      turning[n] =
          before * turning[Math.max(n - 1, 0)] + (n < 3 ? Math.cos(2 * Math.PI * 0.1 * n) : 0);
      own[n] = before * own[Math.max(n - 1, 0)] + (n < 3 ? 2 * (n + 1) : 0);
    }
    assertArrayEquals(turning, samples(samples, "A.v"), 1e-12);
    assertArrayEquals(own, samples(samples, "B.v"), 1e-12);
  }

  /// An arrival of 1 at 0 ms and at 2 ms: v is 1, then exp(-0.1) + J (1 - exp(-0.1)) with J = 1.
  @Test
  void deliveryShowsWhatInputsAreInItsStep() throws IOException {
    var samples =
        alike(
            """
            neuron Cell { input J : real; state v : real = 0; v' = (J - v) / 10 ms; receive exc(w : real) { v += w } }
            neuron Sink { input J : real; state v : real = 0; v' = -v / 10 ms }
            synapse Passes { weight w : real; transmit w * pre.v }
            synapse Shows { weight w : real; transmit w * pre.J }
            network Net {
              input s : real = 1
              input x : spikes[1]
              population A : Cell[1](J: s * t / 1 ms + 1)
              population B : Cell[1](J: A.v)
              population C : Sink[1]
              population D : Sink[1]
              connect x -> A.exc all weight 1
              connect A -> C.J all weight 2 synapse Passes
              connect A -> D.J all weight 2 synapse Shows
            }
            experiment e on Net {
              step 1 ms; numerics f64
              record A.J at deliver
              record A.v at deliver
              record B.J at deliver
              record C.J at deliver
              record D.J at deliver
              present x = [[0 ms, 2 ms]] for 4 ms
            }
            """);
    double left = Math.exp(-0.1);
    double third = left + 2 * (1 - left) + 1;
    double[] v = {1, 1, third, left * third + 3 * (1 - left)};
    assertArrayEquals(new double[] {1, 2, 3, 4}, samples(samples, "A.J"), 1e-12);
    assertArrayEquals(v, samples(samples, "A.v"), 1e-12);
    assertArrayEquals(v, samples(samples, "B.J"), 1e-12);
    assertArrayEquals(
        DoubleStream.of(v).map(each -> 2 * each).toArray(), samples(samples, "C.J"), 1e-12);
    assertArrayEquals(new double[] {2, 4, 6, 8}, samples(samples, "D.J"), 1e-12);
  }

  /// What is given to an input `of post` or `of pre` of a part of a population has one value for
  /// each neuron of the part.
  @Test
  void partsOfPopulationsTakeOneValueEach() throws IOException {
    var run =
        alike(
            """
            import std.rules.WidrowHoff
            neuron Parrot { state v : real = 0; receive syn(w : real) { v += 0 * w }; spike when v > 1; reset { v = 0 } }
            neuron Err { param k = 1; state e : real = 0; e' = (k - e) / 10 ms }
            synapse Back { input g : real of pre; weight w : real; on post { w += g } }
            network Net {
              input xt : spikes[1]
              input e2 : real[2]
              population Q : Parrot[4]
              population S : Parrot[4](v: [2, 0, 0, 0])
              population D : Err[4](k: [1, 2, 3, 4])
              population D2 : Err[2](k: [1, 2])
              connect xt -> Q[1 ..< 3].syn as a all weight 0.5 synapse WidrowHoff(eta: 0.1, error: e2)
              connect xt -> Q[1 ..< 3].syn as b all weight 0.5 synapse WidrowHoff(eta: 0.1, error: D2.e)
              connect xt -> Q[1 ..< 3].syn as c all weight 0.5 synapse WidrowHoff(eta: 0.1, error: D[2 ..< 4].e)
              connect xt -> Q[[3, 0]].syn as d all weight post.index synapse WidrowHoff(eta: 0.1, error: 2 * D[1 ..< 3].e - e2)
              connect xt -> Q.syn as f all weight 0.5 synapse WidrowHoff(eta: 0.1, error: D.e)
              connect xt -> Q[1 ..< 3].syn as g all weight 0.5 synapse WidrowHoff(eta: 0.1, error: [1, 2])
              connect Q[2 ..< 4] -> S[0].syn as h all weight 0.5 synapse Back(g: e2)
            }
            experiment e on Net {
              step 1 ms; numerics f64; seed 1
              present xt = [[2 ms]], e2 = [1, 10] for 10 ms
              report a = a.w, b = b.w, c = c.w, d = d.w, f = f.w, g = g.w, h = h.w
            }
            """);
    double one = 1 - Math.exp(-1);
    assertArrayEquals(new double[] {0.6, 1.5}, results(run, "a"), 1e-12);
    assertArrayEquals(new double[] {0.5 + 0.1 * one, 0.5 + 0.2 * one}, results(run, "b"), 1e-12);
    assertArrayEquals(new double[] {0.5 + 0.3 * one, 0.5 + 0.4 * one}, results(run, "c"), 1e-12);
    assertArrayEquals(new double[] {2.9 + 0.4 * one, -1 + 0.6 * one}, results(run, "d"), 1e-12);
    assertArrayEquals(
        new double[] {0.5 + 0.1 * one, 0.5 + 0.2 * one, 0.5 + 0.3 * one, 0.5 + 0.4 * one},
        results(run, "f"),
        1e-12);
    assertArrayEquals(new double[] {0.6, 0.7}, results(run, "g"), 1e-12);
    assertArrayEquals(new double[] {1.5, 10.5}, results(run, "h"), 1e-12);
  }

  private static double[] results(ProgramRun run, String name) {
    return ((List<?>) Objects.requireNonNull(run.results().get(name)))
        .stream().mapToDouble(value -> (double) value).toArray();
  }

  private static double[] samples(ProgramRun run, String path) {
    return Objects.requireNonNull(run.samples().get(path)).stream()
        .flatMapToDouble(line -> line.stream().skip(1).mapToDouble(value -> value))
        .toArray();
  }

  private ProgramRun alike(String text) throws IOException {
    return BothTargets.alike(folder, text);
  }
}

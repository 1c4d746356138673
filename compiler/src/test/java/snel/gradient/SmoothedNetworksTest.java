package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The gradient of networks whose spikes are made smooth is that of central differences of their
/// loss.
class SmoothedNetworksTest {
  private static final int STEPS = 30;

  private static final String SOURCE = "neuron Source { spike at poisson(150 Hz) }\n";

  private static final String OUTPUT =
      """
      neuron Out {
        state v : real = 0
        state I : real = 0
        v' = I / 5 ms - v / 20 ms
        I' = -I / 5 ms
        receive syn(w : real) { I += w }
      }
      """;

  private static String program(String neurons, String network) {
    return SOURCE
        + OUTPUT
        + neurons
        + "network Net {\n  population x : Source[6]\n"
        + network
        + "}\nexperiment e on Net { step 1 ms; seed 3; numerics f64; record y.v; run 30 ms;"
        + " report count(h) }\n";
  }

  private static final String RECTIFIED =
      """
      neuron Rectified {
        plastic state bias : real = uniform(-0.1, 0.1)
        input x : real
        state v : real = 0
        every dt { v = max(0, x + bias) }
      }
      """;

  private static final String LIF =
      """
      neuron Lif {
        param tau_m = 20 ms, tau_syn = 5 ms
        state v : real = 0
        state I : real = 0
        v' = I / tau_syn - v / tau_m
        I' = -I / tau_syn
        receive syn(w : real) { I += w }
        spike when v > 1
        reset { v -= 1 }
      }
      """;

  private static final String STACK =
      """
        population h : %s[5]
        population y : Out[3]
        connect x -> h.%s as a  all  weight %s  instant
        connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
      """;

  private static final String MAPS =
      """
        population p : Lif[2, 7, 6]
        population h : Lif[%s]
        population y : Out[3]
        connect x -> p.syn as a  all  weight uniform(0, 1)  instant
        connect p -> h.syn as k  %s  weight uniform(-0.5, 0.9)  instant
        connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
      """;

  /// A neuron of the library, whose state `state` is what the loss is made of.
  private static String ofLibrary(String name, String state) {
    String file = library("train/" + name);
    return file.substring(0, file.indexOf("\ntest ")).replaceAll("\\b" + state + "\\b", "v") + "\n";
  }

  private static String library(String name) {
    try {
      return Files.readString(Path.of("../stdlib/src/main/resources/std", name + ".snn")) + "\n";
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Losses that are neurons.
  private static List<Arguments> readings() {
    String stack =
        """
          population h : Lif[5]
          population y : %s[5]
          connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
          connect h -> h.syn as r  all  weight uniform(-0.4, 0.4)
          connect h -> y.%s  one_to_one  weight uniform(1, 1)
        """;
    return List.of(
        network(
            "layers without spikes, with biases, behind one that spikes",
            LIF
                + RECTIFIED
                + """
                neuron Total {
                  plastic state bias : real = uniform(-0.1, 0.1)
                  input x : real
                  state v : real = 0
                  every dt { v = x + bias }
                }
                synapse Weighted { weight w : real; transmit w * pre.v }
                """,
            """
              population h : Lif[6]
              population r : Rectified[2, 2, 3]
              population p : Total[2, 1, 3]
              population y : Total[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> r.x as g    all  weight uniform(-1, 1)  synapse Weighted
              connect r -> p.x as k    conv([2, 1])  weight uniform(-1, 1)  synapse Weighted
              connect p -> y.x as b    all  weight uniform(-1, 1)  synapse Weighted
            """,
            "a",
            "g",
            "k",
            "b",
            "r.bias",
            "y.bias"),
        network(
            "values through matrices that are gone back through in blocks of rows",
            LIF
                + RECTIFIED
                + """
                neuron Total {
                  input x : real
                  state v : real = 0
                  every dt { v = x }
                }
                synapse Weighted { weight w : real; transmit w * pre.v }
                synapse Doubled  { weight w : real; transmit w * (2 * pre.v) }
                """,
            """
              population h : Lif[33]
              population r : Rectified[35]
              population q : Total[32]
              population y : Total[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)       instant
              connect h -> r.x as g    all  weight uniform(-0.3, 0.4)    synapse Weighted
              connect r -> q.x as m    all  weight uniform(-0.3, 0.3)    synapse Doubled
              connect q -> y.x as b    all  weight uniform(-0.3, 0.3)    synapse Weighted
            """,
            "a",
            "g",
            "m",
            "b",
            "r.bias"),
        network(
            "values that go on through several layers within a step",
            LIF
                + """
                neuron AtOnce {
                  plastic state bias : real = uniform(-0.1, 0.1)
                  param factor = 1.5
                  input x : real
                  let v = max(0, x + bias) * factor
                }
                neuron Total {
                  input x : real
                  state v : real = 0
                  every dt { v = x }
                }
                synapse Weighted { weight w : real; transmit w * pre.v }
                """,
            """
              population h : Lif[6]
              population r : AtOnce[2, 5, 5]
              population p : AtOnce[3, 4, 4]
              population o : AtOnce[3, 2, 2]
              population q : AtOnce[4, 1, 1]
              population z : AtOnce[5]
              population y : Total[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> r.x as g    all  weight uniform(-0.4, 1)  synapse Weighted
              connect r -> p.x as k    conv([2, 2])  weight uniform(-0.4, 1)  synapse Weighted
              connect p -> o.x         pool([2, 2])  weight 1 / 4  synapse Weighted
              connect o -> q.x as l    conv([2, 2])  weight uniform(-0.3, 0.7)  synapse Weighted
              connect q -> z.x as m    all  weight uniform(-0.4, 1)  synapse Weighted
              connect z -> y.x as b    all  weight uniform(-0.4, 1)  synapse Weighted
            """,
            "a",
            "g",
            "k",
            "l",
            "m",
            "b",
            "r.bias",
            "p.bias",
            "o.bias",
            "q.bias",
            "z.bias"),
        network(
            "values through kernels with holes, by steps of two, and over a padded map",
            LIF
                + RECTIFIED
                + """
                synapse Weighted { weight w : real; transmit w * pre.v }
                """,
            """
              population h : Lif[6]
              population r : Rectified[2, 7, 5]
              population p : Rectified[3, 3, 3]
              population q : Rectified[17, 2, 2]
              population z : Rectified[2, 2, 2]
              population y : Rectified[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> r.x as g    all  weight uniform(-0.4, 1)  synapse Weighted
              connect r -> p.x as k    conv([3, 2], stride: [2, 1], dilation: [1, 2])
                weight uniform(-0.4, 1)  synapse Weighted
              connect p -> q.x as l    conv([2, 2])  weight uniform(-0.3, 0.5)  synapse Weighted
              connect q -> z.x as m    conv([3, 3], padding: 1)  weight uniform(-0.3, 0.5)  synapse Weighted
              connect z -> y.x as b    all  weight uniform(-0.4, 1)  synapse Weighted
            """,
            "a",
            "g",
            "k",
            "l",
            "m",
            "b",
            "r.bias",
            "q.bias"),
        network(
            "the largest of a window",
            LIF
                + """
                neuron Total {
                  plastic state bias : real = uniform(-0.1, 0.1)
                  input x : real
                  state v : real = 0
                  every dt { v = x + bias }
                }
                synapse Weighted { weight w : real; transmit w * pre.v }
                synapse Strongest { weight w : real; transmit w * pre.v; sum largest }
                """,
            """
              population h : Lif[6]
              population r : Total[2, 4, 5]
              population p : Total[2, 2, 2]
              population q : Total[4]
              population y : Total[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> r.x as g    all  weight uniform(-1, 1)  synapse Weighted
              connect r -> p.x         pool([2, 3], stride: 2)  weight 1  synapse Strongest
              connect p -> q.x as k    all  weight uniform(-1, 1)  synapse Strongest
              connect q -> y.x as b    all  weight uniform(-1, 1)  synapse Weighted
            """,
            "a",
            "g",
            "k",
            "b",
            "r.bias",
            "p.bias"),
        network(
            "batch normalisation before neurons with and without spikes",
            LIF
                + library("neurons/unit/Normalised")
                    .replace("average  : real = 0", "average  : real = uniform(0, 0.5)")
                    .replace("variance : real = 1", "variance : real = uniform(0.3, 2)")
                + "synapse Weighted { weight w : real; transmit w * pre.v }\n",
            """
              population p : Lif[4]
              population h : NormalisedLif[5](tau_m: 5 ms, V_th: 0.5)
              population q : NormalisedRectified[6]
              population y : NormalisedLinear[3]
              connect x -> p.syn as a  all  weight uniform(0, 1.5)  instant
              connect p -> h.syn as b  all  weight uniform(0, 1.5)  instant
              connect h -> q.syn as c  all  weight uniform(-1, 1)
              connect q -> y.x as d    all  weight uniform(-1, 1)  synapse Weighted
            """,
            "a",
            "b",
            "c",
            "d",
            "h.gain",
            "h.shift",
            "q.gain",
            "q.shift",
            "y.gain",
            "y.shift"),
        network(
            "some of whose input is dropped",
            LIF.replace("state v", "state mask : real = if bernoulli(0.5) then 2 else 0\n  state v")
                .replace("I += w", "I += w * mask"),
            STACK.formatted("Lif", "syn", "uniform(0, 1.5)"),
            "a",
            "b"),
        network(
            "something done every few steps",
            """
            neuron Lif {
              plastic state gain : real = uniform(0.5, 1)
              state v : real = 0
              state a : real = 0
              v' = -v / 20 ms
              receive syn(w : real) { v += w }
              every 4 ms { a = gain * v^2 + 0.5 * a; v -= 0.3 * a }
              spike when v > 1 + a
              reset { v -= 1; a += 0.1 }
            }
            """,
            STACK.formatted("Lif", "syn", "uniform(0, 1.5)"),
            "a",
            "b",
            "h.gain"),
        network(
            "the largest of spikes",
            """
            neuron Lif {
              state v : real = 0
              state z : real = 0
              v' = -v / 20 ms
              receive syn(w : real) { v += w }
              spike when v > 1
              reset { v -= 1 }
              every dt { z = 0 }
              on spike { z = 1 }
            }
            neuron Fed {
              input x : real
              state v : real = 0
              v' = x / 5 ms - v / 20 ms
              spike when v > 1
              reset { v -= 1 }
            }
            synapse Strongest { weight w : real; transmit w * pre.z; sum largest }
            """,
            """
              population p : Lif[2, 4, 4]
              population h : Fed[2, 2, 2]
              population y : Out[3]
              connect x -> p.syn as a  all  weight uniform(0, 0.9)  instant
              connect p -> h.x         pool([2, 2])  weight 1.5  synapse Strongest
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b"),
        network(
            "the distance of trains",
            LIF + ofLibrary("TrainDistance", "distance"),
            stack.formatted("TrainDistance", "actual")
                + "  connect x[0 ..< 5] -> y.wanted  one_to_one  weight 1\n",
            "a",
            "r"),
        network(
            "the time of the first spike",
            LIF + ofLibrary("FirstSpikeTime", "time"),
            stack.formatted("FirstSpikeTime", "spike"),
            "a",
            "r"));
  }

  static Stream<Arguments> networks() {
    List<Arguments> all = new ArrayList<>();
    all.addAll(maps());
    all.addAll(further());
    all.addAll(ofAll());
    all.addAll(readings());
    all.add(
        network("a stack of Lif", LIF, STACK.formatted("Lif", "syn", "uniform(0, 1.5)"), "a", "b"));
    all.add(
        network(
            "from a slice and to a slice",
            LIF,
            """
              population h : Lif[5]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h[0 ..< 3] -> y.syn as b  all  weight uniform(-1, 1)  instant
              connect h[3 ..< 5] -> y[1 ..< 3].syn as c  all  weight uniform(-1, 1)  delay 2 ms
            """,
            "a",
            "b",
            "c"));
    all.add(
        network(
            "from slices by other rules, and from single neurons",
            LIF,
            """
              population h : Lif[9]
              population k : Lif[4]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h[5 ..< 9] -> k.syn as b  one_to_one  weight uniform(0, 1.5)  instant
              connect h[0 ..< 5] -> k.syn as c  bernoulli(60 %)  weight uniform(-1, 1)  delay 1 ms
              connect h[[8, 1, 4]] -> k.syn as d  fixed_outdegree(2)  weight uniform(-1, 1)
              connect h[3 ..< 7] -> h[0 ..< 4].syn as r  all where pre != post
                weight uniform(-1, 1)  delay to_step(uniform(0 ms, 3 ms))
              connect k[1 ..< 4] -> y.syn as e  one_to_one  weight uniform(-1, 1)  instant
              connect k -> y.syn as f  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b",
            "c",
            "d",
            "e",
            "f",
            "r"));
    all.add(
        network(
            "convolutions and pools of some channels",
            LIF,
            """
              population h : Lif[3, 4, 4]
              population k : Lif[2, 2, 2]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h[0 ..< 2, .., ..] -> k.syn as b  conv([2, 2], stride: 2)  weight uniform(-1, 1)
                instant
              connect h[1 ..< 3, .., ..] -> k.syn as c  window([2, 2], stride: 2)
                weight uniform(-1, 1)  instant
              connect k -> y.syn as d  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b",
            "c",
            "d"));
    all.add(
        network(
            "short-term plasticity",
            LIF
                + """
                synapse Tm {
                  weight w : real
                  state u : real = 0
                  state q : real = 1
                  u' = -u / 30 ms
                  q' = (1 - q) / 10 ms
                  on pre { u += 0.3 * (1 - u); deliver w * u * q; q -= u * q }
                }
                """,
            """
              population h : Lif[5]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 4)  synapse Tm
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b"));
    all.add(
        network(
            "short-term plasticity between neurons",
            LIF
                + """
                synapse Tm {
                  weight w : real
                  state q : real = 1
                  q' = (1 - q) / 10 ms
                  integrate q by exact
                  on pre { deliver w * q; q -= 0.3 * q }
                }
                """,
            """
              population h : Lif[5]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> y.syn as b  all  weight uniform(-1, 1)  synapse Tm
            """,
            "a",
            "b"));
    all.add(
        network(
            "gated by another layer",
            LIF
                + """
                neuron Gate { input x : real; plastic state bias : real = uniform(-0.1, 0.1); state v : real = 0; every dt { v = sigmoid(x + bias) } }
                neuron Gated { input g : real; state v : real = 0; state I : real = 0; v' = I / 5 ms - v / 20 ms; I' = -I / 5 ms
                  receive syn(w : real) { I += w * g }
                  spike when v > 1
                  reset { v -= 1 } }
                synapse Weighted { weight w : real; transmit w * pre.v }
                """,
            """
              population k : Lif[4]
              population g : Gate[5]
              population h : Gated[5]
              population y : Out[3]
              connect x -> k.syn as a  all  weight uniform(0, 1.5)  instant
              connect k -> g.x as c  all  weight uniform(-1, 1)  synapse Weighted
              connect g -> h.g as d  one_to_one  weight uniform(1, 2)  synapse Weighted
              connect k -> h.syn as e  all  weight uniform(0, 1.5)
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b",
            "c",
            "d",
            "e",
            "g.bias"));
    all.add(
        network(
            "gap junctions",
            LIF
                + """
                synapse Gap { weight w : real; transmit w * (pre.v - post.v) }
                neuron Coupled { input g : real; state v : real = 0; state I : real = 0; v' = I / 5 ms - v / 20 ms + g / 10 ms; I' = -I / 5 ms
                  receive syn(w : real) { I += w }
                  spike when v > 1
                  reset { v -= 1 } }
                """,
            """
              population h : Coupled[5]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> h.g as j  all where pre != post  weight uniform(0, 0.3)  synapse Gap
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b",
            "j"));
    all.add(
        network(
            "tied weights, and turned",
            LIF,
            """
              population h : Lif[4]
              population k : Lif[4]
              population z : Lif[4]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> k.syn as b  all  weight uniform(0, 1.2)  instant
              connect k -> z.syn  all  tied to transpose(b.w)  instant
              connect k -> k.syn  all  tied to b.w  delay 1 ms
              connect z -> y.syn as c  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b",
            "c"));
    all.add(
        network(
            "delays and pairs by index, windows",
            LIF,
            """
              population h : Lif[1, 3, 3]
              population k : Lif[2, 2, 2]
              population y : Out[3]
              connect x -> h.syn as a  fixed_indegree(4, multapses)  weight uniform(0, 1.2)  delay 1 ms * (1 + pre.index)
              connect h -> k.syn as b  window([2, 2])  weight uniform(-0.5, 1.5)  delay 1 ms * post.index
              connect k -> y.syn as c  bernoulli(if pre.index > post.index then 0.9 else 0.3)  weight uniform(-1, 1)  dendritic delay 2 ms
              connect h -> y.syn as d  all  where mod(pre.index + post.index, 2) == 0  weight uniform(-1, 1)  axonal delay 1 ms
            """,
            "a",
            "b",
            "c",
            "d"));
    all.add(
        network(
            "what is delivered falls with each spike, gates of the sources",
            LIF
                + """
                synapse Scaled { input gain : real of pre = 2; weight w : real; state n : real = 0; on pre { deliver w * gain / (1 + n); n += 0.1 } }
                """,
            """
              population h : Lif[5]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 0.8)  synapse Scaled(gain: [1, 2, 1, 2, 1, 2])
              connect h -> y.syn as b  all  weight uniform(-1, 1)  synapse Scaled
            """,
            "a",
            "b"));
    all.add(
        network(
            "a state of the synapse that is transmitted",
            LIF
                + """
                synapse Slow { weight w : real; state s : real = 0; s' = (pre.v - s) / 5 ms; transmit w * s }
                neuron Fed { input x : real; state v : real = 0; v' = (x - v) / 5 ms }
                """,
            """
              population h : Lif[5]
              population k : Fed[4]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> k.x as c  all  weight uniform(-1, 1)  synapse Slow
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b"));
    all.add(
        network(
            "refractory while a state is large",
            LIF
                + """
                neuron Ev { state v : real = 0; state r : real = 0; state I : real = 0; v' = I / 5 ms - v / 20 ms; I' = -I / 5 ms; r' = -r / 5 ms
                  receive syn(w : real) { I += w }
                  spike when v > 1
                  reset { v = 0; r = 1 }
                  refractory while r > 0.6 holding v
                  on spike { I *= 0.9 } }
                """,
            """
              population h : Ev[5]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b"));
    all.add(
        network(
            "recurrent with a delay, sparse",
            LIF,
            STACK.formatted("Lif", "syn", "uniform(0, 1.5)")
                + "  connect h -> h.syn as r  all  weight uniform(-1, 1)  delay 2 ms\n"
                + "  connect h -> h.syn as s  bernoulli(50 %)  weight uniform(-1, 1)\n"
                + "  connect x -> y.syn as far  fixed_indegree(2)  weight uniform(-1, 1)"
                + "  delay to_step(uniform(0 ms, 4 ms))\n",
            "a",
            "b",
            "r",
            "s",
            "far"));
    all.add(
        network(
            "adaptive threshold, refractory",
            """
            neuron Adaptive {
              state v : real = 0
              state b : real = 0
              let threshold = 1 + 0.4 * b
              v' = -v / 20 ms
              b' = -b / 40 ms
              receive syn(w : real) { v += w }
              spike when v > threshold
              reset { v -= threshold; b += 1 }
              refractory 3 ms
            }
            """,
            STACK.formatted("Adaptive", "syn", "uniform(0, 0.9)")
                + "  connect h -> h.syn as r  all where pre != post  weight uniform(-1, 1)\n",
            "a",
            "b",
            "r"));
    all.add(
        network(
            "conductances by exponential Euler, held while refractory",
            """
            neuron Cond {
              state v : voltage = -60 mV
              state g_e : conductance = 0 nS
              state g_i : conductance = 0 nS
              v' = (10 nS * (-60 mV - v) + g_e * (0 mV - v) + g_i * (-80 mV - v)) / 200 pF
              g_e' = -g_e / 5 ms
              g_i' = -g_i / 10 ms
              receive exc(w : conductance) { g_e += w }
              receive inh(w : conductance) { g_i += w }
              spike when v > -50 mV
              reset { v = -60 mV }
              refractory 2 ms holding v
            }
            """,
            """
              population h : Cond[5]
              population y : Out[3]
              connect x -> h.exc as a  all  weight uniform(0 nS, 6 nS)  instant
              connect h -> h.inh as r  all  weight uniform(0 nS, 4 nS)  delay 1 ms
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b",
            "r"));
    all.add(
        network(
            "exponential spike initiation by Runge-Kutta",
            """
            neuron AdEx {
              param C = 200 pF, g_L = 10 nS, E_L = -70 mV, V_T = -50 mV, D = 5 mV
              state v : voltage = -70 mV
              state w : current = 0 pA
              state I : current = 0 pA
              v' = (g_L * (E_L - v) + g_L * D * exp((min(v, 0 mV) - V_T) / D) - w + I) / C
              w' = (2 nS * (v - E_L) - w) / 30 ms
              I' = -I / 5 ms
              receive exc(x : current) { I += x }
              spike when v > -35 mV
              reset { v = -58 mV; w += 30 pA }
            }
            """,
            STACK.formatted("AdEx", "exc", "uniform(0 pA, 400 pA)"),
            "a",
            "b"));
    all.add(
        network(
            "a neuron of one's own",
            """
            neuron Own {
              state v : real = 0.1
              state a : real = 0.2
              state c : real = 0
              v' = (v^2 - 0.5 * v + 0.3 * tanh(a) + sin(c) + 0.2 * sqrt(1 + a^2)) / 10 ms
              a' = (v - a * exp(c)) / 30 ms
              c' = (0.3 - c) / (5 ms + 2 ms * v^2)
              receive syn(w : real) { v += w / (1 + abs(0.5 * c)); a -= 0.1 * w }
              spike when v >= 1 + 0.1 * a
              reset { v = 0.2 * c; a += 0.3 * v; c *= 0.5 }
            }
            """,
            STACK.formatted("Own", "syn", "uniform(0, 0.9)")
                + "  connect h -> h.syn as r  all  weight uniform(-0.5, 0.5)\n",
            "a",
            "b",
            "r"));
    all.add(
        network(
            "kernels that neurons share",
            LIF,
            """
              population p : Lif[1, 6, 6]
              population h : Lif[2, 4, 4]
              population y : Out[3]
              connect x -> p.syn as a  all  weight uniform(0, 1)  instant
              connect p -> h.syn as k  conv([3, 3])  weight uniform(-0.5, 1)  instant
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "k",
            "b"));
    all.add(
        network(
            "neurons that give on their potential",
            """
            neuron Joined {
              input I : real
              state v : real = 0.2
              v' = (I - v) / 20 ms
              receive syn(w : real) { v += w }
              spike when v > 1
              reset { v -= 1 }
            }
            synapse Gap { weight g : real; transmit g * (pre.v - post.v) }
            """,
            STACK.formatted("Joined", "syn", "uniform(0, 0.9)")
                + "  connect h -> h.I as j  all where pre != post  weight uniform(0, 0.5)  synapse Gap\n",
            "a",
            "b"));
    all.add(
        network(
            "a threshold that is a function of a state",
            """
            neuron Wary {
              state v : real = 0
              state b : real = 0
              v' = -v / 20 ms
              b' = -b / 40 ms
              receive syn(w : real) { v += w }
              spike when v > 1.5 - 0.5 * exp(-b) and b < 6
              reset { v -= 1; b += 1 }
            }
            """,
            STACK.formatted("Wary", "syn", "uniform(0, 0.9)"),
            "a",
            "b"));
    return all.stream();
  }

  private static List<Arguments> maps() {
    return List.of(
        network(
            "kernels by steps of two over a padded map",
            LIF,
            MAPS.formatted("3, 4, 3", "conv([3, 3], stride: 2, padding: 1)"),
            "a",
            "k",
            "b"),
        network(
            "kernels with holes",
            LIF,
            MAPS.formatted("2, 5, 4", "conv([2, 2], dilation: 2)"),
            "a",
            "k",
            "b"),
        network(
            "kernels longer than wide, padded beyond their reach",
            LIF,
            MAPS.formatted("1, 9, 10", "conv([3, 1], padding: 2)"),
            "a",
            "k",
            "b"),
        network(
            "kernels in groups",
            LIF,
            MAPS.formatted("4, 5, 4", "conv([3, 3], groups: 2)"),
            "a",
            "k",
            "b"),
        network(
            "kernels of each channel's own",
            LIF,
            MAPS.formatted(
                "2, 3, 3", "conv([3, 2], stride: 2, padding: [0, 1], dilation: [1, 2], groups: 2)"),
            "a",
            "k",
            "b"),
        network(
            "kernels turned round",
            LIF,
            MAPS.formatted("3, 13, 12", "conv([3, 3], stride: 2, padding: 1, transposed: true)"),
            "a",
            "k",
            "b"),
        network(
            "kernels turned round, in groups",
            LIF,
            MAPS.formatted(
                "4, 14, 8",
                "conv([4, 3], stride: [2, 1], padding: [1, 0], groups: 2, transposed: true)"),
            "a",
            "k",
            "b"),
        network(
            "kernels along a line",
            LIF,
            """
              population p : Lif[20]
              population h : Lif[9]
              population y : Out[3]
              connect x -> p.syn as a  all  weight uniform(0, 1)  instant
              connect p -> h.syn as k  conv([4], stride: 2)  weight uniform(-0.5, 0.9)  instant
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "b"),
        network(
            "windows with weights of their own",
            LIF,
            MAPS.formatted("3, 6, 5", "window([2, 2])"),
            "a",
            "k",
            "b"),
        network(
            "kernels, a pool, kernels",
            LIF,
            """
              population p : Lif[1, 6, 6]
              population q : Lif[2, 6, 6]
              population r : Lif[2, 3, 3]
              population h : Lif[2, 2, 2]
              population y : Out[3]
              connect x -> p.syn as a  all  weight uniform(0, 1)  instant
              connect p -> q.syn as k  conv([3, 3], padding: 1)  weight uniform(-0.3, 0.9)  instant
              connect q -> r.syn       pool([2, 2])  weight uniform(0.5, 0.5)  instant
              connect r -> h.syn as l  conv([2, 2])  weight uniform(-0.3, 0.9)  instant
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "k",
            "l",
            "b"));
  }

  /// States of the network, which all neurons and synapses read, and sums over neurons.
  private static List<Arguments> ofAll() {
    String cell =
        LIF.replace("  param", "  input g : real\n  param")
            .replace("v' = I / tau_syn", "v' = (1 + g) * I / tau_syn");
    return List.of(
        Arguments.of(
            "states of the network that follow neurons and each other",
            program(
                cell
                    + """
                    synapse Gated { weight w : real; input g : real; on pre { deliver w * (1 + g) } }
                    """,
                """
                  state fast : real = 0.1
                  state slow : real in 0 .. 0.05 = 0
                  plastic state tau : time = 6 ms
                  plastic state gain : real = 0.4
                  fast' = (gain * h[1].v + mean(h.I) - fast) / tau
                  slow' = (fast - slow) / 9 ms
                  population h : Lif[5](g: fast)
                  population y : Out[3]
                  connect x -> h.syn as a  all  weight uniform(0, 1.5)  instant
                  connect h -> y.syn as b  all  weight uniform(-1, 1)  synapse Gated(g: fast + slow)
                  drive y.syn by poisson(100 Hz) weight slow * fast
                """),
            new String[] {"a.w", "b.w", "tau", "gain"}),
        network(
            "kernels and windows that two connections share",
            LIF,
            """
              population p : Lif[1, 4, 4]
              population h : Lif[1, 4, 4]
              population q : Lif[1, 4, 4]
              population y : Out[3]
              connect x -> p.syn as a  all  weight uniform(0, 1.5)  instant
              connect p -> h.syn as k  conv([3, 3], padding: 1)  weight uniform(-0.4, 0.9)  instant
              connect h -> q.syn       conv([3, 3], padding: 1)  tied to k.w  instant
              connect p -> h.syn as v  window([3, 3], padding: 1)  weight uniform(-0.4, 0.9)  instant
              connect h -> q.syn       window([3, 3], padding: 1)  tied to -v.w
              connect q -> y.syn as b  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "k",
            "v",
            "b"),
        network(
            "states kept within a range, also as spikes arrive",
            LIF.replace("state v : real", "state v : real in -0.2 .. 5")
                .replace("state I : real", "state I : real in -0.5 .. 1.3"),
            STACK.formatted("Lif", "syn", "uniform(-0.5, 1.5)"),
            "a",
            "b"),
        network(
            "sums over peers and over others",
            cell.replace("v > 1", "v - 0.05 * sum(peers.I) > 1"),
            """
              population p : Lif[4](g: 0)
              population h : Lif[5](g: 0.1 * mean(p.v))
              population y : Out[3]
              connect x -> p.syn as a  all  weight uniform(0, 1.5)  instant
              connect p -> h.syn as m  all  weight uniform(0, 1.5)  instant
              connect h -> y.syn as b  all  weight uniform(-1, 1)
            """,
            "a",
            "m",
            "b"));
  }

  private static List<Arguments> further() {
    return List.of(
        network(
            "delays that learn",
            LIF
                + """
                synapse Late {
                  weight w : real
                  delay d : time in 0 ms .. 9 ms
                  on pre { deliver w }
                }
                """,
            """
              population h : Lif[5]
              population y : Out[3]
              connect x -> h.syn as a  all  weight uniform(0, 1.5)  delay to_step(uniform(0 ms, 8 ms))  synapse Late
              connect h -> h.syn as r  bernoulli(70 %)  weight uniform(-1, 1)  delay 2 ms  synapse Late
              population z : Lif[5]
              connect h -> z.syn as b  one_to_one  weight uniform(0.5, 1.5)  delay 1 ms  synapse Late
              connect h[1 ..< 3] -> z.syn as c  all  weight uniform(-1, 1)  synapse Late
              connect z -> y.syn as u  all  weight uniform(-1, 1)  instant
            """,
            "a",
            "a.d",
            "r",
            "r.d",
            "b",
            "b.d",
            "c",
            "c.d",
            "u"),
        network(
            "a surrogate whose slope learns",
            """
            neuron Steep {
              plastic state slope : real in 0.1 .. 10 = uniform(0.5, 2)
              state v : real = 0
              v' = -v / 20 ms
              receive syn(w : real) { v += w }
              spike when slope * (v - 1) > 0
              reset { v -= 1 }
            }
            """,
            STACK.formatted("Steep", "syn", "uniform(0, 0.9)")
                + "  connect h -> h.syn as r  all  weight uniform(-0.5, 0.5)\n",
            "a",
            "b",
            "r",
            "h.slope"),
        network(
            "quadratic with recovery, by two half steps",
            """
            neuron Quadratic {
              state v : real = -0.65
              state u : real = -0.13
              state I : real = 0
              v' = (4 * v^2 + 5 * v + 1.4 - u + I) / 10 ms
              u' = (0.2 * v - u) / 50 ms
              I' = -I / 5 ms
              receive syn(w : real) { I += w }
              spike when v > 0.3
              reset { v = -0.65; u += 0.08 }
            }
            """,
            STACK.formatted("Quadratic", "syn", "uniform(0, 1)"),
            "a",
            "b"),
        network(
            "alpha currents and a reset to a value",
            """
            neuron Alpha {
              state v : real = 0
              state I : real = 0
              state d : real = 0
              v' = (2 * I - v) / 15 ms
              I' = (d - I) / 4 ms
              d' = -d / 4 ms
              receive syn(w : real) { d += w }
              spike when v > 0.5
              reset { v = 0.05 }
            }
            """,
            STACK.formatted("Alpha", "syn", "uniform(0, 1.5)"),
            "a",
            "b"),
        network(
            "gates of an axon",
            """
            neuron Gated {
              state v : voltage = -65 mV
              state m : real = 0.05
              state n : real = 0.3
              state g : conductance = 0 nS
              let a_m = 1 / (1 + exp(-(v + 40 mV) / 6 mV))
              let a_n = 1 / (1 + exp(-(v + 45 mV) / 8 mV))
              m' = (a_m - m) / 2 ms
              n' = (a_n - n) / 6 ms
              v' = (60 nS * m^3 * (50 mV - v) + 30 nS * n^4 * (-80 mV - v) + 5 nS * (-65 mV - v) + g * (0 mV - v)) / 100 pF
              g' = -g / 4 ms
              receive exc(w : conductance) { g += w }
              spike when v > -30 mV
              reset { n += 0.2 }
            }
            """,
            STACK.formatted("Gated", "exc", "uniform(0 nS, 8 nS)"),
            "a",
            "b"),
        network(
            "soma and dendrite",
            """
            neuron Pair {
              state v : real = 0
              state d : real = 0
              v' = (0.8 * (d - v) - 0.5 * v) / 10 ms
              d' = (0.6 * (v - d) - 0.3 * d) / 20 ms
              receive syn(w : real) { d += w }
              receive near(w : real) { v += w }
              spike when v > 0.5
              reset { v -= 0.5; d -= 0.1 }
            }
            """,
            STACK.formatted("Pair", "syn", "uniform(0, 1.2)")
                + "  connect h -> h.near as r  one_to_one  weight uniform(-0.3, 0.3)  delay 1 ms\n",
            "a",
            "b",
            "r"),
        network(
            "current through a gate of the voltage",
            """
            neuron Nmda {
              state v : voltage = -65 mV
              state s : conductance = 0 nS
              let open = 1 / (1 + 0.28 * exp(-0.062 * v / 1 mV))
              v' = (10 nS * (-65 mV - v) + s * open * (0 mV - v)) / 200 pF
              s' = -s / 15 ms
              receive exc(w : conductance) { s += w }
              spike when v > -52 mV
              reset { v = -62 mV }
            }
            """,
            STACK.formatted("Nmda", "exc", "uniform(0 nS, 25 nS)"),
            "a",
            "b"),
        network(
            "time constants of each neuron's own",
            """
            neuron Various {
              param tau_m = 20 ms, tau_s = 5 ms, V_th = 1
              state v : real = 0
              state I : real = 0
              v' = I / tau_s - v / tau_m
              I' = -I / tau_s
              receive syn(w : real) { I += w }
              spike when v > V_th
              reset { v -= V_th }
            }
            """,
            STACK
                .formatted("Various", "syn", "uniform(0, 1.5)")
                .replace(
                    "Various[5]",
                    "Various[5](tau_m: uniform(8 ms, 40 ms), V_th: uniform(0.6, 1.2))"),
            "a",
            "b"),
        network(
            "time constants and thresholds that learn",
            """
            neuron Learner {
              plastic state tau_m : time in 2 ms .. 100 ms = uniform(8 ms, 40 ms)
              plastic state V_th  : real = uniform(0.7, 1.2)
              plastic shared state tau_s : time = 6 ms
              state v : real = 0
              state I : real = 0
              v' = I / tau_s - v / tau_m
              I' = -I / tau_s
              receive syn(w : real) { I += w }
              spike when v > V_th
              reset { v -= V_th }
            }
            """,
            STACK.formatted("Learner", "syn", "uniform(0, 1.5)"),
            "a",
            "b",
            "h.tau_m",
            "h.V_th",
            "h.tau_s"),
        network(
            "three layers, one skipped, with delays",
            LIF,
            """
              population p : Lif[4]
              population h : Lif[5]
              population y : Out[3]
              connect x -> p.syn as a  all  weight uniform(0, 1.5)  instant
              connect p -> h.syn as m  all  weight uniform(-0.5, 1.5)  axonal delay 3 ms
              connect x -> h.syn as s  all  weight uniform(-0.2, 0.8)  delay 2 ms
              connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
              connect p -> y.syn as u  all  weight uniform(-1, 1)
            """,
            "a",
            "m",
            "s",
            "b",
            "u"));
  }

  private static Arguments network(
      String name, String neurons, String network, String... projections) {
    String[] weights =
        Stream.of(projections).map(p -> p.contains(".") ? p : p + ".w").toArray(String[]::new);
    return Arguments.of(name, program(neurons, network), weights);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void gradientIsThatOfCentralDifferences(String name, String text, String[] weights) {
    Differentiated network =
        Differentiated.of(text, STEPS, new Threshold.Smooth(scale(text)), true, weights);
    assertEquals(List.of(), network.result.reasons());
    for (String delay : weights) {
      if (delay.endsWith(".d")) { // off the steps, where the derivative jumps
        double[] values = network.values(delay);
        java.util.Arrays.setAll(values, k -> values[k] + 0.2 + 0.02 * k);
      }
    }
    network.forward(true);
    network.backward();
    int compared = 0;
    for (String weight : weights) {
      double[] values = network.values(weight);
      double[] gradient = network.gradient(weight).clone();
      double largest = 0;
      for (double g : gradient) {
        largest = Math.max(largest, Math.abs(g));
      }
      assertTrue(largest > 1e-3, name + ": " + weight + " has gradients up to " + largest);
      for (int k = 0; k < values.length; k++) {
        double before = values[k];
        double step = 1e-6 * Math.max(1e-3, Math.abs(before));
        values[k] = before + step;
        double above = network.forward(false);
        values[k] = before - step;
        double below = network.forward(false);
        values[k] = before;
        double expected = (above - below) / (2 * step);
        double allowed = 1e-4 * Math.abs(expected) + 1e-5 * largest;
        assertEquals(expected, gradient[k], allowed, name + ": " + weight + "[" + k + "]");
        compared++;
      }
    }
    assertTrue(compared > 20);
  }

  /// How steep the sigmoid is that stands for a spike: in 1/mV for potentials with units.
  private static double scale(String text) {
    return text.contains("AdEx") ? 0.2 : text.contains("voltage") ? 0.5 : 5;
  }
}

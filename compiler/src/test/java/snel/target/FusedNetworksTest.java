package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import snel.compiler.Pipeline;
import snel.ir.Buffer;
import snel.ir.Draw;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.text.ProgramReader;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;
import snel.testing.RandomNetworks;

/// Loops that were made one, and arrivals handed out along rows, change no bit of any buffer.
/// `-Dsnel.full` compares more networks.
class FusedNetworksTest {
  private static final int NETWORKS =
      Integer.getInteger("networks.fused", Boolean.getBoolean("snel.full") ? 200 : 24);
  private static final int STEPS = 60;

  /// Two populations that excite and inhibit each other, quiet at first; a pulse of current makes
  /// all of them spike at once.
  private static final String PULSED =
      """
      neuron Cell {
        input i : real = 0
        state v : real = 0
        state g : real = 0
        v' = (g - v + i) / 10 ms
        g' = -g / 3 ms
        receive exc(w : real) { g += w }
        receive inh(w : real) { v -= w }
        spike when v > 1
        reset { v = 0 }
        refractory 2 ms holding v
      }
      network Net {
        population a : Cell[200](v: uniform(0, 1), i: 1.2)
        population b : Cell[100](v: uniform(0, 1), i: 1.1)
        connect a -> a.exc, b.exc  bernoulli(4 %)  weight 0.3
        connect b -> a.inh, b.inh  bernoulli(4 %)  weight 0.2
      }
      experiment e on Net { step 0.5 ms; seed 3; run 100 ms }
      """;

  /// The program before loops are fused, and at the end.
  private record Both(Program before, Program after) {
    static Both of(String text) {
      Map<String, String> texts = new HashMap<>();
      Pipeline.Observer observer =
          (pass, made) -> {
            if (pass.equals("remove-dead-state")) {
              texts.put(pass, made.get());
            }
          };
      Program after = RandomNetworksTest.whole(text, observer);
      return new Both(
          ProgramReader.read(Objects.requireNonNull(texts.get("remove-dead-state"))), after);
    }

    /// Steps both and compares all that both have; in one only are flags and notes.
    void areSame(String name, int steps, JvmTarget.Code code) {
      Network plain = ready(before, JvmTarget.Code.SCALAR);
      Network fused = ready(after, code);
      List<Buffer> gone = new ArrayList<>(before.buffers());
      gone.removeAll(after.buffers());
      assertTrue(gone.stream().allMatch(b -> b.name().endsWith(".any")), () -> "" + gone);
      for (int step = 1; step <= steps; step++) {
        plain.run(1);
        fused.run(1);
        for (Buffer buffer : shared()) {
          int now = step;
          assertTrue(
              Objects.deepEquals(plain.array(buffer.name()), fused.array(buffer.name())),
              () -> name + ": " + buffer.name() + " is another after step " + now);
        }
      }
    }

    /// All but random words that have become normal numbers.
    private List<Buffer> shared() {
      List<Buffer> shared = new ArrayList<>(after.buffers());
      shared.retainAll(before.buffers());
      for (Kernel kernel : after.step()) {
        Nodes.eachStatement(
            kernel.body(),
            stmt -> {
              if (stmt instanceof Stmt.Words words && words.draw() instanceof Draw.Normal) {
                shared.remove(words.words());
              }
            });
      }
      return shared;
    }

    private static Network ready(Program program, JvmTarget.Code code) {
      Network network = new JvmTarget(code).build(program);
      Move.BIND.on(network, program);
      return network;
    }
  }

  @Test
  void randomNetworksStayAsTheyWere() {
    int changed = 0;
    for (long seed = 0; seed < NETWORKS; seed++) {
      RandomNetworks.Made made = RandomNetworksTest.made(seed);
      Both both = Both.of(made.with("  run " + made.steps(STEPS) + "\n"));
      both.areSame("seed " + seed, STEPS, JvmTarget.Code.SCALAR);
      changed += both.before.step().equals(both.after.step()) ? 0 : 1;
    }
    assertTrue(changed > NETWORKS / 3, "loops were fused in " + changed);
  }

  @Test
  void fewAndManyArrivalsComeToTheSame() {
    Both both = Both.of(PULSED);
    assertEquals(
        List.of(
            "a.exc:receive",
            "a.inh:receive",
            "b.exc:receive",
            "b.inh:receive",
            "a:integrate+a:threshold",
            "b:integrate+b:threshold"),
        both.after.step().stream()
            .map(kernel -> kernel.name())
            .filter(name -> name.contains("receive") || name.contains("integrate"))
            .toList());
    both.areSame("scalar", 200, JvmTarget.Code.SCALAR);
    both.areSame("vectors", 200, JvmTarget.Code.VECTOR);
  }

  @Test
  void arrivalsJoinTheLoopThatIntegrates() {
    Both both = Both.of(PULSED.replace("bernoulli(4 %)", "bernoulli(60 %)"));
    assertTrue(
        both.after.step().stream()
            .anyMatch(kernel ->
                kernel.name().equals("a.exc:receive+a.inh:receive+a:integrate+a:threshold")),
        () -> "" + both.after.step().stream().map(kernel -> kernel.name()).toList());
    both.areSame("scalar", 200, JvmTarget.Code.SCALAR);
    both.areSame("vectors", 200, JvmTarget.Code.VECTOR);
  }

  @Test
  void whatIsDrawnTogetherIsWhatEachDrew() {
    Both both =
        Both.of(
            """
            neuron Noisy {
              param scale = 1
              state v : real = 0
              state u : real = uniform(0, 1)
              receive kick(w : real) { v += w }
              every dt {
                v = 0.9 * v + scale * normal(0, 0.4)
                u = if v > 0.5 then uniform(0, 1) else u * 0.5 + 0.1 * normal(1, 2)
              }
              spike when v + u > 1
              reset { v = uniform(-1, 0) }
            }
            network Net {
              population a : Noisy[203]
              population b : Noisy[50](scale: uniform(0.5, 2))
              connect a -> b.kick  bernoulli(10 %)  weight -0.1
            }
            experiment e on Net { step 0.5 ms; seed 3; run 100 ms }
            """);
    assertTrue(
        both.after.buffers().stream().filter(b -> b.name().contains(".drawn")).count() >= 4,
        () -> "" + both.after.buffers());
    both.areSame("scalar", 200, JvmTarget.Code.SCALAR);
    both.areSame("vectors", 200, JvmTarget.Code.VECTOR);
  }
}

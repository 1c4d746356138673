package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.compiler.Compiled;
import snel.recall.Ahead;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// Where the spikes of sources and the sums that they lead to are found ahead of the steps, states
/// after presentations, recorded spikes, counts and results are as where all comes in its step.
class AheadStepsTest {
  private static final String NETWORK =
      """
      import std.encode.Poisson
      neuron Cell {
        state v : real = 0
        v' = -v / 10 ms
        receive syn(w : real) { v += w }
        receive other(w : real) { v += w }
        spike when v > 1
        reset { v -= 1 }
      }
      network Net {
        input image : real[150]
        population x : Poisson[150](rate: image * 900 Hz)
        population h : Cell[130]
        population y : Cell[120]
        connect x -> h.syn as below  all  weight uniform(-0.05, 0.06)  instant
        connect x -> y.syn as beside all  weight uniform(-0.04, 0.06)  instant
        connect h -> y.other as above  all  weight uniform(0, 0.05)
        protocol show(how : real, long : time) { present image = how for long }
      }
      """;

  @TempDir private Path folder = Path.of("");

  private int told;

  private Path program(String body) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, NETWORK + "experiment e on Net { step 1 ms; seed 3\n" + body + "\n}\n");
    return file;
  }

  private Network watched(Network network, List<String> hashes, boolean looksAhead) {
    return (Network)
        Proxy.newProxyInstance(
            Network.class.getClassLoader(),
            new Class<?>[] {Network.class},
            (_, method, arguments) -> {
              if (method.getName().equals("presentAlone")) {
                if (!looksAhead) {
                  return null;
                }
                told += (long) arguments[0] > 0 ? 1 : 0;
              }
              Object result = method.invoke(network, arguments);
              if (method.getName().equals("presentationEnd")) {
                hashes.add(Long.toHexString(network.stateHash()));
              }
              return result;
            });
  }

  private List<ProgramRun> runs(Path file, boolean looksAhead) {
    told = 0;
    var program =
        new JvmProgram(
            file,
            Map.of(),
            (network, hashes) -> watched(network, hashes, looksAhead),
            new JvmTarget(JvmTarget.Code.VECTOR));
    Compiled compiled = program.chain("e").getLast();
    assertTrue(Ahead.of(compiled.program()).isPresent());
    assertEquals(
        2, compiled.explanation().toString().split("before the first of them", -1).length - 1);
    return program.runs("e");
  }

  /// How often something was presented that nothing disturbs.
  private int alike(String body) throws IOException {
    Path file = program(body);
    List<ProgramRun> wanted = runs(file, false);
    assertFalse(wanted.getLast().hashes().isEmpty());
    assertEquals(wanted, runs(file, true));
    return told;
  }

  private static final String REPORT =
      "report x = count(x), h = count(h), y = count(y), first = x.first_spike, later = y.first_spike,"
          + " operations = synaptic_operations()\n";

  @Test
  void presentationsOfAnyLength() throws IOException {
    assertEquals(
        7,
        alike(
            """
            for long in [1, 7, 32, 33, 64, 100, 25] { do show(0.8, long * 1 ms) }
            """
                + REPORT));
  }

  @Test
  void statesOfStepsInBetween() throws IOException {
    assertEquals(
        2,
        alike(
            """
            record h[3].v every 1 ms, y[1].v every 3 ms
            do show(0.9, 40 ms)
            do show(0.6, 50 ms)
            """
                + REPORT));
  }

  @Test
  void recordedSourcesAndSilentOnes() throws IOException {
    assertTrue(
        alike(
                """
                do show(0, 40 ms)
                do show(0.001, 40 ms)
                record x.spikes, h.spikes
                do show(0.7, 40 ms)
                rest 5 ms
                run 20 ms
                do show(0.9, 45 ms)
                """
                    + REPORT)
            > 0);
  }

  @Test
  void notWhereTimersAreSet() throws IOException {
    assertEquals(
        2,
        alike(
            """
            do show(0.8, 20 ms)
            run 100 ms until count(h) > 40
            do show(0.7, 30 ms)
            every 7 ms { y.v = 0.5 }
            do show(0.8, 60 ms)
            """
                + REPORT));
  }
}

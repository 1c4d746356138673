package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sweeps vary parameters of any kind that a setting can have.
class SweptKindsTest {
  private static final String PROGRAM =
      """
      let waits = [5 ms, 7.5 ms]
      network Net {
        param kind = "a", on = true, ws = [1 ms, 2 ms], wait = 5 ms
        state x : real = 0
      }
      experiment base on Net {
        step 0.5 ms; seed 3
        run wait
        report kind = kind, on = on, total = sum(ws), length = t, x = x
      }
      sweep words over Net.kind in ["a", "b\\"\\{"], Net.on in [true, false] {
        run base; report table(Net.kind, Net.on, base.kind, base.on)
      }
      sweep lists over Net.ws in [[1 ms, 2 ms], [3 ms], [4 ms, 5 ms, 6.5 ms]] {
        run base; report table(base.total)
      }
      sweep elsewhere over Net.wait in waits { run base; report table(Net.wait, base.length) }
      """;

  @TempDir private Path folder = Path.of("");

  private CommandLineRun command(String name, String text, String... more) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    return CommandLineRun.of(
        Stream.concat(Stream.of(name, file.toString()), Stream.of(more)).toArray(String[]::new));
  }

  private String table(String sweep) throws IOException {
    return table(PROGRAM, sweep);
  }

  private String table(String program, String sweep) throws IOException {
    Path out = folder.resolve(sweep);
    CommandLineRun run = command("run", program, sweep, "--out", out.toString());
    assertEquals(0, run.exit(), run.err());
    try (Stream<Path> files = Files.walk(out)) {
      Path table =
          files.filter(file -> file.toString().contains("tables/")).findFirst().orElseThrow();
      return Files.readString(table);
    }
  }

  @Test
  void textsTruthsAndListsAreSwept() throws IOException {
    CommandLineRun check = command("check", PROGRAM);
    assertEquals(0, check.exit(), check.err());
    assertEquals(
        """
        Net.kind,Net.on,base.kind,base.on
        a,true,a,true
        a,false,a,false
        "b""{",true,"b""{",true
        "b""{",false,"b""{",false
        """,
        table("words"));
    assertEquals("base.total (ms)\n3\n3\n15.5\n", table("lists"));
  }

  /// What has its unit in another place than the sweep is set in that of the parameter.
  @Test
  void valuesThatStandElsewhereKeepTheirUnit() throws IOException {
    assertEquals("Net.wait (ms),base.length (ms)\n5,5\n7.5,7.5\n", table("elsewhere"));
  }

  /// 43 pA are stored as 0.043 nA, which divided by 0.001 are 42.99999999999999.
  @Test
  void valuesComeBackAsTheyWereWritten() throws IOException {
    String program =
        """
        network Net { param j = 1 pA, share = 1 %; state x : current = j }
        experiment base on Net { step 1 ms; seed 3; run 1 ms; report j = j, both = [j, j], share = share }
        sweep both over Net.j in [43 pA, 51.7 pA], Net.share in [7 %, 14 %] {
          run base
          report table(Net.j, Net.share, base.j, base.both, base.share)
        }
        sweep drawn over Net.j in [43 pA, 51.7 pA] { run base; report curve(Net.j, base.j) }
        """;
    assertEquals(
        """
        Net.j (pA),Net.share (%),base.j (pA),base.both (pA),base.share (%)
        43,7,43,"[43, 43]",7
        43,14,43,"[43, 43]",14
        51.7,7,51.7,"[51.7, 51.7]",7
        51.7,14,51.7,"[51.7, 51.7]",14
        """,
        table(program, "both"));
    assertEquals("Net.j (pA),base.j (pA)\n43,43\n51.7,51.7\n", table(program, "drawn"));
  }

  /// Number type, level and integrators are those of its runs.
  @Test
  void theManifestOfASweepTellsNothingOfANetwork() throws IOException {
    table("elsewhere");
    try (Stream<Path> files = Files.walk(folder.resolve("elsewhere"))) {
      for (Path manifest : files.filter(file -> file.endsWith("manifest.json")).toList()) {
        String text = Files.readString(manifest);
        boolean ofSweep = text.contains("\"experiment\":\"elsewhere\"");
        assertEquals(!ofSweep, text.contains("\"numerics\":\"f32, strict\""), text);
        assertEquals(!ofSweep, text.contains("\"level\""), text);
      }
    }
  }

  /// What training reports by itself is read as what `report` tells.
  @Test
  void theLossOfATrainingIsRead() throws IOException {
    String text =
        """
        import std.data.digits8x8
        import std.encode.Latency
        import std.neurons.unit.Leaky
        network Net {
          param strength = 1
          input image : real[64]
          population x : Latency[64](value: image, window: 3 ms)
          population y : Leaky[10]
          connect x -> y  all  weight strength * kaiming()  instant
        }
        experiment fit on Net {
          step 1 ms; seed 1
          train by bptt() with adam(1e-3)
          for batch in digits8x8.train | take(8) | batch(4) {
            reset all
            present image = flatten(batch.image) for 3 ms
            minimise cross_entropy(max_over_time(y.v), batch.label)
          }
        }
        experiment few on Net {
          step 1 ms; seed 1
          train by bptt() with adam(1e-3)
          for sample in digits8x8.train | take(8) {
            if sample.label > 4 {
              reset all
              present image = flatten(sample.image) for 3 ms
              minimise cross_entropy(max_over_time(y.v), sample.label)
            }
          }
        }
        sweep s over Net.strength in [1, 2] {
          run fit
          run few
          report table(Net.strength, fit.loss, few.loss)
        }
        """;
    CommandLineRun run = command("run", text, "s", "--out", folder.resolve("losses").toString());
    assertEquals(0, run.exit(), run.err());
  }

  @Test
  void nothingRunsWhereALaterValueIsRefused() throws IOException {
    String text =
        """
        network Net { param p : real in 0 .. 1 = 0.5; param q = 1; state x : real = p }
        experiment e on Net { step 1 ms; seed 1; run 1 ms; report x = x }
        sweep s over Net.p in [0.2, 0.5, 1.5], Net.q in [1, 2] { run e; report curve(Net.p, e.x) }
        """;
    Path out = folder.resolve("none");
    CommandLineRun run = command("run", text, "s", "--out", out.toString());
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains("error[E0216]"), run.err());
    try (Stream<Path> runs = Files.list(out)) {
      assertTrue(runs.noneMatch(one -> one.getFileName().toString().startsWith("e-")));
    }
  }

  @Test
  void anAxisHasNumbers() throws IOException {
    CommandLineRun check =
        command("check", PROGRAM.replace("table(base.total)", "curve(base.kind, base.total)"));
    assertEquals(1, check.exit(), check.out());
    assertTrue(
        check.err().contains("error[E0217]: `curve` draws numbers, but `base.kind` is a text"),
        check.err());
    assertTrue(check.err().contains("help: show it in a `table`"), check.err());
  }
}

package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command whose output goes to a full disk, or to who does not read all of it.
class StandardOutputTest {
  private static final String PROGRAM =
      """
      neuron Cell { state v : real = 0; v' = -v / 10 ms; spike when v > 1; reset { v = 0 } }
      network Net { population E : Cell[10] }
      experiment e on Net { step 1 ms; seed 1; run 2 ms; report count(E) }
      experiment wrong on Net { step 1 ms; seed 1; run 2 ms; expect count(E) > 9 }
      """;

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("program.snn");
    Files.writeString(file, PROGRAM);
  }

  /// What is said of it, after the exit code.
  private static String onAFullDisk(String... args) {
    return hindered("No space left on device", args);
  }

  private static String hindered(String by, String... args) {
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    var err = new ByteArrayOutputStream();
    System.setOut(StandardOutput.of(new Hindered(by), StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.run(args);
      return exit + " " + err.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }

  private static final class Hindered extends OutputStream {
    private final String by;

    Hindered(String by) {
      this.by = by;
    }

    @Override
    public void write(int octet) throws IOException {
      throw new IOException(by);
    }
  }

  private String run(String experiment, String format) {
    String runs = folder.resolve("runs").toString();
    return onAFullDisk(
        "run", file.toString(), experiment, "--out", runs, "--fresh", "--format", format);
  }

  @Test
  void aResultThatCannotBePrintedIsTheMachinesFault() {
    List<String> all =
        List.of(
            run("e", "text"),
            run("e", "json"),
            onAFullDisk("plan", file.toString(), "e"),
            onAFullDisk("explain", "E0913"),
            onAFullDisk());
    for (String said : all.subList(0, 4)) {
      assertTrue(said.startsWith("4 "), said);
      assertTrue(
          said.contains("error[E0913]: cannot write to the standard output: the disk is full"),
          said);
    }
    assertTrue(all.getLast().startsWith("2 "), "the usage is printed because of an error");
  }

  @Test
  void anotherFaultKeepsItsCode() {
    String said = run("wrong", "text");
    assertTrue(said.startsWith("3 "), said);
    assertTrue(said.contains("error[E0913]"), said);
  }

  @Test
  void ofAReaderThatHasHadEnoughNothingIsSaid() {
    String runs = folder.resolve("runs").toString();
    String program = file.toString();
    List<String> all =
        List.of(
            hindered("Broken pipe", "plan", program, "e"),
            hindered("Broken pipe", "explain", "E0913"),
            hindered("Broken pipe", "run", program, "e", "--out", runs));
    for (String said : all) {
      assertTrue(said.startsWith("141 "), said);
      assertFalse(said.contains("E0913"), said);
    }
  }

  @Test
  void whereNothingIsPrintedNothingFails() {
    assertEquals("0 ", onAFullDisk("fmt", file.toString()));
  }
}

package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import snel.compiler.Compiler;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.JsonRenderer;
import snel.source.SourceFile;
import snel.testing.NoTables;

/// Programs that are long in one way only. The limits are far above what a check takes, and far
/// below what it took when each part was asked twice by what it stands in.
class LongProgramsTest {
  private static void checks(String text) {
    var program = new SourceFile("long.snn", text);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          var diagnostics = new Diagnostics();
          Compiler.check(program, Programs.standardLibrary(), NoTables.NONE, diagnostics);
          assertEquals(List.of(), diagnostics.sorted());
        });
  }

  /// Many names and doubts: each is looked at by itself.
  @Test
  void manyNamesThatNothingReads() {
    int names = 10_000;
    String unread = joined(names, "", k -> "let unread_" + k + " = " + k + "\n");
    var program = new SourceFile("long.snn", unread + cell("", "1", "v += w"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          var diagnostics = new Diagnostics();
          Compiler.check(program, Programs.standardLibrary(), NoTables.NONE, diagnostics);
          assertEquals(names, diagnostics.sorted().size());
          assertEquals(names + 2, new JsonRenderer().render(diagnostics.sorted()).lines().count());
        });
  }

  /// No `{` and no `;` stands between them.
  @Test
  void manyFunctions() {
    int functions = 40_000;
    String text = joined(functions, "", k -> "function f" + k + "(x : real) : real = x + 1\n");
    var program = new SourceFile("long.snn", text + cell("", "1", "v += w"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          var diagnostics = new Diagnostics();
          Compiler.check(program, Programs.standardLibrary(), NoTables.NONE, diagnostics);
          assertFalse(diagnostics.hasErrors());
        });
  }

  private static String joined(int count, String between, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(between));
  }

  private static String cell(String states, String leak, String arrival) {
    return """
    neuron Cell {
      state v : real = 0.5
      %s
      v' = -v * %s / 20 ms
      receive syn(w : real) { %s }
      spike when v > 1
      reset { v = 0 }
    }
    network Net {
      population cell : Cell[2]
      connect cell -> cell.syn  all  weight 0.1
    }
    experiment e on Net { step 1 ms; seed 1; run 5 ms; report total = count(cell) }
    """
        .formatted(states, leak, arrival);
  }

  @Test
  void aProductOfManyGates() {
    String gates =
        joined(60, "", k -> "state x%d : real = 0.5; x%d' = -x%d / 5 ms\n".formatted(k, k, k));
    checks(cell(gates, joined(60, " * ", k -> "x" + k), "v += w"));
  }

  @Test
  void aChoiceOfManyBranches() {
    String branches =
        joined(60, " else ", k -> "if v < 0.01 * %d { v += w / %d }".formatted(k + 1, k + 1));
    checks(cell("", "1", branches));
  }

  @Test
  void powersOfPowers() {
    checks(cell("", joined(600, "^", _ -> "1"), "v += w"));
  }
}

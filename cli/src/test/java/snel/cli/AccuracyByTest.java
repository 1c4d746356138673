package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The accuracy on groups of samples. The network answers `x`: it is right in two of the three
/// records of group 0, in one of the two of group 1, and in the one of group 2.
class AccuracyByTest {
  private static final String ROWS = "1,1,a\n0,0,b\n1,0,a\n0,1,b\n1,1,c\n1,1,a\n";

  private static final String PROGRAM =
      """
      import std.decode.MaxCount
      neuron Cell {
        input I : real
        state v : real = 0
        every dt { v = I }
        spike when v > 0.5
        reset { v = 0 }
      }
      data rows from csv("rows.csv") {
        x : real = column(0)
        label : int in 0 .. 1 = column(1)
        grp : int in 0 ..< 3 = category(column(2))
        split early where index < 4
      }
      network Net {
        population E : Cell[2]
        readout y : MaxCount(E)
        protocol show(x : real) { reset all; present E.I = one_hot(x, 2) for 3 ms }
      }
      experiment e on Net {
        step 1 ms; seed 5
        %s
        report accuracy_by(y, %s)
      }
      """;

  @TempDir private Path folder = Path.of("");

  private CommandLineRun run(String loop, String groups) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), ROWS);
    Path file = folder.resolve("by.snn");
    Files.writeString(file, PROGRAM.formatted(loop, groups));
    return CommandLineRun.of("run", file.toString(), "--fresh", "--out", folder.toString());
  }

  /// The table of a run, and where there is a C compiler that of a C program, which is the same.
  private List<String> table(String loop, String groups) throws IOException {
    CommandLineRun run = run(loop, groups);
    assertEquals(0, run.exit(), run.err());
    List<String> table;
    try (Stream<Path> files = Files.walk(folder)) {
      Path file =
          files.filter(path -> path.toString().contains("tables/")).findFirst().orElseThrow();
      table = Files.readAllLines(file);
    }
    if (CProgram.canBeMade()) {
      CProgram.Ended inC = inC();
      assertEquals(0, inC.exit(), inC.err());
      assertEquals(table, List.of(column(inC, 2), column(inC, 3).replace("nan", "NaN")));
    }
    return table;
  }

  private CProgram.Ended inC() {
    String file = folder.resolve("by.snn").toString();
    return CProgram.of(folder.resolve("c"), "-O0", List.of(file, "e")).run();
  }

  private static String column(CProgram.Ended ended, int part) {
    return ended.out().stream()
        .filter(line -> line.startsWith("group\taccuracy_by.y"))
        .map(line -> line.split("\t", -1)[part])
        .collect(Collectors.joining(","));
  }

  @Test
  void samplesKeepTheirGroupsInAnotherOrder() throws IOException {
    String loop = "for r in rows | shuffle { do show(r.x); score y against r.label }";
    assertEquals(List.of("0,1,2", "0.6666666666666666,0.5,1"), table(loop, "rows.grp"));
  }

  @Test
  void theSampleOfALabelByAnotherNameIsThatOfTheLoop() throws IOException {
    String loop = "for r in rows | shuffle { let l = r.label; do show(r.x); score y against l }";
    assertEquals(List.of("0,1,2", "0.6666666666666666,0.5,1"), table(loop, "rows.grp"));
  }

  @Test
  void groupsMadeOfAColumnKeepTheirSamples() throws IOException {
    String loop = "for r in rows | shuffle { do show(r.x); score y against r.label }";
    assertEquals(List.of("1,3,5", "0.6666666666666666,0.5,1"), table(loop, "2 * rows.grp + 1"));
  }

  @Test
  void severalPassesOverSomeCountEachScore() throws IOException {
    String loop =
        "for k in 0 .. 1 { for r in rows.early | shuffle {"
            + " do show(r.x); score y against r.label } }";
    assertEquals(List.of("0,1,2", "0.5,0.5,NaN"), table(loop, "rows.grp"));
  }

  @Test
  void listsAreInTheOrderOfScoring() throws IOException {
    String loop = "for r in rows | last(3) { do show(r.x); score y against r.label }";
    assertEquals(List.of("7,8", "0,1"), table(loop, "[7, 8, 8]"));
  }

  @Test
  void aSampleWithoutAGroupIsNamed() throws IOException {
    CommandLineRun run =
        run("for r in rows | last(3) { do show(r.x); score y against r.label }", "rows.early.grp");
    assertEquals(1, run.exit(), run.err());
    String said =
        "by.snn:23: `accuracy_by` wants a group for each of the 3 scores,"
            + " but record 4 of `rows` is in none";
    assertTrue(run.err().contains(said), run.err());
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    CProgram.Ended inC = inC();
    assertEquals(1, inC.exit());
    assertTrue(inC.err().contains(said), inC.err());
  }
}

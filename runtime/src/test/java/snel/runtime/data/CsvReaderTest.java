package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
  @TempDir Path folder;

  private DataFile file(String text) throws IOException {
    return DataFile.at(Files.writeString(folder.resolve("t.csv"), text));
  }

  private String problem(String text, CsvOptions options) throws IOException {
    DataFile file = file(text);
    String message =
        assertThrows(DataProblem.class, () -> CsvReader.read(file, options)).getMessage();
    return message.replace(folder.toString() + "/", "");
  }

  @Test
  void numbersAreReadAsTheyStand() throws IOException {
    Table table = CsvReader.read(file("1,-2.5\n+3e2,.5\n"), CsvOptions.withoutHeader());
    assertEquals(2, table.rows());
    assertArrayEquals(new double[] {1, 300}, column(table, 0));
    assertArrayEquals(new double[] {-2.5, 0.5}, column(table, 1));
  }

  @Test
  void quotedCellsMayHoldCommasQuotesAndLineBreaks() throws IOException {
    Table table =
        CsvReader.read(
            file("name,x\n\"a, b\",1\n\"say \"\"hi\"\"\",2\n\"two\nlines\",3\nlast,x\n"),
            CsvOptions.withHeader());
    assertEquals("a, b", table.text(0, 0));
    assertEquals("say \"hi\"", table.text(1, 0));
    assertEquals("two\nlines", table.text(2, 0));
    // the row after the two-line cell stands on line 6
    DataProblem problem = assertThrows(DataProblem.class, () -> table.number(3, 1));
    assertEquals(
        "t.csv, line 6, column \"x\" (1): expected a number; found \"x\"",
        problem.getMessage().replace(folder + "/", ""));
  }

  @Test
  void aHeaderIsGuessedFromTheFirstTwoLines() throws IOException {
    assertEquals(
        List.of("v", "t"), CsvReader.read(file("v,t\n1,2\n"), CsvOptions.guessed()).names());
    assertEquals(List.of(), CsvReader.read(file("3,4\n1,2\n"), CsvOptions.guessed()).names());
    assertEquals(1, CsvReader.read(file("3,4\n"), CsvOptions.guessed()).rows());
    Table texts = CsvReader.read(file("a,b\nc,d\n"), CsvOptions.guessed());
    assertEquals(2, texts.rows());
    assertEquals("a", texts.text(0, 0));
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoPartOfTheCells() throws IOException {
    Table table =
        CsvReader.read(file("\ufeff1;2\r\n\r\n3;4\r\n"), CsvOptions.guessed().separatedBy(';'));
    assertEquals(2, table.rows());
    assertArrayEquals(new double[] {1, 3}, column(table, 0));
  }

  @Test
  void numbersWithLeadingZerosStayTexts() throws IOException {
    Table table = CsvReader.read(file("007,1\n010,2\n"), CsvOptions.withoutHeader());
    assertEquals("007", table.text(0, 0));
    assertEquals(10, table.number(1, 0));
    assertEquals("2", table.text(1, 1));
  }

  @Test
  void aRaggedRowIsNamedByItsLine() throws IOException {
    assertEquals(
        "t.csv, line 4: expected 2 cells as on line 1; found 3",
        problem("1,2\n3,4\n\n5,6,7\n", CsvOptions.withoutHeader()));
  }

  @Test
  void anEmptyCellIsNoNumber() throws IOException {
    Table table = CsvReader.read(file("1,2\n3,\n"), CsvOptions.withoutHeader());
    assertEquals(2, table.number(0, 1));
    DataProblem problem = assertThrows(DataProblem.class, () -> table.number(1, 1));
    assertEquals(
        "t.csv, line 2, column 1: expected a number; found an empty cell",
        problem.getMessage().replace(folder + "/", ""));
  }

  /// The largest and the least double are numbers still.
  @Test
  void numbersThatADoubleDoesNotHoldAreTold() throws IOException {
    String most = "1.7976931348623157e308";
    Table held = CsvReader.read(file(most + "\n4.9e-324\n0e-999\n"), CsvOptions.withoutHeader());
    assertArrayEquals(new double[] {Double.MAX_VALUE, Double.MIN_VALUE, 0}, column(held, 0));
    for (String cell : List.of("1e400", "-1e400", "1e-400", "1" + "0".repeat(400))) {
      Table table = CsvReader.read(file("x\n2\n" + cell + "\n"), CsvOptions.withHeader());
      DataProblem problem = assertThrows(DataProblem.class, () -> table.number(1, 0));
      assertEquals(
          "t.csv, line 3, column \"x\" (0): expected a number; found \""
              + cell
              + "\", which a double does not hold",
          problem.getMessage().replace(folder + "/", ""));
    }
  }

  @Test
  void otherSeparatorsAreSuspected() throws IOException {
    Table lines = CsvReader.read(file("1;2\n3;4\n"), CsvOptions.guessed());
    String semicolons = " (are cells separated by semicolons? then `separator: \";\"`)";
    assertEquals(
        "t.csv, line 1, column 0: expected a number; found \"1;2\"" + semicolons,
        told(() -> lines.number(0, 0)));
    assertEquals(
        "t.csv has one column, number 0; there is no column 1" + semicolons,
        told(() -> lines.number(0, 1)));
    Table spaces = CsvReader.read(file("1 2.5\n3 4\n"), CsvOptions.guessed());
    assertEquals(
        "t.csv, line 1, column 0: expected a number; found \"1 2.5\""
            + " (are cells separated by spaces? then `separator: \" \"`)",
        told(() -> spaces.number(0, 0)));
    Table tabs = CsvReader.read(file("v\tt\n1\t2\n"), CsvOptions.withHeader());
    assertEquals(
        "t.csv has no column \"t\"; its columns are v\tt (by its first line, taken for a header)"
            + " (are cells separated by tabs? then `separator: \"\\t\"`)",
        told(() -> tabs.column("t")));
    assertEquals(
        "t.csv, line 2: expected 1 cell as on line 1; found 2" + semicolons,
        problem("a;b\n1,5;2\n", CsvOptions.guessed()));
  }

  private String told(Executable read) {
    return assertThrows(DataProblem.class, read).getMessage().replace(folder + "/", "");
  }

  @Test
  void aForgottenHeaderIsSuspected() throws IOException {
    Table table = CsvReader.read(file("a,b\n1,2\n"), CsvOptions.withoutHeader());
    assertEquals(
        "t.csv, line 1, column 0: expected a number; found \"a\""
            + " (is the first line a header? then `header: true`)",
        assertThrows(DataProblem.class, () -> table.number(0, 0))
            .getMessage()
            .replace(folder + "/", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,5", "1.234,5", "1'000", "12_000"})
  void numbersWithOtherMarksAreToldHowTheyAreWritten(String cell) throws IOException {
    Table table = CsvReader.read(file(cell + ";1\n2;3\n"), CsvOptions.guessed().separatedBy(';'));
    assertEquals(
        "t.csv, line 1, column 0: expected a number; found \""
            + cell
            + "\" (numbers are written as `1234.5`)",
        told(() -> table.number(0, 0)));
  }

  @Test
  void aHeaderAloneIsNoRecord() throws IOException {
    Table table = CsvReader.read(file("a,b\n"), CsvOptions.guessed());
    assertEquals(
        "t.csv has no column \"a\": it has one line only (a, b), taken for a record; if that is its"
            + " header, it has no record",
        assertThrows(DataProblem.class, () -> table.column("a"))
            .getMessage()
            .replace(folder + "/", ""));
    assertEquals(
        "t.csv, line 1, column 0: expected a number; found \"a\""
            + " (is its only line a header? then it has no record)",
        assertThrows(DataProblem.class, () -> table.number(0, 0))
            .getMessage()
            .replace(folder + "/", ""));
  }

  @Test
  void unknownColumnsAreAnsweredWithTheKnownOnes() throws IOException {
    Table table = CsvReader.read(file("v,t\n1,2\n"), CsvOptions.withHeader());
    assertEquals(
        "t.csv has no column \"w\"; its columns are v, t (by its first line, taken for a header)",
        assertThrows(DataProblem.class, () -> table.column("w"))
            .getMessage()
            .replace(folder + "/", ""));
    assertEquals(
        "t.csv has 2 columns, numbered from 0 to 1; there is no column 2",
        assertThrows(DataProblem.class, () -> table.number(0, 2))
            .getMessage()
            .replace(folder + "/", ""));
  }

  /// Years are numbers, so that what names the columns looks like a sample.
  @Test
  void whatWasNotTakenForAHeaderIsTold() throws IOException {
    Table table = CsvReader.read(file("city,2020,2021\nOslo,1,2\n"), CsvOptions.guessed());
    assertEquals(
        "t.csv has no column \"2020\": its first line (city, 2020, 2021) was not taken for a"
            + " header, which `header: true` makes of it",
        assertThrows(DataProblem.class, () -> table.column("2020"))
            .getMessage()
            .replace(folder + "/", ""));
  }

  @Test
  void aNameOfSeveralColumnsIsRefusedWhenItIsAskedFor() throws IOException {
    Table table = CsvReader.read(file("a,b,a\n1,2,3\n"), CsvOptions.withHeader());
    assertEquals(2, table.number(0, table.column("b")));
    assertEquals(
        "t.csv has more than one column \"a\"; write the number of the one that is meant,"
            + " `column(0)` or `column(2)`",
        assertThrows(DataProblem.class, () -> table.column("a"))
            .getMessage()
            .replace(folder + "/", ""));
  }

  @Test
  void damagedFilesAreToldInASentence() throws IOException {
    assertEquals(
        "t.csv: expected a CSV table; found no line", problem("", CsvOptions.withHeader()));
    assertEquals(
        "t.csv, in or after line 2: expected a CSV table; found a quote that does not close or is"
            + " followed by text",
        problem("1,2\n\"3,4\n", CsvOptions.withoutHeader()));
    Path latin =
        Files.write(folder.resolve("t.csv"), "1,é\n".getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(
                DataProblem.class,
                () -> CsvReader.read(DataFile.at(latin), CsvOptions.withoutHeader()))
            .getMessage();
    assertEquals(
        "t.csv, in or after line 1: expected UTF-8 text; found other bytes",
        message.replace(folder + "/", ""));
    assertEquals(
        "nowhere.csv: expected a CSV table; there is no such file",
        assertThrows(
                DataProblem.class,
                () ->
                    CsvReader.read(DataFile.at(Path.of("nowhere.csv")), CsvOptions.withoutHeader()))
            .getMessage());
  }

  @Test
  void truncatedGzipIsToldAsSuch() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(Files.readAllBytes(ShippedData.DIGITS.path()));
    }
    byte[] packed = out.toByteArray();
    Path cut = Files.write(folder.resolve("d.csv.gz"), Arrays.copyOf(packed, packed.length / 2));
    String message =
        assertThrows(
                DataProblem.class,
                () -> CsvReader.read(DataFile.at(cut), CsvOptions.withoutHeader()))
            .getMessage();
    assertEquals(
        "d.csv.gz is cut off: expected a CSV table; found an end within the compressed data",
        message.replace(folder + "/", ""));
  }

  private static double[] column(Table table, int column) {
    double[] values = new double[table.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = table.number(row, column);
    }
    return values;
  }
}

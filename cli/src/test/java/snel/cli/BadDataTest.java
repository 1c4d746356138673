package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataFile;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;

/// Data files that are not what the program needs. Each: one sentence that says where, what was
/// expected and what was found, exit code 1, before the first step, and nothing is left behind.
class BadDataTest {
  @TempDir private Path folder = Path.of("");

  @RegisterExtension private final HomeFolder home = new HomeFolder(() -> folder);

  private static final String NETWORK =
      """
      neuron Cell {
        input I : real
        state v : real = 0
        v' = (I - v) / 10 ms
        spike when v > 1
        reset { v = 0 }
      }
      network Net { population E : Cell[4] }
      experiment e on Net {
        step 1 ms; seed 1
        run 5 ms
        for sample in d { present E.I = sample.x for 1 ms }
      }
      """;

  private void file(String name, String text) throws IOException {
    file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void file(String name, byte[] bytes) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }

  private void cached(String name, byte[] bytes) throws IOException {
    boolean own = System.getenv("SNEL_DATA") == null && System.getenv("XDG_CACHE_HOME") == null;
    assumeTrue(own, "the environment names a cache");
    file(".cache/snel/data/own/" + name, bytes);
  }

  private CommandLineRun run(String program) throws IOException {
    file("bad.snn", program);
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            folder.resolve("bad.snn").toString(),
            "--out",
            folder.resolve("runs").toString());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
    return run;
  }

  private void refused(String data, String sentence) throws IOException {
    CommandLineRun run = run("data d from " + data + "\n" + NETWORK);
    assertEquals(1, run.exit(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("error[E0"), run.err());
    assertTrue(run.err().contains(sentence), run.err());
    assertFalse(Files.exists(folder.resolve("runs")), "something was begun");
  }

  // CSV

  private static final String TABLE =
      """
      csv("t.csv", header: true) {
        x : real in 0 .. 10 = column("x")
        label : int in 0 ..< 3 = column("label")
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x,label;1,0;abc,1   | t.csv, line 3: record 1 of d, field `x`: expected a number; found "abc"
          x,label;1,0;,1      | t.csv, line 3: record 1 of d, field `x`: expected a number; found an empty cell
          x,label;1,0;nan,1   | t.csv, line 3: record 1 of d, field `x`: expected a number; found "nan"
          x,label;1,0;2,one   | t.csv, line 3: record 1 of d, field `label`: expected a number; found "one"
          x,label;1,0;2,1.5   | t.csv, line 3: record 1 of d, field `label`: expected a whole number; found 1.5
          x,label;1,0;2,7     | t.csv, line 3: record 1 of d, field `label`: expected a number in 0 ..< 3; found 7
          x,label;1,0;2       | t.csv, line 3: expected 2 cells as on line 1; found 1
          x,label;1,0;"2,1    | t.csv, in or after line 3: expected a CSV table; found a quote that does not close
          y,label;1,0         | t.csv has no column "x"; its columns are y, label
          x,label             | data `d` has no record
          ''                  | t.csv: expected a CSV table; found no line
          """)
  void tables(String content, String sentence) throws IOException {
    file("t.csv", content.replace(';', '\n') + (content.isEmpty() ? "" : "\n"));
    refused(TABLE, sentence);
  }

  /// 2^53 + 1 is no double.
  @ParameterizedTest
  @CsvSource({"9007199254740993, 9007199254740992", "-9007199254740993, -9007199254740992"})
  void wholeNumbersAreNotRounded(String cell, String nearest) throws IOException {
    file("t.csv", "x\n9007199254740991\n" + cell + "\n");
    refused(
        "csv(\"t.csv\", header: true) { x : int = column(\"x\"); label : int in 0 .. 1 = mod(index, 2) }",
        "t.csv, line 3: record 1 of d, field `x`: expected a whole number of less than 2^53, beyond"
            + " which doubles do not hold each; found about "
            + nearest);
  }

  /// A cell that says a number is one, whatever its neighbours say.
  @Test
  void numbersInAColumnOfTextsAreRead() throws IOException {
    file("t.csv", "x,label\n007,0\n1,1\n");
    CommandLineRun run = run("data d from " + TABLE + NETWORK);
    assertEquals(0, run.exit(), run.err());
  }

  @Test
  void aTextWithinATermIsToldToo() throws IOException {
    file("t.csv", "x,label\n1,0\nabc,1\n");
    refused(
        TABLE.replace("column(\"x\")", "(column(\"x\") - 1) / 16"),
        "t.csv, line 3: record 1 of d, field `x`: expected a number; found \"abc\"");
  }

  @Test
  void arraysOfASmallTableAreCheckedBeforeTheFirstStep() throws IOException {
    String pairs =
        TABLE.replace(
            "x : real in 0 .. 10 = column(\"x\")",
            "x : real[4] in 0 .. 10 = [1, 2, 3, column(\"x\")]");
    file("t.csv", "x,label\n1,0\nabc,1\n");
    refused(pairs, "t.csv, line 3: record 1 of d, field `x`: expected a number; found \"abc\"");
    file("t.csv", "x,label\n1,0\n11,1\n");
    refused(
        pairs, "t.csv, line 3: record 1 of d, field `x`: expected a number in 0 .. 10; found 11");
  }

  @Test
  void tablesThatAreNoTables() throws IOException {
    refused(TABLE, "t.csv: expected a data file; there is no such file");
    file("t.csv", new byte[] {'x', ',', 'l', '\n', (byte) 0xe9, ',', '1', '\n'});
    refused(TABLE, "expected UTF-8 text; found other bytes");
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("x,label\n".concat("1,0\n".repeat(2_000)).getBytes(StandardCharsets.UTF_8));
    }
    file("t.csv", Arrays.copyOf(packed.toByteArray(), packed.size() - 12));
    refused(TABLE, "is cut off: expected a CSV table; found an end within the compressed data");
    Files.delete(folder.resolve("t.csv"));
    Files.createDirectory(folder.resolve("t.csv"));
    refused(TABLE, "t.csv: expected a file; found a folder");
  }

  @Test
  void cellsBetweenOtherSignsThanCommas() throws IOException {
    file("t.csv", "1,5;0\n2,5;1\n");
    refused(
        "csv(\"t.csv\") { x : real = column(1) }",
        "(are cells separated by semicolons? then `separator: \";\"`)");
    refused("csv(\"t.csv\", separator: \";\") { x : real = column(0) }", "a number; found \"1,5\"");
    file("t.csv", "x\tlabel\n1.5\t0\n2.5\t1\n");
    CommandLineRun read =
        run(
            """
            data d from csv("t.csv", separator: "\\t") {
              x     : real in 1.5 .. 2.5 = column("x")
              label : int in 0 .. 1 = column("label")
            }
            """
                + NETWORK);
    assertEquals(0, read.exit(), read.err());
  }

  @Test
  void columnsThatAreNotThere() throws IOException {
    file("t.csv", "1,0\n2,1\n");
    refused(
        "csv(\"t.csv\") { x : real = column(5) }",
        "t.csv has 2 columns, numbered from 0 to 1; there is no column 5");
    assertEquals(
        1, run("data d from csv(\"t.csv\") { x : real[4] = columns(0 .. 3) }\n" + NETWORK).exit());
  }

  // NPY

  @Test
  void namedColumnsHaveAnEndAndAnOrder() throws IOException {
    file("t.csv", "a,b,c,d,e\n1,2,3,4,5\n");
    refused(
        "csv(\"t.csv\") { x : real = sum(columns(\"d\" .. \"b\")) }",
        "columns are counted from left to right, but these end before column 3");
    CommandLineRun run =
        run(
            """
            data d from csv("t.csv") {
              open : real[4] = columns("a" ..< "e")
              closed : real[3] = columns("b" .. "d")
            }
            neuron Cell { state v : real = 0; every dt { v += 1 } }
            network Net { population E : Cell[1] }
            experiment e on Net {
              step 1 ms; seed 1
              for s in d { report open = s.open, closed = s.closed }
            }
            """);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("[1, 2, 3, 4]"), run.out());
    assertTrue(run.out().contains("[2, 3, 4]"), run.out());
  }

  private static final String ARRAY = "npy(\"a.npy\") { x : real = column(3) }";

  private static byte[] npy(String header, int dataBytes) {
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(10 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0);
    return out.putShort((short) text.length).put(text).array();
  }

  private static String header(String type, String shape) {
    return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <f8  | (3, 4)  | 90 | a.npy is cut off: expected 96 bytes for shape [3, 4] of <f8; found 90 bytes
          <f8  | (3, 4)  | 99 | a.npy: expected 96 bytes for shape [3, 4] of <f8; found 99 bytes
          <c16 | (3, 4)  | 192 | a.npy: expected whole or floating-point numbers; found elements of NumPy type <c16
          <f8  | (3, 2)  | 48 | a.npy: a row has the columns 0 to 1, not 3
          <f8  | ()      | 8  | a.npy: expected an array with a row for each record; found a single number
          <f8  | (0, 4)  | 0  | data `d` has no record
          <f8  | (3, -4) | 0  | a.npy: expected an NPY header of plain numbers
          <f8  | (2000000000, 2000000000, 2000000000) | 0 | a.npy is cut off: expected
          """)
  void arrays(String type, String shape, int bytes, String sentence) throws IOException {
    file("a.npy", npy(header(type, shape), bytes));
    refused(ARRAY, sentence);
  }

  @Test
  void arraysThatAreNone() throws IOException {
    refused(ARRAY, "a.npy: expected a data file; there is no such file");
    file("a.npy", npy(header("|O", "(3, 4)"), 96));
    refused(ARRAY, "a.npy: expected whole or floating-point numbers; found elements of NumPy type");
    file("a.npy", "x,label\n1,0\n2,1\n");
    refused(
        ARRAY, "a.npy: expected an NPY array (first bytes 93 4E 55 4D 50 59); found what seems to");
    refused(ARRAY, "a text: `x,label`");
    file("a.npy", Arrays.copyOf(npy(header("<f8", "(3, 4)"), 96), 40));
    refused(ARRAY, "a.npy is cut off: expected a header of");
  }

  /// Infinite numbers are told as those are that are none, unless a range holds them.
  @Test
  void infiniteNumbersWantARange() throws IOException {
    file("a.npy", BinaryFiles.npy(new double[][] {{0, 0, 0, 1}, {0, 0, 0, 1.0 / 0}}));
    refused(
        ARRAY,
        "record 1 of d, field `x`: expected a finite number, since the field has no range as"
            + " `in 0 .. infinity`; found infinity");
    refused(ARRAY.replace("x : real", "x : real in 0 .. 2"), "a number in 0 .. 2; found infinity");
    String program = "data d from " + ARRAY.replace("x : real", "x : real in 0 .. infinity") + "\n";
    CommandLineRun run =
        run(program + NETWORK.replace("present E.I = sample.x for 1 ms", "let y = sample.x"));
    assertEquals(0, run.exit(), run.err());
  }

  /// Three rows of four, the first index running fastest: row 0 is 0, 3, 6, 9.
  @Test
  void eitherOrderOfDimensionsIsRead() throws IOException {
    byte[] array = npy(header("|u1", "(3, 4)").replace("False", "True"), 12);
    for (int k = 0; k < 12; k++) {
      array[array.length - 12 + k] = (byte) k;
    }
    file("a.npy", array);
    CommandLineRun run =
        run(
            "data d from "
                + ARRAY
                + "\n"
                + NETWORK.replace("run 5 ms", "for sample in d | take(1) { report x = sample.x }"));
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().lines().anyMatch(line -> line.matches(" +x +9")), run.out());
  }

  // IDX

  private static final String CACHED =
      """
      cached("own") {
        x : real = idx("x")
        label : int in 0 ..< 3 = idx("label")
      }
      """;

  private static byte[] idx(int type, int[] shape, int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    out.put(new byte[] {0, 0, (byte) type, (byte) shape.length});
    for (int length : shape) {
      out.putInt(length);
    }
    for (int value : values) {
      out.put((byte) value);
    }
    return out.array();
  }

  private void refusedIdx(byte[] x, String sentence) throws IOException {
    cached("x", x);
    refused(CACHED, sentence);
  }

  @Test
  void filesInTheCache() throws IOException {
    int[] three = {3};
    cached("label", idx(8, three, 0, 1, 2));
    refused(CACHED, "x: expected an IDX file; there is no such file");
    refusedIdx(idx(8, three, 0, 1), "x is cut off: expected 3 bytes for shape [3]; found 2 bytes");
    refusedIdx(idx(8, three, 0, 1, 2, 3), "x: expected 3 bytes for shape [3]; found 4 bytes");
    refusedIdx(idx(7, three, 0, 1, 2), "x: expected an IDX element type 08, 09, 0B, 0C, 0D or 0E");
    refusedIdx(
        idx(8, new int[] {-3}, 0), "less than 2^31 in an IDX file; found 4294967293 as length 1");
    refusedIdx(idx(8, new int[0], 0), "x: expected an IDX file of at least one dimension");
    refusedIdx(
        idx(14, new int[] {2_000_000_000, 2_000_000_000, 2_000_000_000}), "x is cut off: expected");
    refusedIdx(new byte[] {0, 0, 8, 3, 0, 0}, "x is cut off: expected 3 lengths");
    refusedIdx(new byte[] {'P', 'K', 3, 4}, "x: expected an IDX file (first two bytes 0)");
    refusedIdx(new byte[0], "x: expected an IDX file (first two bytes 0); found an empty file");
    refusedIdx(idx(8, new int[] {2}, 0, 1), "label holds 3 records, the others 2");
    refusedIdx(
        idx(8, new int[] {3, 2}, 0, 1, 2, 3, 4, 5), "field `x`: expected a single number; found 2");
    cached("x", idx(8, three, 0, 1, 2));
    cached("label", idx(8, three, 0, 9, 2));
    refused(CACHED, "record 1 of d, field `label`: expected a number in 0 ..< 3; found 9");
  }

  @Test
  void rowsAreNotTheColumnsOfAnotherShape() throws IOException {
    cached("label", idx(8, new int[] {1}, 0));
    cached("x", idx(8, new int[] {1, 2, 6}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    for (String fits : List.of("[12]", "[2, 6]", "[1, 2, 6]", "[2, 3, 2]")) {
      CommandLineRun run = shaped(fits);
      assertEquals(0, run.exit(), run.err());
    }
    CommandLineRun run = shaped("[6, 2]");
    assertEquals(1, run.exit());
    String sentence = "record 0 of d, field `x`: expected an array of [6, 2]; found one of [2, 6]";
    assertTrue(run.err().contains(sentence), run.err());
  }

  @Test
  void allColumnsOfAnArrayLieAsItsRecordsDo() throws IOException {
    file("a.npy", npy(header("|u1", "(3, 2, 6)"), 36));
    String columns = "npy(\"a.npy\") { x : real = %s }";
    for (String whole :
        List.of(
            "columns(0 .. 11)", "2 * columns(0 ..< 12) - 1", "standardised(columns(0 .. 11))")) {
      CommandLineRun fits = shaped(columns.formatted(whole), "[2, 3, 2]");
      assertEquals(0, fits.exit(), fits.err());
      CommandLineRun turned = shaped(columns.formatted(whole), "[6, 2]");
      assertEquals(1, turned.exit());
      String sentence = "field `x`: expected an array of [6, 2]; found one of [2, 6]";
      assertTrue(turned.err().contains(sentence), turned.err());
    }
    for (String some : List.of("columns(0 .. 5)", "columns(0 .. 11)[[0, 6, 1, 7, 2, 8]]")) {
      CommandLineRun run = shaped(columns.formatted(some), "[3, 2]");
      assertEquals(0, run.exit(), run.err());
    }
  }

  @Test
  void categoriesAreOfWholeTextsAndNumbers() throws IOException {
    file("t.csv", "1.2345678\n1.2345677\n1.2345679\n");
    file("10/a.wav", "");
    file("9/b.wav", "");
    refused(
        "csv(\"t.csv\", header: false) { x : real = category(columns(0 .. 0)) }",
        "line 1: record 0 of d, field `x`: `category` wants one text or number of a record, not [");
    String program = NETWORK.replace("run 5 ms", "for sample in d { report x = sample.x }");
    CommandLineRun numbers =
        run("data d from csv(\"t.csv\") { x : real = category(column(0)) }\n" + program);
    assertTrue(numbers.out().lines().anyMatch(line -> line.matches(" +x +2")), numbers.out());
    CommandLineRun names =
        run("data d from files(\"{kind}/{n}.wav\") { x : real = category(kind) }\n" + program);
    assertTrue(names.out().lines().anyMatch(line -> line.matches(" +x +0")), names.out());
  }

  @Test
  void categoriesOfGivenClasses() throws IOException {
    file("t.csv", "kind,digit\nright,8\nright,3\n");
    refused(
        "csv(\"t.csv\") { x : real = category(column(\"digit\"), classes: [1, 8]) }",
        "line 3: record 1 of d, field `x`: expected one of the classes 1, 8; found \"3\"");
    refused(
        "csv(\"t.csv\") { x : real = category(column(\"digit\"), classes: [3, 8, 3]) }",
        "field `x`: `classes` of `category` has \"3\" twice");
    String program = NETWORK.replace("run 5 ms", "for sample in d { report x = sample.x }");
    String data = "data d from csv(\"t.csv\") { x : real = category(%s) }\n";
    String texts = data.formatted("column(\"kind\"), classes: [\"left\", \"right\"]");
    CommandLineRun second = run(texts + program);
    assertTrue(second.out().lines().anyMatch(line -> line.matches(" +x +1")), second.err());
    CommandLineRun numbers = run(data.formatted("column(\"digit\"), classes: [3, 8]") + program);
    assertTrue(numbers.out().lines().anyMatch(line -> line.matches(" +x +0")), numbers.err());
  }

  @Test
  void arraysOfAllRecordsAreToldWithTheIndex() throws IOException {
    file("a.npy", npy(header("|u1", "(3, 4)"), 12));
    file("labels.npy", npy(header("|u1", "(3,)"), 3));
    file("few.npy", npy(header("|u1", "(2,)"), 2));
    String labelled = "npy(\"a.npy\") { x : real = %s }";
    refused(
        labelled.formatted("npy(\"labels.npy\")"),
        "record 0 of d, field `x`: expected a single number; found 3, as many as there are records;"
            + " `[index]` behind an array picks the record's own");
    refused(
        labelled.formatted("npy(\"few.npy\")[index]"),
        "a.npy: record 2 of d, field `x`: there is no element 2: there are 2");
    CommandLineRun run =
        run("data d from " + labelled.formatted("npy(\"labels.npy\")[index]") + "\n" + NETWORK);
    assertEquals(0, run.exit(), run.err());
  }

  private CommandLineRun shaped(String shape) throws IOException {
    return shaped(CACHED, shape);
  }

  private CommandLineRun shaped(String data, String shape) throws IOException {
    return run(
        "data d from "
            + data.replace("real =", "real" + shape + " =")
            + "\n"
            + NETWORK.replace("E.I = sample.x", "E.I = mean(sample.x)"));
  }

  @Test
  void aDataSetThatIsAbsentIsToldWithBothWays() throws IOException {
    cached("label", idx(8, new int[] {1}, 0));
    CommandLineRun run =
        run(
            "import std.data.mnist\n"
                + NETWORK
                    .replace("in d", "in mnist.train | take(1)")
                    .replace("E.I = sample.x", "E.I = sample.label"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("MNIST is not on this machine"), run.err());
    assertTrue(run.err().contains("`snel data get mnist` fetches it"), run.err());
    assertTrue(run.err().contains("`snel data add mnist DIR` takes the four"), run.err());
    refused(
        "cached(\"another\") { x : real = idx(\"x\") }",
        "data set `another` is not on this machine: put its files into ");
  }

  // WAV

  private static byte[] wav(String magic, int coding, int rate, int bits) {
    int bytes = 100 * bits / 8;
    ByteBuffer out = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) coding).putShort((short) 1).putInt(rate).putInt(rate * bits / 8);
    out.putShort((short) (bits / 8)).putShort((short) bits);
    return out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes).array();
  }

  private void refusedSound(byte[] sound, String sentence) throws IOException {
    file("sounds/1.wav", sound);
    CommandLineRun run =
        run(
            """
            data d from files("sounds/{digit}.wav") {
              sound : real[120] in -1 .. 1 = padded(wav(rate: 8 kHz), 15 ms)
              label : int in 0 ..< 3 = digit
            }
            """
                + NETWORK.replace(
                    "present E.I = sample.x for 1 ms", "let s = sample.sound; run 1 ms"));
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains(sentence), run.err());
  }

  @Test
  void sounds() throws IOException {
    byte[] whole = wav("RIFF", 1, 8_000, 16);
    refusedSound(
        Arrays.copyOf(whole, whole.length - 30),
        "1.wav is cut off: expected 200 bytes of sound; found 170 bytes");
    refusedSound(Arrays.copyOf(whole, 36), "1.wav is cut off: expected a data chunk; found none");
    refusedSound(wav("OggS", 1, 8_000, 16), "1.wav: expected a WAV recording (RIFF … WAVE); found");
    refusedSound(wav("RIFF", 85, 8_000, 16), "1.wav: expected PCM of 8, 16, 24 or 32 bits");
    refusedSound(
        wav("RIFF", 1, 16_000, 16),
        "1.wav: expected a recording at 8000 Hz; found one at 16000 Hz");
  }

  @Test
  void filesThatDoNotFit() throws IOException {
    String files = "files(\"sounds/{digit}.wav\") { x : int in 0 ..< 3 = digit }";
    refused(files, "sounds: expected a folder of files sounds/{digit}.wav; found no such folder");
    Files.createDirectory(folder.resolve("sounds"));
    refused(files, "sounds: expected files that fit sounds/{digit}.wav; found none");
  }

  // Weights

  private void refusedWeights(byte[] archive, String sentence) throws IOException {
    file("w.npz", archive);
    CommandLineRun run = run(WEIGHTS);
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains(sentence), run.err());
  }

  private static final String WEIGHTS =
      """
      neuron Sum { state v : real = 0; receive syn(w : real) { v += w } }
      neuron Cell { state v : real = 0; v' = -v / 10 ms; spike when v > 1; reset { v = 0 } }
      synapse Learns { weight w : real; on pre { deliver w }; on post { w += 0.1 } }
      network Net {
        population E : Cell[4]
        population F : Sum[3]
        connect E -> F.syn as feed  all  weight 1  synapse Learns
      }
      experiment e on Net { step 1 ms; seed 1; load "w.npz"; run 1 ms; report m = mean(feed.w) }
      """;

  private static byte[] weights(String name, double[] values, int... shape) {
    return Npz.toBytes(Map.of(name, NumberArray.of(values, shape)));
  }

  @Test
  void weightsOfATable() throws IOException {
    double[][] table = new double[4][3];
    table[1][2] = Double.NaN;
    file("t.npy", BinaryFiles.npy(table));
    CommandLineRun run = run(WEIGHTS.replace("weight 1", "weight npy(\"t.npy\")"));
    assertEquals(1, run.exit());
    assertTrue(
        run.err().contains("t.npy: expected numbers; found NaN as number 5 (counted from 0)"),
        run.err());
  }

  @Test
  void tablesOfWeightsThatAreNone() throws IOException {
    String program = WEIGHTS.replace("weight 1", "weight npy(\"t.npy\")");
    assertTrue(run(program).err().contains("error[E0901]"), "it is not there");
    byte[] whole = BinaryFiles.npy(new double[4][3]);
    file("t.npy", Arrays.copyOf(whole, whole.length - 8));
    assertTrue(run(program).err().contains("error[E0902]"), "it is cut off");
    file("t.npy", "1,2,3");
    assertTrue(run(program).err().contains("error[E0903]"), "it is a table of text");
  }

  @Test
  void weights() throws IOException {
    byte[] right = weights("feed.w", new double[12], 12);
    refusedWeights(
        weights("feed.w", new double[10], 10), "w.npz, `feed.w`: expected 12 numbers; found 10");
    refusedWeights(
        weights("feed.w", new double[12], 3, 4),
        "w.npz, `feed.w`: expected an array of shape [4, 3]; found one of shape [3, 4]");
    refusedWeights(
        weights("other.w", new double[12], 12), "expected weights of this network; found other.w");
    double[] spoilt = new double[12];
    spoilt[5] = Double.NaN;
    refusedWeights(
        weights("feed.w", spoilt, 12), "`feed.w`: expected numbers; found NaN as number 5");
    refusedWeights(Arrays.copyOf(right, 60), "w.npz is cut off: expected an NPZ archive with");
    refusedWeights(new byte[0], "w.npz: expected an NPZ archive (first bytes 50 4B 03 04); found");
    Files.delete(folder.resolve("w.npz"));
    assertTrue(
        run(WEIGHTS).err().contains("w.npz: expected an NPZ archive; there is no such file"));
    file("w.npz", weights("feed.w", new double[12], 4, 3));
    assertEquals(0, run(WEIGHTS).exit());
  }

  private CommandLineRun stored(int seed, String rule, String statements) throws IOException {
    return run(
        """
        neuron Sum { state v : real = 0; receive syn(w : real) { v += w } }
        neuron Cell { state v : real = 0; v' = -v / 10 ms; spike when v > 1; reset { v = 0 } }
        synapse Learns { weight w : real; on pre { deliver w }%s }
        network Net {
          population E : Cell[20]
          population F : Sum[30]
          connect E -> F.syn as feed  fixed_indegree(4)  weight pre.index  synapse Learns  %s
        }
        experiment e on Net { step 1 ms; seed %d; %s; report m = mean(feed.w), n = count(feed) }
        """
            .formatted(rule.isEmpty() ? "" : "; prune when w < 0", rule, seed, statements));
  }

  /// Another seed draws as many synapses between other neurons.
  @Test
  void weightsOfOtherSynapses() throws IOException {
    CommandLineRun saved = stored(1, "", "run 1 ms; save \"w.npz\"");
    assertEquals(0, saved.exit(), saved.err());
    Files.copy(written("w.npz"), folder.resolve("w.npz"));
    assertEquals(0, stored(1, "", "load \"w.npz\"; run 1 ms").exit());
    CommandLineRun other = stored(2, "", "load \"w.npz\"; run 1 ms");
    assertEquals(1, other.exit());
    assertTrue(other.err().contains("w.npz, `feed`: expected the synapses of this"), other.err());
  }

  /// Of synapses that come and go only those are saved that are there.
  @Test
  void weightsOfSynapsesThatCame() throws IOException {
    String rule = "grow bernoulli(5 %) every 1 ms";
    CommandLineRun saved = stored(1, rule, "run 3 ms; save \"w.npz\"");
    assertEquals(0, saved.exit(), saved.err());
    ArrayFile arrays = Npz.read(DataFile.at(written("w.npz")));
    int targets = Objects.requireNonNull(arrays.get("feed:target")).values().length();
    assertTrue(targets > 120 && targets < 600, "synapses: " + targets);
    assertEquals(targets, Objects.requireNonNull(arrays.get("feed.w")).values().length());
    assertEquals(targets, Objects.requireNonNull(arrays.get("feed:row_start")).values().real(20));
    for (int source = 0; source < 20; source++) {
      int first = (int) Objects.requireNonNull(arrays.get("feed:row_start")).values().real(source);
      assertEquals(source, Objects.requireNonNull(arrays.get("feed.w")).values().real(first));
    }
    Files.copy(written("w.npz"), folder.resolve("w.npz"));
    CommandLineRun fresh = stored(2, rule, "load \"w.npz\"");
    assertEquals(0, fresh.exit(), fresh.err());
    assertTrue(fresh.out().matches("(?s).* n +" + targets + "\\n.*"), fresh.out());
    spoiltWiring("feed:target", 1, 0, "expected targets below 30, rising in each row; found 0");
    spoiltWiring("feed:target", 0, 30, "expected targets below 30, rising in each row; found 30");
    spoiltWiring("feed:row_start", 1, 0.5, "expected rows one after the other; found 0.5 to");
    spoiltWiring("feed:row_start", 20, 1, "expected synapses of 20 neurons; found");
    CommandLineRun grown = stored(1, rule, "run 3 ms; load \"w.npz\"; run 1 ms");
    assertEquals(0, grown.exit(), grown.err());
  }

  private void spoiltWiring(String array, int at, double value, String sentence)
      throws IOException {
    Path file = folder.resolve("w.npz");
    byte[] right = Files.readAllBytes(file);
    ArrayFile stored = Npz.read(DataFile.at(file));
    Map<String, NumberArray> arrays = new LinkedHashMap<>();
    stored.names().forEach(name -> arrays.put(name, Objects.requireNonNull(stored.get(name))));
    NumberArray old = Objects.requireNonNull(stored.get(array));
    double[] numbers = new double[old.values().length()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = k == at ? value : old.values().real(k);
    }
    arrays.put(array, NumberArray.of(numbers, numbers.length));
    try (var out = Files.newOutputStream(file)) {
      Npz.write(arrays, out);
    }
    CommandLineRun run = stored(2, "grow bernoulli(5 %) every 1 ms", "load \"w.npz\"");
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.err().contains("w.npz, `feed`: " + sentence), run.err());
    Files.write(file, right);
  }

  private Path written(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }
}

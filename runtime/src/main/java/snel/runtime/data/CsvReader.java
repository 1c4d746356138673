package snel.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import snel.runtime.data.Column.Gatherer;
import snel.runtime.kernel.ProblemKind;

/// Reads CSV tables (RFC 4180: quoted cells, doubled quotes, line breaks within quotes), plain or
/// gzip, in UTF-8. Every row must be as long as the first; empty lines are skipped.
public final class CsvReader {
  private static final String KIND = "a CSV table";
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final DataFile file;
  private final CsvOptions options;

  private CsvReader(DataFile file, CsvOptions options) {
    this.file = file;
    this.options = options;
  }

  public static Table read(DataFile file, CsvOptions options) {
    return new CsvReader(file, options).table();
  }

  private Table table() {
    var first = new Pass();
    FileContent.read(file, KIND, content -> run(content, first));
    if (first.width < 0) {
      throw DataProblem.found(file.name(), KIND, "no line");
    }
    List<Gatherer> gathered = first.gatherers;
    boolean mixed = gathered.stream().anyMatch(column -> !column.onlyNumbers());
    // Only a file with texts is read twice: a column of numbers needs 8 bytes a cell, not a String.
    List<List<String>> texts = mixed ? texts(first) : List.of();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < first.width; i++) {
      columns.add(
          gathered.get(i).onlyNumbers()
              ? gathered.get(i).numbers()
              : new Column.TextColumn(List.copyOf(texts.get(i))));
    }
    return new Table(file.name(), first.names, columns, Arrays.copyOf(first.lines, first.rows));
  }

  private List<List<String>> texts(Pass first) {
    List<List<String>> texts = new ArrayList<>();
    first.gatherers.forEach(_ -> texts.add(new ArrayList<>()));
    var second = new Pass(texts);
    return FileContent.read(
        file,
        KIND,
        content -> {
          run(content, second);
          return texts;
        });
  }

  private Pass run(InputStream content, Pass pass) throws IOException {
    var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(options.separator())
            .setIgnoreEmptyLines(true)
            .get();
    CSVParser parser = CSVParser.parse(new InputStreamReader(content, decoder), format);
    try {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        CSVRecord row = records.next();
        pass.take(row, parser.getCurrentLineNumber() - lineBreaks(row));
        pass.ended = parser.getCurrentLineNumber();
      }
      pass.end();
      return pass;
    } catch (UncheckedIOException | IllegalStateException problem) {
      throw told(pass.ended + 1, problem);
    }
  }

  /// Decoding and quoting mistakes come out of the iterator as unchecked exceptions.
  private RuntimeException told(long line, RuntimeException problem) {
    String place = file.name() + ", in or after line " + line;
    return switch (problem.getCause()) {
      case CharacterCodingException _ ->
          DataProblem.found(ProblemKind.FILE_UNREADABLE, place, "UTF-8 text", "other bytes");
      case java.io.EOFException _ when !quoting(problem) ->
          DataProblem.truncated(file.name(), KIND, "an end within the compressed data");
      case java.util.zip.ZipException _ ->
          DataProblem.found(
              ProblemKind.FILE_UNREADABLE, file.name(), KIND, "damaged compressed data");
      case null, default ->
          DataProblem.found(
              ProblemKind.FILE_UNREADABLE,
              place,
              KIND,
              "a quote that does not close or is followed by text");
    };
  }

  /// A row ends on the parser's line and began as many lines above as its cells hold breaks.
  private static long lineBreaks(CSVRecord row) {
    return row.stream().mapToLong(cell -> cell.chars().filter(c -> c == '\n').count()).sum();
  }

  private static boolean quoting(RuntimeException problem) {
    return String.valueOf(problem.getMessage()).contains("encapsulated");
  }

  /// One reading of the file, line by line.
  private final class Pass {
    private final List<List<String>> texts;
    private final List<Gatherer> gatherers = new ArrayList<>();
    private List<String> names = List.of();
    private List<String> held = List.of();
    private long heldLine;
    private long firstLine;
    private long ended;
    private int width = -1;
    private int rows;
    private int[] lines = new int[64];

    Pass() {
      this(List.of());
    }

    Pass(List<List<String>> texts) {
      this.texts = texts;
    }

    void take(CSVRecord row, long line) {
      List<String> cells = row.stream().map(String::strip).toList();
      if (width < 0) {
        begin(cells, line);
        return;
      }
      if (cells.size() != width) {
        throw DataProblem.found(
            ProblemKind.BAD_SAMPLE,
            file.name() + ", line " + line,
            width + (width == 1 ? " cell" : " cells") + " as on line " + firstLine,
            cells.size() + CsvOptions.separatorHint(String.join(",", cells)));
      }
      if (!held.isEmpty()) {
        settleHeader(cells);
      }
      add(cells, line);
    }

    private void begin(List<String> first, long line) {
      List<String> cells = withoutMark(first);
      width = cells.size();
      firstLine = line;
      cells.forEach(_ -> gatherers.add(new Gatherer()));
      switch (options.header()) {
        case PRESENT -> names = cells;
        case ABSENT -> add(cells, line);
        case GUESSED -> {
          held = cells;
          heldLine = line;
        }
      }
    }

    private void settleHeader(List<String> second) {
      boolean header =
          held.stream().noneMatch(CellText::isNumber)
              && second.stream().anyMatch(CellText::isNumber);
      List<String> first = held;
      held = List.of();
      if (header) {
        names = first;
      } else {
        add(first, heldLine);
      }
    }

    void end() {
      if (!held.isEmpty()) {
        add(held, heldLine);
        held = List.of();
      }
    }

    private void add(List<String> cells, long line) {
      for (int i = 0; i < width; i++) {
        if (texts.isEmpty()) {
          gatherers.get(i).add(cells.get(i));
        } else {
          texts.get(i).add(cells.get(i));
        }
      }
      if (rows == lines.length) {
        lines = Arrays.copyOf(lines, rows + (rows >> 1));
      }
      lines[rows++] = (int) Math.min(line, Integer.MAX_VALUE);
    }

    private List<String> withoutMark(List<String> cells) {
      if (cells.getFirst().isEmpty() || cells.getFirst().charAt(0) != BYTE_ORDER_MARK) {
        return cells;
      }
      List<String> clean = new ArrayList<>(cells);
      clean.set(0, clean.getFirst().substring(1).strip());
      return clean;
    }
  }
}

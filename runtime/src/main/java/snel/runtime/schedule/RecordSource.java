package snel.runtime.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import snel.runtime.data.AddressEvents;
import snel.runtime.data.CameraEvents;
import snel.runtime.data.Column;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.EventCamera;
import snel.runtime.data.FilePattern;
import snel.runtime.data.Hdf5File;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Numbers;
import snel.runtime.data.Shape;
import snel.runtime.data.Table;
import snel.runtime.data.Wav;
import snel.runtime.kernel.ProblemKind;

/// What the records of a `data` declaration are made of, record by record.
public sealed interface RecordSource {
  int size();

  /// Where a record stands, in front of what is wrong with it: `digits.csv, line 14: `.
  default String place(int record) {
    return "";
  }

  /// A column by its number.
  default Value column(int record, int column) {
    throw new DataProblem(ProblemKind.COLUMN_MISSING, "there are no numbered columns here");
  }

  /// A column, or a part of the file's name, by its name.
  default Value named(int record, String name) {
    throw new DataProblem(
        ProblemKind.COLUMN_MISSING, "there is nothing called `" + name + "` here");
  }

  default int columnNumber(String name) {
    throw new DataProblem(ProblemKind.COLUMN_MISSING, "there are no columns here");
  }

  /// Columns `from` to `to`, both included.
  default double[] columns(int record, int from, int to) {
    double[] row = new double[to - from + 1];
    for (int k = 0; k < row.length; k++) {
      row[k] = column(record, from + k).real();
    }
    return row;
  }

  /// All columns of a record, in the shape that the record has in the file.
  default Value.Array shaped(Value.Array columns) {
    return columns;
  }

  /// Opens arrays that lie in files, one after the other, and gives what tells a record's part.
  default IntFunction<Value> arrays(List<String> files) {
    throw new DataProblem(ProblemKind.WRONG_FORMAT, "`idx` reads the files of a `cached` data set");
  }

  /// Opens an array of the file by its path, and gives the present record's part.
  default IntFunction<Value> dataset(String path) {
    throw new DataProblem(ProblemKind.WRONG_FORMAT, "`dataset` reads the arrays of `hdf5`");
  }

  /// Opens lists of times and units of the file by their paths, and gives the present record's.
  default IntFunction<AddressEvents> addressEvents(String times, String units) {
    throw new DataProblem(ProblemKind.WRONG_FORMAT, "`address_events` reads the lists of `hdf5`");
  }

  /// The sound of the record's file, which must have been made at `rate` samples a second.
  default double[] sound(int record, int rate) {
    throw new DataProblem(ProblemKind.WRONG_FORMAT, "`wav` reads the sounds of `files`");
  }

  /// What an event camera saw, in the record's file.
  default CameraEvents events(int record, EventCamera camera) {
    throw new DataProblem(
        ProblemKind.WRONG_FORMAT, "`" + camera.word() + "` reads the recordings of `files`");
  }

  record Rows(Table table) implements RecordSource {
    @Override
    public int size() {
      return table.rows();
    }

    @Override
    public String place(int record) {
      return table.file() + ", line " + table.lines()[record] + ": ";
    }

    @Override
    public Value column(int record, int column) {
      return switch (table.cells(column)) {
        case Column.NumberColumn(double[] values) -> new Value.Real(values[record]);
        case Column.TextColumn(var values) -> new Value.Text(values.get(record));
      };
    }

    @Override
    public double[] columns(int record, int from, int to) {
      double[] row = new double[to - from + 1];
      for (int k = 0; k < row.length; k++) {
        row[k] = table.number(record, from + k);
      }
      return row;
    }

    @Override
    public Value named(int record, String name) {
      return column(record, table.column(name));
    }

    @Override
    public int columnNumber(String name) {
      return table.column(name);
    }
  }

  /// The rows of one array.
  ///
  /// @param file that it was read from
  record Array(String file, NumberArray array) implements RecordSource {
    public Array {
      if (array.shape().dimensions() == 0) {
        throw DataProblem.found(file, "an array with a row for each record", "a single number");
      }
    }

    @Override
    public String place(int record) {
      return file + ": ";
    }

    @Override
    public int size() {
      return array.shape().length(0);
    }

    @Override
    public Value column(int record, int column) {
      int width = Math.toIntExact(array.shape().ofRecord().size());
      if (column < 0 || column >= width) {
        throw new DataProblem(
            ProblemKind.COLUMN_MISSING,
            file + ": a row has the columns 0 to " + (width - 1) + ", not " + column);
      }
      return new Value.Real(array.values().real(record * width + column));
    }

    @Override
    public Value.Array shaped(Value.Array columns) {
      Shape ofRecord = array.shape().ofRecord();
      return ofRecord.size() == columns.size()
          ? new Value.Array(
              ofRecord.lengths().stream().mapToInt(Integer::intValue).toArray(), columns.elements())
          : columns;
    }
  }

  /// Arrays in the files of a cached data set, read when first asked for.
  final class Cached implements RecordSource {
    private final Function<String, NumberArray> read;
    private final Map<List<String>, List<NumberArray>> arrays = new LinkedHashMap<>();
    private int size = -1;

    /// @param read gives the array in a file of that name
    public Cached(Function<String, NumberArray> read) {
      this.read = read;
    }

    /// Reads the files of a field, which must have as many records as the fields before it.
    @Override
    public IntFunction<Value> arrays(List<String> files) {
      List<NumberArray> opened =
          arrays.computeIfAbsent(files, names -> names.stream().map(read).toList());
      int records = opened.stream().mapToInt(array -> array.shape().length(0)).sum();
      if (size >= 0 && size != records) {
        throw new DataProblem(
            ProblemKind.COUNTS_DIFFER,
            String.join(", ", files)
                + (files.size() == 1 ? " holds " : " hold ")
                + records
                + " records, the others "
                + size);
      }
      size = records;
      List<ArrayRecords> parts = opened.stream().map(ArrayRecords::new).toList();
      return record -> value(parts, record);
    }

    @Override
    public int size() {
      return Math.max(0, size);
    }

    private static Value value(List<ArrayRecords> parts, int record) {
      int index = record;
      for (ArrayRecords part : parts) {
        if (index < part.records()) {
          return part.value(index);
        }
        index -= part.records();
      }
      throw new IllegalStateException("no record " + record);
    }
  }

  /// The datasets of an HDF5 file, whose first lengths are all the number of records.
  final class Datasets implements RecordSource {
    private final Hdf5File file;
    private String first = "";
    private int size;

    public Datasets(Hdf5File file) {
      this.file = file;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public String place(int record) {
      return file.name() + ": ";
    }

    @Override
    public IntFunction<Value> dataset(String path) {
      NumberArray array = file.array(path);
      if (array.shape().dimensions() == 0) {
        throw DataProblem.found(
            file.name() + ", `" + path + "`",
            "an array with a row for each record",
            "a single number");
      }
      count(path, array.shape().length(0));
      return new ArrayRecords(array)::value;
    }

    @Override
    public IntFunction<AddressEvents> addressEvents(String times, String units) {
      List<Numbers> ofTimes = file.lists(times);
      List<Numbers> ofUnits = file.lists(units);
      count(times, ofTimes.size());
      count(units, ofUnits.size());
      return record ->
          new AddressEvents(
              "%1$s, `%2$s`[%4$d] and `%3$s`[%4$d]".formatted(file.name(), times, units, record),
              ofTimes.get(record),
              ofUnits.get(record));
    }

    private void count(String path, int records) {
      if (!first.isEmpty() && records != size) {
        throw new DataProblem(
            ProblemKind.COUNTS_DIFFER,
            "%s: `%s` holds %d records, `%s` %d"
                .formatted(file.name(), path, records, first, size));
      }
      first = path;
      size = records;
    }
  }

  /// One record for each file whose name fits a pattern.
  record Files(List<FilePattern.Match> matches) implements RecordSource {
    public Files {
      matches = List.copyOf(matches);
    }

    @Override
    public int size() {
      return matches.size();
    }

    /// A text, of which a number is made only where one is wanted: `007` is not `7`.
    @Override
    public Value named(int record, String name) {
      String text = matches.get(record).values().get(name);
      if (text == null) {
        throw new DataProblem(
            ProblemKind.COLUMN_MISSING, "the names of the files have no part `" + name + "`");
      }
      return new Value.Text(text);
    }

    @Override
    public String place(int record) {
      return matches.get(record).path() + ": ";
    }

    @Override
    public double[] sound(int record, int rate) {
      return Wav.read(DataFile.at(matches.get(record).path()), rate).samples();
    }

    @Override
    public CameraEvents events(int record, EventCamera camera) {
      return camera.read(DataFile.at(matches.get(record).path()));
    }
  }

  /// One record, a recording of an event camera.
  record Recording(DataFile file) implements RecordSource {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public String place(int record) {
      return file.name() + ": ";
    }

    @Override
    public CameraEvents events(int record, EventCamera camera) {
      return camera.read(file);
    }
  }
}

package snel.runtime.schedule;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.CellText;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Shape;
import snel.runtime.kernel.ProblemKind;

/// The records of a `data` declaration: each field is evaluated when a record is asked for.
public final class OpenRecords implements Records {
  /// Numbers that are checked in a moment.
  private static final long FEW = 1 << 20;

  /// 2^53, which 2^53 + 1 is rounded to.
  private static final double FIRST_ROUNDED = 0x1p53;

  private final String name;
  private final RecordCursor cursor;
  private final Machine nobody;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Map<String, int[]> splits = new LinkedHashMap<>();

  /// @param low, high what the values must lie between; NaN where there is no bound
  /// @param shape of a record; empty for a single value; of spikes, the inputs they come to
  public record Field(
      String name,
      Evaluation value,
      int[] shape,
      boolean isText,
      boolean isWhole,
      boolean isSpikes,
      double low,
      double high,
      boolean upperOpen) {
    /// How many values a record has.
    int size() {
      int size = 1;
      for (int length : shape) {
        size = Math.multiplyExact(size, length);
      }
      return size;
    }
  }

  /// @param where true for the records of the split
  public record Split(String name, Evaluation where) {}

  /// Opens the records; single values and arrays of small tables are checked at once, other arrays
  /// when they are read.
  ///
  /// @param nobody a machine that the terms do not ask anything
  public OpenRecords(
      String name, RecordCursor cursor, Machine nobody, List<Field> fields, List<Split> splits) {
    this.name = name;
    this.cursor = cursor;
    this.nobody = nobody;
    fields.forEach(field -> this.fields.put(field.name(), field));
    if (size() == 0) {
      throw new DataProblem(ProblemKind.BAD_SAMPLE, "data `" + name + "` has no record");
    }
    for (Split split : splits) {
      this.splits.put(split.name(), members(split));
    }
    checkSplits();
    for (Field field : fields) {
      for (int record = 0; record < size() && isCheckedAtOnce(field); record++) {
        checked(record, field);
      }
    }
  }

  private boolean isCheckedAtOnce(Field field) {
    return field.shape().length == 0 && !field.isSpikes()
        || cursor.source() instanceof RecordSource.Rows && (long) size() * field.size() <= FEW;
  }

  private int[] members(Split split) {
    int[] members = new int[size()];
    int count = 0;
    for (int record = 0; record < members.length; record++) {
      if (isIn(record, split)) {
        members[count++] = record;
      }
    }
    return Arrays.copyOf(members, count);
  }

  /// No record may be in two splits, or what is learnt on one would be tested on it.
  private void checkSplits() {
    @Nullable String[] owners = new @Nullable String[size()];
    splits.forEach((split, records) -> {
      for (int record : records) {
        if (owners[record] != null) {
          throw new DataProblem(
              ProblemKind.BAD_SAMPLE,
              "record %d of %s is in both splits `%s` and `%s`"
                  .formatted(record, name, owners[record], split));
        }
        owners[record] = split;
      }
    });
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return cursor.source().size();
  }

  /// Samples that are shown side by side ask at the same time.
  @Override
  public synchronized Value field(int record, String fieldName) {
    @Nullable Field field = fields.get(fieldName);
    if (field == null) {
      throw new IllegalStateException(name + " has no field " + fieldName);
    }
    return checked(record, field);
  }

  @Override
  public int[] split(String split) {
    if (split.isEmpty()) {
      return IntStream.range(0, size()).toArray();
    }
    int[] found = splits.get(split);
    if (found == null) {
      throw new IllegalStateException(name + " has no split " + split);
    }
    return found;
  }

  private boolean isIn(int record, Split split) {
    try {
      return at(record, split.where()).truth();
    } catch (TextForNumber problem) {
      throw new DataProblem(
          ProblemKind.BAD_SAMPLE, place(record, split) + ": " + problem.getMessage());
    } catch (ProtocolProblem problem) {
      throw new DataProblem(problem.problem(), place(record, split) + ": " + problem.getMessage());
    }
  }

  private Value at(int record, Evaluation value) {
    cursor.at(record);
    return value.evaluate(nobody);
  }

  private Value checked(int record, Field field) {
    if (field.isText()) {
      return new Value.Text(at(record, field.value()).text());
    }
    int size = field.size();
    if (field.isSpikes()) {
      return trains(record, field, size);
    }
    Value.Array found = array(record, field);
    double[] numbers = found.elements();
    Shape given = Shape.of(found.shape());
    Shape wanted = Shape.of(field.shape());
    if (given.dimensions() < 2 || wanted.dimensions() < 2) {
      if (numbers.length != size) {
        String expected = size == 1 ? "a single number" : size + " numbers";
        throw DataProblem.found(
            ProblemKind.BAD_SAMPLE,
            place(record, field),
            expected,
            numbers.length + ofAllRecords(given));
      }
    } else if (!given.nests(wanted)) {
      throw DataProblem.found(
          ProblemKind.BAD_SAMPLE,
          place(record, field),
          "an array of " + wanted,
          "one of " + given + ofAllRecords(given));
    }
    for (double number : numbers) {
      boolean fits =
          !(number < field.low())
              && !(number > field.high())
              && !(field.upperOpen() && number == field.high())
              && (hasRange(field) ? !Double.isNaN(number) : Double.isFinite(number));
      if (!fits) {
        throw DataProblem.found(
            ProblemKind.BAD_SAMPLE, place(record, field), range(field), NumberText.of(number));
      }
    }
    if (field.shape().length > 0) {
      return new Value.Array(field.shape(), numbers);
    }
    if (!field.isWhole()) {
      return new Value.Real(numbers[0]);
    }
    if (numbers[0] != Math.rint(numbers[0])) {
      throw DataProblem.found(
          ProblemKind.BAD_SAMPLE, place(record, field), "a whole number", "" + numbers[0]);
    }
    if (Math.abs(numbers[0]) >= FIRST_ROUNDED) {
      throw DataProblem.found(
          ProblemKind.BAD_SAMPLE,
          place(record, field),
          "a whole number of less than 2^53, beyond which doubles do not hold each",
          "about %.0f".formatted(numbers[0]));
    }
    return new Value.Whole((long) numbers[0]);
  }

  /// What to write where an array holds all records and not one of them.
  private String ofAllRecords(Shape given) {
    return size() > 1 && given.dimensions() > 0 && given.length(0) == size()
        ? ", as many as there are records; `[index]` behind an array picks the record's own"
        : "";
  }

  private Value trains(int record, Field field, int size) {
    double[][] rows = Trains.rows(at(record, field.value()));
    if (rows.length != size) {
      throw DataProblem.found(
          ProblemKind.BAD_SAMPLE, place(record, field), size + " spike trains", "" + rows.length);
    }
    return new Value.Trains(rows);
  }

  private Value.Array array(int record, Field field) {
    try {
      Value value = at(record, field.value());
      return value instanceof Value.Array array ? array : Value.Array.row(value.numbers());
    } catch (TextForNumber problem) {
      throw DataProblem.found(
          ProblemKind.BAD_SAMPLE, place(record, field), "a number", CellText.shown(problem.text()));
    } catch (ProtocolProblem problem) {
      throw new DataProblem(problem.problem(), place(record, field) + ": " + problem.getMessage());
    }
  }

  /// Where a range is written, infinite numbers may lie within.
  private static boolean hasRange(Field field) {
    return !Double.isNaN(field.low()) || !Double.isNaN(field.high());
  }

  private static String range(Field field) {
    if (!hasRange(field)) {
      return "a finite number, since the field has no range as `in 0 .. infinity`";
    }
    return "a number in "
        + NumberText.of(field.low())
        + (field.upperOpen() ? " ..< " : " .. ")
        + NumberText.of(field.high());
  }

  private String place(int record, Field field) {
    return place(record, "field", field.name());
  }

  private String place(int record, Split split) {
    return place(record, "split", split.name());
  }

  private String place(int record, String kind, String of) {
    return "%srecord %d of %s, %s `%s`"
        .formatted(cursor.source().place(record), record, name, kind, of);
  }
}

package snel.runtime.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Records with named fields, or a selection of them in some order. Selections share the fields.
public final class Dataset {
  private final String name;
  private final Map<String, Field> fields;
  private final Map<String, int[]> splits;
  private final int[] rows;

  private Dataset(String name, Map<String, Field> fields, Map<String, int[]> splits, int[] rows) {
    this.name = name;
    this.fields = fields;
    this.splits = splits;
    this.rows = rows;
  }

  /// All records of `fields`, which must be equally many.
  public static Dataset of(String name, List<Field> fields) {
    var byName = new LinkedHashMap<String, Field>();
    int count = fields.isEmpty() ? 0 : fields.getFirst().count();
    for (Field field : fields) {
      if (field.count() != count) {
        throw new DataProblem(
            "data `%s` does not fit together: `%s` has %d records, `%s` has %d"
                .formatted(name, fields.getFirst().name(), count, field.name(), field.count()));
      }
      byName.put(field.name(), field);
    }
    return new Dataset(name, byName, Map.of(), IntStream.range(0, count).toArray());
  }

  /// This data set with the records that `belongs` picks (by index) under the name `split`.
  public Dataset withSplit(String split, IntPredicate belongs) {
    var all = new LinkedHashMap<>(splits);
    all.put(split, Arrays.stream(rows).filter(belongs).toArray());
    return new Dataset(name, fields, all, rows);
  }

  public String name() {
    return name;
  }

  public int count() {
    return rows.length;
  }

  public List<String> fieldNames() {
    return List.copyOf(fields.keySet());
  }

  public List<String> splitNames() {
    return List.copyOf(splits.keySet());
  }

  /// The field, whose records are numbered by `index`, not by position in this selection.
  public Field field(String field) {
    Field found = fields.get(field);
    if (found == null) {
      throw new DataProblem(
          "data `%s` has no field `%s`; it has %s"
              .formatted(name, field, String.join(", ", fields.keySet())));
    }
    return found;
  }

  /// The records of a split, in the order of the file.
  public Dataset split(String split) {
    int[] found = splits.get(split);
    if (found == null) {
      throw new DataProblem(
          splits.isEmpty()
              ? "data `%s` has no splits".formatted(name)
              : "data `%s` has no split `%s`; it has %s"
                  .formatted(name, split, String.join(", ", splits.keySet())));
    }
    return selection(name + "." + split, found);
  }

  /// The number of the record, within all records, that stands at `position` here.
  public int index(int position) {
    return rows[position];
  }

  /// The numbers of a field of the record at `position`.
  public double[] reals(String field, int position) {
    return field(field).reals(rows[position]);
  }

  /// The single whole number of a field of the record at `position`, such as its label.
  public long whole(String field, int position) {
    return field(field).whole(rows[position], 0);
  }

  /// The first `most` records, or all if there are fewer.
  public Dataset take(int most) {
    return selection(name, Arrays.copyOf(rows, Math.min(Math.max(most, 0), rows.length)));
  }

  /// The last `most` records, or all if there are fewer.
  public Dataset last(int most) {
    int from = rows.length - Math.min(Math.max(most, 0), rows.length);
    return selection(name, Arrays.copyOfRange(rows, from, rows.length));
  }

  /// The records in another order: position `i` holds what stood at `permutation[i]`.
  public Dataset permuted(int[] permutation) {
    if (permutation.length != rows.length) {
      throw new IllegalArgumentException(
          "a permutation of " + permutation.length + " for " + rows.length + " records");
    }
    return selection(name, Arrays.stream(permutation).map(from -> rows[from]).toArray());
  }

  /// The records in groups of `size`, the last of which may be smaller.
  public List<Dataset> batches(int size) {
    if (size < 1) {
      throw new DataProblem("a batch holds at least one record, not " + size);
    }
    List<Dataset> batches = new ArrayList<>();
    for (int from = 0; from < rows.length; from += size) {
      batches.add(
          selection(name, Arrays.copyOfRange(rows, from, Math.min(from + size, rows.length))));
    }
    return batches;
  }

  private Dataset selection(String selected, int[] chosen) {
    return new Dataset(selected, fields, Map.of(), chosen);
  }
}

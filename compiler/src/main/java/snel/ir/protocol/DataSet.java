package snel.ir.protocol;

import java.util.List;

/// A `data` declaration. Terms of fields and splits are evaluated once for each record, with
/// [Term.Column] and the functions of records.
///
/// @param reader the reader's name (`csv`, `files`, `idx`, `npy`, …)
/// @param folder of the declaration's file, with a trailing `/` unless empty: where its files lie
/// @param sources its file arguments as written: a path, a pattern with `{name}` parts, or the name
///   of a data set that the user fetched
/// @param options further named arguments of the reader
public record DataSet(
    String name,
    String reader,
    String folder,
    List<String> sources,
    List<Option> options,
    List<Field> fields,
    List<Split> splits,
    Place place) {
  public DataSet {
    sources = List.copyOf(sources);
    options = List.copyOf(options);
    fields = List.copyOf(fields);
    splits = List.copyOf(splits);
  }

  public record Option(String name, Term value) {}

  /// @param shape of a record; empty for a single value
  /// @param low,high bounds that every value is checked against; `NaN` where there is none
  /// @param upperOpen whether `high` itself is refused
  /// @param unit that the values are shown in; empty for plain numbers
  public record Field(
      String name,
      Type type,
      List<Integer> shape,
      Term value,
      double low,
      double high,
      boolean upperOpen,
      String unit) {
    public Field {
      shape = List.copyOf(shape);
    }
  }

  /// The records for which `where` holds, in the order of the file.
  public record Split(String name, Term where) {}
}

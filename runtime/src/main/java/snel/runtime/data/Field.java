package snel.runtime.data;

/// A named property of records: numbers of one shape for each, or a text.
public interface Field {
  String name();

  /// The shape of one record; `[]` for a single number or a text.
  Shape shape();

  /// How many records there are.
  int count();

  /// Element `element` (counted through the shape, the last index fastest) of record `record`.
  double real(int record, int element);

  /// The same, where the number must be whole.
  default long whole(int record, int element) {
    return Numbers.exact(real(record, element));
  }

  /// The text of a record.
  default String text(int record) {
    return CellText.text(real(record, 0));
  }

  /// How many numbers a record has.
  default int size() {
    return Math.toIntExact(shape().size());
  }

  /// The numbers of a record, copied.
  default double[] reals(int record) {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = real(record, i);
    }
    return values;
  }
}

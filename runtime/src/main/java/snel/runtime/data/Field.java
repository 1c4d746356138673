package snel.runtime.data;

import java.util.function.DoubleUnaryOperator;

/// A named property that every record of a data set has: numbers of one shape, or a text.
public interface Field {
  String name();

  /// The shape of one record; `[]` for a single number or a text.
  Shape shape();

  /// How many records there are.
  int count();

  /// Whether the field holds whole numbers only.
  boolean isWhole();

  /// Whether the field holds texts, which have no numbers.
  default boolean isText() {
    return false;
  }

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

  /// Copies a record to `into`, from position `at`.
  default void read(int record, double[] into, int at) {
    int size = size();
    for (int i = 0; i < size; i++) {
      into[at + i] = real(record, i);
    }
  }

  /// Copies a record to `into`, from position `at`, each number rounded once.
  default void read(int record, float[] into, int at) {
    int size = size();
    for (int i = 0; i < size; i++) {
      into[at + i] = (float) real(record, i);
    }
  }

  /// The record as a new array.
  default double[] reals(int record) {
    double[] values = new double[size()];
    read(record, values, 0);
    return values;
  }

  /// This field under another name.
  default Field named(String other) {
    return new DerivedField(other, shape(), this, DoubleUnaryOperator.identity(), isWhole());
  }

  /// This field seen in another shape of equal size.
  default Field shaped(Shape other) {
    if (other.size() != shape().size()) {
      throw new DataProblem(
          "field `%s` has the shape %s and cannot be read as %s".formatted(name(), shape(), other));
    }
    return new DerivedField(name(), other, this, DoubleUnaryOperator.identity(), isWhole());
  }

  /// This field with `function` applied to each number when it is read.
  default Field map(DoubleUnaryOperator function) {
    return new DerivedField(name(), shape(), this, function, false);
  }

  /// This field, or a problem that names the first record with a number outside `range`.
  default Field in(Range range) {
    int size = size();
    for (int record = 0; record < count(); record++) {
      for (int i = 0; i < size; i++) {
        double value = real(record, i);
        if (!range.contains(value)) {
          throw DataProblem.found(
              "record %d of field `%s`".formatted(record, name()),
              "numbers in " + range,
              CellText.text(value));
        }
      }
    }
    return this;
  }

  /// What a number of a field may be.
  record Range(double lower, double upper, boolean upperIncluded) {
    public boolean contains(double value) {
      return value >= lower && (upperIncluded ? value <= upper : value < upper);
    }

    @Override
    public String toString() {
      return CellText.text(lower) + (upperIncluded ? " .. " : " ..< ") + CellText.text(upper);
    }
  }
}

package snel.runtime.data;

import snel.runtime.kernel.ProblemKind;

/// A field whose numbers lie in memory, record after record.
public record NumberField(String name, Shape shape, int count, Numbers values) implements Field {
  public NumberField {
    if (shape.size() * count != values.length()) {
      throw new IllegalArgumentException(
          count + " records of shape " + shape + " are not " + values.length() + " numbers");
    }
  }

  /// A field whose records run along the first dimension of an array.
  public static NumberField of(String name, NumberArray array) {
    if (array.shape().dimensions() == 0) {
      throw DataProblem.found(
          ProblemKind.BAD_SAMPLE, "field `" + name + "`", "an array of records", "a single number");
    }
    return new NumberField(name, array.shape().ofRecord(), array.shape().length(0), array.values());
  }

  @Override
  public double real(int record, int element) {
    return values.real(record * size() + element);
  }

  @Override
  public long whole(int record, int element) {
    return values.whole(record * size() + element);
  }
}

package snel.runtime.data;

import java.util.function.IntFunction;

/// A field whose records are made one by one, for instance by reading a file each. The record read
/// last is kept.
public final class RecordField implements Field {
  private final String name;
  private final Shape shape;
  private final int count;
  private final IntFunction<double[]> source;
  private int kept = -1;
  private double[] last = {};

  /// @param source gives the numbers of a record, as many as `shape` has
  public RecordField(String name, Shape shape, int count, IntFunction<double[]> source) {
    this.name = name;
    this.shape = shape;
    this.count = count;
    this.source = source;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean isWhole() {
    return false;
  }

  @Override
  public double real(int record, int element) {
    return record(record)[element];
  }

  @Override
  public void read(int record, double[] into, int at) {
    System.arraycopy(record(record), 0, into, at, size());
  }

  private synchronized double[] record(int record) {
    if (record != kept) {
      double[] values = source.apply(record);
      if (values.length != shape.size()) {
        throw DataProblem.found(
            "record %d of field `%s`".formatted(record, name),
            shape.size() + " numbers",
            String.valueOf(values.length));
      }
      last = values;
      kept = record;
    }
    return last;
  }
}

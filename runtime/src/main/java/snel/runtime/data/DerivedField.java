package snel.runtime.data;

import java.util.function.DoubleUnaryOperator;

/// A field computed from another one when it is read: renamed, reshaped or with a function applied.
record DerivedField(
    String name, Shape shape, Field origin, DoubleUnaryOperator function, boolean isWhole)
    implements Field {
  @Override
  public int count() {
    return origin.count();
  }

  @Override
  public double real(int record, int element) {
    return function.applyAsDouble(origin.real(record, element));
  }

  @Override
  public void read(int record, double[] into, int at) {
    origin.read(record, into, at);
    for (int i = 0, size = size(); i < size; i++) {
      into[at + i] = function.applyAsDouble(into[at + i]);
    }
  }
}

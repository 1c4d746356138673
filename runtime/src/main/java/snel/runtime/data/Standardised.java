package snel.runtime.data;

/// Fields brought to mean 0 and standard deviation 1, element by element over all records.
public final class Standardised {
  private Standardised() {}

  /// `(x - mean) / sd`, the sd over `n` (not `n - 1`) records; an element that never varies gives
  /// 0, whatever its mean is rounded to.
  public static Field of(Field field) {
    int size = field.size();
    int count = field.count();
    double[] mean = new double[size];
    double[] variance = new double[size];
    boolean[] varies = new boolean[size];
    double[] values = new double[Math.multiplyExact(size, count)];
    for (int record = 0; record < count; record++) {
      System.arraycopy(field.reals(record), 0, values, record * size, size);
      for (int i = 0; i < size; i++) {
        mean[i] += values[record * size + i] / count;
      }
    }
    for (int at = 0; at < values.length; at++) {
      varies[at % size] |= values[at] != values[at % size];
      double difference = values[at] - mean[at % size];
      variance[at % size] += difference * difference / count;
    }
    for (int at = 0; at < values.length; at++) {
      double deviation = varies[at % size] ? Math.sqrt(variance[at % size]) : 0;
      values[at] = deviation == 0 ? 0 : (values[at] - mean[at % size]) / deviation;
    }
    return new NumberField(field.name(), field.shape(), count, new Numbers.Doubles(values));
  }
}

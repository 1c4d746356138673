package snel.runtime.schedule;

import snel.runtime.data.NumberArray;
import snel.runtime.data.Numbers;
import snel.runtime.data.Shape;

/// An array with a value for each record, which may be an array of its own. It is asked for one
/// record at a time, so it knows the shape of one.
final class ArrayRecords {
  private final Numbers values;
  private final int records;
  private final int width;
  private final int[] shape;

  ArrayRecords(NumberArray array) {
    Shape inner = array.shape().ofRecord();
    this.values = array.values();
    this.records = array.shape().length(0);
    this.width = Math.toIntExact(inner.size());
    this.shape = inner.lengths().stream().mapToInt(Integer::intValue).toArray();
  }

  int records() {
    return records;
  }

  Value value(int index) {
    if (shape.length == 0) {
      return values.isWhole()
          ? new Value.Whole(values.whole(index))
          : new Value.Real(values.real(index));
    }
    double[] row = new double[width];
    for (int k = 0; k < width; k++) {
      row[k] = values.real(index * width + k);
    }
    return new Value.Array(shape, row);
  }
}

package snel.runtime.schedule;

import java.lang.foreign.MemorySegment;
import snel.runtime.kernel.ProblemKind;

/// Elements of a network's buffers, whatever their width.
public final class Cells {
  private Cells() {}

  public static double get(Object array, int index) {
    return switch (array) {
      case float[] cells -> cells[index];
      case double[] cells -> cells[index];
      case int[] cells -> cells[index];
      case long[] cells -> cells[index];
      case char[] cells -> cells[index];
      case byte[] cells -> cells[index] & 0xff;
      case FixedCells cells -> cells.get(index);
      default -> throw new IllegalArgumentException("not an array of numbers");
    };
  }

  /// The first elements, so many.
  public static double[] values(Object array, int count) {
    double[] values = new double[count];
    if (array instanceof float[] cells) {
      for (int k = 0; k < count; k++) {
        values[k] = cells[k];
      }
    } else {
      for (int k = 0; k < count; k++) {
        values[k] = get(array, k);
      }
    }
    return values;
  }

  /// The elements at these places.
  public static double[] values(Object array, int[] places) {
    double[] values = new double[places.length];
    for (int k = 0; k < places.length; k++) {
      values[k] = get(array, places[k]);
    }
    return values;
  }

  /// Stores `value`, rounded once to a float where that is the width; a number that is not whole
  /// goes into no integer cell.
  public static void set(Object array, int index, double value) {
    switch (array) {
      case float[] cells -> cells[index] = (float) value;
      case double[] cells -> cells[index] = value;
      case int[] cells -> cells[index] = Math.toIntExact(exact(value));
      case long[] cells -> cells[index] = exact(value);
      case char[] cells -> cells[index] = (char) exact(value);
      case byte[] cells -> cells[index] = (byte) exact(value);
      case FixedCells cells -> cells.set(index, value);
      default -> throw new IllegalArgumentException("not an array of numbers");
    }
  }

  public static int length(Object array) {
    return switch (array) {
      case float[] cells -> cells.length;
      case double[] cells -> cells.length;
      case int[] cells -> cells.length;
      case long[] cells -> cells.length;
      case char[] cells -> cells.length;
      case byte[] cells -> cells.length;
      case FixedCells cells -> length(cells.raw());
      default -> throw new IllegalArgumentException("not an array of numbers");
    };
  }

  public static Object copy(Object array) {
    return switch (array) {
      case float[] cells -> cells.clone();
      case double[] cells -> cells.clone();
      case int[] cells -> cells.clone();
      case long[] cells -> cells.clone();
      case char[] cells -> cells.clone();
      case byte[] cells -> cells.clone();
      case FixedCells cells -> new FixedCells(copy(cells.raw()), cells.bits(), cells.amount());
      default -> throw new IllegalArgumentException("not an array of numbers");
    };
  }

  /// The elements as they lie in memory.
  static MemorySegment segment(Object array) {
    return switch (array) {
      case float[] cells -> MemorySegment.ofArray(cells);
      case double[] cells -> MemorySegment.ofArray(cells);
      case int[] cells -> MemorySegment.ofArray(cells);
      case long[] cells -> MemorySegment.ofArray(cells);
      case char[] cells -> MemorySegment.ofArray(cells);
      case byte[] cells -> MemorySegment.ofArray(cells);
      case FixedCells cells -> segment(cells.raw());
      default -> throw new IllegalArgumentException("not an array of numbers");
    };
  }

  /// Puts a copy back.
  static void restore(Object kept, Object array) {
    if (kept instanceof FixedCells from && array instanceof FixedCells to) {
      restore(from.raw(), to.raw());
    } else {
      System.arraycopy(kept, 0, array, 0, length(array));
    }
  }

  /// Whether the cells hold whole numbers.
  public static boolean isWhole(Object array) {
    return !(array instanceof float[] || array instanceof double[] || array instanceof FixedCells);
  }

  /// Whether both are one number once they are stored.
  static boolean areOne(Object array, double value, double other) {
    return array instanceof float[] ? (float) value == (float) other : value == other;
  }

  /// Whether the values need double precision.
  public static boolean isWide(Object array) {
    return array instanceof double[]
        || array instanceof long[]
        || array instanceof FixedCells fixed && fixed.bits() > 24;
  }

  private static long exact(double value) {
    if (value != Math.rint(value)) {
      throw new ProtocolProblem(
          ProblemKind.BAD_VALUE, NumberText.of(value) + " is not a whole number");
    }
    return (long) value;
  }
}

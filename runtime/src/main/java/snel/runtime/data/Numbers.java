package snel.runtime.data;

import java.nio.ByteBuffer;
import snel.runtime.kernel.ProblemKind;

/// A row of numbers as compactly as the file held them.
public sealed interface Numbers {
  int length();

  /// The number at `index` as a double; whole numbers beyond 2^53 are rounded.
  double real(int index);

  /// The number at `index`, which must be whole.
  long whole(int index);

  /// Whether only whole numbers can stand here.
  boolean isWhole();

  /// Unsigned bytes, 0 to 255, from the beginning of a buffer to its limit.
  record Bytes(ByteBuffer values) implements Numbers {
    @Override
    public int length() {
      return values.limit();
    }

    @Override
    public double real(int index) {
      return values.get(index) & 0xff;
    }

    @Override
    public long whole(int index) {
      return values.get(index) & 0xff;
    }

    @Override
    public boolean isWhole() {
      return true;
    }
  }

  /// 32-bit whole numbers, also for narrower ones.
  record Ints(int[] values) implements Numbers {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public long whole(int index) {
      return values[index];
    }

    @Override
    public boolean isWhole() {
      return true;
    }
  }

  /// 64-bit whole numbers.
  record Longs(long[] values) implements Numbers {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public long whole(int index) {
      return values[index];
    }

    @Override
    public boolean isWhole() {
      return true;
    }
  }

  /// Single-precision numbers.
  record Floats(float[] values) implements Numbers {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public long whole(int index) {
      return exact(values[index]);
    }

    @Override
    public boolean isWhole() {
      return false;
    }
  }

  /// Double-precision numbers.
  record Doubles(double[] values) implements Numbers {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public long whole(int index) {
      return exact(values[index]);
    }

    @Override
    public boolean isWhole() {
      return false;
    }
  }

  /// `value` as a whole number, if it is one.
  static long exact(double value) {
    long whole = (long) value;
    if (whole != value || Math.abs(value) > 0x1p53) {
      throw new DataProblem(ProblemKind.BAD_SAMPLE, "expected a whole number; found " + value);
    }
    return whole;
  }
}

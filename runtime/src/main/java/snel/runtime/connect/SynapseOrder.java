package snel.runtime.connect;

import java.lang.reflect.Array;
import java.util.Arrays;

/// Other orders of the synapses of compressed rows: each row by delay, or all by target.
public final class SynapseOrder {
  private SynapseOrder() {}

  /// Sorts every row by delay class, keeping the order (target, multapse) within a class, and
  /// carries per-synapse arrays along (among them `delay` and the targets, if they are listed). The
  /// synapses of source i with class k are then `classStart[i * classes + k] ..< classStart[i *
  /// classes + k + 1]`.
  ///
  /// @param delay class of each synapse, in 0 ..< classes: `byte[]` (unsigned), `char[]` or `int[]`
  /// @param classStart sources * classes + 1 places, out
  public static void byDelay(
      int[] rowStart, Object delay, int classes, int[] classStart, Object... carried) {
    int sources = rowStart.length - 1;
    int longest = 0;
    for (int i = 0; i < sources; i++) {
      longest = Math.max(longest, rowStart[i + 1] - rowStart[i]);
    }
    int[] from = new int[longest];
    int[] cursor = new int[classes];
    Object[] rows = new Object[carried.length];
    for (int c = 0; c < carried.length; c++) {
      rows[c] = Array.newInstance(carried[c].getClass().getComponentType(), longest);
    }
    for (int i = 0; i < sources; i++) {
      int start = rowStart[i];
      int length = rowStart[i + 1] - start;
      Arrays.fill(cursor, 0);
      for (int s = start; s < start + length; s++) {
        cursor[at(delay, s)]++;
      }
      int place = 0;
      for (int k = 0; k < classes; k++) {
        classStart[i * classes + k] = start + place;
        int count = cursor[k];
        cursor[k] = place;
        place += count;
      }
      for (int s = 0; s < length; s++) {
        from[cursor[at(delay, start + s)]++] = start + s;
      }
      for (int c = 0; c < carried.length; c++) {
        gather(carried[c], from, length, rows[c]);
        System.arraycopy(rows[c], 0, carried[c], start, length);
      }
    }
    classStart[sources * classes] = rowStart[sources];
  }

  /// The synapses by target: those onto target j, with delay class k, are `synapse[columnStart[j *
  /// classes + k] ..< columnStart[j * classes + k + 1]]`, their sources rising and beside them in
  /// `source`.
  ///
  /// @param target of each synapse: `char[]` or `int[]`
  /// @param delay class of each synapse as in [#byDelay]; with one class it is not read, and may be
  ///   the targets
  /// @param source `char[]` or `int[]`, out
  /// @param columnStart targets * classes + 1 places, out; zeros
  public static void byTarget(
      int[] rowStart,
      Object target,
      Object delay,
      int classes,
      int[] columnStart,
      int[] synapse,
      Object source) {
    int sources = rowStart.length - 1;
    int count = rowStart[sources];
    for (int s = 0; s < count; s++) {
      columnStart[column(target, delay, classes, s) + 1]++;
    }
    Csr.accumulate(columnStart);
    int[] cursor = Csr.cursors(columnStart);
    char[] narrow = source instanceof char[] array ? array : null;
    int[] wide = narrow == null ? (int[]) source : new int[0];
    for (int i = 0; i < sources; i++) {
      for (int s = rowStart[i]; s < rowStart[i + 1]; s++) {
        int place = cursor[column(target, delay, classes, s)]++;
        synapse[place] = s;
        if (narrow != null) {
          narrow[place] = (char) i;
        } else {
          wide[place] = i;
        }
      }
    }
  }

  private static int column(Object target, Object delay, int classes, int synapse) {
    int j = at(target, synapse);
    return classes == 1 ? j : j * classes + at(delay, synapse);
  }

  private static int at(Object array, int index) {
    return switch (array) {
      case byte[] elements -> elements[index] & 0xFF;
      case char[] elements -> elements[index];
      case int[] elements -> elements[index];
      default -> throw new IllegalArgumentException("not an array of indices");
    };
  }

  private static void gather(Object array, int[] from, int length, Object row) {
    switch (array) {
      case byte[] elements -> {
        for (int s = 0; s < length; s++) {
          ((byte[]) row)[s] = elements[from[s]];
        }
      }
      case char[] elements -> {
        for (int s = 0; s < length; s++) {
          ((char[]) row)[s] = elements[from[s]];
        }
      }
      case int[] elements -> {
        for (int s = 0; s < length; s++) {
          ((int[]) row)[s] = elements[from[s]];
        }
      }
      case long[] elements -> {
        for (int s = 0; s < length; s++) {
          ((long[]) row)[s] = elements[from[s]];
        }
      }
      case float[] elements -> {
        for (int s = 0; s < length; s++) {
          ((float[]) row)[s] = elements[from[s]];
        }
      }
      case double[] elements -> {
        for (int s = 0; s < length; s++) {
          ((double[]) row)[s] = elements[from[s]];
        }
      }
      default -> throw new IllegalArgumentException("not an array of numbers");
    }
  }
}

package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ULT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Adds lines of one grid in memory to lines of another, or the sums of scattered places to one
/// place.
public final class PatchVector {
  static final int GATHER = 0;
  static final int ADD_LINES = 1;
  static final int ARE_ZEROS = 2;
  static final int ROWS = 3;
  static final int COLUMNS = 4;
  static final int GATHER_EIGHT = 5;
  private static final int TURN = 10;
  private static final int EIGHT_TURN = 20;

  /// The methods that turn a matrix over, those of [TurnVector] or [EightTurnVector].
  public static final List<Integer> TURNS = turns(false);

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  static final int L = LANES.length();
  static final int B = Float.BYTES * L;
  private static final MemorySegment MEMORY = OffHeap.MEMORY;
  private static final long ADDRESS = OffHeap.ADDRESS;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long WARM = OffHeap.allocate(16 * B);
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
  private static final float[] WARM_ARRAY = new float[4 * L];
  private static final int[] WARM_LIST = new int[8];

  /// No line or column of a patch.
  private static final int OUTSIDE = Integer.MIN_VALUE;

  private static final int[] WARM_XS = new int[3 * L];
  private static final int[] WARM_KEPT = new int[3 * L];
  private static final int[] WARM_NOTED = new int[3 * L];

  /// Two that are done one by one, and two together.
  private static final int[] WARM_NEURONS = {0, 1, 2, 3};

  private static final int[] WARM_PLACES = {0, 2 * B, B, 0};
  private static final int[] WARM_ZEROS = new int[4];
  private static final int[] WARM_ONES = {1, 1, 1, 1};
  private static final boolean[] WARM_BESIDE = {false, false, true, false};
  private static final int[] WARM_BYTES = {6 * B, 5 * B, 5 * B, 5 * B};
  private static int warmed;

  private PatchVector() {}

  /// The methods that patches of this shape are added by, and turned over.
  public static List<Integer> loops(Patches.Shape shape) {
    List<Integer> all = new ArrayList<>(turns(true));
    all.add(ARE_ZEROS);
    int vectors = shape.vectors();
    if (!shape.isWide()) {
      all.add(ADD_LINES);
      return all;
    }
    if (vectors >= 8) {
      all.add(GATHER_EIGHT);
    }
    if (vectors % 8 >= 4) {
      all.add(GATHER);
    }
    all.addAll(List.of(ROWS, COLUMNS));
    return all;
  }

  private static List<Integer> turns(boolean ofMemory) {
    if (EightTurnVector.isPossible()) {
      int other = ofMemory ? EightTurnVector.MEMORY_TO_ARRAY : EightTurnVector.COPY;
      return List.of(EIGHT_TURN + EightTurnVector.ARRAY_TO_MEMORY, EIGHT_TURN + other);
    }
    if (TurnVector.side() == 0) {
      return List.of();
    }
    List<Integer> ofArrays =
        List.of(TURN + TurnVector.ARRAY_TO_TILE, TURN + TurnVector.TILE_TO_ARRAY);
    List<Integer> ofBoth =
        List.of(
            TURN + TurnVector.ARRAY_TO_TILE,
            TURN + TurnVector.TILE_TO_MEMORY,
            TURN + TurnVector.MEMORY_TO_TILE,
            TURN + TurnVector.TILE_TO_ARRAY);
    return ofMemory ? ofBoth : ofArrays;
  }

  /// Adds four vectors at each of the places `from + entries[first ..< limit]`, in that order, to
  /// those at `to`.
  static void gather(long to, long from, int[] entries, int first, int limit) {
    int k = first;
    while (k > limit) {
      k--;
    }
    if (k == limit) {
      return;
    }
    long place = to & ADDRESS;
    FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, place, ORDER);
    FloatVector b = FloatVector.fromMemorySegment(LANES, MEMORY, place + B, ORDER);
    FloatVector c = FloatVector.fromMemorySegment(LANES, MEMORY, place + 2 * B, ORDER);
    FloatVector d = FloatVector.fromMemorySegment(LANES, MEMORY, place + 3 * B, ORDER);
    for (; k < limit; k++) {
      long row = from + entries[k] & ADDRESS;
      a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
      b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
      c = c.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER));
      d = d.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER));
    }
    Exact.PREFERRED.cast(a).intoMemorySegment(MEMORY, place, ORDER);
    Exact.PREFERRED.cast(b).intoMemorySegment(MEMORY, place + B, ORDER);
    Exact.PREFERRED.cast(c).intoMemorySegment(MEMORY, place + 2 * B, ORDER);
    Exact.PREFERRED.cast(d).intoMemorySegment(MEMORY, place + 3 * B, ORDER);
  }

  /// The same for eight vectors at each place: where vectors are short a list is read less often.
  static void gatherEight(long to, long from, int[] entries, int first, int limit) {
    int k = first;
    while (k > limit) {
      k--;
    }
    if (k == limit) {
      return;
    }
    long place = to & ADDRESS;
    FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, place, ORDER);
    FloatVector b = FloatVector.fromMemorySegment(LANES, MEMORY, place + B, ORDER);
    FloatVector c = FloatVector.fromMemorySegment(LANES, MEMORY, place + 2 * B, ORDER);
    FloatVector d = FloatVector.fromMemorySegment(LANES, MEMORY, place + 3 * B, ORDER);
    FloatVector e = FloatVector.fromMemorySegment(LANES, MEMORY, place + 4 * B, ORDER);
    FloatVector f = FloatVector.fromMemorySegment(LANES, MEMORY, place + 5 * B, ORDER);
    FloatVector g = FloatVector.fromMemorySegment(LANES, MEMORY, place + 6 * B, ORDER);
    FloatVector h = FloatVector.fromMemorySegment(LANES, MEMORY, place + 7 * B, ORDER);
    for (; k < limit; k++) {
      long row = from + entries[k] & ADDRESS;
      a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
      b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
      c = c.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER));
      d = d.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER));
      e = e.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 4 * B, ORDER));
      f = f.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 5 * B, ORDER));
      g = g.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 6 * B, ORDER));
      h = h.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 7 * B, ORDER));
    }
    Exact.PREFERRED.cast(a).intoMemorySegment(MEMORY, place, ORDER);
    Exact.PREFERRED.cast(b).intoMemorySegment(MEMORY, place + B, ORDER);
    Exact.PREFERRED.cast(c).intoMemorySegment(MEMORY, place + 2 * B, ORDER);
    Exact.PREFERRED.cast(d).intoMemorySegment(MEMORY, place + 3 * B, ORDER);
    Exact.PREFERRED.cast(e).intoMemorySegment(MEMORY, place + 4 * B, ORDER);
    Exact.PREFERRED.cast(f).intoMemorySegment(MEMORY, place + 5 * B, ORDER);
    Exact.PREFERRED.cast(g).intoMemorySegment(MEMORY, place + 6 * B, ORDER);
    Exact.PREFERRED.cast(h).intoMemorySegment(MEMORY, place + 7 * B, ORDER);
  }

  /// For each neuron of the list: adds to line y at `to + tos[neuron] + y * toLine` the line at
  /// `from + froms[neuron] + y * fromLine`, `bytes[neuron]` long, a whole number of vectors.
  ///
  /// @param beside whether the next neuron adds the same lines one vector before
  static void add(
      int[] list,
      int first,
      int limit,
      long to,
      int[] tos,
      long toLine,
      long from,
      int[] froms,
      long fromLine,
      int[] lines,
      int[] bytes,
      boolean[] beside) {
    int k = first;
    while (k > limit) {
      k--;
    }
    for (; k < limit; k++) {
      int neuron = list[k];
      long there = to + tos[neuron];
      long here = from + froms[neuron];
      int width = bytes[neuron];
      if (width == 5 * B && beside[neuron] && k + 1 < limit && list[k + 1] == neuron + 1) {
        k++;
        there -= B;
        for (int y = lines[neuron]; y > 0; y--) {
          there &= ADDRESS;
          here &= ADDRESS;
          FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, there, ORDER);
          FloatVector b = FloatVector.fromMemorySegment(LANES, MEMORY, there + B, ORDER);
          FloatVector c = FloatVector.fromMemorySegment(LANES, MEMORY, there + 2 * B, ORDER);
          FloatVector d = FloatVector.fromMemorySegment(LANES, MEMORY, there + 3 * B, ORDER);
          FloatVector e = FloatVector.fromMemorySegment(LANES, MEMORY, there + 4 * B, ORDER);
          FloatVector f = FloatVector.fromMemorySegment(LANES, MEMORY, there + 5 * B, ORDER);
          FloatVector p = FloatVector.fromMemorySegment(LANES, MEMORY, here, ORDER);
          FloatVector q = FloatVector.fromMemorySegment(LANES, MEMORY, here + B, ORDER);
          FloatVector r = FloatVector.fromMemorySegment(LANES, MEMORY, here + 2 * B, ORDER);
          FloatVector s = FloatVector.fromMemorySegment(LANES, MEMORY, here + 3 * B, ORDER);
          FloatVector t = FloatVector.fromMemorySegment(LANES, MEMORY, here + 4 * B, ORDER);
          a.lanewise(ADD, p).intoMemorySegment(MEMORY, there, ORDER);
          b.lanewise(ADD, p).lanewise(ADD, q).intoMemorySegment(MEMORY, there + B, ORDER);
          c.lanewise(ADD, q).lanewise(ADD, r).intoMemorySegment(MEMORY, there + 2 * B, ORDER);
          d.lanewise(ADD, r).lanewise(ADD, s).intoMemorySegment(MEMORY, there + 3 * B, ORDER);
          e.lanewise(ADD, s).lanewise(ADD, t).intoMemorySegment(MEMORY, there + 4 * B, ORDER);
          f.lanewise(ADD, t).intoMemorySegment(MEMORY, there + 5 * B, ORDER);
          there += toLine;
          here += fromLine;
        }
        continue;
      }
      if (width % (5 * B) == 0) {
        for (int y = lines[neuron]; y > 0; y--) {
          for (int x = 0; x < width; x += 5 * B) {
            long place = there + x & ADDRESS;
            long row = here + x & ADDRESS;
            FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, place, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(LANES, MEMORY, place + B, ORDER);
            FloatVector c = FloatVector.fromMemorySegment(LANES, MEMORY, place + 2 * B, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(LANES, MEMORY, place + 3 * B, ORDER);
            FloatVector e = FloatVector.fromMemorySegment(LANES, MEMORY, place + 4 * B, ORDER);
            a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
            b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
            c = c.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER));
            d = d.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER));
            e = e.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 4 * B, ORDER));
            a.intoMemorySegment(MEMORY, place, ORDER);
            b.intoMemorySegment(MEMORY, place + B, ORDER);
            c.intoMemorySegment(MEMORY, place + 2 * B, ORDER);
            d.intoMemorySegment(MEMORY, place + 3 * B, ORDER);
            e.intoMemorySegment(MEMORY, place + 4 * B, ORDER);
          }
          there += toLine;
          here += fromLine;
        }
        continue;
      }
      for (int y = lines[neuron]; y > 0; y--) {
        int x = 0;
        for (; x + 4 * B <= width; x += 4 * B) {
          long place = there + x & ADDRESS;
          long row = here + x & ADDRESS;
          FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, place, ORDER);
          FloatVector b = FloatVector.fromMemorySegment(LANES, MEMORY, place + B, ORDER);
          FloatVector c = FloatVector.fromMemorySegment(LANES, MEMORY, place + 2 * B, ORDER);
          FloatVector d = FloatVector.fromMemorySegment(LANES, MEMORY, place + 3 * B, ORDER);
          a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row, ORDER));
          b = b.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + B, ORDER));
          c = c.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 2 * B, ORDER));
          d = d.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, row + 3 * B, ORDER));
          a.intoMemorySegment(MEMORY, place, ORDER);
          b.intoMemorySegment(MEMORY, place + B, ORDER);
          c.intoMemorySegment(MEMORY, place + 2 * B, ORDER);
          d.intoMemorySegment(MEMORY, place + 3 * B, ORDER);
        }
        for (; x < width; x += B) {
          FloatVector a = FloatVector.fromMemorySegment(LANES, MEMORY, there + x, ORDER);
          a = a.lanewise(ADD, FloatVector.fromMemorySegment(LANES, MEMORY, here + x, ORDER));
          a.intoMemorySegment(MEMORY, there + x, ORDER);
        }
        there += toLine;
        here += fromLine;
      }
    }
  }

  /// Of patches `from ..< to`, keeps the columns and cells of those whose lines are in `first ..<
  /// first + height`. The arrays have room for a vector more.
  ///
  /// @return how many are kept
  static int rows(
      int[] ys,
      int[] xs,
      int[] cells,
      int from,
      int to,
      int first,
      int height,
      int[] toXs,
      int[] toCells) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return 0;
    }
    int kept = 0;
    IntVector.broadcast(BITS, OUTSIDE).intoArray(ys, to);
    for (; k < to; k += L) {
      VectorMask<Integer> in = IntVector.fromArray(BITS, ys, k).sub(first).compare(ULT, height);
      IntVector.fromArray(BITS, xs, k).compress(in).intoArray(toXs, kept);
      IntVector.fromArray(BITS, cells, k).compress(in).intoArray(toCells, kept);
      kept += in.trueCount();
    }
    return kept;
  }

  /// Notes down the cells of those in columns `first ..< first + width`, each `shift` on.
  ///
  /// @return how many
  static int columns(
      int[] xs, int[] cells, int from, int to, int first, int width, int shift, int[] noted) {
    int k = from;
    while (k > to) {
      k--;
    }
    if (k == to) {
      return 0;
    }
    int end = 0;
    IntVector.broadcast(BITS, OUTSIDE).intoArray(xs, to);
    for (; k < to; k += L) {
      VectorMask<Integer> in = IntVector.fromArray(BITS, xs, k).sub(first).compare(ULT, width);
      IntVector.fromArray(BITS, cells, k).add(shift).compress(in).intoArray(noted, end);
      end += in.trueCount();
    }
    return end;
  }

  /// Whether there is nothing but 0 in `all`, as far as whole vectors reach.
  static boolean areZeros(float[] all, int first, int limit) {
    int k = first;
    while (k > limit) {
      k--;
    }
    IntVector some = IntVector.zero(BITS);
    for (; k + L <= limit; k += L) {
      some = some.lanewise(OR, FloatVector.fromArray(LANES, all, k).reinterpretAsInts());
    }
    return some.eq(0).allTrue();
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    switch (method) {
      case GATHER -> gather(WARM, WARM + 8 * B, WARM_LIST, from, to);
      case GATHER_EIGHT -> gatherEight(WARM, WARM + 8 * B, WARM_LIST, from, to);
      case ADD_LINES -> {
        int pair = to > from ? warmed++ % 2 * 2 : 0;
        add(
            WARM_NEURONS,
            pair + from,
            pair + to,
            WARM,
            WARM_PLACES,
            B,
            WARM + 8 * B,
            WARM_ZEROS,
            B,
            WARM_ONES,
            WARM_BYTES,
            WARM_BESIDE);
      }
      case ARE_ZEROS -> areZeros(WARM_ARRAY, from, Math.min(to * L, WARM_ARRAY.length));
      case ROWS -> rows(WARM_XS, WARM_XS, WARM_XS, from, to * L, 0, 1, WARM_KEPT, WARM_NOTED);
      case COLUMNS -> columns(WARM_XS, WARM_XS, from, to * L, 0, 1, 0, WARM_NOTED);
      default -> {
        if (method >= EIGHT_TURN) {
          EightTurnVector.warmUp(method - EIGHT_TURN, from, to);
        } else {
          TurnVector.warmUp(method - TURN, from, to);
        }
      }
    }
  }
}

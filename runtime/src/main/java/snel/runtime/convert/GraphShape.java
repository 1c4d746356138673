package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import snel.runtime.data.Shape;

/// The lengths of data in a graph along its axes, as far as they are known. Samples lie along the
/// first.
///
/// @param isKnown whether it is known how many axes there are
/// @param lengths `OPEN` for those that are not known
record GraphShape(boolean isKnown, List<Integer> lengths) {
  static final int OPEN = -1;
  static final GraphShape UNKNOWN = new GraphShape(false, List.of());

  GraphShape {
    lengths = List.copyOf(lengths);
  }

  static GraphShape of(List<Integer> lengths) {
    return new GraphShape(true, lengths);
  }

  int axes() {
    return lengths.size();
  }

  int length(int axis) {
    return lengths.get(axis);
  }

  /// The number of an axis that may be counted from the end; empty if there is none.
  Optional<Integer> axis(int number) {
    int axis = number < 0 ? number + axes() : number;
    return axis >= 0 && axis < axes() ? Optional.of(axis) : Optional.empty();
  }

  /// How many numbers a sample has; `OPEN` if that is not known.
  long perSample() {
    return isKnown && axes() > 0 ? product(lengths.subList(1, axes())) : OPEN;
  }

  /// How many numbers there are with all samples; `OPEN` if that is not known.
  long all() {
    return isKnown ? product(lengths) : OPEN;
  }

  /// `OPEN` if one is; the largest number if it is more.
  static long product(List<Integer> lengths) {
    return lengths.contains(OPEN) ? OPEN : new Shape(lengths).size();
  }

  /// Whether the two may be the same.
  boolean mayBe(GraphShape other) {
    if (!isKnown || !other.isKnown) {
      return true;
    }
    return axes() == other.axes() && mayBe(lengths, other.lengths);
  }

  static boolean mayBe(List<Integer> some, List<Integer> others) {
    for (int axis = 0; axis < some.size(); axis++) {
      int length = some.get(axis);
      int other = others.get(axis);
      if (length != other && length != OPEN && other != OPEN) {
        return false;
      }
    }
    return true;
  }

  /// The maps that a sample is, [channels, height, width]; empty if it may be none.
  Optional<List<Integer>> maps() {
    return switch (isKnown ? axes() : 0) {
      case 3 -> Optional.of(List.of(length(1), 1, length(2)));
      case 4 -> Optional.of(lengths.subList(1, 4));
      default -> Optional.empty();
    };
  }

  /// Some of the lengths, by bounds that may be counted from the end.
  GraphShape part(int from, int to) {
    if (!isKnown) {
      return this;
    }
    int first = bound(from);
    return of(lengths.subList(first, Math.max(first, bound(to))));
  }

  private int bound(int number) {
    return Math.clamp(number < 0 ? (long) number + axes() : number, 0, axes());
  }

  /// All axes, the last one first.
  int[] backwards() {
    return IntStream.range(0, axes()).map(axis -> axes() - 1 - axis).toArray();
  }

  /// Whether these are all axes, each once.
  boolean isOrder(int[] axes) {
    return Arrays.equals(
        Arrays.stream(axes).sorted().toArray(), IntStream.range(0, axes()).toArray());
  }

  /// The same with its axes in another order.
  GraphShape turned(int[] axes) {
    return of(Arrays.stream(axes).mapToObj(lengths::get).toList());
  }

  /// The same with another length along one axis.
  GraphShape with(int axis, int length) {
    if (!isKnown) {
      return this;
    }
    List<Integer> all = new ArrayList<>(lengths);
    all.set(axis, length);
    return of(all);
  }

  /// The same samples with their numbers along other axes, in the same order.
  ///
  /// @param wanted a length each; `OPEN` for those that are not known
  /// @param inferred the axis that takes what is left; -1 if there is none
  /// @return empty if the numbers of a sample would not stay together
  Optional<GraphShape> reshaped(List<Integer> wanted, int inferred) {
    List<Integer> all = new ArrayList<>(wanted);
    boolean isOpen = !isKnown || Collections.frequency(lengths, OPEN) > (startsOpen() ? 1 : 0);
    if (isOpen) {
      return Optional.of(of(all));
    }
    return startsOpen() ? perSample(all, inferred) : whole(all, inferred);
  }

  private boolean startsOpen() {
    return isKnown && axes() > 0 && length(0) == OPEN;
  }

  /// Where the number of samples is known too.
  private Optional<GraphShape> whole(List<Integer> wanted, int inferred) {
    return filled(wanted, inferred, product(lengths)).map(GraphShape::of);
  }

  private Optional<GraphShape> perSample(List<Integer> wanted, int inferred) {
    if (wanted.isEmpty() || inferred > 0 && wanted.getFirst() != OPEN && wanted.getFirst() != 1) {
      return Optional.empty();
    }
    return filled(wanted.subList(1, wanted.size()), inferred - 1, perSample())
        .map(rest -> {
          List<Integer> all = new ArrayList<>(List.of(OPEN));
          all.addAll(rest);
          return of(all);
        });
  }

  /// @param inferred below 0 if there is none
  private static Optional<List<Integer>> filled(List<Integer> wanted, int inferred, long size) {
    List<Integer> all = new ArrayList<>(wanted);
    if (inferred >= 0) {
      all.set(inferred, 1);
      long others = product(all);
      if (others < 1 || size % others != 0) {
        return Optional.empty();
      }
      all.set(inferred, (int) Math.min(Integer.MAX_VALUE, size / others));
    }
    return product(all) == size ? Optional.of(all) : Optional.empty();
  }

  @Override
  public String toString() {
    return isKnown
        ? lengths.stream()
            .map(length -> length == OPEN ? "?" : length + "")
            .collect(Collectors.joining(", ", "[", "]"))
        : "unknown";
  }
}

package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import snel.runtime.kernel.ProblemKind;

/// Several elements of a list, array, or set of trains or traces at once.
public final class PartOf {
  private PartOf() {}

  /// Which elements along one axis.
  ///
  /// @param indices counted from 0; none if all are meant
  /// @param isOne whether the axis is left out of the shape of what is picked
  public record Axis(long[] indices, boolean isAll, boolean isOne) {
    public static final Axis ALL = new Axis(new long[0], true, false);

    public static Axis one(long index) {
      return new Axis(new long[] {index}, false, true);
    }

    public static Axis listed(Value list) {
      long[] indices = new long[list.size()];
      for (int k = 0; k < indices.length; k++) {
        indices[k] = list.element(k).whole();
      }
      return new Axis(indices, false, false);
    }

    /// Without `until`.
    public static Axis between(long from, long until) {
      return new Axis(LongStream.range(from, until).toArray(), false, false);
    }

    private int[] of(int size) {
      long[] wanted = isAll ? LongStream.range(0, size).toArray() : indices;
      for (long index : wanted) {
        if (index < 0 || index >= size) {
          throw new ProtocolProblem(
              ProblemKind.RUN_TIME_INDEX, "there is no element " + index + ": there are " + size);
        }
      }
      return Arrays.stream(wanted).mapToInt(Math::toIntExact).toArray();
    }
  }

  /// @throws ProtocolProblem if there is no such element, or there are more axes than `value` has
  public static Value of(Value value, List<Axis> axes) {
    if (axes.isEmpty()) {
      return value;
    }
    return switch (value) {
      case Value.Array array -> ofArray(array, axes);
      case Value.Trains(double[][] rows) when axes.size() == 1 ->
          new Value.Trains(picked(rows, axes.getFirst()));
      case Value.Series(double[] times, double[][] rows) when axes.size() == 1 && rows.length > 1 ->
          new Value.Series(times, picked(rows, axes.getFirst()));
      default -> {
        List<Axis> rest = axes.subList(1, axes.size());
        List<Value> picked = new ArrayList<>();
        for (int index : axes.getFirst().of(value.size())) {
          picked.add(of(value.element(index), rest));
        }
        yield axes.getFirst().isOne() ? picked.getFirst() : new Value.Listing(picked);
      }
    };
  }

  private static double[][] picked(double[][] rows, Axis axis) {
    return Arrays.stream(axis.of(rows.length)).mapToObj(k -> rows[k]).toArray(double[][]::new);
  }

  private static Value ofArray(Value.Array array, List<Axis> axes) {
    int[] shape = array.shape();
    if (axes.size() > shape.length) {
      throw new ProtocolProblem(
          ProblemKind.RUN_TIME_INDEX,
          axes.size() + " indices for an array with " + shape.length + " axes");
    }
    int[][] wanted = new int[shape.length][];
    List<Integer> kept = new ArrayList<>();
    int count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      Axis picks = axis < axes.size() ? axes.get(axis) : Axis.ALL;
      wanted[axis] = picks.of(shape[axis]);
      count *= wanted[axis].length;
      if (!picks.isOne()) {
        kept.add(wanted[axis].length);
      }
    }
    double[] picked = new double[count];
    int[] at = new int[shape.length];
    for (int k = 0; k < count; k++) {
      int place = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        place = place * shape[axis] + wanted[axis][at[axis]];
      }
      picked[k] = array.elements()[place];
      for (int axis = shape.length - 1; axis >= 0 && ++at[axis] == wanted[axis].length; axis--) {
        at[axis] = 0;
      }
    }
    return kept.isEmpty()
        ? new Value.Real(picked[0])
        : new Value.Array(kept.stream().mapToInt(Integer::intValue).toArray(), picked);
  }
}

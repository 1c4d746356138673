package snel.runtime.run;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.NetworkView.Projection;

/// The synapses of a projection in an archive of weights, as compressed rows: `NAME:row_start` with
/// the number of the first synapse of each source, and `NAME:target` with the target of each.
final class SavedWiring {
  private SavedWiring() {}

  static void add(Projection projection, Map<String, NumberArray> arrays) {
    int[] rowStart = Objects.requireNonNull(projection.rowStart());
    double[] rows = new double[rowStart.length];
    double[] targets = new double[Math.toIntExact(projection.synapses())];
    for (int source = 0; source < projection.sources(); source++) {
      for (int k = rowStart[source]; k < rowStart[source + 1]; k++) {
        targets[k] = projection.target(source, k);
      }
    }
    for (int source = 0; source < rows.length; source++) {
      rows[source] = rowStart[source];
    }
    arrays.put(rowsName(projection), NumberArray.of(rows, rows.length));
    arrays.put(targetName(projection), NumberArray.of(targets, targets.length));
  }

  private static String rowsName(Projection projection) {
    return projection.name() + ":row_start";
  }

  private static String targetName(Projection projection) {
    return projection.name() + ":target";
  }

  /// Requires that the synapses of an archive, if it tells them, are those of the network, or puts
  /// them in their place where they come and go.
  static void take(Network network, Projection projection, ArrayFile arrays, String file) {
    @Nullable NumberArray rows = arrays.get(rowsName(projection));
    @Nullable NumberArray targets = arrays.get(targetName(projection));
    if (rows == null || targets == null) {
      return;
    }
    String place = file + ", `" + projection.name() + "`";
    NetworkView.@Nullable Loading load = projection.load();
    if (load == null) {
      check(projection, rows, targets, place);
    } else {
      put(projection, load, rows, targets, place);
      network.call(load.kernel());
    }
  }

  private static void put(
      Projection projection,
      NetworkView.Loading load,
      NumberArray rows,
      NumberArray targets,
      String place) {
    int sources = projection.sources();
    long count = targets.values().length();
    boolean fits =
        rows.values().length() == sources + 1L
            && rows.values().real(0) == 0
            && rows.values().real(sources) == count;
    if (!fits) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "synapses of " + sources + " neurons",
          count + " of " + (rows.values().length() - 1));
    }
    for (int source = 0; source < sources; source++) {
      double first = rows.values().real(source);
      double end = rows.values().real(source + 1);
      if (first != Math.rint(first) || first < 0 || end < first || end > count) {
        throw DataProblem.found(
            ProblemKind.FILE_UNREADABLE, place, "rows one after the other", first + " to " + end);
      }
      double before = -1;
      for (int k = (int) first; k < end; k++) {
        double target = targets.values().real(k);
        if (target != Math.rint(target) || target <= before || target >= projection.targets()) {
          throw DataProblem.found(
              ProblemKind.FILE_UNREADABLE,
              place,
              "targets below " + projection.targets() + ", rising in each row",
              target + " as number " + k + " (counted from 0)");
        }
        Cells.set(load.targetIndex(), k, target);
        before = target;
      }
      load.rowStart()[source] = (int) first;
    }
    load.rowStart()[sources] = (int) count;
  }

  private static void check(
      Projection projection, NumberArray rows, NumberArray targets, String place) {
    int[] rowStart = Objects.requireNonNull(projection.rowStart());
    boolean isSameSize =
        rows.values().length() == rowStart.length
            && targets.values().length() == projection.synapses();
    if (!isSameSize) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          projection.synapses() + " synapses of " + projection.sources() + " neurons",
          targets.values().length() + " of " + (rows.values().length() - 1));
    }
    for (int source = 0; source < projection.sources(); source++) {
      for (int k = rowStart[source]; k < rowStart[source + 1]; k++) {
        boolean isSame =
            rows.values().real(source) == rowStart[source]
                && targets.values().real(k) == projection.target(source, k);
        if (!isSame) {
          throw DataProblem.found(
              ProblemKind.OTHER_WEIGHTS,
              place,
              "the synapses of this network, number %d from %d to %d"
                  .formatted(k, source, projection.target(source, k)),
              "others, drawn with another seed");
        }
      }
    }
  }
}

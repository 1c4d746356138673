package snel.runtime.run;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
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

  /// Requires that the synapses of an archive, if it tells them, are those of the network.
  static void check(Projection projection, Map<String, NumberArray> arrays, String file) {
    @Nullable NumberArray rows = arrays.get(rowsName(projection));
    @Nullable NumberArray targets = arrays.get(targetName(projection));
    if (rows == null || targets == null) {
      return;
    }
    int[] rowStart = Objects.requireNonNull(projection.rowStart());
    String place = file + ", `" + projection.name() + "`";
    boolean isSameSize =
        rows.values().length() == rowStart.length
            && targets.values().length() == projection.synapses();
    if (!isSameSize) {
      throw DataProblem.found(
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
              place,
              "the synapses of this network, number %d from %d to %d"
                  .formatted(k, source, projection.target(source, k)),
              "others, drawn with another seed or come since");
        }
      }
    }
  }
}

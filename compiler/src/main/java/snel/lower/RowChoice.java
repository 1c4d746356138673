package snel.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import snel.model.Network;
import snel.model.Projection;

/// Which projections draw their rows again at every spike, and why.
///
/// Time speaks for storing, always: an event whose synapse is drawn again takes 8 to 60 times as
/// long. So rows are stored unless one array cannot hold them, or the network would not fit into
/// the memory given; then those go first that save the most bytes for the time they cost.
final class RowChoice {
  private final Map<String, RowCost> possible;
  private final Map<String, String> reasons;
  private final BitRows bits;
  private final SynapseCounts counts;

  private RowChoice(
      Map<String, RowCost> possible,
      Map<String, String> reasons,
      BitRows bits,
      SynapseCounts counts) {
    this.possible = possible;
    this.reasons = reasons;
    this.bits = bits;
    this.counts = counts;
  }

  /// Before the memory of the network is known.
  static RowChoice of(Network network, Needs needs, Resources resources) {
    Map<String, RowCost> possible = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    var counts = new SynapseCounts(network);
    boolean mayRegenerate =
        switch (resources.rows()) {
          case BY_COST, REGENERATED -> true;
          case STORED, LISTS, BITS, MASKS -> false;
        };
    if (mayRegenerate) {
      var regeneration = new Regeneration(network, needs);
      int realBytes = network.numerics() == Network.Numerics.F64 ? 8 : 4;
      for (Projection projection : network.projections()) {
        if (!regeneration.isPossible(projection)) {
          continue;
        }
        RowCost cost = RowCost.of(projection, counts.rounded(projection), realBytes);
        possible.put(projection.path(), cost);
        if (resources.rows() == Resources.Rows.REGENERATED) {
          reasons.put(projection.path(), "as asked");
        } else if (cost.synapses() > RowCost.MOST_STORED) {
          reasons.put(
              projection.path(),
              "because no array holds " + grouped(cost.synapses()) + " synapses");
        }
      }
    }
    return new RowChoice(
        possible, reasons, new BitRows(network, needs, resources.rows(), counts), counts);
  }

  /// How many synapses each projection makes.
  SynapseCounts counts() {
    return counts;
  }

  /// The choice with which a network of `bytes` comes down to `memory`, or as near as it can.
  RowChoice within(long memory, long bytes) {
    Map<String, String> more = new LinkedHashMap<>(reasons);
    List<Map.Entry<String, RowCost>> order = new ArrayList<>(possible.entrySet());
    order.sort(
        Comparator.comparingDouble((Map.Entry<String, RowCost> e) -> e.getValue().worth())
            .thenComparingLong(e -> e.getValue().bytes())
            .reversed());
    long left = bytes;
    for (Map.Entry<String, RowCost> entry : order) {
      if (left <= memory) {
        break;
      }
      if (more.containsKey(entry.getKey())) {
        continue;
      }
      left -= entry.getValue().bytes();
      more.put(
          entry.getKey(),
          "because stored, the network would need "
              + megabytes(bytes)
              + " of "
              + megabytes(memory));
    }
    return new RowChoice(possible, more, bits, counts);
  }

  boolean isRegenerated(String projection) {
    return reasons.containsKey(projection);
  }

  /// Which rows, of those that are stored, are bits.
  BitRows bits() {
    return bits;
  }

  int count() {
    return reasons.size();
  }

  /// One sentence on the rows of a projection that could be drawn again, or are.
  Optional<String> explained(String projection) {
    RowCost cost = possible.get(projection);
    if (cost == null) {
      return Optional.empty();
    }
    String price =
        String.format(
            Locale.ROOT,
            "%s less, about %.0f ns an event instead of %.0f",
            megabytes(cost.bytes()),
            cost.nanos(),
            RowCost.STORED_NANOS);
    String reason = reasons.get(projection);
    return Optional.of(
        reason == null
            ? "stored, because that is faster; drawn again at every spike: " + price
            : "rows are drawn again at every spike, " + reason + ": " + price);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

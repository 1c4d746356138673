package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.protocol.Grouping;
import snel.ir.protocol.Term;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.readout.Tally;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.Value;

/// The groups that scored samples belong to. Groups made of a column of the data set that was
/// scored go with their records, in whatever order and however often those were scored; others come
/// in the order of scoring.
final class ScoredGroups {
  private final Evaluation groups;
  private final Optional<Evaluation> column;

  private ScoredGroups(Evaluation groups, Optional<Evaluation> column) {
    this.groups = groups;
    this.column = column;
  }

  static ScoredGroups of(Term groups) {
    return new ScoredGroups(
        TermLinker.link(groups), Grouping.records(groups).map(TermLinker::link));
  }

  /// The accuracy on each group, in the order in which they are first listed; NaN for those of
  /// which nothing was scored.
  Map<String, Double> accuracies(Machine machine, Tally tally) {
    List<String> listed = texts(groups.evaluate(machine));
    Map<String, Double> accuracies = tally.accuracyBy(ofScores(machine, listed, tally.samples()));
    Map<String, Double> inOrder = new LinkedHashMap<>();
    listed.forEach(group -> inOrder.put(group, accuracies.getOrDefault(group, Double.NaN)));
    return inOrder;
  }

  private List<String> ofScores(Machine machine, List<String> listed, List<Tally.Scored> scored) {
    if (column.isPresent()
        && column.get().evaluate(machine) instanceof Value.Stream(var records, int[] order)
        && order.length == listed.size()
        && scored.stream().anyMatch(sample -> sample.dataSet().equals(records.name()))) {
      return ofRecords(records.name(), order, listed, scored);
    }
    if (listed.size() != scored.size()) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`accuracy_by` wants a group for each of the %d scores, not %d"
              .formatted(scored.size(), listed.size()));
    }
    return listed;
  }

  private static List<String> ofRecords(
      String dataSet, int[] order, List<String> listed, List<Tally.Scored> scored) {
    Map<Tally.Scored, String> groups = new HashMap<>();
    for (int k = 0; k < order.length; k++) {
      groups.put(new Tally.Scored(dataSet, order[k]), listed.get(k));
    }
    for (Tally.Scored sample : scored) {
      if (!groups.containsKey(sample)) {
        throw new ProtocolProblem(
            ProblemKind.SIZES_DIFFER,
            "`accuracy_by` wants a group for each of the %d scores, but %s is in none"
                .formatted(scored.size(), shown(sample)));
      }
    }
    return scored.stream().map(groups::get).toList();
  }

  private static String shown(Tally.Scored sample) {
    return sample.equals(Tally.Scored.UNKNOWN)
        ? "one that is of no data set"
        : "record %d of `%s`".formatted(sample.record(), sample.dataSet());
  }

  private static List<String> texts(Value listed) {
    List<String> texts = new ArrayList<>();
    for (int k = 0; k < listed.size(); k++) {
      texts.add(listed.element(k).text());
    }
    return texts;
  }
}

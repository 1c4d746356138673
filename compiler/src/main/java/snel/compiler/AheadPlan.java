package snel.compiler;

import java.util.List;
import java.util.Optional;
import snel.ir.Program;
import snel.lower.Explanation;
import snel.recall.Ahead;

/// What `snel plan` tells of weights whose rows are summed for many steps before the first of them.
final class AheadPlan {
  private AheadPlan() {}

  static Explanation with(Explanation network, Program program) {
    Optional<Ahead> ahead = Ahead.of(program);
    if (ahead.isEmpty()) {
      return network;
    }
    List<String> projections =
        program.directory().projections().stream()
            .filter(each -> each.weight().filter(ahead.get().weights()::contains).isPresent())
            .map(each -> "projection " + each.name())
            .toList();
    return network.about(
        projections,
        "with one thread, rows of weights are added up for up to "
            + ahead.get().rows()
            + " steps of a presentation before the first of them, where sources spike often: their"
            + " spikes hang on nothing that the network does");
  }
}

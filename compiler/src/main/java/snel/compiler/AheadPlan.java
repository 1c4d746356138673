package snel.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Directory;
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
    List<String> titles =
        program.directory().projections().stream()
            .filter(each -> each.weight().filter(ahead.get().weights()::contains).isPresent())
            .map(Directory.Projection::name)
            .map(name -> "projection " + name + " : ")
            .toList();
    List<Explanation.Part> parts =
        network.parts().stream().map(part -> with(part, titles, ahead.get().rows())).toList();
    return new Explanation(parts, network.bytes(), network.level());
  }

  private static Explanation.Part with(Explanation.Part part, List<String> titles, int steps) {
    if (titles.stream().noneMatch(part.title()::startsWith)) {
      return part;
    }
    List<String> decisions = new ArrayList<>(part.decisions());
    decisions.add(
        "with one thread, rows of weights are added up for up to "
            + steps
            + " steps of a presentation before the first of them, where sources spike often: their"
            + " spikes hang on nothing that the network does");
    return new Explanation.Part(part.title(), decisions, part.bytes());
  }
}

package snel.compiler;

import java.util.ArrayList;
import java.util.List;
import snel.lower.Explanation;

/// What `snel plan` tells of layers whose spikes are kept for each sample.
final class RecallPlan {
  private RecallPlan() {}

  static Explanation with(Explanation network, List<String> recalled) {
    List<Explanation.Part> parts =
        network.parts().stream().map(part -> with(part, recalled)).toList();
    return new Explanation(parts, network.bytes(), network.level());
  }

  private static Explanation.Part with(Explanation.Part part, List<String> recalled) {
    boolean is =
        recalled.stream().anyMatch(path -> part.title().startsWith("population " + path + " : "));
    if (!is) {
      return part;
    }
    List<String> decisions = new ArrayList<>(part.decisions());
    decisions.add(
        "with one thread, spikes are kept for each sample and played back where it is shown again after a reset:"
            + " nothing that learns, and no chance, is behind them");
    return new Explanation.Part(part.title(), decisions, part.bytes());
  }
}

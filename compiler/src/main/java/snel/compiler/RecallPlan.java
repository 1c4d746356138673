package snel.compiler;

import java.util.List;
import snel.lower.Explanation;

/// What `snel plan` tells of layers whose spikes are kept for each sample.
final class RecallPlan {
  private RecallPlan() {}

  static Explanation with(Explanation network, List<String> recalled) {
    return network.about(
        recalled.stream().map(path -> "population " + path).toList(),
        "with one thread, spikes are kept for each sample and played back where it is shown again after a reset:"
            + " nothing that learns, and no chance, is behind them");
  }
}

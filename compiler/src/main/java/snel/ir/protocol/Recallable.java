package snel.ir.protocol;

import java.util.List;
import java.util.Set;
import snel.ir.Paths;

/// Populations whose spikes are worth keeping for each sample, because an experiment shows samples
/// again.
///
/// @param holds the experiment's `freeze` and `unfreeze`, in order
public record Recallable(Set<String> populations, List<Hold> holds) {
  public static final Recallable NONE = new Recallable(Set.of(), List.of());

  public Recallable {
    populations = Set.copyOf(populations);
    holds = List.copyOf(holds);
  }

  /// @param all whether everything is meant but `paths`, or only `paths`
  public record Hold(boolean all, List<String> paths, boolean held) {
    public Hold {
      paths = List.copyOf(paths);
    }

    boolean means(String flag) {
      return Paths.isUnder(flag, paths) != all;
    }
  }

  /// Whether what learns under this name is frozen and stays so.
  public boolean isHeld(String flag) {
    return holds.stream().anyMatch(hold -> hold.held() && hold.means(flag))
        && holds.stream().noneMatch(hold -> !hold.held() && hold.means(flag));
  }

  public Recallable only(Set<String> some) {
    return new Recallable(some, holds);
  }
}

package snel.runtime.kernel;

import java.util.Optional;

/// Runs steps alone or together with other threads; the results are the same.
public final class JointRun {
  private final CompiledKernels kernels;
  private final DividedKernels divided;
  private final Team team;
  private final Optional<Pace> pace;

  /// @param kernels also [DividedKernels]
  /// @param pace chooses; without it all steps are done together
  public JointRun(CompiledKernels kernels, int threads, Optional<Pace> pace) {
    this.kernels = kernels;
    this.divided = (DividedKernels) kernels;
    this.team = new Team(divided, threads);
    this.pace = pace;
  }

  /// See [CompiledKernels#run].
  public long run(long steps) {
    if (pace.isEmpty()) {
      return together(steps);
    }
    Pace chooses = pace.get();
    long done = 0;
    while (done < steps) {
      boolean isTogether = chooses.isTogether();
      long wanted = Math.min(chooses.steps(), steps - done);
      long start = System.nanoTime();
      long now = isTogether ? together(wanted) : kernels.run(wanted);
      chooses.note(isTogether, now, System.nanoTime() - start);
      done += now;
      if (now < wanted) {
        break;
      }
    }
    return done;
  }

  private long together(long steps) {
    team.wake();
    try {
      long done = 0;
      while (done < steps) {
        team.step();
        done++;
        if (divided.advance()) {
          break;
        }
      }
      return done;
    } finally {
      team.rest();
    }
  }
}

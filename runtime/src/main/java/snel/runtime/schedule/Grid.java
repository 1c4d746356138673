package snel.runtime.schedule;

import snel.runtime.kernel.ProblemKind;

/// Times and the grid of steps (semantics.md §1).
public final class Grid {
  private static final double SLACK = 1e-6;

  private Grid() {}

  /// The step that `time` falls on; off the grid is a problem that names the two nearest times.
  public static long exact(double time, double stepMs, String what) {
    double steps = time / stepMs;
    double nearest = Math.rint(steps);
    if (!(Math.abs(steps - nearest) <= SLACK * Math.max(1, Math.abs(nearest) * 1e-6))) {
      double below = Math.floor(steps);
      throw new ProtocolProblem(
          ProblemKind.BAD_VALUE,
          what
              + " at "
              + NumberText.of(time)
              + " ms is not a multiple of the step "
              + NumberText.of(stepMs)
              + " ms: "
              + NumberText.of(below * stepMs)
              + " ms or "
              + NumberText.of((below + 1) * stepMs)
              + " ms? (or `to_step(…)`)");
    }
    return (long) nearest;
  }

  /// The nearest step, half up.
  public static long nearest(double time, double stepMs) {
    return (long) Math.floor(time / stepMs + 0.5);
  }
}

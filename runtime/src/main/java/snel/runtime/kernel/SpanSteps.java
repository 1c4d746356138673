package snel.runtime.kernel;

/// Steps in which threads wait for one another after several near halves: each then does the far
/// halves of these steps and, without another wait, the next near ones.
final class SpanSteps implements JointSteps {
  /// Counts of different threads lie on cache lines of their own.
  private static final int APART = 16;

  private final SpannedKernels kernels;
  private final Team team;
  private final int parts;

  /// Near halves that each part has done.
  private final int[] reached;

  private int far;
  private int near;

  SpanSteps(SpannedKernels kernels, int threads) {
    this.kernels = kernels;
    this.parts = threads;
    this.team = new Team(this::part, threads);
    this.reached = new int[(threads + 1) * APART];
  }

  @Override
  public void begin() {
    kernels.begin();
    team.wake();
  }

  @Override
  public long run(long steps) {
    long done = 0;
    boolean stops = false;
    far = 0;
    while (done < steps && !stops) {
      near = (int) Math.min(kernels.longestSpan(), steps - done);
      team.together();
      far = least();
      done += far;
      boolean hasFound = hasFound();
      if (hasFound) {
        forgetLater(far);
      }
      stops = hasFound || kernels.isHalted();
    }
    near = 0;
    team.together();
    far = 0;
    if (hasFound()) {
      takeFound();
    }
    return done;
  }

  private void part(int part) {
    for (int step = 0; step < far; step++) {
      if (step > 0) {
        kernels.head(part);
      }
      kernels.tail(part);
    }
    int done = 0;
    if (near > 0) {
      kernels.head(part);
      do {
        kernels.near(part);
        done++;
      } while (done < near && !kernels.hasFound(part));
    }
    reached[part * APART] = done;
  }

  private int least() {
    int least = near;
    for (int part = 0; part < parts; part++) {
      least = Math.min(least, reached[part * APART]);
    }
    return least;
  }

  private boolean hasFound() {
    boolean found = false;
    for (int part = 0; part < parts; part++) {
      found |= kernels.hasFound(part);
    }
    return found;
  }

  /// What a part finds after a step in which another has found something will not come to pass.
  private void forgetLater(int steps) {
    for (int part = 0; part < parts; part++) {
      if (reached[part * APART] > steps) {
        kernels.forget(part);
      }
    }
  }

  private void takeFound() {
    kernels.take();
    for (int part = 0; part < parts; part++) {
      kernels.forget(part);
    }
  }

  @Override
  public void end() {
    team.rest();
    kernels.end();
  }
}

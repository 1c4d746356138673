package snel.runtime.kernel;

import java.util.stream.IntStream;

/// Steps in which threads wait for one another at the end of each section.
final class SectionSteps implements JointSteps {
  private final DividedKernels kernels;
  private final Team team;
  private final boolean drawsEarly;
  private final int first;
  private final int last;
  private int section;

  /// Whether no words have been drawn for this step, and whether they are to be for the next.
  private boolean drawsNow;

  private boolean drawsNext;

  SectionSteps(DividedKernels kernels, int threads) {
    this.kernels = kernels;
    this.drawsEarly = kernels.drawsEarly();
    int[] divided = IntStream.range(0, kernels.sections()).filter(kernels::isDivided).toArray();
    this.first = divided[0];
    this.last = divided[divided.length - 1];
    this.team = new Team(this::part, kernels::draw, threads);
  }

  private boolean part(int part) {
    if (drawsNow && section == first) {
      kernels.now(part);
      kernels.draw(part);
    }
    kernels.part(section, part);
    boolean draws = drawsNext && section == last;
    if (draws) {
      kernels.next(part);
    }
    return draws;
  }

  @Override
  public void begin() {
    kernels.begin();
    team.wake();
  }

  @Override
  public long run(long steps) {
    int sections = kernels.sections();
    long done = 0;
    drawsNow = drawsEarly;
    while (done < steps) {
      drawsNext = drawsEarly && done + 1 < steps && team.isCalm();
      for (int number = 0; number < sections; number++) {
        kernels.alone(number);
        if (kernels.isDivided(number)) {
          section = number;
          team.together();
        }
      }
      done++;
      drawsNow = drawsEarly && !drawsNext;
      if (kernels.advance()) {
        break;
      }
    }
    team.settle();
    return done;
  }

  @Override
  public void end() {
    team.rest();
    kernels.end();
  }
}

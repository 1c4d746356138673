package snel.runtime.kernel;

/// Steps in which threads wait for one another at the end of each section.
final class SectionSteps implements JointSteps {
  private final DividedKernels kernels;
  private final Team team;
  private int section;

  SectionSteps(DividedKernels kernels, int threads) {
    this.kernels = kernels;
    this.team = new Team(part -> kernels.part(section, part), threads);
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
    while (done < steps) {
      for (int number = 0; number < sections; number++) {
        kernels.alone(number);
        if (kernels.isDivided(number)) {
          section = number;
          team.together();
        }
      }
      done++;
      if (kernels.advance()) {
        break;
      }
    }
    return done;
  }

  @Override
  public void end() {
    team.rest();
    kernels.end();
  }
}

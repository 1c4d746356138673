package snel.target.jvm;

import java.lang.reflect.Array;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import snel.ir.Build;
import snel.ir.Program;
import snel.ir.Wiring;
import snel.parallel.DividedStep;
import snel.parallel.RowByRow;
import snel.parallel.RowLimit;
import snel.runtime.kernel.CompiledKernels;
import snel.runtime.kernel.DividedKernels;
import snel.runtime.kernel.Handover;
import snel.runtime.kernel.JointRun;
import snel.runtime.kernel.OtherPrograms;
import snel.runtime.kernel.Pace;
import snel.runtime.kernel.SpannedKernels;

/// A step divided between threads, with the arrays that it needs.
///
/// @param nanos that a step may take one thread
/// @param byRows whether loops over all synapses go along rows where the step is divided, which
///   takes longer
record StepForThreads(DividedStep step, Threads threads, double nanos, boolean byRows) {
  /// A shorter run is over before it pays to begin it together.
  private static final double LONG_NANOS = 1e9;

  /// Fewer neurons than this are not worth dividing.
  private static final int WORTH_DIVIDING = 128;

  /// Each thread should have so much to do in a step: several times what it costs to wait.
  private static final double LEAST_SHARE_NANOS = 2_500;

  /// So much work is worth a wait of all threads for all.
  private static final double WAIT_NANOS = 15_000;

  /// Elements after an array, so that the next one, perhaps of another thread, shares no line of
  /// the cache with it.
  private static final int APART = 32;

  /// The work of an arrival, by that of a neuron.
  private static final double ARRIVAL = 3;

  /// More sections than this are not worth their waits.
  private static final int MOST_SECTIONS = 60;

  /// With more kernels than this their calls are what takes time, and each thread would need some
  /// of its own.
  private static final int MOST_KERNELS = 3_000;

  /// The division of a program that has been built, if there is one.
  static Optional<StepForThreads> of(Program program, Memory memory, Threads wanted) {
    double nanos = nanos(program, memory);
    Threads threads = wanted.always() ? wanted : upTo(wanted, nanos);
    if (threads.most() < 2 || program.step().size() > MOST_KERNELS) {
      return Optional.empty();
    }
    Optional<DividedStep> step =
        DividedStep.of(
                program,
                threads.most(),
                least(threads),
                wiring -> arrivals(wiring, program, memory) * ARRIVAL)
            .filter(divided -> divided.sections().size() <= MOST_SECTIONS);
    step.ifPresent(divided -> {
      memory.add(divided.lists(), APART);
      memory.add(divided.limits().stream().map(RowLimit::limit).toList(), 0);
      divided.limits().forEach(limit -> fill(limit, memory));
      divided.span().ifPresent(span -> span.longer().forEach(memory::lengthen));
    });
    return step.map(
        divided -> new StepForThreads(divided, threads, nanos, RowByRow.isNeeded(program)));
  }

  /// The step divided between so many threads, whether or not that pays.
  static Optional<DividedStep> possible(Program program, Threads threads) {
    return DividedStep.of(program, threads.most(), least(threads));
  }

  private static int least(Threads threads) {
    return threads.always() ? 2 : WORTH_DIVIDING;
  }

  private static Threads upTo(Threads wanted, double nanos) {
    return Threads.upTo((int) Math.clamp(nanos / LEAST_SHARE_NANOS, 1, wanted.most()));
  }

  private static double nanos(Program program, Memory memory) {
    double nanos = Workload.ofStep(program) / Workload.OPERATIONS_PER_NANO;
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(Wiring wiring)) {
        nanos += arrivals(wiring, program, memory);
      }
    }
    return nanos;
  }

  /// What arrives in a step by a wiring that is no rows of bits, if sources spike as is assumed.
  private static double arrivals(Wiring wiring, Program program, Memory memory) {
    return memory.arrays().get(wiring.target().name()) instanceof Object targets && !wiring.isBits()
        ? Array.getLength(targets) * Workload.ASSUMED_RATE * program.stepMs()
        : 0;
  }

  /// @param others what else has run
  /// @param steps that it will do at least
  JointRun run(CompiledKernels kernels, OtherPrograms others, long steps) {
    Optional<Pace> pace = threads.always() ? Optional.empty() : Optional.of(pace(others, steps));
    return step.span().isPresent()
        ? new JointRun(kernels::run, (SpannedKernels) kernels, threads.most(), pace)
        : new JointRun(kernels::run, (DividedKernels) kernels, threads.most(), pace);
  }

  /// Many steps are likely to pay together, if they come in spans, or are long for their waits and
  /// processors are near.
  private Pace pace(OtherPrograms others, long steps) {
    boolean isLong = nanos * steps > LONG_NANOS;
    BooleanSupplier areFree = () -> others.leave(threads.most());
    return isLong && !byRows && (step.span().isPresent() || isWorthWaits() && Handover.isShort())
        ? Pace.likely(areFree)
        : Pace.trying(areFree);
  }

  private boolean isWorthWaits() {
    return nanos > WAIT_NANOS * step.stretches();
  }

  private static void fill(RowLimit of, Memory memory) {
    int[] limit = memory.ints(of.limit());
    int[] start = memory.ints(of.start());
    Object target = memory.array(of.target().name());
    for (int row = 0; row + 1 < start.length; row++) {
      limit[row] = first(target, start[row], start[row + 1], of.least());
    }
  }

  /// The first synapse of a row whose target is not below `least`; targets rise.
  private static int first(Object target, int from, int to, int least) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(target, middle) < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int at(Object target, int synapse) {
    return target instanceof char[] narrow ? narrow[synapse] : ((int[]) target)[synapse];
  }
}

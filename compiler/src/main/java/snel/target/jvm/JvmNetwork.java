package snel.target.jvm;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.parallel.DividedUpdates;
import snel.recall.Ahead;
import snel.recall.Recall;
import snel.runtime.kernel.CompiledKernels;
import snel.runtime.kernel.Crew;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.OtherPrograms;
import snel.runtime.kernel.RecalledLayers;
import snel.runtime.kernel.WarmUp;

/// A built network on the JVM. It may change its code between two steps: all that it knows lies in
/// the arrays.
final class JvmNetwork implements Network {
  private final DividedUpdates updates;
  private final Program program;
  private final Memory memory;
  private final StateCheck states;
  private final Map<String, Integer> numbers;

  /// Counted up at each call from outside, for between two of them arrays may change, and where a
  /// kernel has changed what others have copies of.
  private final long[] epoch = new long[1];

  private final int[] halt;
  private final OtherPrograms others;
  private final long steps;
  private final JvmTarget.Code code;
  private final Optional<SampleBuffers> samples;
  private final double workOfStep;
  private final Optional<StepForThreads> division;
  private final Optional<Ahead> known;
  private final Optional<AheadSteps> ahead;
  private CompiledKernels kernels;

  /// Which kernels change what others have copies of.
  private BitSet outdating = new BitSet();

  private LongUnaryOperator run;
  private boolean divides = true;
  private boolean settled;
  private double workDone;
  private long expected;
  private Optional<RecalledSteps> recalled = Optional.empty();
  private boolean inVectors;

  /// @param known what can be found out ahead of its steps
  /// @param steps that it will do at least
  JvmNetwork(
      Program program,
      Optional<Ahead> known,
      Memory memory,
      JvmTarget.Code code,
      Threads threads,
      OtherPrograms others,
      long steps) {
    this(
        DividedUpdates.of(program),
        known,
        memory,
        code,
        threads,
        others,
        steps,
        SampleBuffers.of(program),
        false,
        _ -> true);
  }

  /// @param isTwin whether [#warmUp] is called before it runs
  /// @param own which buffers may be moved
  private JvmNetwork(
      DividedUpdates updates,
      Optional<Ahead> known,
      Memory memory,
      JvmTarget.Code code,
      Threads threads,
      OtherPrograms others,
      long steps,
      Optional<SampleBuffers> samples,
      boolean isTwin,
      Predicate<Buffer> own) {
    this.others = others;
    this.steps = steps;
    this.updates = updates;
    this.program = updates.program();
    this.known = known;
    this.memory = memory;
    this.code = code;
    this.samples = samples;
    this.workOfStep = code == JvmTarget.Code.ADAPTIVE ? Workload.ofStep(program) : 0;
    boolean manySteps = work(steps) > Workload.WORTH_VECTORS;
    if (manySteps) {
      memory.startAtLines(own, Nodes.writtenBy(program.step()));
    }
    this.halt = (int[]) memory.array(Clock.HALT);
    this.states = new StateCheck(program, memory);
    this.division = StepForThreads.of(program, memory, threads);
    this.settled = manySteps || code != JvmTarget.Code.ADAPTIVE;
    KernelClass first =
        kernels(manySteps || code == JvmTarget.Code.VECTOR ? VectorHardware.bits() : 0);
    this.numbers = first.numbers();
    this.kernels = define(first);
    this.inVectors = (manySteps || code == JvmTarget.Code.VECTOR) && VectorHardware.bits() > 0;
    if (manySteps && !isTwin && !WarmUp.of(kernels)) {
      this.kernels = define(kernels(0));
      this.inVectors = false;
    }
    this.run = running(kernels);
    this.ahead = known.map(sums -> new AheadSteps(sums, memory, numbers, () -> kernels));
  }

  /// What it is like before the first step, if that is little enough to keep.
  Optional<Beginning> beginning() {
    return Beginning.of(
        memory,
        Nodes.writtenBy(
            Stream.of(program.step(), program.scheduled()).flatMap(List::stream).toList()));
  }

  /// Is as it was before the first step.
  ///
  /// @param steps that it will do at least
  void beginAgain(Beginning beginning, long steps) {
    beginning.restore(memory);
    states.noteAll();
    recalled = Optional.empty();
    epoch[0]++;
    expected = 0;
    if (!settled && workDone + work(steps) > Workload.WORTH_VECTORS) {
      goOverToVectors();
      settled = true;
    }
  }

  @Override
  public Optional<Network> twin() {
    return samples.map(sample -> {
      Set<String> own = sample.own();
      return new JvmNetwork(
          updates,
          known,
          memory.twin(own),
          code,
          Threads.ONE,
          others,
          settled ? Long.MAX_VALUE : 0,
          Optional.empty(),
          true,
          buffer -> own.contains(buffer.name()));
    });
  }

  @Override
  public boolean warmUp() {
    return !inVectors || WarmUp.of(kernels);
  }

  @Override
  public void divideSteps(boolean may) {
    divides = may;
  }

  /// Steps alone or with other threads.
  private LongUnaryOperator running(CompiledKernels kernels) {
    return division.isPresent() ? division.get().run(kernels, others, steps)::run : kernels::run;
  }

  private KernelClass kernels(int bits) {
    KernelClass all = new KernelClass(program, memory.arrays(), bits, epoch);
    all.share(Stream.of(program.step(), program.scheduled()).flatMap(List::stream).toList());
    program.step().forEach(all::add);
    program.scheduled().forEach(all::add);
    division.ifPresent(divided -> all.divide(divided.step()));
    if (bits > 0 && states.isLong()) {
      all.checkStates();
    }
    return all;
  }

  @Override
  public void expect(long steps) {
    expected = steps;
  }

  @Override
  public long run(long steps) {
    epoch[0]++;
    ahead.ifPresent(AheadSteps::touched);
    return goOn(steps);
  }

  @Override
  public long goOn(long steps) {
    if (!settled && workDone + work(Math.max(steps, expected)) > Workload.WORTH_VECTORS) {
      goOverToVectors();
      settled = true;
    }
    long done = steps(steps);
    expected -= done;
    workDone += work(done);
    checkFault();
    return done;
  }

  private long steps(long steps) {
    if (recalled.isPresent() && divides) {
      if (recalled.get().isActive()) {
        return recalled.get().run(steps);
      }
      recalled.get().plain();
    }
    long done = ahead.isPresent() && ahead.get().isActive() ? ahead.get().run(steps) : 0;
    if (done == steps || halt[0] != 0) {
      return done;
    }
    return done + (divides ? run.applyAsLong(steps - done) : kernels.run(steps - done));
  }

  @Override
  public void presentAlone(long steps) {
    boolean may = inVectors && (division.isEmpty() || !divides);
    ahead.ifPresent(sums -> sums.begin(may ? steps : 0));
  }

  @Override
  public Optional<RecalledLayers> recalling(List<String> populations) {
    recalled =
        division.isPresent()
            ? Optional.empty()
            : Recall.of(program, populations)
                .map(recall -> new RecalledSteps(program, memory, recall, numbers, () -> kernels));
    return recalled.map(steps -> steps);
  }

  private CompiledKernels define(KernelClass all) {
    CompiledKernels defined = all.define(program.step());
    outdating = all.outdating();
    return defined;
  }

  private void goOverToVectors() {
    int bits = VectorHardware.bits();
    if (bits > 0) {
      CompiledKernels faster = define(kernels(bits));
      if (WarmUp.of(faster)) {
        kernels = faster;
        run = running(kernels);
        this.inVectors = true;
      }
    }
  }

  private double work(long steps) {
    return steps * workOfStep;
  }

  @Override
  public void call(String kernel) {
    call(kernel, Crew.ALONE);
  }

  @Override
  public void call(String kernel, Crew crew) {
    List<String> pieces = updates.pieces().getOrDefault(kernel, List.of(kernel));
    int[] all = pieces.stream().mapToInt(this::number).toArray();
    epoch[0]++;
    ahead.ifPresent(AheadSteps::leave);
    crew.all(all.length, piece -> kernels.call(all[piece]));
    pieces.forEach(states::noteCall);
    checkFault();
  }

  @Override
  public void call(List<String> list, int times) {
    int[] all = list.stream().mapToInt(this::number).toArray();
    ahead.ifPresent(AheadSteps::leave);
    epoch[0]++;
    for (int time = 0; time < times; time++) {
      for (int number : all) {
        kernels.call(number);
        if (outdating.get(number)) {
          epoch[0]++;
        }
      }
    }
    list.forEach(states::noteCall);
    checkFault();
  }

  private int number(String kernel) {
    Integer number = numbers.get(kernel);
    if (number == null) {
      throw new IllegalArgumentException("no kernel " + kernel);
    }
    return number;
  }

  private void callAll(List<Kernel> list) {
    list.forEach(kernel -> call(kernel.name()));
  }

  private void checkFault() {
    if (halt[0] != 0) {
      Faults.check(program, memory);
    }
  }

  @Override
  public Object array(String buffer) {
    return memory.array(buffer);
  }

  @Override
  public void reset() {
    memory.clearDynamicState();
    callAll(program.reset());
    recalled.ifPresent(RecalledSteps::reset);
  }

  @Override
  public void presentationStart() {
    callAll(program.presentationStart());
  }

  @Override
  public void presentationEnd() {
    callAll(program.presentationEnd());
  }

  @Override
  public void checkStates() {
    states.run(
        inVectors && states.isLong(), recalled.map(RecalledSteps::untouched).orElse(Set.of()));
  }

  @Override
  public long memoryBytes() {
    return memory.bytes();
  }

  @Override
  public void settle() {
    recalled.ifPresent(RecalledSteps::settle);
    callAll(program.settling());
  }

  @Override
  public long stateHash() {
    settle();
    return memory.stateHash();
  }
}

package snel.target.jvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.recall.Ahead;
import snel.runtime.kernel.CompiledKernels;
import snel.runtime.kernel.ListedRows;

/// Steps of a presentation into which nothing comes from outside: the spikes of sources and the
/// sums that they lead to are found for many of them, then these steps are run one by one.
final class AheadSteps {
  /// Whether it is worth it is seen again after so many presentations in which it was not, or times
  /// when it was.
  private static final int PATIENCE = 64;

  private static final int TRUST = 16;

  private final Supplier<CompiledKernels> kernels;
  private final AheadSource[] sources;
  private final int[] finders;
  private final int[] sums;

  /// The kernels of a step by their numbers; `-1 - k` stands for source k.
  private final int[] step;

  private final int most;
  private final int[] row;
  private final int[] rows;
  private final long[] clock;
  private final int[] halt;
  private final long[] fault;

  /// Steps of the presentation that are not done.
  private long left;

  /// Whether no step of the presentation has been run.
  private boolean fresh;

  /// Presentations to come that are left alone.
  private int pause;

  private int trusted;

  AheadSteps(
      Ahead ahead, Memory memory, Map<String, Integer> numbers, Supplier<CompiledKernels> kernels) {
    this.kernels = kernels;
    this.most = ahead.rows();
    this.sources =
        ahead.sources().stream()
            .map(source -> new AheadSource(source, memory))
            .toArray(AheadSource[]::new);
    this.finders = numbers(ahead.kernels(), numbers);
    this.sums = numbers(ahead.sums(), numbers);
    List<Integer> all = new ArrayList<>();
    for (Kernel kernel : ahead.program().step()) {
      int source = ahead.kernels().indexOf(kernel.name());
      String name = ahead.instead().getOrDefault(kernel.name(), kernel.name());
      all.add(source >= 0 ? Integer.valueOf(-1 - source) : numbers.get(name));
    }
    this.step = all.stream().mapToInt(Integer::intValue).toArray();
    this.row = (int[]) memory.array(Ahead.ROW);
    this.rows = (int[]) memory.array(Ahead.ROWS);
    this.clock = (long[]) memory.array(Clock.NAME);
    this.halt = (int[]) memory.array(Clock.HALT);
    this.fault = (long[]) memory.array(Clock.FAULT);
  }

  private static int[] numbers(List<String> names, Map<String, Integer> numbers) {
    return names.stream().mapToInt(numbers::get).toArray();
  }

  /// A presentation of so many steps begins.
  void begin(long steps) {
    left = pause > 0 ? 0 : steps;
    pause = Math.max(0, pause - (steps > 0 ? 1 : 0));
    fresh = true;
    row[0] = 0;
    rows[0] = 0;
  }

  /// Something has come from outside: steps are run as ever.
  void leave() {
    left = 0;
  }

  /// States or weights may have been written since the last step.
  void touched() {
    if (!fresh) {
      leave();
    }
    fresh = false;
  }

  boolean isActive() {
    return left > 0;
  }

  /// @return how many were done: fewer if one halts, or if the others have to be run as ever
  long run(long steps) {
    CompiledKernels now = kernels.get();
    for (long done = 0; done < steps; done++) {
      if (left == 0 || row[0] == rows[0] && !lookAhead(now)) {
        return done;
      }
      for (int what : step) {
        if (what >= 0) {
          now.call(what);
        } else {
          sources[-1 - what].show(row[0], clock[Clock.TIME]);
        }
      }
      row[0]++;
      left--;
      Clock.advance(clock);
      if (halt[0] != 0) {
        return done + 1;
      }
    }
    return steps;
  }

  /// False if that cannot be done, or is not worth it: something is logged, a source finds a fault,
  /// which is to be told of its step, or few spike more than once.
  private boolean lookAhead(CompiledKernels now) {
    int count = (int) Math.min(left, most);
    long[] clockNow = clock.clone();
    for (AheadSource source : sources) {
      if (source.isLogged()) {
        leave();
        return false;
      }
      source.keepBooks();
    }
    for (int k = 0; k < count && halt[0] == 0; k++) {
      for (int source = 0; source < sources.length; source++) {
        now.call(finders[source]);
        sources[source].note(k);
      }
      Clock.advance(clock);
    }
    System.arraycopy(clockNow, 0, clock, 0, clockNow.length);
    for (AheadSource source : sources) {
      source.restoreBooks();
    }
    if (halt[0] != 0) {
      halt[0] = 0;
      Arrays.fill(fault, 0);
      leave();
      return false;
    }
    row[0] = 0;
    rows[0] = count;
    if (trusted == 0 && !isWorth(count)) {
      pause = PATIENCE;
      leave();
      return false;
    }
    trusted = trusted == 0 ? TRUST : trusted - 1;
    for (int sum : sums) {
      now.call(sum);
    }
    return true;
  }

  private boolean isWorth(int count) {
    long uses = 0;
    long different = 0;
    for (AheadSource source : sources) {
      uses += source.spikes(count);
      different += source.different(count);
    }
    return ListedRows.isWorth(uses, different);
  }
}

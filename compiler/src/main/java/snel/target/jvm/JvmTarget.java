package snel.target.jvm;

import java.util.Optional;
import snel.ir.Program;
import snel.parallel.DividedStep;
import snel.recall.Ahead;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.OtherPrograms;

/// Runs programs in this JVM: the reference target, and the one that `snel run` uses.
public final class JvmTarget {
  /// What code kernels become. The bits of the results are the same.
  public enum Code {
    /// Loops over one element at a time: ready at once.
    SCALAR,
    /// Loops in vectors where the JVM has them: several times as fast, after a quarter of a second.
    VECTOR,
    /// In vectors if it is known that a network will have so much to do that they pay; otherwise
    /// scalar at first, in vectors once that shows.
    ADAPTIVE
  }

  private final Code code;
  private final Threads threads;
  private final OtherPrograms others = new OtherPrograms();

  public JvmTarget() {
    this(Code.ADAPTIVE);
  }

  public JvmTarget(Code code) {
    this(code, Threads.ONE);
  }

  public JvmTarget(Code code, Threads threads) {
    this.code = code;
    this.threads = threads;
  }

  /// How a step would be divided between so many threads.
  public static Optional<DividedStep> divided(Program program, int threads) {
    return StepForThreads.possible(program, Threads.upTo(threads));
  }

  /// Builds the network of `program` and readies it for its first step.
  ///
  /// @throws snel.runtime.kernel.Fault when a build kernel finds an error
  public Network build(Program program) {
    return build(program, 0);
  }

  /// The same for a network that will do at least so many steps.
  public Network build(Program program, long steps) {
    return built(program, steps);
  }

  JvmNetwork built(Program program, long steps) {
    Optional<Ahead> ahead = Ahead.of(program);
    Program whole = ahead.map(Ahead::program).orElse(program);
    Memory memory = new Memory(whole);
    Builder.build(whole, memory);
    return new JvmNetwork(whole, ahead, memory, code, threads, others, steps);
  }
}

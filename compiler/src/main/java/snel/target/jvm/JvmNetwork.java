package snel.target.jvm;

import java.util.List;
import java.util.Map;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.runtime.kernel.CompiledKernels;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.Network;

/// A built network on the JVM.
final class JvmNetwork implements Network {
  private final Program program;
  private final Memory memory;
  private final CompiledKernels kernels;
  private final Map<String, Integer> numbers;
  private final int[] halt;

  JvmNetwork(Program program, Memory memory) {
    this.program = program;
    this.memory = memory;
    KernelClass main = new KernelClass(program, memory.arrays());
    for (List<Kernel> list :
        List.of(
            program.step(),
            program.reset(),
            program.presentationStart(),
            program.presentationEnd(),
            program.onDemand())) {
      list.forEach(main::add);
    }
    this.numbers = main.numbers();
    this.kernels = main.define(program.step());
    this.halt = memory.ints(program.buffer(Clock.HALT));
  }

  @Override
  public long run(long steps) {
    long done = kernels.run(steps);
    checkFault();
    return done;
  }

  @Override
  public void call(String kernel) {
    Integer number = numbers.get(kernel);
    if (number == null) {
      throw new IllegalArgumentException("no kernel " + kernel);
    }
    kernels.call(number);
    checkFault();
  }

  private void callAll(List<Kernel> list) {
    list.forEach(kernel -> call(kernel.name()));
  }

  /// A kernel reports a fault by a bit in `halt[0]`; the details are in `fault`.
  private void checkFault() {
    if ((halt[0] & Clock.HALT_FAULT) == 0) {
      return;
    }
    long[] fault = (long[]) memory.array(Clock.FAULT);
    long site = fault[1];
    String place =
        site >= 0 && site < program.faultSites().size()
            ? program.faultSites().get((int) site)
            : program.name();
    throw new Fault(Fault.Kind.ofCode(fault[0]), place, fault[2]);
  }

  @Override
  public Object array(String buffer) {
    return memory.array(buffer);
  }

  @Override
  public void reset() {
    memory.clearDynamicState();
    callAll(program.reset());
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
  public long memoryBytes() {
    return memory.bytes();
  }

  @Override
  public long stateHash() {
    return memory.stateHash();
  }
}

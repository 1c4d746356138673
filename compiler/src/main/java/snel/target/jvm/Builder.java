package snel.target.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Rule;
import snel.ir.Wiring;
import snel.runtime.kernel.CompiledKernels;

/// Carries out the build steps of a program. Kernels between two steps of another kind share a
/// class, because an array must exist before a class that holds it is defined.
final class Builder {
  /// The JVM rather takes more memory than to look for what is unused, which takes a second or two
  /// where there is so much.
  private static final long WORTH_LOOKING_FOR = 1L << 30;

  private final Program program;
  private final Memory memory;
  private final List<Kernel> waiting = new ArrayList<>();
  private final SharedKernelClass shared;
  private long unused;

  private Builder(Program program, Memory memory) {
    this.program = program;
    this.memory = memory;
    List<Kernel> kernels = new ArrayList<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Run(Kernel kernel)) {
        kernels.add(kernel);
      }
    }
    this.shared = new SharedKernelClass(kernels, program.seed());
  }

  static void build(Program program, Memory memory) {
    Builder builder = new Builder(program, memory);
    DrawWarmUp.begin(draws(program));
    program.build().forEach(builder::perform);
    builder.runWaiting();
  }

  /// How many numbers will about be drawn for synapses.
  private static double draws(Program program) {
    Map<String, Double> synapses = new HashMap<>();
    double draws = 0;
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(Wiring wiring)) {
        synapses.put(wiring.name(), wiring.expected());
        draws +=
            wiring.rule() instanceof Rule.FixedTotal(_, boolean again) && again
                ? wiring.expected()
                : 0;
      } else if (step instanceof Build.Run(Kernel kernel) && draws(kernel)) {
        draws +=
            Nodes.buffers(kernel.body()).stream()
                .mapToDouble(buffer ->
                    switch (buffer.length()) {
                      case Length.Synapses(String name, int each) ->
                          each * synapses.getOrDefault(name, 0.0);
                      case Length.Fixed(long count) -> count;
                    })
                .max()
                .orElse(0);
      }
    }
    return draws;
  }

  private static boolean draws(Kernel kernel) {
    boolean[] found = {false};
    Nodes.eachExpression(kernel.body(), expr -> found[0] |= expr instanceof Expr.Philox);
    return found[0];
  }

  private void perform(Build step) {
    if (step instanceof Build.Run(Kernel kernel)) {
      if (shared.has(kernel)) {
        runWaiting();
        shared.run(kernel, memory);
        Faults.check(program, memory);
      } else {
        waiting.add(kernel);
      }
      return;
    }
    runWaiting();
    switch (step) {
      case Build.Fill(Buffer buffer, double[] values) -> memory.fill(buffer, values);
      case Build.FillIntegers(Buffer buffer, long[] values) -> memory.fill(buffer, values);
      case Build.Wire(Wiring wiring) -> WiringBuilder.wire(program.seed(), wiring, memory);
      case Build.Join join -> WiringBuilder.join(join, memory);
      case Build.Release(Buffer buffer) -> release(buffer);
      case Build.SortByDelay sort -> WiringBuilder.sortByDelay(sort, memory);
      case Build.Transpose transpose -> WiringBuilder.transpose(transpose, memory);
      case Build.Lists _ -> {} // empty at first
      case Build.Masks _ -> {} // made by the kernels that use them
      case Build.Run _ -> throw new IllegalStateException("handled above");
    }
  }

  private void release(Buffer buffer) {
    unused += memory.release(buffer);
    if (unused > WORTH_LOOKING_FOR) {
      System.gc();
      unused = 0;
    }
  }

  private void runWaiting() {
    if (waiting.isEmpty()) {
      return;
    }
    KernelClass group = new KernelClass(program, memory.arrays());
    List<Integer> numbers = waiting.stream().map(group::add).toList();
    CompiledKernels compiled = group.define(List.of());
    numbers.forEach(compiled::call);
    waiting.clear();
    Faults.check(program, memory);
  }
}

package snel.target.jvm;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.Finite;

/// Looks for numbers that are none among the states that may have changed since it last looked:
/// weights that hold still, or change once a batch, are many.
final class StateCheck {
  /// Some milliseconds until the loop is compiled.
  private static final int LONG = 1 << 18;

  private final Memory memory;
  private final List<Buffer> states;
  private final Set<Buffer> always = new HashSet<>();
  private final Map<String, Set<Buffer>> byCalls = new HashMap<>();
  private final Set<Buffer> changed = new HashSet<>();
  private final boolean isLong;

  StateCheck(Program program, Memory memory) {
    this.memory = memory;
    Set<Buffer> steady = steady(program);
    SureBounds bounds = new SureBounds(program.build());
    this.states =
        program.buffers().stream()
            .filter(buffer -> buffer.role() == Role.STATE || buffer.role() == Role.PLASTIC)
            .filter(buffer -> !steady.contains(buffer) || !bounds.areFinite(buffer))
            .toList();
    Stream.of(
            program.step(), program.reset(), program.presentationStart(), program.presentationEnd())
        .flatMap(List::stream)
        .forEach(kernel -> always.addAll(Nodes.writtenIn(kernel.body())));
    for (Kernel kernel : program.onDemand()) {
      Set<Buffer> written = Nodes.writtenIn(kernel.body());
      written.retainAll(states);
      written.removeAll(always);
      if (!written.isEmpty()) {
        byCalls.put(kernel.name(), written);
      }
    }
    this.isLong =
        states.stream()
                .filter(buffer -> buffer.cell() == Cell.F32)
                .mapToLong(buffer -> Array.getLength(memory.array(buffer.name())))
                .sum()
            >= LONG;
    noteAll();
  }

  /// What stays as it was built: no kernel writes it later, nor does an experiment know of it.
  private static Set<Buffer> steady(Program program) {
    Set<Buffer> steady = new HashSet<>(program.buffers());
    program.scheduled().forEach(kernel -> steady.removeAll(Nodes.writtenIn(kernel.body())));
    program.directory().values().forEach(value -> steady.remove(value.buffer()));
    return steady;
  }

  /// The kernel has been called by its name.
  void noteCall(String kernel) {
    changed.addAll(byCalls.getOrDefault(kernel, Set.of()));
  }

  /// Anything may have changed.
  void noteAll() {
    changed.addAll(states);
  }

  /// Whether there is so much to look through that it is worth compiling first.
  boolean isLong() {
    return isLong;
  }

  /// @param inVectors whether [snel.runtime.kernel.FiniteVector] is compiled
  /// @param untouched that the steps since have not changed
  /// @throws Fault that names the first element that is infinite or no number
  void run(boolean inVectors, Set<Buffer> untouched) {
    for (Buffer buffer : states) {
      boolean steps = always.contains(buffer) && !untouched.contains(buffer);
      if (!steps && !changed.contains(buffer)) {
        continue;
      }
      int element = Finite.firstOther(memory.array(buffer.name()), inVectors);
      if (element >= 0) {
        throw new Fault(Fault.Kind.NO_LONGER_A_NUMBER, buffer.name(), element);
      }
    }
    changed.clear();
  }
}

package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;

/// The kernels of a program that read or write a buffer. To go through all of them for each of many
/// projections would take the square of their number.
final class Mentions {
  private final Map<Buffer, List<Kernel>> scheduled = new HashMap<>();
  private final Map<Buffer, List<Kernel>> all = new HashMap<>();

  Mentions(Program program) {
    note(program.kernels(), all);
    note(program.scheduled(), scheduled);
  }

  private static void note(List<Kernel> kernels, Map<Buffer, List<Kernel>> to) {
    for (Kernel kernel : kernels) {
      for (Buffer buffer : Nodes.buffers(kernel.body())) {
        to.computeIfAbsent(buffer, _ -> new ArrayList<>()).add(kernel);
      }
    }
  }

  /// Those that run once the network is built.
  List<Kernel> scheduled(Buffer buffer) {
    return scheduled.getOrDefault(buffer, List.of());
  }

  /// Those that build it, too.
  List<Kernel> all(Buffer buffer) {
    return all.getOrDefault(buffer, List.of());
  }
}

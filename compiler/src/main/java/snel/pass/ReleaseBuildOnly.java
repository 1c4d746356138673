package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Nodes;
import snel.ir.Program;

/// Gives back what only the making of the network needs, such as the number of each synapse among
/// those of its pair, as soon as the last build step has used it: else a large network would take
/// half as much memory again.
public final class ReleaseBuildOnly implements Pass {
  private final Set<String> observed;

  /// @param observed names of buffers that the protocol, recorder or report reads
  public ReleaseBuildOnly(Set<String> observed) {
    this.observed = Set.copyOf(observed);
  }

  @Override
  public String name() {
    return "release-build-only";
  }

  @Override
  public Program apply(Program program) {
    Set<Buffer> waiting = new LinkedHashSet<>(program.buffers());
    waiting.removeIf(buffer -> observed.contains(buffer.name()));
    waiting.retainAll(program.buildOnly());
    List<Build> backwards = new ArrayList<>();
    for (Build step : program.build().reversed()) {
      Set<Buffer> last = waiting.isEmpty() ? Set.of() : used(step);
      waiting.stream().filter(last::contains).map(Build.Release::new).forEach(backwards::add);
      waiting.removeAll(last);
      backwards.add(step);
    }
    return program.with(program.buffers(), backwards.reversed());
  }

  /// The buffers that a step of the building reads or writes.
  static Set<Buffer> used(Build step) {
    Set<Buffer> used = new HashSet<>();
    switch (step) {
      case Build.Fill(var buffer, _) -> used.add(buffer);
      case Build.FillIntegers(var buffer, _) -> used.add(buffer);
      case Build.Release(var buffer) -> used.add(buffer);
      case Build.Run(var kernel) -> used.addAll(Nodes.buffers(kernel.body()));
      case Build.Wire(var wiring) -> {
        used.add(wiring.rowStart());
        used.add(wiring.target());
        wiring.multapse().ifPresent(used::add);
        wiring.shared().ifPresent(used::add);
      }
      case Build.Join join -> used.addAll(join.rowStarts());
      case Build.Lists lists -> used.addAll(lists.own());
      case Build.Masks masks -> {
        used.add(masks.rowStart());
        used.add(masks.target());
      }
      case Build.SortByDelay sort -> {
        used.addAll(sort.moved());
        used.add(sort.wiring().rowStart());
        used.add(sort.classStart());
      }
      case Build.Transpose transpose -> {
        used.add(transpose.order());
        used.add(transpose.wiring().rowStart());
        used.add(transpose.wiring().target());
        used.add(transpose.columnStart());
        used.add(transpose.synapse());
        used.add(transpose.source());
      }
    }
    return used;
  }
}

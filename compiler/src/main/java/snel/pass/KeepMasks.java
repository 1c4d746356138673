package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;

/// Says of which rows it pays to keep a bit for each target ([Build.Masks]): those along which a
/// step adds weights to sums, and of which a good part of the targets have a synapse.
public final class KeepMasks implements Pass {
  /// Which rows get masks.
  public enum Which {
    NONE,
    WHERE_FASTER,
    ALL
  }

  private final Which which;

  public KeepMasks(Which which) {
    this.which = which;
  }

  @Override
  public String name() {
    return "keep-masks";
  }

  @Override
  public Program apply(Program program) {
    if (which == Which.NONE) {
      return program;
    }
    List<Build> build = new ArrayList<>(program.build());
    eachPossible(
        program,
        (walk, cost) -> {
          if (which == Which.ALL || cost.pays()) {
            build.add(new Build.Masks(walk.rowStart(), walk.target(), walk.size()));
          }
        });
    return program.with(program.buffers(), build);
  }

  /// What rows that may have masks cost, by where they start.
  public static Map<Buffer, MaskCost> possible(Program program) {
    Map<Buffer, MaskCost> all = new LinkedHashMap<>();
    eachPossible(program, (walk, cost) -> all.put(walk.rowStart(), cost));
    return all;
  }

  private static void eachPossible(Program program, BiConsumer<RowWalk, MaskCost> action) {
    Map<Buffer, Double> synapses = synapses(program);
    Set<Buffer> changing = new HashSet<>();
    program.scheduled().forEach(kernel -> changing.addAll(Nodes.writtenIn(kernel.body())));
    Set<Buffer> seen = new HashSet<>();
    for (Kernel kernel : program.step()) {
      RowWalk.of(kernel)
          .filter(KeepMasks::isPossible)
          .filter(walk -> !changing.contains(walk.target()) && !changing.contains(walk.rowStart()))
          .filter(walk -> synapses.containsKey(walk.rowStart()))
          .filter(walk -> seen.add(walk.rowStart()))
          .ifPresent(walk -> {
            double count = synapses.getOrDefault(walk.rowStart(), 0.0);
            action.accept(walk, MaskCost.of(walk.sources(), walk.size(), count));
          });
    }
  }

  /// How many synapses the rows that begin so have.
  private static Map<Buffer, Double> synapses(Program program) {
    Map<Buffer, Double> all = new HashMap<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(var wiring) && !wiring.isBits()) {
        all.put(wiring.rowStart(), wiring.expected());
      } else if (step instanceof Build.Join(_, var parts, var rows) && rows.isPresent()) {
        double sum = parts.stream().mapToDouble(part -> all.getOrDefault(part, 0.0)).sum();
        all.put(rows.get().rowStart(), sum);
      }
    }
    return all;
  }

  private static boolean isPossible(RowWalk walk) {
    return walk.delay().isEmpty()
        && walk.sums().cell() == Cell.F32
        && walk.weight().cell() == Cell.F32;
  }
}

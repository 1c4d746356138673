package snel.parallel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Wiring;

/// The tables of synapses that stay as they were built: rows in which the targets rise, and
/// columns.
final class Tables {
  private final Map<Buffer, Wiring> rows = new HashMap<>();
  private final Map<Buffer, Build.Transpose> columns = new HashMap<>();
  private final Map<Buffer, Wiring> targets = new HashMap<>();
  private final Map<Buffer, Build.Transpose> synapses = new HashMap<>();
  private final Map<Buffer, Build.Rows> joined = new HashMap<>();
  private final Set<Buffer> sideBySide = new HashSet<>();

  Tables(Program program) {
    Set<Buffer> changing = Nodes.writtenBy(program.scheduled());
    Map<Wiring, Buffer> starts = new HashMap<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(Wiring wiring) && !wiring.isBits()) {
        starts.put(wiring, wiring.rowStart());
      } else if (step instanceof Build.SortByDelay sort) {
        starts.put(sort.wiring(), sort.classStart());
      } else if (step instanceof Build.Transpose transpose && isLasting(transpose, changing)) {
        columns.put(transpose.columnStart(), transpose);
        synapses.put(transpose.synapse(), transpose);
      } else if (step instanceof Build.Join(_, _, Optional<Build.Rows> rows)) {
        rows.filter(known -> isLasting(known, changing))
            .ifPresent(known -> {
              joined.put(known.rowStart(), known);
              known.sums().ifPresent(sideBySide::add);
            });
      }
    }
    starts.forEach((wiring, start) -> {
      if (!changing.contains(start) && !changing.contains(wiring.target())) {
        rows.put(start, wiring);
        targets.put(wiring.target(), wiring);
      }
    });
  }

  private static boolean isLasting(Build.Transpose transpose, Set<Buffer> changing) {
    return transpose.classes() == 1
        && !changing.contains(transpose.columnStart())
        && !changing.contains(transpose.synapse());
  }

  private static boolean isLasting(Build.Rows rows, Set<Buffer> changing) {
    return !changing.contains(rows.rowStart()) && !changing.contains(rows.target());
  }

  /// The wiring whose rows, or parts of rows, begin where this buffer says.
  Optional<Wiring> rows(Buffer start) {
    return Optional.ofNullable(rows.get(start));
  }

  /// Where the rows of the wiring of this name begin.
  Map.Entry<Buffer, Wiring> rows(String wiring) {
    return rows.entrySet().stream()
        .filter(entry -> entry.getValue().name().equals(wiring))
        .findFirst()
        .orElseThrow();
  }

  /// The joined rows that begin where this buffer says.
  Optional<Build.Rows> joined(Buffer start) {
    return Optional.ofNullable(joined.get(start));
  }

  /// Whether the buffer has one element for each neuron of several populations, one behind the
  /// other.
  boolean isSideBySide(Buffer buffer) {
    return sideBySide.contains(buffer);
  }

  /// The wiring whose synapses' targets this buffer holds.
  Optional<Wiring> targets(Buffer buffer) {
    return Optional.ofNullable(targets.get(buffer));
  }

  /// The wiring whose columns begin where this buffer says.
  Optional<Build.Transpose> columns(Buffer start) {
    return Optional.ofNullable(columns.get(start));
  }

  /// The wiring whose synapses, in the order of columns, this buffer holds.
  Optional<Build.Transpose> synapses(Buffer buffer) {
    return Optional.ofNullable(synapses.get(buffer));
  }
}

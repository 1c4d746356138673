package snel.parallel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Role;
import snel.ir.Wiring;

/// Where in each row the synapses of a part begin.
final class RowLimits {
  private final Ranges ranges;
  private final Map<String, RowLimit> limits = new LinkedHashMap<>();

  RowLimits(Ranges ranges) {
    this.ranges = ranges;
  }

  /// A buffer of the length of `start`: element i is the first synapse of row i whose target is of
  /// this part or a later one.
  Buffer of(Buffer start, Wiring wiring, int part) {
    String name = start.name() + "@" + part;
    return limits
        .computeIfAbsent(
            name,
            _ ->
                new RowLimit(
                    new Buffer(name, Cell.I32, start.length(), Role.SCRATCH),
                    start,
                    wiring.target(),
                    ranges.start(part, wiring.targets())))
        .limit();
  }

  /// The same by the target itself, in joined rows.
  Buffer of(Build.Rows rows, int least) {
    Buffer start = rows.rowStart();
    String name = start.name() + "@from " + least;
    return limits
        .computeIfAbsent(
            name,
            _ ->
                new RowLimit(
                    new Buffer(name, Cell.I32, start.length(), Role.SCRATCH),
                    start,
                    rows.target(),
                    least))
        .limit();
  }

  List<RowLimit> all() {
    return new ArrayList<>(limits.values());
  }
}

package snel.gradient;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Role;

/// To what degree each neuron of a list spikes, in a network whose spikes are smoothed.
final class Shares {
  private final Adjoints adjoints;
  private final Map<Buffer, Buffer> made = new LinkedHashMap<>();

  Shares(Adjoints adjoints) {
    this.adjoints = adjoints;
  }

  Buffer of(Buffer list) {
    return made.computeIfAbsent(
        list, b -> new Buffer(Tapes.SHARE + b.name(), adjoints.cell(), b.length(), Role.STATE));
  }

  Collection<Buffer> buffers() {
    return made.values();
  }
}

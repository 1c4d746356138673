package snel.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Machine;

/// What a checkpoint holds of a machine, in memory.
record Snapshot(byte[] position, Map<String, Object> buffers) {
  static Snapshot of(Machine machine) {
    byte[] position = machine.position();
    Map<String, Object> buffers = new LinkedHashMap<>();
    for (String name : machine.view().kept()) {
      buffers.put(name, Cells.copy(machine.view().network().array(name)));
    }
    return new Snapshot(position, buffers);
  }

  void restore(Machine machine) {
    buffers.forEach((name, from) ->
        System.arraycopy(from, 0, machine.view().network().array(name), 0, Cells.length(from)));
    machine.restore(position);
  }
}

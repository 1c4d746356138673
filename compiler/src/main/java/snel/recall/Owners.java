package snel.recall;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Program;

/// Which population each buffer is about: its own, or that which a projection leads to.
final class Owners {
  private final Set<String> populations = new HashSet<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Map<Buffer, String> known = new HashMap<>();

  Owners(Program program) {
    Directory directory = program.directory();
    directory.populations().stream()
        .filter(each -> !each.isEvent())
        .forEach(each -> populations.add(each.name()));
    directory.projections().forEach(each -> targets.put(each.name(), each.target()));
    program.buffers().forEach(buffer -> known.put(buffer, find(buffer.name())));
  }

  /// Empty if it belongs to the network, or is about synapses that lead to other synapses.
  Optional<String> of(Buffer buffer) {
    String owner = known.computeIfAbsent(buffer, b -> find(b.name()));
    return owner.isEmpty() ? Optional.empty() : Optional.of(owner);
  }

  private String find(String name) {
    for (int end = name.length() - 1; end > 0; end--) {
      if (name.charAt(end) == '.' || name.charAt(end) == ':') {
        String path = name.substring(0, end);
        if (targets.containsKey(path)) {
          return targets.get(path);
        }
        if (populations.contains(path)) {
          return path;
        }
      }
    }
    return "";
  }
}

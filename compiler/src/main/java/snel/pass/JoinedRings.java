package snel.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;

/// Rings of sums that lie side by side: a slot of the whole ring has the slots of its parts one
/// after the other. Rings are joined that some rows lead to.
final class JoinedRings {
  /// @param walk one that leads to the part
  private record Part(Buffer ring, RowWalk walk, int width, int offset) {}

  private final Map<Buffer, Part> parts = new LinkedHashMap<>();

  private JoinedRings() {}

  static JoinedRings of(List<JoinedRows> joined) {
    JoinedRings rings = new JoinedRings();
    for (Map<Buffer, RowWalk> group : groups(joined)) {
      RowWalk first = group.values().iterator().next();
      int width = group.values().stream().mapToInt(RowWalk::size).sum();
      Buffer ring =
          new Buffer(
              first.sums().name() + "+" + (group.size() - 1),
              first.sums().cell(),
              Length.of((long) width * first.slots()),
              first.sums().role(),
              first.sums().scale());
      int offset = 0;
      for (RowWalk walk : group.values()) {
        rings.parts.put(walk.sums(), new Part(ring, walk, width, offset));
        offset += walk.size();
      }
    }
    return rings;
  }

  /// A walk to each of the rings that must be one.
  private static List<Map<Buffer, RowWalk>> groups(List<JoinedRows> joined) {
    List<Map<Buffer, RowWalk>> groups = new ArrayList<>();
    for (JoinedRows rows : joined) {
      Map<Buffer, RowWalk> all = new LinkedHashMap<>();
      for (Map<Buffer, RowWalk> other : List.copyOf(groups)) {
        if (rows.walks().stream().anyMatch(walk -> other.containsKey(walk.sums()))) {
          all.putAll(other);
          groups.remove(other);
        }
      }
      rows.walks().forEach(walk -> all.putIfAbsent(walk.sums(), walk));
      groups.add(all);
    }
    return groups;
  }

  boolean replaces(Buffer sums) {
    return parts.containsKey(sums);
  }

  private Part part(Buffer sums) {
    return Objects.requireNonNull(parts.get(sums), sums.name());
  }

  Buffer ring(Buffer sums) {
    return part(sums).ring();
  }

  int width(Buffer sums) {
    return part(sums).width();
  }

  int offset(Buffer sums) {
    return part(sums).offset();
  }

  /// Where in its ring an element is that was at `at`.
  Expr place(Buffer sums, Expr at) {
    Part part = part(sums);
    return part.walk().place(at).orElseThrow().in(part.width(), part.offset()).at();
  }

  Set<Buffer> all() {
    Set<Buffer> rings = new LinkedHashSet<>();
    parts.values().forEach(part -> rings.add(part.ring()));
    return rings;
  }
}

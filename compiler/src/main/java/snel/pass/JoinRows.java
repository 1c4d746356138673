package snel.pass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Puts the rows of projections from one population end to end, so that a spike reads one stretch
/// of memory instead of several in every projection, and their sums of arrivals side by side in one
/// ring. Each target gets what it got in the order in which it got it.
public final class JoinRows implements Pass {
  private final Set<String> lookedAt;

  /// @param lookedAt projections whose synapses the protocol looks at, and values that it reads
  public JoinRows(Set<String> lookedAt) {
    this.lookedAt = Set.copyOf(lookedAt);
  }

  @Override
  public String name() {
    return "join-rows";
  }

  /// What walks must have in common to be one: they start from the same spikes and end in rings of
  /// as many slots.
  private record Kin(
      Expr spikes,
      Buffer list,
      int sources,
      int slots,
      Optional<Expr> slot,
      Optional<Cell> delay,
      Cell sum,
      Optional<Buffer.Scale> scale,
      Cell weight) {
    static Kin of(RowWalk walk) {
      return new Kin(
          walk.spikes(),
          walk.list(),
          walk.sources(),
          walk.slots(),
          walk.slot(walk.delay().map(_ -> walk.list()), ""),
          walk.delay().map(Buffer::cell),
          walk.sums().cell(),
          walk.sums().scale(),
          walk.weight().cell());
    }
  }

  @Override
  public Program apply(Program program) {
    Map<Kin, List<RowWalk>> kin = new LinkedHashMap<>();
    var mentions = new Mentions(program);
    for (Kernel kernel : program.step()) {
      RowWalk.of(kernel)
          .filter(walk -> mayMove(program, mentions, walk))
          .ifPresent(walk -> kin.computeIfAbsent(Kin.of(walk), _ -> new ArrayList<>()).add(walk));
    }
    List<Object> order = new ArrayList<>(program.step());
    List<JoinedRows> joined = new ArrayList<>();
    for (List<RowWalk> walks : kin.values()) {
      List<RowWalk> together = together(order, walks);
      if (together.size() > 1) {
        JoinedRows rows = JoinedRows.of(program, together);
        order.set(order.indexOf(together.getFirst().kernel()), rows);
        together.forEach(walk -> order.remove(walk.kernel()));
        joined.add(rows);
      }
    }
    return joined.isEmpty() ? program : laidOut(program, order, joined);
  }

  private boolean mayMove(Program program, Mentions mentions, RowWalk walk) {
    Set<Buffer> own = walk.synapses();
    boolean isSeen =
        program.directory().values().stream()
            .anyMatch(value -> own.contains(value.buffer()) && lookedAt.contains(value.path()));
    return !isSeen
        && walk.wiring(program).filter(wiring -> isPlain(program, wiring)).isPresent()
        && walk.ownsSynapses(program, mentions)
        && walk.isOnlyRing(program, mentions);
  }

  private boolean isPlain(Program program, Wiring wiring) {
    return !lookedAt.contains(wiring.name())
        && program.directory().projections().stream()
            .anyMatch(p -> p.name().equals(wiring.name()) && p.load().isEmpty());
  }

  /// Those of the walks that can be done at the place of the first.
  private static List<RowWalk> together(List<Object> order, List<RowWalk> walks) {
    List<RowWalk> all = new ArrayList<>(List.of(walks.getFirst()));
    int first = order.indexOf(walks.getFirst().kernel());
    Set<Buffer> rings = new HashSet<>(Set.of(walks.getFirst().sums()));
    long width = walks.getFirst().size();
    for (RowWalk walk : walks.subList(1, walks.size())) {
      Set<Object> here = all.stream().map(RowWalk::kernel).collect(Collectors.toSet());
      StepPart part = part(walk.kernel());
      boolean isFree =
          order.subList(first, order.indexOf(walk.kernel())).stream()
              .filter(other -> !here.contains(other))
              .flatMap(other -> kernels(other).stream())
              .noneMatch(other -> part(other).conflicts(part));
      boolean fits = (width + walk.size()) * walk.slots() < Integer.MAX_VALUE / 2;
      if (isFree && fits && rings.add(walk.sums())) {
        all.add(walk);
        width += walk.size();
      }
    }
    return all;
  }

  private static StepPart part(Kernel kernel) {
    return StepPart.of(kernel, kernel.body(), false);
  }

  private static List<Kernel> kernels(Object entry) {
    return entry instanceof JoinedRows rows
        ? rows.walks().stream().map(RowWalk::kernel).toList()
        : List.of((Kernel) entry);
  }

  /// Where in the building the rows that are to be joined are complete.
  private static int afterLastUse(List<Build> build, JoinedRows rows) {
    Set<Buffer> parts = new HashSet<>();
    for (RowWalk walk : rows.walks()) {
      parts.addAll(walk.synapses());
      parts.add(walk.rowStart());
    }
    int place = build.size();
    while (place > 0 && Collections.disjoint(ReleaseBuildOnly.used(build.get(place - 1)), parts)) {
      place--;
    }
    return place;
  }

  private static Program laidOut(Program program, List<Object> order, List<JoinedRows> joined) {
    JoinedRings rings = JoinedRings.of(joined);
    Map<Buffer, Buffer> weights = new HashMap<>();
    Set<Buffer> gone = new HashSet<>();
    Set<String> paths = new LinkedHashSet<>();
    for (JoinedRows rows : joined) {
      for (RowWalk walk : rows.walks()) {
        Buffer weight = walk.weight();
        weights.put(weight, JoinedRows.builtOnly(weight));
        gone.addAll(walk.synapses());
        paths.add(walk.wiring(program).orElseThrow().name());
      }
    }
    List<Kernel> step =
        order.stream()
            .map(entry -> entry instanceof JoinedRows rows ? rows.kernel(rings) : (Kernel) entry)
            .toList();
    List<Build> build = new ArrayList<>(program.build());
    for (JoinedRows rows : joined) {
      // at once, so that the single rows need not lie beside all the joined ones
      build.addAll(afterLastUse(build, rows), rows.build(rings));
    }
    List<Buffer> buffers = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      if (!rings.replaces(buffer)) {
        buffers.add(weights.getOrDefault(buffer, buffer));
      }
    }
    buffers.addAll(rings.all());
    joined.forEach(rows -> buffers.addAll(rows.buffers(rings)));
    Directory directory = program.directory().withoutSynapses(paths, gone);
    return new Rewrite() {
      @Override
      Expr change(Expr expr) {
        return expr instanceof Expr.Load(Buffer buffer, Expr at)
            ? rings.replaces(buffer)
                ? new Expr.Load(rings.ring(buffer), rings.place(buffer, at))
                : new Expr.Load(weights.getOrDefault(buffer, buffer), at)
            : expr;
      }

      @Override
      List<Stmt> change(Stmt stmt) {
        return stmt instanceof Stmt.Store(Buffer buffer, Expr at, Expr value)
            ? List.of(
                rings.replaces(buffer)
                    ? new Stmt.Store(rings.ring(buffer), rings.place(buffer, at), value)
                    : new Stmt.Store(weights.getOrDefault(buffer, buffer), at, value))
            : List.of(stmt);
      }
    }.program(program.laidOut(buffers, build, step, directory));
  }
}

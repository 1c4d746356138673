package snel.target.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// How an independent loop is done in vectors: as one loop or several in a row, each small enough
/// for the just-in-time compiler, some of them perhaps scalar. Locals that one part makes and a
/// later one uses travel in scratch arrays.
record VectorPlan(List<Part> parts) {
  /// @param loop over the whole range of the original
  record Part(Stmt.Loop loop, boolean vector) {}

  /// Above so many operations the vectors of one loop are no longer kept in registers, of which
  /// there are sixteen, or 32 of 512 bits.
  private static final int PART_SIZE = 110;

  private static final int WIDE_PART_SIZE = 200;

  /// Fewer iterations than this are not worth it.
  static final int LEAST_ITERATIONS = 48;

  /// The plan of a loop, if it can be done in vectors and that pays.
  ///
  /// @param prefix for the names of new locals and scratch arrays, unique to the loop
  /// @param preferredBits size of this machine's vectors
  static Optional<VectorPlan> of(Stmt.Loop loop, String prefix, int preferredBits) {
    if (!isCandidate(loop)) {
      return Optional.empty();
    }
    boolean known = isKnown(loop);
    int most = partSize(preferredBits);
    List<Stmt> body = Forwarding.of(loop, prefix, most);
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), body);
    VectorSupport support = new VectorSupport(facts, body, preferredBits);
    List<List<Stmt>> groups = new ArrayList<>();
    List<Boolean> kinds = new ArrayList<>();
    int vectorSize = 0;
    int size = 0;
    for (Stmt stmt : body) {
      boolean vector = support.supports(stmt);
      int cost = Nodes.size(List.of(stmt));
      boolean same = !kinds.isEmpty() && kinds.getLast() == vector;
      if (!same || (known && vector && size + cost > most)) {
        groups.add(new ArrayList<>());
        kinds.add(vector);
        size = 0;
      }
      groups.getLast().add(stmt);
      size += cost;
      vectorSize += vector ? cost : 0;
    }
    boolean pays = 2 * vectorSize > Nodes.size(body);
    if (!pays || (!known && groups.size() > 1)) {
      return Optional.empty();
    }
    return Optional.of(new Splitter(loop, prefix, groups, kinds, facts).plan());
  }

  /// A collection in vectors, its functions written out, if that can be done in one small loop.
  static Optional<Stmt.Collect> of(Stmt.Collect collect, String prefix, int preferredBits) {
    Stmt.Loop loop = collect.before();
    if (isKnown(loop) && iterations(loop) < LEAST_ITERATIONS) {
      return Optional.empty();
    }
    Stmt.Collect made = Forwarding.of(collect, prefix);
    LoopFacts facts = new LoopFacts(made.index(), made.to(), List.of(made));
    VectorSupport support = new VectorSupport(facts, List.of(made), preferredBits);
    boolean can =
        Nodes.size(List.of(made)) <= partSize(preferredBits)
            && !facts.isInvariant(made.condition())
            && support.supports(made.condition(), false)
            && made.body().stream().allMatch(support::supports);
    return can ? Optional.of(made) : Optional.empty();
  }

  private static int partSize(int bits) {
    return bits >= 512 ? WIDE_PART_SIZE : PART_SIZE;
  }

  /// Whether a loop can be done in vectors as far as its range shows.
  static boolean isCandidate(Stmt.Loop loop) {
    return loop.order() == Stmt.Order.INDEPENDENT
        && (!isKnown(loop) || iterations(loop) >= LEAST_ITERATIONS);
  }

  private static boolean isKnown(Stmt.Loop loop) {
    return loop.from() instanceof Expr.Const && loop.to() instanceof Expr.Const;
  }

  static long iterations(Stmt.Loop loop) {
    return ((Expr.Const) loop.to()).bits() - ((Expr.Const) loop.from()).bits();
  }

  /// Makes loops of groups of statements.
  private static final class Splitter {
    private final Stmt.Loop loop;
    private final String prefix;
    private final List<List<Stmt>> groups;
    private final List<Boolean> kinds;
    private final LoopFacts facts;
    private final Map<String, Scalar> variables = new HashMap<>();
    private final Map<String, Buffer> scratch = new LinkedHashMap<>();

    Splitter(
        Stmt.Loop loop,
        String prefix,
        List<List<Stmt>> groups,
        List<Boolean> kinds,
        LoopFacts facts) {
      this.loop = loop;
      this.prefix = prefix;
      this.groups = groups;
      this.kinds = kinds;
      this.facts = facts;
    }

    VectorPlan plan() {
      List<Part> parts = new ArrayList<>();
      Map<String, Scalar> made = new LinkedHashMap<>();
      for (int number = 0; number < groups.size(); number++) {
        List<Stmt> body = new ArrayList<>();
        List<Stmt> group = groups.get(number);
        for (FreeLocals.Local free : locals(group)) {
          if (made.containsKey(free.name())) {
            Expr value = walking(free).orElseGet(() -> restored(free));
            body.add(
                variables.containsKey(free.name())
                    ? new Stmt.Var(free.name(), value)
                    : new Stmt.Let(free.name(), value));
          }
        }
        body.addAll(group);
        Set<String> changed = Set.copyOf(FreeLocals.assigned(group));
        for (Stmt stmt : group) {
          if (stmt instanceof Stmt.Let(String name, Expr value)) {
            made.put(name, value.type());
          } else if (stmt instanceof Stmt.Var(String name, Expr value)) {
            made.put(name, value.type());
            variables.put(name, value.type());
          }
        }
        for (FreeLocals.Local later : laterLocals(number + 1)) {
          Scalar type = made.get(later.name());
          boolean own = declares(group, later.name()) || changed.contains(later.name());
          if (type != null && own && walking(later).isEmpty()) {
            body.add(new Stmt.Store(scratch(later.name(), type), index(), saved(later)));
          }
        }
        parts.add(
            new Part(
                new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body),
                kinds.get(number)));
      }
      return new VectorPlan(parts);
    }

    private static boolean declares(List<Stmt> group, String name) {
      return group.stream()
          .anyMatch(stmt ->
              (stmt instanceof Stmt.Let(String let, _) && let.equals(name))
                  || (stmt instanceof Stmt.Var(String variable, _) && variable.equals(name)));
    }

    private List<FreeLocals.Local> laterLocals(int from) {
      List<Stmt> later = new ArrayList<>();
      groups.subList(from, groups.size()).forEach(later::addAll);
      return locals(later);
    }

    /// Free locals that are read or assigned.
    private List<FreeLocals.Local> locals(List<Stmt> block) {
      List<FreeLocals.Local> all = new ArrayList<>(FreeLocals.read(block));
      for (String name : FreeLocals.assigned(block)) {
        Scalar type = variables.get(name);
        if (type != null && all.stream().noneMatch(local -> local.name().equals(name))) {
          all.add(new FreeLocals.Local(name, type));
        }
      }
      return all;
    }

    private Buffer scratch(String local, Scalar type) {
      Cell cell = type == Scalar.BOOL ? Cell.I32 : Cell.valueOf(type.name());
      Length length = Length.of(((Expr.Const) loop.to()).bits());
      return scratch.computeIfAbsent(
          local,
          name -> new Buffer(Fields.SCRATCH + prefix + "." + name, cell, length, Role.SCRATCH));
    }

    private Expr index() {
      return new Expr.Read(loop.index(), Scalar.I32);
    }

    /// What walks with the index is made anew: a part must see that it does.
    private Optional<Expr> walking(FreeLocals.Local local) {
      return facts
          .offset(new Expr.Read(local.name(), local.type()))
          .map(offset ->
              offset.equals(Expr.i32(0))
                  ? index()
                  : new Expr.Binary(BinaryOp.ADD, index(), offset));
    }

    private Expr saved(FreeLocals.Local local) {
      Expr value = new Expr.Read(local.name(), local.type());
      return local.type() == Scalar.BOOL ? new Expr.Convert(Scalar.I32, value) : value;
    }

    private Expr restored(FreeLocals.Local local) {
      Expr value = new Expr.Load(scratch(local.name(), local.type()), index());
      return local.type() == Scalar.BOOL
          ? new Expr.Compare(CompareOp.NE, value, Expr.i32(0))
          : value;
    }
  }
}

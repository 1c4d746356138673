package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// A loop over all elements of something, or a collection, as far as others can become one with it:
/// every iteration writes places of its own and cannot fail.
///
/// @param stmt a [Stmt.Loop] or [Stmt.Collect]
/// @param guards `anything[slot]` of which one must not be zero for the loop to run; it sets them
///   to zero afterwards. Empty if it always runs
/// @param range from where to where, which no iteration changes
/// @param size a rough measure of the code in vectors
/// @param written what any of its iterations writes
/// @param places the indices by which each buffer is touched, the loop's own written as one name
///   for all loops
record FusableLoop(
    Stmt stmt,
    List<Stmt.Store> guards,
    List<Expr> range,
    int size,
    Set<Buffer> written,
    Map<Buffer, Set<Expr>> places) {
  /// What one call of a function is worth in nodes, written out.
  private static final int FUNCTION_SIZE = 40;

  FusableLoop {
    guards = List.copyOf(guards);
    range = List.copyOf(range);
    written = Set.copyOf(written);
    places = Map.copyOf(places);
  }

  private static FusableLoop of(Stmt stmt, List<Stmt.Store> guards, List<Expr> range) {
    Set<Buffer> written = Nodes.writtenIn(List.of(stmt));
    return new FusableLoop(stmt, guards, range, size(stmt), written, places(stmt));
  }

  static Optional<FusableLoop> of(StepPart part) {
    if (!part.alone()) {
      return Optional.empty();
    }
    return switch (part.body().getFirst()) {
      case Stmt.Loop loop when isFree(loop.body()) && loop.order() == Stmt.Order.INDEPENDENT ->
          over(loop, loop.from(), loop.to(), List.of());
      case Stmt.Collect collect when isFree(collect.body()) && cannotFail(collect.condition()) ->
          over(collect, collect.from(), collect.to(), List.of());
      case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise)
          when otherwise.isEmpty() && then.getFirst() instanceof Stmt.Loop loop ->
          guarded(condition, loop, then.subList(1, then.size()));
      case Stmt.Let _,
          Stmt.Var _,
          Stmt.Assign _,
          Stmt.Store _,
          Stmt.If _,
          Stmt.Loop _,
          Stmt.While _,
          Stmt.Collect _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ ->
          Optional.empty();
    };
  }

  private static Optional<FusableLoop> over(
      Stmt stmt, Expr from, Expr to, List<Stmt.Store> guards) {
    FusableLoop loop = of(stmt, guards, List.of(from, to));
    return loop.isSteadyFor(loop) && !loop.looksUp() ? Optional.of(loop) : Optional.empty();
  }

  /// Whether another loop changes nothing that the range of this one hangs on.
  private boolean isSteadyFor(FusableLoop other) {
    return range.stream().allMatch(bound -> cannotFail(bound) && isFixed(bound, other.written));
  }

  private static Optional<FusableLoop> guarded(Expr condition, Stmt.Loop loop, List<Stmt> after) {
    List<Stmt.Store> guards = new ArrayList<>();
    Set<Expr> cleared = new HashSet<>();
    for (Stmt stmt : after) {
      if (!(stmt instanceof Stmt.Store store) || !store.value().equals(Expr.i32(0))) {
        return Optional.empty();
      }
      guards.add(store);
      cleared.add(new Expr.Load(store.buffer(), store.index()));
    }
    boolean suits =
        loop.order() == Stmt.Order.INDEPENDENT
            && isFree(loop.body())
            && asksFor(condition, cleared)
            && IdleLoop.isIdle(loop.body());
    return suits ? over(loop, loop.from(), loop.to(), guards) : Optional.empty();
  }

  /// Whether a condition is that one of these is not zero.
  private static boolean asksFor(Expr condition, Set<Expr> cleared) {
    return switch (condition) {
      case Expr.Binary(BinaryOp op, Expr left, Expr right) when op == BinaryOp.OR ->
          asksFor(left, cleared) && asksFor(right, cleared);
      case Expr.Compare(CompareOp op, Expr any, Expr zero) when op == CompareOp.NE ->
          cleared.contains(any) && zero.equals(Expr.i32(0));
      default -> false;
    };
  }

  /// Whether a body has neither loops nor anything that can stop half-way.
  private static boolean isFree(List<Stmt> body) {
    boolean[] free = {true};
    Nodes.eachStatement(
        body,
        stmt -> {
          switch (stmt) {
            case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.Store _, Stmt.If _ -> {}
            case Stmt.Loop _,
                Stmt.While _,
                Stmt.Collect _,
                Stmt.Push _,
                Stmt.Words _,
                Stmt.AddBits _ ->
                free[0] = false;
          }
          free[0] &= Nodes.operands(stmt).stream().allMatch(FusableLoop::cannotFail);
        });
    return free[0];
  }

  private static boolean cannotFail(Expr expr) {
    boolean fails =
        switch (expr) {
          case Expr.Binary _, Expr.Call _ -> Nodes.mayFault(expr);
          case Expr.Reduce _ -> true; // a loop of its own
          case Expr.Const _,
              Expr.Read _,
              Expr.Load _,
              Expr.Unary _,
              Expr.Fma _,
              Expr.Compare _,
              Expr.Choose _,
              Expr.Convert _,
              Expr.Philox _ ->
              false;
        };
    return !fails && Nodes.operands(expr).stream().allMatch(FusableLoop::cannotFail);
  }

  boolean isGuarded() {
    return !guards.isEmpty();
  }

  String index() {
    return index(stmt);
  }

  private static String index(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Loop loop -> loop.index();
      case Stmt.Collect collect -> collect.index();
      default -> throw new IllegalStateException();
    };
  }

  List<Stmt> body() {
    return Nodes.blocks(stmt).getFirst();
  }

  private static int size(Stmt stmt) {
    int[] size = {Nodes.size(List.of(stmt))};
    Nodes.eachExpression(
        List.of(stmt), expr -> size[0] += expr instanceof Expr.Call ? FUNCTION_SIZE : 0);
    return size[0];
  }

  /// Whether an iteration works out where it reads or writes otherwise than from its number: by a
  /// table, say, which vectors do not look up, and the library may.
  private boolean looksUp() {
    return places.values().stream().flatMap(Set::stream).anyMatch(FusableLoop::isLookedUp);
  }

  private static boolean isLookedUp(Expr at) {
    return switch (at) {
      case Expr.Read(String name, _) -> !name.isEmpty();
      case Expr.Load(_, Expr of) -> !(of instanceof Expr.Const);
      default -> Nodes.operands(at).stream().anyMatch(FusableLoop::isLookedUp);
    };
  }

  /// Whether `later` can be done in the iterations of this loop, both together no larger than
  /// `most`.
  boolean takes(FusableLoop later, int most) {
    return stmt instanceof Stmt.Loop
        && !later.isGuarded()
        && size + later.size <= most
        && range.equals(later.range)
        && isSteadyFor(later)
        && meetAtOnePlace(later);
  }

  /// Whether iterations of the two, where one writes what the other touches, meet only in the same
  /// iteration.
  private boolean meetAtOnePlace(FusableLoop later) {
    Set<Buffer> changed = new HashSet<>(written);
    changed.addAll(later.written);
    return changed.stream()
        .filter(buffer -> places.containsKey(buffer) && later.places.containsKey(buffer))
        .allMatch(buffer -> {
          Set<Expr> both = new HashSet<>(places.get(buffer));
          both.addAll(later.places.get(buffer));
          return both.size() == 1 && isOwn(both.iterator().next(), changed);
        });
  }

  private static Map<Buffer, Set<Expr>> places(Stmt stmt) {
    Map<Buffer, Set<Expr>> places = new HashMap<>();
    Rewrite own = Renaming.of(Map.of(index(stmt), ""));
    Nodes.eachStatement(
        List.of(stmt),
        s -> {
          switch (s) {
            case Stmt.Store(Buffer buffer, Expr at, _) ->
                places.computeIfAbsent(buffer, _ -> new HashSet<>()).add(own.expr(at));
            case Stmt.Collect collect -> {
              places.computeIfAbsent(collect.list(), _ -> new HashSet<>()).add(Expr.i32(0));
              places.computeIfAbsent(collect.count(), _ -> new HashSet<>()).add(Expr.i32(0));
            }
            default -> {}
          }
        });
    Nodes.eachExpression(
        List.of(stmt),
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, Expr at)) {
            places.computeIfAbsent(buffer, _ -> new HashSet<>()).add(own.expr(at));
          }
        });
    return places;
  }

  /// Whether no two iterations have this index: that of the loop, perhaps with something added that
  /// none of them changes.
  private static boolean isOwn(Expr at, Set<Buffer> written) {
    return switch (at) {
      case Expr.Read(String name, _) -> name.isEmpty();
      case Expr.Binary(BinaryOp op, Expr left, Expr right) when op == BinaryOp.ADD ->
          isOwn(left, written) && isFixed(right, written)
              || isFixed(left, written) && isOwn(right, written);
      default -> false;
    };
  }

  private static boolean isFixed(Expr expr, Set<Buffer> written) {
    boolean own =
        switch (expr) {
          case Expr.Read _ -> false;
          case Expr.Load(Buffer buffer, _) -> !written.contains(buffer);
          default -> true;
        };
    return own && Nodes.operands(expr).stream().allMatch(part -> isFixed(part, written));
  }

  /// The two as one.
  Stmt with(FusableLoop later) {
    Stmt.Loop first = (Stmt.Loop) stmt;
    Set<String> taken = Nodes.declared(List.of(first));
    Map<String, String> names = Renaming.apart(later.body(), taken);
    names.put(later.index(), first.index());
    Rewrite rename = Renaming.of(names);
    List<Stmt> body = new ArrayList<>(first.body());
    body.addAll(rename.block(later.body()));
    return switch (later.stmt) {
      case Stmt.Collect collect ->
          new Stmt.Collect(
              first.index(),
              first.from(),
              first.to(),
              body,
              rename.expr(collect.condition()),
              collect.list(),
              collect.count());
      default -> new Stmt.Loop(first.index(), first.from(), first.to(), first.order(), body);
    };
  }
}

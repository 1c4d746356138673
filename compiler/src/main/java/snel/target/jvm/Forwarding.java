package snel.target.jvm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Lets an iteration keep in a register what it has read or written: an element is read once, not
/// read after it was written, and written once. C2 does not see this in vectors.
final class Forwarding {
  private record Place(Buffer buffer, Expr at) {}

  private final String prefix;
  private final String index;
  private final LoopFacts facts;
  private final Map<Place, Expr> known = new HashMap<>();
  private final List<Stmt> out = new ArrayList<>();
  private int made;

  private Forwarding(String prefix, String index, LoopFacts facts) {
    this.prefix = prefix;
    this.index = index;
    this.facts = facts;
  }

  /// The body of a loop with its functions written out and, if it is no larger than `most`,
  /// forwarded: between the parts of a larger one, what is kept would have to be written anyway.
  static List<Stmt> of(Stmt.Loop loop, String prefix, int most) {
    List<Stmt> body = new FunctionExpansion(prefix).expand(loop.body());
    if (!isStraight(body)) {
      return body;
    }
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), body);
    Forwarding forwarding = new Forwarding(prefix, loop.index(), facts);
    body.forEach(forwarding::add);
    List<Stmt> forwarded = forwarding.written();
    return Nodes.size(forwarded) <= most ? forwarded : body;
  }

  /// The same of a collection, whose condition reads what the body keeps.
  static Stmt.Collect of(Stmt.Collect collect, String prefix) {
    List<Stmt> body = new FunctionExpansion(prefix).expand(collect.body());
    Expr condition = collect.condition();
    if (isStraight(body)) {
      LoopFacts facts = new LoopFacts(collect.index(), collect.to(), List.of(collect));
      Forwarding forwarding = new Forwarding(prefix, collect.index(), facts);
      body.forEach(forwarding::add);
      condition = body.isEmpty() ? condition : forwarding.read(condition);
      body = forwarding.written();
    }
    return new Stmt.Collect(
        collect.index(),
        collect.from(),
        collect.to(),
        body,
        condition,
        collect.list(),
        collect.count());
  }

  private static boolean isStraight(List<Stmt> body) {
    return body.stream().allMatch(stmt -> stmt instanceof Stmt.Let || stmt instanceof Stmt.Store);
  }

  private void add(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(String name, Expr value) -> out.add(new Stmt.Let(name, read(value)));
      case Stmt.Store(Buffer buffer, Expr at, Expr value) -> store(buffer, at, read(value));
      case Stmt.Var _,
          Stmt.Assign _,
          Stmt.If _,
          Stmt.Loop _,
          Stmt.While _,
          Stmt.Collect _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ ->
          throw new IllegalStateException("not straight: " + stmt);
    }
  }

  private void store(Buffer buffer, Expr at, Expr value) {
    Expr kept = value instanceof Expr.Read || value instanceof Expr.Const ? value : let(value);
    known.keySet().removeIf(place -> place.buffer().equals(buffer));
    if (keepsAll(buffer) && facts.offset(at).isPresent()) {
      known.put(new Place(buffer, at), kept);
    }
    out.add(new Stmt.Store(buffer, at, kept));
  }

  /// Whether what is stored comes back unchanged.
  private static boolean keepsAll(Buffer buffer) {
    return switch (buffer.cell()) {
      case U8, U16 -> false;
      case I32, I64, F32, F64 -> true;
    };
  }

  private Expr read(Expr expr) {
    if (!(expr instanceof Expr.Load(Buffer buffer, Expr at))) {
      return Nodes.mapOperands(expr, this::read);
    }
    Place place = new Place(buffer, at);
    Expr value = known.get(place);
    if (value != null) {
      return value;
    }
    // only what may be read whether the program does so in this iteration or not
    boolean own = at instanceof Expr.Read(String name, _) && name.equals(index);
    if (!own || !(buffer.length() instanceof Length.Fixed)) {
      return expr;
    }
    Expr kept = let(expr);
    known.put(place, kept);
    return kept;
  }

  private Expr let(Expr value) {
    String name = prefix + ".kept" + made++;
    out.add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }

  /// What was made, without the stores that are overwritten before anybody reads them.
  private List<Stmt> written() {
    List<Stmt> all = new ArrayList<>();
    Set<Place> overwritten = new HashSet<>();
    for (Stmt stmt : out.reversed()) {
      if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, _)
          && !overwritten.add(new Place(buffer, at))
          && facts.offset(at).isPresent()) {
        continue;
      }
      Nodes.operands(stmt).forEach(operand -> forget(operand, overwritten));
      all.add(stmt);
    }
    Collections.reverse(all);
    return all;
  }

  private static void forget(Expr operand, Set<Place> overwritten) {
    Nodes.eachExpression(
        operand,
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, _)) {
            overwritten.removeIf(place -> place.buffer().equals(buffer));
          }
        });
  }
}

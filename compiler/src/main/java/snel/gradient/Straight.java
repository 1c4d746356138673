package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Repeats;
import snel.ir.Role;
import snel.ir.Stmt;

/// Statements without loops as one assignment: every element that they change as an expression of
/// what the buffers held before.
final class Straight {
  /// Buffers of this prefix stand for a value that is read after another iteration may have changed
  /// it.
  static final String LOST = "lost:";

  private final Names names;
  private final Map<String, Expr> renamed;
  private final List<Stmt.Let> lets = new ArrayList<>();
  private final Set<Buffer> lost = new HashSet<>();
  private final Map<String, Expr> inlined = new HashMap<>();
  private Map<Place, Expr> current = new LinkedHashMap<>();

  /// @param renamed locals from around, as they are called now
  Straight(Names names, Map<String, Expr> renamed) {
    this.names = names;
    this.renamed = new HashMap<>(renamed);
  }

  /// The locals that all is made of, in order.
  List<Stmt.Let> lets() {
    return lets;
  }

  /// What the elements hold afterwards: a local each, or a constant.
  Map<Place, Expr> changed() {
    return current;
  }

  Map<String, Expr> renamed() {
    return renamed;
  }

  /// From here on nobody knows what these hold.
  void lose(Set<Buffer> changed) {
    lost.addAll(changed);
  }

  void run(List<Stmt> block) {
    block.forEach(this::run);
  }

  void run(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(var name, var value) -> renamed.put(name, local(name, expr(value)));
      case Stmt.Store(var buffer, var index, var value) ->
          current.put(new Place(buffer, expr(index)), local("after", expr(value)));
      case Stmt.If(var condition, var then, var otherwise) -> branch(condition, then, otherwise);
      // not asked for: whoever uses the result has looked for them
      case Stmt.Var _, Stmt.Assign _, Stmt.Loop _, Stmt.While _ -> {}
      case Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ -> {}
    }
  }

  private void branch(Expr condition, List<Stmt> then, List<Stmt> otherwise) {
    Expr test = local("if", expr(condition));
    Map<Place, Expr> before = current;
    current = new LinkedHashMap<>(before);
    run(then);
    Map<Place, Expr> yes = current;
    current = new LinkedHashMap<>(before);
    run(otherwise);
    Map<Place, Expr> no = current;
    current = new LinkedHashMap<>(before);
    var touched = new LinkedHashMap<>(yes);
    no.forEach(touched::putIfAbsent);
    for (Place place : touched.keySet()) {
      Expr one = yes.getOrDefault(place, before.getOrDefault(place, place.load()));
      Expr other = no.getOrDefault(place, before.getOrDefault(place, place.load()));
      if (!one.equals(other)) {
        current.put(place, local("after", new Expr.Choose(test, one, other)));
      }
    }
  }

  private Expr local(String name, Expr value) {
    if (value instanceof Expr.Const || value instanceof Expr.Read) {
      return value;
    }
    Expr.Read read = names.local(name, value.type());
    lets.add(new Stmt.Let(read.name(), value));
    return read;
  }

  Expr expr(Expr expr) {
    return Repeats.bound(expr, this::changed, part -> local("part", part));
  }

  private Expr changed(Expr expr) {
    return switch (expr) {
      case Expr.Read(var name, _) -> renamed.getOrDefault(name, expr);
      case Expr.Load(var buffer, var index) -> {
        Expr now = current.get(new Place(buffer, index));
        if (now != null) {
          yield now;
        }
        boolean elsewhere =
            lost.contains(buffer)
                || current.keySet().stream().anyMatch(p -> p.buffer().equals(buffer));
        yield elsewhere ? new Expr.Load(lost(buffer), index) : expr;
      }
      default -> expr;
    };
  }

  private static Buffer lost(Buffer buffer) {
    Cell cell = buffer.cell();
    return new Buffer(LOST + buffer.name(), cell, Length.of(0), Role.SCRATCH);
  }

  /// The value behind a local.
  Expr value(Expr local) {
    if (local instanceof Expr.Read(var name, _)) {
      for (Stmt.Let let : lets) {
        if (let.name().equals(name)) {
          return let.value();
        }
      }
    }
    return local;
  }

  /// What is added to an element, if nothing else happens to it.
  Optional<Expr> added(Place place, Expr after) {
    Expr value = value(after);
    Expr before = place.load();
    return switch (value) {
      case Expr.Binary(BinaryOp op, Expr left, Expr right)
          when op == BinaryOp.ADD && value(left).equals(before) ->
          Optional.of(right);
      case Expr.Binary(BinaryOp op, Expr left, Expr right)
          when op == BinaryOp.ADD && value(right).equals(before) ->
          Optional.of(left);
      case Expr.Binary(BinaryOp op, Expr left, Expr right)
          when op == BinaryOp.SUB && value(left).equals(before) ->
          Optional.of(Form.neg(right));
      case Expr.Fma(Expr a, Expr b, Expr c) when value(c).equals(before) ->
          Optional.of(new Expr.Binary(BinaryOp.MUL, a, b));
      case Expr.Choose(Expr condition, Expr yes, Expr no) ->
          added(place, yes)
              .flatMap(one -> added(place, no).map(other -> Form.choose(condition, one, other)));
      case Expr.Load _ when value.equals(before) -> Optional.of(Form.constant(value.type(), 0));
      default -> Optional.empty();
    };
  }

  /// Whether all that is changed is added to, by amounts that hang on nothing of it: then it is all
  /// one what comes first.
  boolean onlyAdds(Set<Place> places) {
    Set<Buffer> changing = new HashSet<>();
    places.forEach(place -> changing.add(place.buffer()));
    return places.stream()
        .allMatch(place -> {
          Optional<Expr> amount = added(place, current.getOrDefault(place, place.load()));
          return amount.isPresent() && !loads(inlined(amount.get()), changing);
        });
  }

  /// Whether each place that is changed either keeps what it holds or is given a value that hangs
  /// on nothing of what is changed, as [Largest] writes it.
  boolean onlyTakes(Set<Place> places) {
    Set<Buffer> changing = new HashSet<>();
    places.forEach(place -> changing.add(place.buffer()));
    return places.stream()
        .allMatch(place ->
            value(current.getOrDefault(place, place.load()))
                    instanceof Expr.Choose(var test, var taken, var kept)
                && Largest.isTest(value(test))
                && value(kept).equals(place.load())
                && !loads(inlined(taken), changing));
  }

  /// Whether it is all one what comes first, where the places that several passes share are added
  /// to or taken, and what else a pass changes is its own.
  boolean isInAnyOrder(Set<Place> shared) {
    Set<Buffer> buffers = new HashSet<>();
    shared.forEach(place -> buffers.add(place.buffer()));
    boolean apart =
        current.entrySet().stream()
            .filter(change -> !shared.contains(change.getKey()))
            .noneMatch(change ->
                buffers.contains(change.getKey().buffer())
                    || loads(inlined(change.getValue()), buffers));
    return apart && (onlyAdds(shared) || onlyTakes(shared));
  }

  private static boolean loads(Expr expr, Set<Buffer> buffers) {
    boolean[] found = {false};
    Repeats.each(
        expr, node -> found[0] |= node instanceof Expr.Load(var b, _) && buffers.contains(b));
    return found[0];
  }

  /// An expression with its locals written out.
  Expr inlined(Expr expr) {
    return Form.map(expr, this::inlinedLocal);
  }

  private Expr inlinedLocal(Expr node) {
    if (!(node instanceof Expr.Read(var name, _))) {
      return node;
    }
    Expr known = inlined.get(name);
    if (known != null) {
      return known;
    }
    Expr value = value(node);
    if (value.equals(node)) {
      return node;
    }
    Expr whole = inlined(value);
    inlined.put(name, whole);
    return whole;
  }
}

package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What a loop makes of a sum that is kept and of the same inputs alone (the time of a spike, from
/// the rank of a pixel): worked out where the sum is, kept beside it.
final class KeptValues {
  private final String index;
  private final Set<Buffer> inputs;

  /// Locals that follow from the inputs: from outside the loop, and those that are moved.
  private final Set<String> known;

  private final List<Stmt.Let> moved = new ArrayList<>();
  private final Map<Expr, Expr.Read> places = new LinkedHashMap<>();
  private final Map<String, Expr> meanings = new HashMap<>();
  private final List<Stmt> rest = new ArrayList<>();

  /// @param body of the loop over `index`, where the sum is `sum`
  /// @param around locals outside the loop that follow from the inputs
  /// @param local a new name
  KeptValues(
      List<Stmt> body,
      String index,
      String sum,
      Set<Buffer> inputs,
      Set<String> around,
      UnaryOperator<String> local) {
    this.index = index;
    this.inputs = inputs;
    this.known = new HashSet<>(around);
    known.add(sum);
    List<Stmt> others = new ArrayList<>();
    for (Stmt stmt : body) {
      if (stmt instanceof Stmt.Let let && !let.name().equals(sum) && follows(let.value())) {
        known.add(let.name());
        moved.add(let);
      } else if (!(stmt instanceof Stmt.Let let && let.name().equals(sum))) {
        others.add(stmt);
      }
    }
    var replaced =
        new Rewrite() {
          @Override
          Expr change(Expr expr) {
            return place(expr, local);
          }
        };
    rest.addAll(replaced.block(others));
  }

  /// Whether a local of the kernel, outside the loop, follows from the inputs.
  static boolean isOf(Set<Buffer> inputs, Expr value) {
    boolean[] sound = {true};
    Nodes.eachExpression(
        value,
        part ->
            sound[0] &=
                switch (part) {
                  case Expr.Load(var buffer, var at) ->
                      inputs.contains(buffer)
                          && at instanceof Expr.Read(var name, _)
                          && value instanceof Expr.Reduce sum
                          && sum.index().equals(name);
                  case Expr.Read(var name, _) ->
                      value instanceof Expr.Reduce sum && sum.index().equals(name);
                  case Expr.Reduce _ -> part == value;
                  case Expr.Philox _ -> false;
                  default -> true;
                });
    return sound[0];
  }

  private boolean follows(Expr expr) {
    boolean[] sound = {true};
    Nodes.eachExpression(
        expr,
        part ->
            sound[0] &=
                switch (part) {
                  case Expr.Read(var name, _) -> name.equals(index) || known.contains(name);
                  case Expr.Load(var buffer, var at) ->
                      inputs.contains(buffer)
                          && at instanceof Expr.Read(var name, _)
                          && name.equals(index);
                  case Expr.Reduce _, Expr.Philox _ -> false;
                  default -> true;
                });
    return sound[0];
  }

  private boolean isWorthKeeping(Expr expr) {
    boolean[] found = {false};
    Nodes.eachExpression(
        expr, part -> found[0] |= part instanceof Expr.Read(var name, _) && known.contains(name));
    return found[0];
  }

  private Expr place(Expr expr, UnaryOperator<String> local) {
    Expr meaning = expanded(expr);
    boolean keeps =
        expr.type() != Scalar.BOOL
            && !Nodes.mayFault(expr)
            && follows(meaning)
            && isWorthKeeping(meaning);
    if (!keeps) {
      return expr;
    }
    Expr.Read place =
        places.computeIfAbsent(meaning, one -> new Expr.Read(local.apply("kept"), one.type()));
    meanings.put(place.name(), meaning);
    return place;
  }

  /// With the meanings of places.
  private Expr expanded(Expr expr) {
    return switch (expr) {
      case Expr.Read(var name, _) when meanings.containsKey(name) -> meanings.get(name);
      default -> Nodes.mapOperands(expr, this::expanded);
    };
  }

  /// What the loop does with what is kept, in buffers that `made` makes.
  ///
  /// @param refreshed takes the statements that work it out for the element `index`
  List<Stmt> body(Function<Scalar, Buffer> made, List<Stmt> refreshed) {
    Set<String> used = new HashSet<>();
    Nodes.eachExpression(
        rest,
        part -> {
          if (part instanceof Expr.Read(var name, _)) {
            used.add(name);
          }
        });
    Expr at = new Expr.Read(index, Scalar.I32);
    refreshed.addAll(moved);
    Map<String, Expr> loads = new HashMap<>();
    places.forEach((meaning, place) -> {
      if (used.contains(place.name())) {
        Buffer buffer = made.apply(place.type());
        refreshed.add(new Stmt.Store(buffer, at, meaning));
        loads.put(place.name(), new Expr.Load(buffer, at));
      }
    });
    return new Rewrite() {
      @Override
      Expr change(Expr expr) {
        return expr instanceof Expr.Read(var name, _) ? loads.getOrDefault(name, expr) : expr;
      }
    }.block(rest);
  }
}

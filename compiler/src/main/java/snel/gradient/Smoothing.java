package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Stmt;

/// What is done for each spike, taken apart: what derivatives pass through is done to a degree, the
/// rest (counters, lists) for the spikes that there are.
final class Smoothing {
  private Smoothing() {}

  /// Only what changes relevant buffers, mixed with what they hold.
  ///
  /// The straight statements are first worked out and then stored, since what one has mixed must
  /// not be read by the next.
  static List<Stmt> mixed(List<Stmt> block, Expr share, Flow flow) {
    List<Stmt> all = new ArrayList<>();
    var names = new Names();
    var straight = new Straight(names, java.util.Map.of());
    List<Stmt> loops = new ArrayList<>();
    for (Stmt stmt : block) {
      if (stmt instanceof Stmt.Loop loop) {
        if (flow.isRelevant(stmt)) {
          List<Stmt> body = mixed(loop.body(), share, flow);
          loops.add(
              new Stmt.Loop(loop.index(), loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, body));
        }
      } else {
        straight.run(stmt);
      }
    }
    all.addAll(straight.lets());
    straight
        .changed()
        .forEach((place, value) -> {
          if (flow.isRelevant(place.buffer())) {
            Expr before = place.load();
            Expr change = new Expr.Binary(BinaryOp.SUB, value, before);
            all.add(
                new Stmt.Store(place.buffer(), place.index(), new Expr.Fma(share, change, before)));
          }
        });
    all.addAll(
        Form.mapAll(
            loops,
            expr ->
                expr instanceof Expr.Read(var name, _)
                    ? straight.renamed().getOrDefault(name, expr)
                    : expr));
    return all;
  }

  /// All but what changes relevant buffers.
  static List<Stmt> rest(List<Stmt> block, Flow flow) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt stmt : block) {
      switch (stmt) {
        case Stmt.Store(var buffer, _, _) when flow.isRelevant(buffer) -> {}
        case Stmt.If(var condition, var then, var otherwise) ->
            all.add(new Stmt.If(condition, rest(then, flow), rest(otherwise, flow)));
        case Stmt.Loop(var index, var from, var to, var order, var body) ->
            all.add(new Stmt.Loop(index, from, to, order, rest(body, flow)));
        default -> all.add(stmt);
      }
    }
    return all;
  }
}

package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What one pass of a loop does, as far as derivatives are passed: straight statements and loops
/// inside.
///
/// @param changed elements of relevant buffers that the straight statements change
record Body(Straight straight, Map<Place, Expr> changed, List<Inner> inner) {
  /// A loop inside a loop.
  record Inner(String index, Expr from, Expr to, Body body) {}

  /// @param renamed locals from around, as they are called now
  static Body of(
      List<Stmt> block, Map<String, Expr> renamed, Names names, Flow flow, Reasons reasons) {
    return of(block, renamed, Set.of(), names, flow, reasons);
  }

  private static Body of(
      List<Stmt> block,
      Map<String, Expr> renamed,
      Set<Buffer> lost,
      Names names,
      Flow flow,
      Reasons reasons) {
    var straight = new Straight(names, renamed);
    straight.lose(lost);
    List<Inner> inner = new ArrayList<>();
    for (Stmt stmt : block) {
      if (!hasLoop(stmt)) {
        if (stmt instanceof Stmt.Push(Buffer list, _, _) && flow.isRelevant(list)) {
          reasons.add("lists neurons one by one");
        }
        if (stmt instanceof Stmt.AddBits add && flow.isRelevant(add.counts())) {
          reasons.add("has one weight for all its synapses");
        }
        straight.run(stmt);
      } else if (stmt instanceof Stmt.Loop loop && flow.isRelevant(stmt)) {
        String index = names.fresh(loop.index());
        Map<String, Expr> inside = new HashMap<>(straight.renamed());
        inside.put(loop.index(), new Expr.Read(index, Scalar.I32));
        Set<Buffer> unknown = new HashSet<>(lost);
        straight.changed().keySet().forEach(place -> unknown.add(place.buffer()));
        Body body = of(loop.body(), inside, unknown, names, flow, reasons);
        inner.add(new Inner(index, straight.expr(loop.from()), straight.expr(loop.to()), body));
        straight.lose(Nodes.writtenIn(List.of(stmt)));
      } else if (flow.isRelevant(stmt)) {
        reasons.add("repeats something for as long as a condition holds");
      } else {
        straight.lose(Nodes.writtenIn(List.of(stmt)));
      }
    }
    Map<Place, Expr> changed = new LinkedHashMap<>();
    straight
        .changed()
        .forEach((place, value) -> {
          if (flow.isRelevant(place.buffer())) {
            changed.put(place, value);
          }
        });
    return new Body(straight, changed, inner);
  }

  private static boolean hasLoop(Stmt stmt) {
    boolean[] found = {false};
    Nodes.eachStatement(
        List.of(stmt),
        inside ->
            found[0] |=
                inside instanceof Stmt.Loop
                    || inside instanceof Stmt.While
                    || inside instanceof Stmt.Var
                    || inside instanceof Stmt.Assign);
    return found[0];
  }

  /// Wants each pass of a loop over neurons to change elements of its neuron alone, or else to add
  /// what hangs on nothing that other passes change.
  ///
  /// @param neuron the neuron of the pass
  void requireApart(Expr neuron, Reasons reasons) {
    boolean apart =
        changed.keySet().stream().allMatch(place -> isOf(neuron, place))
            || straight.onlyAdds(changed.keySet())
            || straight.onlyTakes(changed.keySet());
    boolean inside = inner.stream().allMatch(loop -> isInAnyOrder(loop, neuron));
    if (!apart || !inside) {
      reasons.add("takes arrivals one by one, each after what the one before has changed");
    }
  }

  /// Whether it is all one which of the synapses, and which of the neurons, comes first: each
  /// changes elements of its own, and adds to what several change.
  private boolean isInAnyOrder(Inner loop, Expr neuron) {
    boolean ofNeuron =
        !(loop.from() instanceof Expr.Const) && mentions(straight.inlined(loop.from()), neuron);
    Straight body = loop.body().straight();
    Set<Place> shared = new HashSet<>();
    for (Place place : loop.body().changed().keySet()) {
      Expr index = body.inlined(place.index());
      boolean own =
          Form.follows(index, loop.index())
              && (ofNeuron || mentions(straight.inlined(index), neuron));
      if (!own) {
        shared.add(place);
      }
    }
    return body.isInAnyOrder(shared);
  }

  private static boolean mentions(Expr expr, Expr neuron) {
    boolean[] found = {false};
    Nodes.eachExpression(expr, part -> found[0] |= part.equals(neuron));
    return found[0];
  }

  private boolean isOf(Expr neuron, Place place) {
    if (neuron instanceof Expr.Read(var name, _)) {
      return Form.follows(place.index(), name);
    }
    return lets().stream()
        .anyMatch(let -> let.value().equals(neuron) && Form.follows(place.index(), let.name()));
  }

  /// The same but for some of its loops.
  Body without(Set<Inner> some) {
    return new Body(
        straight, changed, inner.stream().filter(loop -> !some.contains(loop)).toList());
  }

  /// The buffers that the pass changes, with those of the loops inside.
  Set<Buffer> changing() {
    Set<Buffer> all = new HashSet<>();
    changed.keySet().forEach(place -> all.add(place.buffer()));
    inner.forEach(loop -> all.addAll(loop.body().changing()));
    return all;
  }

  /// All locals, those of the loops inside too.
  List<Stmt.Let> lets() {
    return straight.lets();
  }
}

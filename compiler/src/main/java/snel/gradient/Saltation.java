package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Repeats;
import snel.ir.Role;
import snel.ir.Stmt;

/// What a spike that moves does to its own neuron: a state that is set by the spike goes on from
/// there later. With rises f- before and f+ after the spike, the Jacobian D of the reset and the
/// derivative l by the state after it, the derivative by the state before is `D l + (l f+ - D l f-)
/// / f-` (T. C. Wunderlich, C. Pehle (2021), DOI 10.1038/s41598-021-91786-z, where D = 0).
final class Saltation {
  /// What is kept for a list of spikes.
  ///
  /// @param state that the threshold is for
  /// @param next stands for the rise in the step after
  /// @param moved the derivative by the state after the spike
  private record Kept(Buffer state, Buffer next, Buffer moved) {}

  private final Adjoints adjoints;
  private final Names names;
  private final Flow flow;
  private final Map<Buffer, Kept> kept = new LinkedHashMap<>();

  Saltation(Adjoints adjoints, Names names, Flow flow) {
    this.adjoints = adjoints;
    this.names = names;
    this.flow = flow;
  }

  /// The neurons of a list spike where the margin is above 0.
  void watched(Firing firing, Margin margin) {
    List<Buffer> states = new ArrayList<>();
    Repeats.each(
        margin.above(),
        node -> {
          if (node instanceof Expr.Load(var buffer, _)
              && flow.varies(buffer)
              && flow.isRelevant(buffer)) {
            states.add(buffer);
          }
        });
    if (!states.isEmpty()) {
      Buffer list = firing.list();
      kept.put(
          list,
          new Kept(
              states.getFirst(),
              new Buffer("next." + list.name(), adjoints.cell(), list.length(), Role.STATE),
              new Buffer("moved." + list.name(), adjoints.cell(), list.length(), Role.STATE)));
    }
  }

  /// The derivative by the margin of a neuron that spikes.
  ///
  /// @param rise of the margin before
  Optional<Expr> derivative(Buffer list, Expr at, Expr rise) {
    return Optional.ofNullable(kept.get(list))
        .map(k -> {
          Expr after = new Expr.Load(adjoints.of(k.moved), at);
          Expr passed = new Expr.Load(adjoints.of(k.state), at);
          Expr gone = Form.mul(after, new Expr.Load(adjoints.of(k.next), at));
          return Form.div(Form.sub(gone, Form.mul(passed, rise)), rise);
        });
  }

  /// Keeps the rise of the margin in this step for the way back from the step before.
  Optional<Stmt> rise(Buffer list, Expr at, Expr rise) {
    return Optional.ofNullable(kept.get(list))
        .map(k -> new Stmt.Store(adjoints.of(k.next), at, rise));
  }

  /// Before a step is gone back over: derivatives by states as it leaves them.
  Kernel moved() {
    List<Stmt> body = new ArrayList<>();
    for (Kept k : kept.values()) {
      if (k.state.length() instanceof Length.Fixed(long size)) {
        String i = names.fresh("i");
        Expr at = Form.index(i);
        Expr now = new Expr.Load(adjoints.of(k.state), at);
        body.add(
            new Stmt.Loop(
                i,
                Expr.i32(0),
                Expr.i32((int) size),
                Stmt.Order.INDEPENDENT,
                List.of(new Stmt.Store(adjoints.of(k.moved), at, now))));
      }
    }
    return new Kernel(Backward.BACK + "moved", Phase.ON_DEMAND, body);
  }
}

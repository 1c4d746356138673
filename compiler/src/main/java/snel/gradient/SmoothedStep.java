package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;

/// A step whose spikes are smoothed: what is done for each neuron of a list is done for all, each
/// to the degree to which it spikes.
final class SmoothedStep {
  private final Threshold.Smooth threshold;
  private final Names names;
  private final Flow flow;
  private final Tapes tapes;
  private final Adjoints adjoints;
  private final Shares shares;

  SmoothedStep(
      Threshold.Smooth threshold,
      Names names,
      Flow flow,
      Tapes tapes,
      Adjoints adjoints,
      Shares shares) {
    this.threshold = threshold;
    this.names = names;
    this.flow = flow;
    this.tapes = tapes;
    this.adjoints = adjoints;
    this.shares = shares;
  }

  /// What takes the place of a statement of the step.
  List<Stmt> of(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Collect _, Stmt.Loop _ when flow.isRelevant(stmt) && Firing.of(stmt).isPresent() ->
          List.of(noted(Firing.of(stmt).get()), stmt);
      case Stmt.Loop loop
          when flow.isRelevant(loop)
              && flow.listOf(loop).isPresent()
              && flow.isRelevant(flow.listOf(loop).get()) ->
          smoothed(loop, flow.listOf(loop).get());
      case Stmt.If(var condition, var then, var otherwise)
          when flow.isRelevant(stmt) && StatementAdjoint.isAboutTime(condition) ->
          List.of(new Stmt.If(condition, all(then), all(otherwise)));
      case Stmt.If(_, var then, _) when flow.isRelevant(stmt) && StatementAdjoint.hasLoop(stmt) ->
          then;
      default -> List.of(stmt);
    };
  }

  private List<Stmt> all(List<Stmt> block) {
    return block.stream().flatMap(stmt -> of(stmt).stream()).toList();
  }

  /// To what degree each neuron spikes.
  private Stmt noted(Firing firing) {
    Margin margin = Margin.of(firing.condition(), flow).orElseThrow();
    List<Stmt> body = new ArrayList<>();
    Expr above = Form.convert(adjoints.real(), Form.bound(margin.above(), names, body));
    Expr z = Threshold.sigmoid(threshold.steepness(), above);
    if (!(margin.gate() instanceof Expr.Const)) {
      z = Form.choose(margin.gate(), z, Expr.real(adjoints.real(), 0));
    }
    Buffer share = shares.of(firing.list());
    tapes.changed(share);
    body.add(new Stmt.Store(share, Form.index(firing.index()), z));
    return new Stmt.Loop(firing.index(), firing.from(), firing.to(), Stmt.Order.INDEPENDENT, body);
  }

  private List<Stmt> smoothed(Stmt.Loop loop, Buffer list) {
    String i = names.fresh("i");
    Expr share = new Expr.Load(shares.of(list), Form.index(i));
    Guard guard = Guard.of(SpikeList.forNeuron(loop, list, i), flow);
    List<Stmt> mixed = Smoothing.mixed(guard.inside(), share, flow);
    List<Stmt> rest = Smoothing.rest(loop.body(), flow);
    return List.of(
        guard.each(i, SpikeList.size(list), Stmt.Order.SEQUENTIAL, mixed),
        new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), rest));
  }
}

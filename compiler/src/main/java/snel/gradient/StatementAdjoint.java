package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Training;

/// Adjoints of the statements of a step: of loops, of what is done for each neuron of a list of
/// spikes, and of the threshold that makes the list.
final class StatementAdjoint {
  private static final String EARLIER =
      "goes over spikes of earlier steps, as a delay beside a synapse with states or an equation does,"
          + " and input that `accumulates` in refractory times: leave out the delay, the states, or `accumulates`";

  private final Reverse.Task task;
  private final Names names;
  private final Flow flow;
  private final Reasons reasons;
  private final Adjoints adjoints;
  private final BodyAdjoint bodies;
  private final Shares shares;
  private final Products products;
  private final Optional<SpikeTimes> spikeTimes;
  private final Optional<Saltation> saltation;
  private final Largest largest;

  /// What is summed up in other ways than element by element.
  record Products(
      RowProducts rows,
      ConvProducts convolutions,
      Gathers gathers,
      SharedGathers sharedGathers,
      GradedGradients graded) {}

  StatementAdjoint(
      Reverse.Task task,
      Names names,
      Flow flow,
      Reasons reasons,
      Adjoints adjoints,
      BodyAdjoint bodies,
      Shares shares,
      Products products,
      Optional<SpikeTimes> spikeTimes,
      Optional<Saltation> saltation,
      Largest largest) {
    this.task = task;
    this.names = names;
    this.flow = flow;
    this.reasons = reasons;
    this.adjoints = adjoints;
    this.bodies = bodies;
    this.shares = shares;
    this.products = products;
    this.spikeTimes = spikeTimes;
    this.saltation = saltation;
    this.largest = largest;
  }

  /// The statement's adjoint.
  List<Stmt> of(Stmt stmt, Kernel kernel) {
    return switch (stmt) {
      case Stmt.Loop _ when Firing.of(stmt).isPresent() -> threshold(Firing.of(stmt).get());
      case Stmt.Loop _ when Firing.listsOtherwise(stmt, flow) ->
          refused("lists neurons one by one");
      case Stmt.Loop loop -> loop(loop, kernel);
      case Stmt.Collect _ -> threshold(Firing.of(stmt).orElseThrow());
      case Stmt.If(Expr condition, var then, var otherwise)
          when hasLoop(stmt) && isAboutTime(condition) ->
          List.of(new Stmt.If(condition, backward(then, kernel), backward(otherwise, kernel)));
      case Stmt.If(_, var then, var otherwise) when hasLoop(stmt) -> {
        if (!otherwise.isEmpty() || !Arrivals.nothingWithout(then, flow, names, reasons)) {
          reasons.add("does something only if a condition holds");
        }
        yield backward(then, kernel);
      }
      case Stmt.If _, Stmt.Store _ ->
          bodies.backward(Body.of(List.of(stmt), Map.of(), names, flow, reasons), null);
      case Stmt.While _, Stmt.Var _, Stmt.Assign _ -> refused("repeats something");
      case Stmt.Push _ -> refused("lists neurons one by one");
      case Stmt.AddBits _ -> refused("has one weight for all its synapses");
      case Stmt.Words _, Stmt.Let _ -> List.of();
    };
  }

  private List<Stmt> backward(List<Stmt> block, Kernel kernel) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt inner : block.reversed()) {
      if (flow.isRelevant(inner)) {
        all.addAll(of(inner, kernel));
      }
    }
    return all;
  }

  /// Whether the step alone decides: the clock is on the tape.
  static boolean isAboutTime(Expr condition) {
    boolean[] known = {true};
    boolean[] asksClock = {false};
    Nodes.eachExpression(
        condition,
        expr -> {
          boolean isClock =
              expr instanceof Expr.Load(Buffer buffer, _) && buffer.name().equals(Clock.NAME);
          asksClock[0] |= isClock;
          known[0] &= isClock || !(expr instanceof Expr.Load || expr instanceof Expr.Read);
        });
    return known[0] && asksClock[0];
  }

  private List<Stmt> refused(String why) {
    reasons.add(why);
    return List.of();
  }

  static boolean hasLoop(Stmt stmt) {
    boolean[] found = {false};
    Nodes.eachStatement(List.of(stmt), inner -> found[0] |= inner instanceof Stmt.Loop);
    return found[0];
  }

  private List<Stmt> loop(Stmt.Loop loop, Kernel kernel) {
    Optional<Buffer> list = flow.listOf(loop);
    if (list.isPresent()) {
      return spikes(loop, list.get(), kernel);
    }
    if (depends(loop.from()) || depends(loop.to())) {
      return refused(EARLIER);
    }
    if (largest.isOne(loop)) {
      List<Stmt> all = new ArrayList<>(largest.found(loop));
      all.addAll(each(largest.taking(loop)));
      return all;
    }
    return products.graded().of(loop).orElseGet(() -> each(loop));
  }

  private List<Stmt> each(Stmt.Loop loop) {
    String index = names.fresh(loop.index());
    Body body = body(loop, index);
    if (body.inner().isEmpty()) {
      boolean apart =
          body.changed().keySet().stream().allMatch(p -> Form.follows(p.index(), index));
      boolean independent = loop.order() == Stmt.Order.INDEPENDENT;
      if (!apart && !independent) {
        return refused("changes one value more than once in a step");
      }
    }
    if (!body.inner().isEmpty()) {
      body.requireApart(Form.index(index), reasons);
    }
    List<Stmt> adjoint = bodies.backward(body, null);
    return products
        .graded()
        .whereAny(
            body,
            List.of(new Stmt.Loop(index, loop.from(), loop.to(), order(adjoint, index), adjoint)));
  }

  /// Whether a bound changes from step to step.
  private boolean depends(Expr bound) {
    boolean[] found = {false};
    Nodes.eachExpression(
        bound, e -> found[0] |= e instanceof Expr.Load(var buffer, _) && flow.varies(buffer));
    return found[0];
  }

  private static Stmt.Order order(List<Stmt> block, String index) {
    return BodyAdjoint.isIndependent(block, index) ? Stmt.Order.INDEPENDENT : Stmt.Order.SEQUENTIAL;
  }

  private Body body(Stmt.Loop loop, String index) {
    return Body.of(
        loop.body(), Map.of(loop.index(), new Expr.Read(index, Scalar.I32)), names, flow, reasons);
  }

  // What is done for each neuron of a list.

  private List<Stmt> spikes(Stmt.Loop loop, Buffer list, Kernel kernel) {
    List<Stmt> all = new ArrayList<>();
    boolean passes = flow.isRelevant(list);
    if (passes && (task.throughReset() || kernel.phase() != Phase.RESET_SPIKED)) {
      String i = names.fresh("i");
      List<Stmt> inside = new ArrayList<>();
      List<Stmt> sent = task.feedback().through(SpikeList.forNeuron(loop, list, i));
      Guard guard = Guard.of(sent, flow);
      Body body = Body.of(guard.inside(), Map.of(), names, flow, reasons);
      List<Body.Inner> apart = new ArrayList<>();
      if (guard.isOpen()) {
        apart.addAll(products.rows().among(body, i, SpikeList.size(list)));
        all.addAll(products.rows().added(body, i, SpikeList.size(list), list));
        for (ConvProducts.Conv conv : products.convolutions().among(body, i)) {
          apart.add(conv.inner());
          all.addAll(products.convolutions().added(conv, list));
        }
      }
      Optional<Expr> derivative = bodies.shareDerivative(body, apart, inside);
      if (derivative.isPresent()) {
        inside.add(added(adjoints.of(list), Form.index(i), derivative.get()));
        all.add(neurons(i, list, guard, inside));
      }
    }
    if (passes && task.threshold() instanceof Threshold.Smooth) {
      String i = names.fresh("i");
      Guard guard = Guard.of(SpikeList.forNeuron(loop, list, i), flow);
      Body body = Body.of(guard.inside(), Map.of(), names, flow, reasons);
      body.requireApart(Form.index(i), reasons);
      Expr share = new Expr.Load(shares.of(list), Form.index(i));
      all.add(neurons(i, list, guard, bodies.backward(body, share)));
    } else {
      String e = names.fresh(loop.index());
      Guard guard = Guard.of(SpikeList.element(loop, e), flow);
      Body body = Body.of(guard.inside(), Map.of(), names, flow, reasons);
      body.requireApart(new Expr.Load(list, Form.index(e)), reasons);
      Map<Body.Inner, List<Stmt>> noted = new LinkedHashMap<>();
      if (guard.isOpen()) {
        noted.putAll(products.gathers().noted(loop, e, body, list, SpikeList.size(list)));
        noted.putAll(products.sharedGathers().noted(loop, e, body, list));
      }
      noted.values().forEach(all::addAll);
      Body rest = body.without(noted.keySet());
      if (!rest.inner().isEmpty() || !rest.changed().isEmpty()) {
        List<Stmt> adjoint = guard.around(bodies.backward(rest, null));
        all.add(new Stmt.Loop(e, loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, adjoint));
      }
    }
    return all;
  }

  private static Stmt neurons(String i, Buffer list, Guard guard, List<Stmt> block) {
    return guard.each(i, SpikeList.size(list), order(block, i), block);
  }

  private static Stmt added(Buffer buffer, Expr index, Expr value) {
    Expr before = new Expr.Load(buffer, index);
    return new Stmt.Store(buffer, index, Form.add(before, value));
  }

  // The threshold.

  private List<Stmt> threshold(Firing collect) {
    Optional<Margin> margin = Margin.of(collect.condition(), flow);
    if (margin.isEmpty()) {
      return refused(Reverse.RANDOM);
    }
    saltation.ifPresent(own -> own.watched(collect, margin.get()));
    String i = names.fresh(collect.index());
    Map<String, Expr> renamed = Map.of(collect.index(), Form.index(i));
    var straight = new Straight(names, renamed);
    Scalar real = margin.get().above().type();
    straight.run(new Stmt.Let(Training.MARGIN, margin.get().above()));
    Expr above = straight.expr(new Expr.Read(Training.MARGIN, real));
    Buffer ofList = adjoints.of(collect.list());
    Expr came = new Expr.Load(ofList, Form.index(i));
    Expr open = straight.expr(margin.get().gate());
    Expr.Read share = names.local("bar", adjoints.real());
    var body = new Body(straight, Map.of(), List.of());
    List<Stmt> all = new ArrayList<>(straight.lets());
    if (spikeTimes.isPresent()) {
      all.addAll(spikeTimes.get().derivative(collect.list(), i, above, open, came, share));
    } else {
      Expr passed =
          new Expr.Binary(BinaryOp.MUL, came, Form.convert(adjoints.real(), slope(above)));
      Expr bar =
          open instanceof Expr.Const
              ? passed
              : Form.choose(open, passed, Expr.real(adjoints.real(), 0));
      all.add(new Stmt.Let(share.name(), bar));
    }
    all.addAll(bodies.backward(body, above, share));
    all.add(new Stmt.Store(ofList, Form.index(i), Expr.real(adjoints.real(), 0)));
    return List.of(new Stmt.Loop(i, collect.from(), collect.to(), order(all, i), all));
  }

  private Expr slope(Expr above) {
    return switch (task.threshold()) {
      case Threshold.Surrogate(Expr slope) ->
          Form.map(
              slope,
              node ->
                  node instanceof Expr.Read(var name, _) && name.equals(Training.MARGIN)
                      ? Form.convert(adjoints.real(), above)
                      : node);
      case Threshold.Times _ -> throw new IllegalStateException("times have no surrogate");
      case Threshold.Smooth(double steepness) -> {
        Expr z = Threshold.sigmoid(steepness, Form.convert(adjoints.real(), above));
        Expr rest = Form.sub(Expr.real(z.type(), 1), z);
        yield Form.mul(Expr.real(z.type(), steepness), Form.mul(z, rest));
      }
    };
  }
}

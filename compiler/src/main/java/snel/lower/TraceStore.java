package snel.lower;

import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Handler;
import snel.model.InputBinding;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.Trace;

/// The values of one trace: one for each neuron, or for each synapse where its time constant or its
/// jumps differ between them.
final class TraceStore extends EndValues {
  final Trace trace;

  TraceStore(World world, Plasticity plasticity, Delays delays, Trace trace) {
    super(
        world,
        plasticity.links,
        delays,
        side(trace, plasticity.projection),
        trace.name(),
        world.buffers.realCell(),
        differs(trace, plasticity, delays) || isAssignedApart(trace, plasticity, delays));
    this.trace = trace;
  }

  private static Side side(Trace trace, Projection projection) {
    if (EndEvents.isOf(trace.event(), "pre")) {
      return Side.PRE;
    }
    if (EndEvents.isOf(trace.event(), "post")) {
      return Side.POST;
    }
    boolean perTarget =
        projection.synapse().ports().stream()
            .anyMatch(p -> p.name().equals(trace.event()) && p.perTarget());
    return perTarget ? Side.PORT : Side.BROADCAST;
  }

  // Where the values are

  private static boolean differs(Trace trace, Plasticity plasticity, Delays delays) {
    return trace instanceof Trace.Decaying(_, _, var tau, _, var amount, _)
        && Stream.of(tau, amount)
            .anyMatch(value ->
                differs(value, trace, plasticity)
                    || !(value instanceof snel.math.Expr.Num) && isLate(trace, plasticity, delays));
  }

  /// Whether a handler gives it a value at one synapse that the others of the neuron do not get at
  /// the same instant, or read before.
  private static boolean isAssignedApart(Trace trace, Plasticity plasticity, Delays delays) {
    Synapse synapse = plasticity.synapse;
    if (!synapse.assigns(trace.name())) {
      return false;
    }
    boolean byHooks =
        synapse.ports().stream().noneMatch(p -> Action.assigns(p.body(), trace.name()))
            && synapse.every().stream().noneMatch(e -> Action.assigns(e.body(), trace.name()))
            && synapse.handlers().stream()
                .filter(h -> Action.assigns(h.body(), trace.name()))
                .allMatch(h -> isOfAll(h, trace));
    return !byHooks || isLate(trace, plasticity, delays);
  }

  /// Whether a handler of all synapses sets a trace to one number, and does not read it.
  private static boolean isOfAll(Handler handler, Trace trace) {
    boolean isHook = handler.event().startsWith("presentation.");
    boolean reads =
        Action.expressions(handler.body())
            .anyMatch(e -> Walk.mentions(e, Owner.SELF, trace.name()));
    boolean setsNumbers =
        handler.body().stream()
            .allMatch(action ->
                switch (action) {
                  case Action.Assign(var target, var value, _) ->
                      !target.name().equals(trace.name()) || value instanceof snel.math.Expr.Num;
                  case Action.If _ -> !Action.assigns(List.of(action), trace.name());
                  case Action.Let _, Action.Deliver _ -> true;
                });
    return isHook && !reads && setsNumbers;
  }

  /// Whether its events come to the synapses of a neuron one after the other: to each, what is no
  /// number is what it is then.
  private static boolean isLate(Trace trace, Plasticity plasticity, Delays delays) {
    return delay(side(trace, plasticity.projection), delays).isStored();
  }

  /// Whether an expression has another value for each synapse of the neuron that the trace follows.
  private static boolean differs(snel.math.Expr value, Trace trace, Plasticity plasticity) {
    Side side = side(trace, plasticity.projection);
    return Walk.any(
        value,
        e ->
            switch (e) {
              case snel.math.Expr.Ref(var owner, var name, _) ->
                  switch (owner) {
                    case SELF -> !name.equals(trace.name()) && differs(name, side, plasticity);
                    case PRE -> side != Side.PRE;
                    case POST -> side != Side.POST && side != Side.PORT;
                    case PEER, NETWORK, ARGUMENT, LOCAL, POPULATION -> false;
                  };
              case snel.math.Expr.Since(var owner, _) ->
                  owner == Owner.PRE && side != Side.PRE
                      || owner == Owner.POST && side != Side.POST;
              case snel.math.Expr.Draw _ -> true;
              default -> false;
            });
  }

  private static boolean differs(String name, Side side, Plasticity plasticity) {
    if (plasticity.followers.trace(name).isPresent()) {
      TraceStore other = plasticity.followers.trace(name).get();
      return other.isOfSynapses() || other.side != side && other.side != Side.BROADCAST;
    }
    for (InputBinding binding : plasticity.synapse.bindings()) {
      if (binding.input().equals(name)) {
        return binding.ofPre() ? side != Side.PRE : side != Side.POST && side != Side.PORT;
      }
    }
    if (!plasticity.has(name)) {
      return true;
    }
    return switch (plasticity.place(name)) {
      case SYNAPSE -> true;
      case TARGET -> side != Side.POST && side != Side.PORT;
      case SOURCE -> side != Side.PRE;
      case PROJECTION -> false;
    };
  }

  @Override
  String event() {
    return switch (side) {
      case PRE -> EndEvents.ofSource(trace.event(), links.projection);
      case POST -> EndEvents.named(trace.event());
      case PORT, BROADCAST -> trace.event();
    };
  }

  @Override
  boolean isReadIn(snel.math.Expr expression) {
    return Walk.mentions(expression, Owner.SELF, trace.name());
  }

  /// Whether events of a port of the synapses make it jump.
  boolean follows(Port port) {
    return (side == Side.PORT || side == Side.BROADCAST) && trace.event().equals(port.name());
  }

  // Decay

  /// What is left of a value after a step: exp(-h / tau), computed in double precision and rounded
  /// once.
  Expr factor(Trace.Decaying decaying, SynapseScope scope) {
    if (decaying.tau() instanceof snel.math.Expr.Num(var tau)) {
      return Expr.real(world.real(), StrictMath.exp(-world.step() / tau.toDouble()));
    }
    Expr tau = new Expressions(scope, Scalar.F64).real(decaying.tau());
    Expr steps = new Expr.Binary(snel.ir.BinaryOp.DIV, Expr.f64(-world.step()), tau);
    return Emit.convert(world.real(), Emit.call(Function.EXP, Scalar.F64, steps));
  }

  // Jumps

  /// Whether the height of a jump has to be noted before any jump of the instant lands, since it is
  /// not a number.
  boolean isNoted() {
    return trace instanceof Trace.Decaying decaying
        && !(decaying.amount() instanceof snel.math.Expr.Num);
  }

  private Buffer heights() {
    return world.buffers.declare(values.name() + ".jump", values.cell(), length(), Role.SCRATCH);
  }

  private Length length() {
    return values.length();
  }

  /// Notes the height of the jump of value `who`.
  Stmt noted(SynapseScope scope, Expr who) {
    return store(heights(), who, amount(scope));
  }

  /// The jump of value `who`.
  Stmt jump(Expr who) {
    Expr amount = isNoted() ? load(heights(), who) : constant();
    Expr value = isSet() ? amount : Emit.add(load(values, who), amount);
    return store(values, who, value);
  }

  /// The value with the jumps of the present instant counted in.
  ///
  /// @param before sees all as it was before them
  Expr withPending(SynapseScope.At at, SynapseScope before, Expr value) {
    Expr jumps = Emit.convert(world.real(), pending(at));
    Expr amount = amount(before);
    return isSet()
        ? new Expr.Choose(isPending(at), amount, value)
        : Emit.add(value, Emit.mul(jumps, amount));
  }

  private boolean isSet() {
    return trace instanceof Trace.Decaying decaying && decaying.set();
  }

  private Expr amount(SynapseScope scope) {
    return isNoted()
        ? new Expressions(scope, world.real()).real(((Trace.Decaying) trace).amount())
        : constant();
  }

  private Expr constant() {
    double amount =
        trace instanceof Trace.Decaying(_, _, _, _, snel.math.Expr.Num(var number), _)
            ? number.toDouble()
            : 1;
    return Expr.real(world.real(), amount);
  }
}

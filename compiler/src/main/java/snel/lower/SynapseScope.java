package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;

import java.util.Map;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.math.Kind;
import snel.model.InputBinding;
import snel.model.Variable;

/// Names as one synapse sees them.
class SynapseScope extends WorldScope {
  /// The synapse: its number, local source and target.
  ///
  /// @param delay its axonal delay in steps, where that differs and is at hand; of a synapse that
  ///   is drawn again, its whole delay
  record At(Expr synapse, Expr source, Expr target, Optional<Expr> delay) {
    static At of(Expr synapse, Expr source, Expr target) {
      return new At(synapse, source, target, Optional.empty());
    }
  }

  private final Plasticity plasticity;
  private final At at;
  private final Draws draws;
  private final Moment moment;

  /// @param moment when traces and times are read
  SynapseScope(
      World world, Plasticity plasticity, At at, KernelScope kernel, Draws draws, Moment moment) {
    super(world, kernel, Map.of(), "a synapse");
    this.plasticity = plasticity;
    this.at = at;
    this.draws = draws;
    this.moment = moment;
  }

  At at() {
    return at;
  }

  KernelScope kernel() {
    return kernel;
  }

  @Override
  public Typed read(snel.math.Expr.Ref ref) {
    Typed local = locals.get(ref.name());
    if (local != null
        && ref.owner() != snel.math.Owner.PRE
        && ref.owner() != snel.math.Owner.POST) {
      return local;
    }
    return switch (ref.owner()) {
      case SELF -> own(ref);
      case PRE ->
          ref.name().equals("spiked")
              ? spiked(EndValues.Side.PRE)
              : Members.read(world, plasticity.sourceCells(), ref, pre());
      case POST ->
          ref.name().equals("spiked")
              ? spiked(EndValues.Side.POST)
              : Members.read(world, plasticity.targetCells().orElseThrow(), ref, post());
      case NETWORK -> World.isTime(ref) ? world.time(moment.now()) : world.network(ref, neuron());
      case POPULATION -> world.populationMember(ref, neuron());
      case PEER, ARGUMENT, LOCAL -> throw unknown(ref.owner() + " " + ref.name());
    };
  }

  Expr pre() {
    return plasticity.links.sourceInPopulation(at.source());
  }

  private Expr post() {
    return plasticity.links.targetInPopulation(at.target());
  }

  /// The neuron whose element of an array is meant.
  Expr neuron() {
    return post();
  }

  /// The same where arrays have an element for each source.
  private static final class OfSource extends SynapseScope {
    OfSource(SynapseScope of) {
      super(of.world, of.plasticity, of.at, of.kernel, of.draws, of.moment);
    }

    @Override
    Expr neuron() {
      return pre();
    }
  }

  private Typed own(snel.math.Expr.Ref ref) {
    String name = ref.name();
    Optional<TraceStore> trace = plasticity.followers.trace(name);
    if (trace.isPresent()) {
      return new Typed(traceValue(trace.get()), Kind.REAL);
    }
    for (InputBinding binding : plasticity.synapse.bindings()) {
      if (binding.input().equals(name)) {
        Scope scope = binding.ofPre() ? new OfSource(this) : this;
        return new Typed(new Expressions(scope, world.real()).real(binding.value()), Kind.REAL);
      }
    }
    String weightName = plasticity.synapse.weight().map(Variable::name).orElse("w");
    if (name.equals(weightName)) {
      return weight(ref.kind());
    }
    if (name.startsWith("edge.")) {
      Buffer column = plasticity.edgeColumn(name.substring("edge.".length()));
      Expr row = load(plasticity.links.wiring().orElseThrow().shared().orElseThrow(), at.synapse());
      return new Typed(load(column, row), Kind.REAL);
    }
    if (name.equals(FanIn.NAME)) {
      return new Typed(
          convert(world.real(), FanIn.of(world, plasticity.links, at.target())), Kind.REAL);
    }
    if (!plasticity.has(name)) {
      throw new CompilerBug("no " + name + " in synapses of " + plasticity.links.path);
    }
    Buffer buffer = plasticity.variable(name);
    return new Typed(
        convert(Expressions.scalar(ref.kind(), world.real()), load(buffer, index(name))),
        ref.kind());
  }

  private Expr traceValue(TraceStore trace) {
    Expr value = trace.value(at, moment);
    return moment.counts(trace.side) ? trace.withPending(at, uncounted(), value) : value;
  }

  /// The same before any event of the instant.
  private SynapseScope uncounted() {
    return new SynapseScope(world, plasticity, at, kernel, draws, Moment.before(moment.now()));
  }

  private Typed weight(Kind kind) {
    return WeightReader.read(world, plasticity, this, kind);
  }

  Expr index(String name) {
    return switch (plasticity.place(name)) {
      case SYNAPSE -> at.synapse();
      case TARGET -> at.target();
      case SOURCE -> at.source();
      case PROJECTION -> i(0);
    };
  }

  @Override
  public Typed since(snel.math.Expr.Since since) {
    String event = EndEvents.of(since, plasticity.projection);
    return switch (since.owner()) {
      case PRE -> since(EndValues.Side.PRE, event);
      case POST -> since(EndValues.Side.POST, event);
      case SELF, PEER, NETWORK, ARGUMENT, LOCAL, POPULATION ->
          throw unknown("since(" + since.owner() + ")");
    };
  }

  private Typed since(EndValues.Side side, String event) {
    return last(side, event).since(at, moment);
  }

  private LastArrival last(EndValues.Side side, String event) {
    return plasticity.followers.lastArrival(side, event);
  }

  private Typed spiked(EndValues.Side side) {
    return last(side, "").spiked(at, moment, plasticity.coincidence.firstArrival(side));
  }

  @Override
  public Draws draws() {
    return draws;
  }
}

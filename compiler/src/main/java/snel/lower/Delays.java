package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Interval;
import snel.math.Walk;
import snel.model.Projection;
import snel.model.Variable;

/// The delays of one projection in steps (semantics.md §3). Where a spike's effect is known when it
/// is emitted, only the sum of the axonal and the dendritic delay matters, and the handler runs at
/// the emission.
final class Delays {
  /// Functions that are not defined everywhere.
  private static final Set<String> PARTIAL =
      Set.of("sqrt", "log", "log1p", "asin", "acos", "logit", "mod");

  /// A time (ms) that each synapse owns, taken to the nearest step.
  record Owned(Buffer times, double step) {
    Expr steps(Expr synapse) {
      return convert(Scalar.I32, Emit.nearestStep(load(times, synapse), step));
    }
  }

  /// One delay: the same for all synapses, stored for each, owned by each, or none of these where
  /// it is drawn again with the synapse.
  record Delay(
      Optional<Integer> constant, int longest, Optional<Buffer> each, Optional<Owned> owned) {
    static final Delay NONE = of(0);

    static Delay of(int steps) {
      return new Delay(Optional.of(steps), steps, Optional.empty(), Optional.empty());
    }

    /// Whether a synapse that is drawn again brings it.
    boolean isDrawn() {
      return differs() && each.isEmpty() && owned.isEmpty();
    }

    boolean differs() {
      return constant.isEmpty();
    }

    boolean isNone() {
      return constant.isPresent() && constant.get() == 0;
    }

    /// Classes of synapses: 0 to the longest delay.
    int classes() {
      return longest + 1;
    }

    /// Whether each synapse has a number of its own that does not change.
    boolean isStored() {
      return each.isPresent();
    }

    /// The steps (`I32`) of a stored synapse.
    Expr of(Expr synapse) {
      return owned
          .map(times -> times.steps(synapse))
          .or(() -> constant.map(Emit::i))
          .orElseGet(() -> convert(Scalar.I32, load(each.orElseThrow(), synapse)));
    }
  }

  private final World world;
  private final Plasticity plasticity;
  private final Links links;
  private final Delay axonal;
  private final Delay arrival;
  private final Delay backprop;

  Delays(World world, Plasticity plasticity) {
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    Projection projection = plasticity.projection;
    if (plasticity.effect.isStatic()) {
      axonal = Delay.NONE;
      backprop = Delay.NONE;
      arrival =
          plasticity.synapse.delay().isPresent()
              ? owned(plasticity.synapse.delay().get())
              : delay(".synapses.delay", List.of(projection.axonal(), projection.dendritic()));
    } else {
      axonal =
          isLearned()
              ? new Delay(Optional.empty(), longestLearned(), Optional.empty(), Optional.empty())
              : delay(".synapses.delay", List.of(projection.axonal()));
      arrival = delay(".synapses.dendritic_delay", List.of(projection.dendritic()));
      backprop =
          projection.backprop().isEmpty()
              ? arrival
              : delay(".synapses.backprop_delay", List.of(projection.backprop()));
    }
  }

  /// Whether the synapses own their axonal delays and change them.
  boolean isLearned() {
    return plasticity.synapse.delay().isPresent() && !plasticity.effect.isStatic();
  }

  /// Whether the effect of a spike is known when it is emitted: class ii of semantics.md §3, by the
  /// text alone.
  boolean isKnownAtEmission() {
    return plasticity.effect.isStatic()
        || axonal.isNone() && !Constancy.releasesAtRandom(plasticity.synapse);
  }

  /// Owned by synapses that leave it alone. There is room for one step more, between which and the
  /// longest a delay may lie that is trained.
  private Delay owned(Variable delay) {
    Buffer times = plasticity.declareDelay(delay);
    return new Delay(
        Optional.empty(),
        longestLearned() + 1,
        Optional.empty(),
        Optional.of(new Owned(times, world.step())));
  }

  private int longestLearned() {
    snel.math.Expr upper = plasticity.synapse.delay().orElseThrow().bounds().upper().orElseThrow();
    return longest(upper);
  }

  /// From the source's spike to its `on pre`.
  Delay axonal() {
    return axonal;
  }

  /// From `on pre`, where it delivers, to the target neuron.
  Delay arrival() {
    return arrival;
  }

  /// From the target's spike to its `on post`.
  Delay backprop() {
    return backprop;
  }

  /// The length of an array with `each` elements for every synapse.
  static Length times(Length synapses, int each) {
    return switch (synapses) {
      case Length.Fixed(var count) -> Length.of(count * each);
      case Length.Synapses(var wiring, var times) -> new Length.Synapses(wiring, times * each);
    };
  }

  private Delay delay(String name, List<Optional<snel.math.Expr>> parts) {
    int longest = 0;
    int constant = 0;
    boolean differs = false;
    boolean mayBeNegative = false;
    for (Optional<snel.math.Expr> part : parts) {
      if (part.isEmpty()) {
        continue;
      }
      longest += longest(part.get());
      mayBeNegative |= mayBeNegative(part.get());
      if (part.get() instanceof snel.math.Expr.Num(var ms)) {
        constant += (int) Math.round(ms.toDouble() / world.step());
      } else {
        differs = true;
      }
    }
    if (!differs || longest == 0 && !mayBeNegative) {
      return Delay.of(constant);
    }
    boolean isStored = links.layout != Links.Layout.PROCEDURAL;
    Cell cell = longest < 1 << 8 ? Cell.U8 : longest < 1 << 16 ? Cell.U16 : Cell.I32;
    // what differs is looked up among past events, so at least the last are kept
    return new Delay(
        Optional.empty(),
        Math.max(1, longest),
        isStored
            ? Optional.of(
                world.buffers.declare(links.path + name, cell, links.perSynapse(), Role.WIRING))
            : Optional.empty(),
        Optional.empty());
  }

  private int longest(snel.math.Expr ms) {
    double high = range(ms).high();
    if (Double.isInfinite(high)) {
      throw new CompilerBug("no upper bound for a delay of " + links.path);
    }
    return (int) Math.max(0, Math.floor(high / world.step() + 0.5));
  }

  /// What is computed for a delay, which rounding may take past the middle between two steps.
  private Interval range(snel.math.Expr ms) {
    return Interval.of(ms, this::bounds, world.precision());
  }

  /// Indices are bounded by the sizes of the two ends, columns of an edge list by their values.
  private Interval bounds(snel.math.Expr.Ref ref) {
    if (ref.name().equals("index")) {
      int size =
          ref.owner() == snel.math.Owner.PRE
              ? plasticity.sourceCells().size
              : plasticity.targetCells().map(c -> c.size).orElse(1);
      return new Interval(0, size - 1.0);
    }
    if (ref.name().startsWith("position.")) {
      List<Integer> shape =
          ref.owner() == snel.math.Owner.PRE
              ? plasticity.sourceCells().population.shape()
              : plasticity.targetCells().map(c -> c.population.shape()).orElse(List.of(1));
      int axis = Integer.parseInt(ref.name().substring("position.".length()));
      return new Interval(0, axis < shape.size() ? shape.get(axis) - 1.0 : 0);
    }
    if (ref.name().startsWith("edge.")
        && plasticity.projection.connection()
            instanceof snel.model.Connection.Edges(_, _, var columns)) {
      double[] values = snel.math.Known.in(columns, ref.name().substring("edge.".length()));
      double low = java.util.Arrays.stream(values).min().orElse(0);
      double high = java.util.Arrays.stream(values).max().orElse(0);
      return new Interval(low, high);
    }
    return Interval.UNKNOWN;
  }

  // Building

  /// One of the stored delays, and what it is the sum of.
  private record Stored(Buffer buffer, List<Optional<snel.math.Expr>> parts) {}

  private List<Stored> stored() {
    Projection projection = plasticity.projection;
    List<Stored> all = new ArrayList<>();
    axonal.each().ifPresent(b -> all.add(new Stored(b, List.of(projection.axonal()))));
    arrival
        .each()
        .ifPresent(b ->
            all.add(
                new Stored(
                    b,
                    plasticity.effect.isStatic()
                        ? List.of(projection.axonal(), projection.dendritic())
                        : List.of(projection.dendritic()))));
    backprop
        .each()
        .filter(b -> !arrival.each().filter(b::equals).isPresent())
        .ifPresent(b -> all.add(new Stored(b, List.of(projection.backprop()))));
    return all;
  }

  /// Computes the delays of each synapse: the nearest step, half up, in double precision.
  void build() {
    for (Stored stored : stored()) {
      List<Stmt> body =
          links.all((synapse, source, target) -> {
            var kernel = world.kernel();
            var at = SynapseScope.At.of(synapse, source, target);
            return kernel.collect(() ->
                kernel.statements().add(store(stored.buffer(), synapse, sum(stored, at, kernel))));
          });
      String name = stored.buffer().name().substring((links.path + ".synapses.").length());
      world.build.add(new Build.Run(new Kernel(links.path + ":" + name, Phase.BUILD, body)));
    }
  }

  /// Buffers of the delays, one element a synapse.
  List<Buffer> buffers() {
    return stored().stream().map(Stored::buffer).toList();
  }

  /// What a synapse that is made later has in one of [#buffers()].
  Expr initial(Buffer buffer, SynapseScope.At at, KernelScope kernel) {
    Stored stored =
        stored().stream().filter(s -> s.buffer().equals(buffer)).findFirst().orElseThrow();
    return sum(stored, at, kernel);
  }

  /// The whole delay of a synapse that is drawn again.
  Expr drawn(SynapseScope.At at, KernelScope kernel) {
    Projection projection = plasticity.projection;
    var both = List.of(projection.axonal(), projection.dendritic());
    return sum(both, at, kernel);
  }

  private Expr sum(Stored stored, SynapseScope.At at, KernelScope kernel) {
    return sum(stored.parts(), at, kernel);
  }

  private Expr sum(List<Optional<snel.math.Expr>> parts, SynapseScope.At at, KernelScope kernel) {
    Expr sum = i(0);
    for (Optional<snel.math.Expr> part : parts) {
      if (part.isPresent()) {
        sum = add(sum, steps(part.get(), at, kernel));
      }
    }
    return sum;
  }

  private Expr steps(snel.math.Expr ms, SynapseScope.At at, KernelScope kernel) {
    Optional<Expr> multapse = links.multapse(at.synapse());
    Draws draws = new SynapseDraws(links.path, "delay", at.source(), at.target(), multapse, false);
    var scope = new SynapseScope(world, plasticity, at, kernel, draws, Moment.before(Emit.step()));
    snel.math.Expr inner =
        ms instanceof snel.math.Expr.Call(var f, var arguments) && f.equals("to_step")
            ? arguments.get(0)
            : ms;
    Expr value = new Expressions(scope, world.real()).real(inner);
    Expr whole = Emit.nearestStep(value, world.step());
    boolean safe = !mayBeNegative(ms) && !mayBeUndefined(ms);
    return convert(Scalar.I32, safe ? whole : checked(whole, kernel));
  }

  private boolean mayBeNegative(snel.math.Expr ms) {
    return Interval.of(ms, this::bounds).low() < 0;
  }

  /// Whether a root, a logarithm or a quotient in it may be none.
  private static boolean mayBeUndefined(snel.math.Expr ms) {
    return Walk.any(
        ms,
        e ->
            switch (e) {
              case snel.math.Expr.Call(var function, _) -> PARTIAL.contains(function);
              case snel.math.Expr.Div(_, var by) -> !(by instanceof snel.math.Expr.Num);
              case snel.math.Expr.Pow _ -> true;
              default -> false;
            });
  }

  /// Stops where a delay is negative or no number.
  private Expr checked(Expr steps, KernelScope kernel) {
    Expr once = Emit.local(kernel.fresh("steps"), Scalar.F64);
    kernel.statements().add(Emit.let(once, steps));
    Expr missing = convert(Scalar.I64, new Expr.Unary(UnaryOp.NEG, once));
    Expr zero = Expr.f64(0);
    int site = world.faultSite(links.path);
    kernel
        .statements()
        .add(
            Emit.when(
                Emit.not(Emit.compare(CompareOp.GE, once, zero)),
                List.of(
                    new Stmt.If(
                        Emit.compare(CompareOp.LT, once, zero),
                        Fault.raise(Fault.NEGATIVE_DELAY, site, missing),
                        Fault.raise(
                            Fault.NOT_A_NUMBER, world.faultSite(links.path + ".delay"), i(-1))))));
    return once;
  }

  // Order of the rows

  /// The delay by which rows are sorted, so that a step touches only the synapses that are due:
  /// where events are looked up when they are due, and rows are never rewritten.
  Optional<Delay> sortedBy() {
    boolean looksUp =
        plasticity.effect.isStatic()
            && (plasticity.effect.isLookedUp() || world.carriesPrecise(plasticity.projection));
    Delay due = looksUp ? arrival : axonal;
    boolean sorts = due.each().isPresent() && !Rewiring.changes(plasticity.projection);
    return sorts ? Optional.of(due) : Optional.empty();
  }

  boolean isSortedBy(Delay delay) {
    return sortedBy().filter(delay::equals).isPresent();
  }

  void sort() {
    if (sortedBy().isEmpty()) {
      return;
    }
    Buffer by = sortedBy().get().each().orElseThrow();
    links.sortedBy(by, sortedBy().get().classes());
    List<Buffer> carried = new ArrayList<>();
    for (Buffer buffer : world.buffers.all()) {
      boolean own =
          buffer.length() instanceof Length.Synapses(var name, var each)
              && name.equals(links.path)
              && each == 1;
      boolean wiring =
          buffer.equals(links.wiring().orElseThrow().target())
              || links.wiring().orElseThrow().multapse().filter(buffer::equals).isPresent()
              || buffer.equals(by)
              || buffer.name().startsWith(links.path + ".synapses.column_");
      if (own && !wiring) {
        carried.add(buffer);
      }
    }
    world.build.add(links.sorting(by, carried));
  }
}

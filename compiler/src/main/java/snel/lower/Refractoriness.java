package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.loop;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Interval;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Refractory;

/// How one population is refractory: `free[i]` is 1 during the steps in which neuron i may spike
/// and its held states move, 0 during the R steps after a spike (semantics.md §4). It is set before
/// a step begins, from the state at its start, and stands for the whole step.
final class Refractoriness {
  /// Steps longer than any run.
  private static final long FOREVER = 1L << 50;

  private final World world;
  private final Cells cells;
  private final Optional<Refractory> refractory;

  Refractoriness(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.refractory = cells.population.refractory();
  }

  private static Expr one() {
    return i(1);
  }

  /// The steps R of a time that is the same for all neurons and never changes.
  Optional<Long> constant() {
    return refractory
        .flatMap(Refractory::duration)
        .flatMap(ms ->
            ms instanceof snel.math.Expr.Num(var value)
                ? Optional.of(
                    Double.isInfinite(value.toDouble())
                        ? FOREVER
                        : Math.round(value.toDouble() / world.step()))
                : Optional.empty());
  }

  /// Asks for the past spikes that [#release()] looks up.
  void prepare() {
    constant()
        .filter(steps -> steps != FOREVER)
        .ifPresent(steps -> cells.keepHistory("", (int) Math.min(steps + 1, 1 << 29)));
  }

  /// Before phase 1: who is free in this step. Where spikes are located, neurons become free within
  /// it ([#releasedWithin]).
  Optional<Kernel> release() {
    if (refractory.isEmpty() || cells.isPrecise) {
      return Optional.empty();
    }
    Optional<Long> steps = constant();
    if (steps.isPresent()) {
      return steps.get() == FOREVER ? Optional.empty() : Optional.of(kernel(released(steps.get())));
    }
    Expr self = index("i");
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          Expr free =
              refractory.orElseThrow().condition().isPresent()
                  ? Emit.or(isFree(self), Emit.not(condition(self, kernel)))
                  : compare(CompareOp.LE, load(cells.freeAgain(), self), Emit.step());
          kernel.statements().add(new Stmt.Let("now", new Expr.Choose(free, one(), i(0))));
          Expr now = Emit.local("now", snel.ir.Scalar.I32);
          if (keepsInput()) {
            Expr ends =
                Emit.and(
                    compare(CompareOp.EQ, load(cells.free(), self), i(0)),
                    compare(CompareOp.NE, now, i(0)));
            kernel.statements().add(when(ends, given(self)));
          }
          kernel.statements().add(store(cells.free(), self, now));
        });
    return Optional.of(kernel(List.of(loop("i", i(cells.size), body))));
  }

  private Kernel kernel(List<Stmt> body) {
    return new Kernel(cells.population.path() + ":release", Phase.DELIVER, body);
  }

  private Expr condition(Expr self, KernelScope kernel) {
    NeuronScope scope = world.bodies().scope(cells, self, kernel, "refractory", Emit.step());
    return new Expressions(scope, world.real())
        .bool(refractory.orElseThrow().condition().orElseThrow());
  }

  /// Those that spiked `steps` ago.
  private List<Stmt> released(long steps) {
    List<Stmt> body = new ArrayList<>();
    body.add(store(cells.free(), index("i"), one()));
    if (keepsInput()) {
      body.addAll(given(index("i")));
    }
    return List.of(spiked(steps, body));
  }

  /// Runs `body` for each neuron `i` whose spike was stamped `steps` ago.
  private Stmt spiked(long steps, List<Stmt> body) {
    Cells.History history = cells.history("").orElseThrow();
    Expr slot = Inbox.slot(history.slots(), Emit.sub(Emit.step32(), i((int) steps)));
    Expr neuron = load(history.lists(), add(Emit.mul(slot, i(cells.size)), index("k")));
    List<Stmt> all = new ArrayList<>();
    all.add(new Stmt.Let("i", neuron));
    all.addAll(body);
    return Emit.serial("k", i(0), load(history.counts(), slot), all);
  }

  /// Runs `body` for each neuron `i` that becomes free within this step, and lets it be free.
  List<Stmt> releasedWithin(List<Stmt> body) {
    return constant()
        .filter(steps -> steps > 0 && steps != FOREVER)
        .map(steps -> {
          List<Stmt> all = new ArrayList<>(body);
          all.add(store(cells.free(), index("i"), one()));
          return List.of(spiked(steps - 1, all));
        })
        .orElse(List.of());
  }

  /// Runs `body` for each neuron `i` whose refractory time ends within this step.
  List<Stmt> endingWithin(List<Stmt> body) {
    return constant()
        .filter(steps -> steps > 0 && steps != FOREVER)
        .map(steps -> List.of(spiked(steps - 1, body)))
        .orElse(List.of());
  }

  /// Whether a refractory time may end within a step.
  boolean endsWithin() {
    return constant().filter(steps -> steps > 0 && steps != FOREVER).isPresent();
  }

  /// Whether a spike makes a neuron refractory for at least a step.
  boolean holdsOn() {
    return constant().filter(steps -> steps > 0).isPresent();
  }

  /// A spike begins the refractory time of neuron `self`; one by condition ends when that no longer
  /// holds.
  List<Stmt> begin(Expr self, KernelScope kernel) {
    if (refractory.isEmpty()) {
      return List.of();
    }
    if (refractory.get().condition().isPresent()) {
      return List.of(store(cells.free(), self, i(0)));
    }
    Optional<Long> steps = constant();
    if (steps.isPresent()) {
      return steps.get() == 0 ? List.of() : List.of(store(cells.free(), self, i(0)));
    }
    Expr next = Emit.nextStep();
    NeuronScope scope = world.bodies().scope(cells, self, kernel, "refractory", next);
    Expr ms = new Expressions(scope, world.real()).real(refractory.get().duration().orElseThrow());
    Expr whole = Emit.nearestStep(ms, world.step());
    Expr least =
        new Expr.Binary(
            snel.ir.BinaryOp.MIN, convert(snel.ir.Scalar.I64, whole), Expr.i64(FOREVER));
    return List.of(store(cells.freeAgain(), self, add(next, least)));
  }

  /// Stops before an episode in which a time would be negative or no multiple of the step, as far
  /// as that could not be told from the text: an experiment assigned it, or it is drawn.
  Optional<Kernel> check(Set<String> assigned) {
    Optional<snel.math.Expr> duration =
        refractory.flatMap(Refractory::duration).filter(ms -> isUnsure(ms, assigned));
    return duration.map(ms -> {
      Expr self = index("i");
      var kernel = world.kernel();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope =
                world.bodies().scope(cells, self, kernel, "refractory", Emit.step());
            Expr time = convert(Scalar.F64, new Expressions(scope, world.real()).real(ms));
            Expr steps = Emit.local(kernel.fresh("steps"), Scalar.F64);
            Expr exact = new Expr.Binary(snel.ir.BinaryOp.DIV, time, Expr.f64(world.step()));
            kernel.statements().add(Emit.let(steps, exact));
            int site = world.faultSite(place(ms));
            kernel
                .statements()
                .add(when(Emit.not(isWhole(steps)), Fault.raise(Fault.OFF_THE_GRID, site, self)));
          });
      List<Stmt> all = List.of(Emit.serial("i", i(0), i(cells.size), body));
      return new Kernel(cells.population.path() + ":refractory", Phase.BIND, all);
    });
  }

  private boolean isUnsure(snel.math.Expr ms, Set<String> assigned) {
    boolean isAssigned =
        cells.population.parameters().stream()
            .filter(p -> Walk.mentions(ms, Owner.SELF, p.name()))
            .anyMatch(p -> assigned.contains(cells.population.path() + "." + p.name()));
    return isAssigned || Interval.of(ms, this::initially).low() < 0;
  }

  /// Bounds of what a parameter begins with.
  private Interval initially(snel.math.Expr.Ref ref) {
    return ref.name().equals("index")
        ? new Interval(0, cells.size - 1.0)
        : cells
            .population
            .parameter(ref.name())
            .map(p -> Interval.of(p.initial(), this::initially))
            .orElse(Interval.UNKNOWN);
  }

  private String place(snel.math.Expr ms) {
    String name = ms instanceof snel.math.Expr.Ref ref ? ref.name() : "refractory";
    return cells.population.path() + "." + name;
  }

  /// Whether a number is whole as far as rounding lets it be seen, not negative, and no NaN.
  private Expr isWhole(Expr steps) {
    Expr near = new Expr.Unary(UnaryOp.FLOOR, add(steps, Expr.f64(0.5)));
    Expr off = new Expr.Unary(UnaryOp.ABS, Emit.sub(steps, near));
    double rounding = world.real() == Scalar.F32 ? 1e-6 : 1e-9;
    Expr scale = new Expr.Binary(snel.ir.BinaryOp.MAX, Expr.f64(1), steps);
    Expr isNear = compare(CompareOp.LE, off, Emit.mul(scale, Expr.f64(rounding)));
    Expr isEndless = compare(CompareOp.GT, steps, Expr.f64(FOREVER));
    return Emit.and(compare(CompareOp.GE, steps, Expr.f64(0)), Emit.or(isEndless, isNear));
  }

  /// Whether neuron `self` is not refractory in this step.
  Expr isFree(Expr self) {
    return compare(CompareOp.NE, load(cells.free(), self), i(0));
  }

  // `accumulates`: what arrived at a held state is kept, decays with it and is given at the end

  boolean keepsInput() {
    return refractory.filter(r -> r.accumulates() && !r.holding().isEmpty()).isPresent();
  }

  /// What has been kept for state `name`: of fixed-point numbers the raw sum, wider than the state.
  Buffer kept(String name) {
    return world.buffers.wide(
        kind(name),
        cells.population.path() + "." + name + ".kept",
        Length.of(Math.max(1, cells.size)),
        snel.ir.Role.STATE);
  }

  private Kind kind(String name) {
    return cells.population.state(name).orElseThrow().kind();
  }

  private List<Stmt> given(Expr self) {
    List<Stmt> all = new ArrayList<>();
    for (String name : refractory.orElseThrow().holding()) {
      Buffer state = cells.variable(name);
      Buffer kept = kept(name);
      Scalar scalar = kept.cell().scalar();
      Expr old = convert(scalar, load(state, self));
      Expr sum =
          switch (kind(name)) {
            case Kind.Int _ -> Emit.call(Function.ADD_EXACT, scalar, old, load(kept, self));
            case Kind.Fixed fixed -> FixedPoint.narrowed(add(old, load(kept, self)), fixed);
            case Kind.Real _, Kind.Bool _ -> add(old, load(kept, self));
          };
      all.add(store(state, self, convert(state.cell().scalar(), sum)));
      all.add(store(kept, self, Emit.zero(scalar)));
    }
    return all;
  }
}

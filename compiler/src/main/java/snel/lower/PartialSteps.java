package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Known;
import snel.model.Equation;
import snel.model.Firing;

/// Locates spikes within a step (semantics.md §7, `spike times precise`). A neuron is moved by
/// parts h, h/2, h/4 … h/2^53 of a step, whose propagators are constants: any time on a grid of
/// 2^-53 steps is reached by its binary digits.
final class PartialSteps {
  private static final int HALVINGS = PartialFlow.HALVINGS;

  private static final double SMALLEST = StrictMath.scalb(1.0, -HALVINGS);

  private final World world;
  private final Cells cells;
  private final Refractoriness refractoriness;

  PartialSteps(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.refractoriness = new Refractoriness(world, cells);
  }

  /// The states that move while the neuron is free.
  private List<Equation> equations() {
    List<Equation> all = new ArrayList<>();
    for (var state : cells.population.states()) {
      cells.population.equations().stream()
          .filter(equation -> equation.variable().equals(state.name()))
          .forEach(all::add);
    }
    return all;
  }

  private Buffer started(String state) {
    Buffer variable = cells.variable(state);
    return world.buffers.like(variable, variable.name() + ".started", Role.STATE);
  }

  /// How much of the step had passed when the neuron was in its [#started] state.
  private Buffer startedAt() {
    String name = cells.population.path() + ".spikes.started";
    return world.buffers.declare(name, Cell.F64, Math.max(1, cells.size), Role.STATE);
  }

  /// Keeps the state of neuron `self` at the start of the step.
  void begin(Expr self, KernelScope kernel) {
    for (Equation equation : equations()) {
      Expr value = load(cells.variable(equation.variable()), self);
      kernel.statements().add(store(started(equation.variable()), self, value));
    }
    kernel.statements().add(store(startedAt(), self, Expr.f64(0)));
  }

  /// Those that become free within this step are held until then, and move from then on.
  List<Stmt> released(KernelScope kernel) {
    Expr self = index("i");
    List<Stmt> body =
        kernel.collect(() -> {
          Expr early = let(kernel, "early", load(cells.early(), self));
          Expr held = let(kernel, "held", sub(Expr.f64(1), early));
          var path = new Path(kernel, self, state -> load(started(state), self));
          path.move(flow(true), held);
          path.values.forEach((state, value) -> keep(kernel, started(state), self, value));
          keep(kernel, startedAt(), self, held);
          path.move(flow(false), early);
          path.values.forEach((state, value) -> keep(kernel, cells.variable(state), self, value));
        });
    return refractoriness.releasedWithin(body);
  }

  /// Moves neuron `self` from where it [#started] to the place `until` of the step.
  void advance(Expr self, Expr until, KernelScope kernel) {
    List<Stmt> free = kernel.collect(() -> advance(self, until, false, kernel));
    if (!refractoriness.holdsOn()) {
      kernel.statements().addAll(free);
      return;
    }
    List<Stmt> held = kernel.collect(() -> advance(self, until, true, kernel));
    kernel.statements().add(new Stmt.If(refractoriness.isFree(self), free, held));
  }

  private void advance(Expr self, Expr until, boolean isHeld, KernelScope kernel) {
    var path = new Path(kernel, self, state -> load(started(state), self));
    path.move(flow(isHeld), let(kernel, "share", sub(until, load(startedAt(), self))));
    path.values.forEach((state, value) -> keep(kernel, cells.variable(state), self, value));
  }

  /// Lets neuron `self` start anew from the place `at`, in the state in which it is.
  void restart(Expr self, Expr at, KernelScope kernel) {
    for (Equation equation : equations()) {
      Expr value = load(cells.variable(equation.variable()), self);
      keep(kernel, started(equation.variable()), self, value);
    }
    keep(kernel, startedAt(), self, at);
  }

  /// The refractory time of neuron `self`, which ends in this step, is over: it starts anew there.
  void release(Expr self, KernelScope kernel) {
    advance(self, spiked(self), true, kernel);
    restart(self, spiked(self), kernel);
    keep(kernel, cells.free(), self, Emit.i(1));
  }

  /// The place in its step at which neuron `self` spiked last.
  Expr spiked(Expr self) {
    return sub(Expr.f64(1), load(cells.early(), self));
  }

  /// Whether neuron `self`, moved to the place `until`, spikes before: it is across its threshold
  /// there or where it started, free, and has not spiked in this step.
  Expr mustSpike(Expr self, Expr until, KernelScope kernel) {
    Expr across = fires(world.bodies().scope(cells, self, kernel, "spike", Emit.nextStep()));
    Expr all = Emit.or(across, startsAcross(self, kernel));
    all = Emit.and(all, compare(CompareOp.LT, load(startedAt(), self), until));
    all = Emit.and(all, compare(CompareOp.EQ, load(cells.spikedWithin(), self), i(0)));
    return cells.population.refractory().isPresent()
        ? Emit.and(all, refractoriness.isFree(self))
        : all;
  }

  /// Whether neuron `self` was across its threshold where it [#started]: something that came there
  /// took it across, or it became free there. By the end of the step it may have come back.
  Expr startsAcross(Expr self, KernelScope kernel) {
    NeuronScope scope = world.bodies().scope(cells, self, kernel, "spike", Emit.nextStep());
    for (Equation equation : equations()) {
      Expr value = load(started(equation.variable()), self);
      scope.bind(equation.variable(), new Typed(value, Kind.REAL));
    }
    return fires(scope);
  }

  /// The first place of the grid at which neuron `self`, which must spike before the end of the
  /// step, is across its threshold.
  Expr crossing(Expr self, KernelScope kernel) {
    PartialFlow flow = flow(false);
    var path = new Path(kernel, self, state -> load(started(state), self));
    return add(path.last(flow, path.drives(flow), Expr.f64(1)), Expr.f64(SMALLEST));
  }

  /// Puts neuron `self`, which must spike before the place `until` of the step, where it is across
  /// its threshold first.
  void locate(Expr self, Expr until, KernelScope kernel) {
    PartialFlow flow = flow(false);
    var path = new Path(kernel, self, state -> load(started(state), self));
    List<Expr> drives = path.drives(flow);
    Expr last = path.last(flow, drives, until);
    path.after(flow, drives, i(HALVINGS))
        .forEach((state, value) -> keep(kernel, cells.variable(state), self, value));
    Expr early = sub(sub(Expr.f64(1), last), Expr.f64(SMALLEST));
    keep(kernel, cells.early(), self, early);
  }

  /// Moves neuron `self` from its spike to the place `until` of the step.
  void finish(Expr self, Expr until, KernelScope kernel) {
    var path = new Path(kernel, self, state -> load(cells.variable(state), self));
    Expr at = sub(Expr.f64(1), load(cells.early(), self));
    path.move(flow(refractoriness.holdsOn()), let(kernel, "share", sub(until, at)));
    path.values.forEach((state, value) -> keep(kernel, cells.variable(state), self, value));
  }

  private static void keep(KernelScope kernel, Buffer buffer, Expr self, Expr value) {
    kernel.statements().add(store(buffer, self, value));
  }

  private static Expr let(KernelScope kernel, String hint, Expr value) {
    String name = kernel.fresh(hint);
    kernel.statements().add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }

  private Expr fires(NeuronScope scope) {
    if (cells.population.firing() instanceof Firing.When(var condition, _)) {
      return Thresholds.negatedLess(condition, new Expressions(scope, Scalar.F64));
    }
    throw new CompilerBug("no threshold to cross");
  }

  /// Runs `body` for the parts from h/2^`first` on, ever shorter.
  private static void each(KernelScope kernel, int first, Consumer<Expr> body) {
    String part = kernel.fresh("part");
    List<Stmt> statements = kernel.collect(() -> body.accept(index(part)));
    kernel.statements().add(Emit.serial(part, i(first), i(HALVINGS + 1), statements));
  }

  private PartialFlow flow(boolean isHeld) {
    return PartialFlow.of(world, cells, equations(), isHeld);
  }

  /// The way of one neuron's states through a step, in locals.
  private final class Path {
    private final KernelScope kernel;
    private final Expr self;
    final Map<String, Expr> values = new LinkedHashMap<>();

    Path(KernelScope kernel, Expr self, Function<String, Expr> start) {
      this.kernel = kernel;
      this.self = self;
      for (Equation equation : equations()) {
        String name = kernel.fresh("now");
        kernel.statements().add(new Stmt.Var(name, start.apply(equation.variable())));
        values.put(equation.variable(), new Expr.Read(name, Scalar.F64));
      }
    }

    private NeuronScope scope(Map<String, Expr> states, Expr now) {
      NeuronScope scope = world.bodies().scope(cells, self, kernel, "spike", now);
      states.forEach((state, value) -> scope.bind(state, new Typed(value, Kind.REAL)));
      return scope;
    }

    /// What is constant on the way.
    List<Expr> drives(PartialFlow flow) {
      var expressions = new Expressions(scope(values, Emit.step()), Scalar.F64);
      return flow.blocks().stream()
          .flatMap(block -> block.drives().stream())
          .map(drive -> let(kernel, "u", expressions.real(drive)))
          .toList();
    }

    /// The states after one part.
    Map<String, Expr> after(PartialFlow flow, List<Expr> drives, Expr part) {
      Map<String, Expr> then = new LinkedHashMap<>();
      int place = 1;
      int drive = 0;
      for (Block.Exact block : flow.blocks()) {
        List<Expr> own = drives.subList(drive, drive + block.drives().size());
        drive += own.size();
        for (int k = 0; k < block.rows().size(); k++) {
          Block.Row row = block.rows().get(k);
          boolean decays =
              Fold.isZero(row.constant()) && row.drives().stream().allMatch(Optional::isEmpty);
          Expr least = Integration.noSlowZeros(Scalar.F64);
          Expr sum = decays ? least : flow.at(part, place);
          place++;
          for (int j = 0; j < block.states().size(); j++) {
            if (row.states().get(j).isPresent()) {
              Expr value = Known.in(values, block.states().get(j));
              sum = new Expr.Fma(flow.at(part, place++), value, sum);
            }
          }
          for (int j = 0; j < own.size(); j++) {
            if (row.drives().get(j).isPresent()) {
              sum = new Expr.Fma(flow.at(part, place++), own.get(j), sum);
            }
          }
          then.put(block.states().get(k), let(kernel, "then", decays ? sub(sum, least) : sum));
        }
      }
      return then;
    }

    List<Stmt> assigned(Map<String, Expr> then) {
      List<Stmt> all = new ArrayList<>();
      then.forEach((state, value) ->
          all.add(new Stmt.Assign(((Expr.Read) Known.in(values, state)).name(), value)));
      return all;
    }

    /// Goes on to the last place of the grid before `until` at which the neuron is not across its
    /// threshold, and has not been.
    Expr last(PartialFlow flow, List<Expr> drives, Expr until) {
      String passed = kernel.fresh("passed");
      Expr now = new Expr.Read(passed, Scalar.F64);
      // a place before the end, so that a crossing can be found behind it
      Expr least = sub(until, Expr.f64(SMALLEST));
      Expr start = new Expr.Binary(BinaryOp.MIN, load(startedAt(), self), least);
      kernel.statements().add(new Stmt.Var(passed, start));
      Expr isAcross = let(kernel, "across", fires(scope(values, Emit.nextStep())));
      each(
          kernel,
          1,
          part -> {
            Expr length = let(kernel, "length", flow.length(part));
            Map<String, Expr> then = after(flow, drives, part);
            Expr inside = compare(CompareOp.LT, add(now, length), until);
            Expr fires = Emit.or(isAcross, fires(scope(then, Emit.nextStep())));
            Expr before = Emit.and(inside, Emit.not(fires));
            List<Stmt> go = new ArrayList<>(assigned(then));
            go.add(new Stmt.Assign(passed, add(now, length)));
            kernel.statements().add(when(before, go));
          });
      return now;
    }

    /// Goes on by a share of the step that has [#HALVINGS] binary digits.
    void move(PartialFlow flow, Expr share) {
      List<Expr> drives = drives(flow);
      String left = kernel.fresh("left");
      Expr rest = new Expr.Read(left, Scalar.F64);
      kernel.statements().add(new Stmt.Var(left, share));
      each(
          kernel,
          0,
          part -> {
            Expr length = let(kernel, "length", flow.length(part));
            List<Stmt> go =
                kernel.collect(() -> {
                  Map<String, Expr> then = after(flow, drives, part);
                  kernel.statements().addAll(assigned(then));
                  kernel.statements().add(new Stmt.Assign(left, sub(rest, length)));
                });
            kernel.statements().add(when(compare(CompareOp.GE, rest, length), go));
          });
    }
  }
}

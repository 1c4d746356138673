package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Port;
import snel.model.Refractory;

/// Bodies of handlers of one neuron: names, targets of assignments, what is held.
final class NeuronBodies {
  private final World world;

  NeuronBodies(World world) {
    this.world = world;
  }

  NeuronScope scope(Cells cells, Expr self, KernelScope kernel, String purpose, Expr now) {
    return scope(cells, self, kernel, purpose, 0, now);
  }

  /// @param declaration how many declarations of the same purpose stand before it
  NeuronScope scope(
      Cells cells, Expr self, KernelScope kernel, String purpose, int declaration, Expr now) {
    String path = Streams.path(cells.population.path(), declaration);
    var draws = new NeuronDraws(path, purpose, self, NeuronDraws.Time.STEP);
    return new NeuronScope(world, cells, self, kernel, draws, now);
  }

  /// Runs the body of `port` for neuron `j` with argument `value`. Where it may run several times
  /// in a step and draws, runs are counted, for each draws numbers of its own.
  void receive(Cells cells, Port port, Expr j, Expr value, KernelScope kernel) {
    if (port.isLinear() || Action.expressions(port.body()).noneMatch(Walk::hasDraw)) {
      receive(cells, port, j, value, kernel, Optional.empty());
      return;
    }
    String path = cells.population.path() + "." + port.name();
    Buffer latest = world.buffers.declare(path + ".ran", Cell.I64, cells.size, Role.STATE);
    Buffer runs = world.buffers.declare(path + ".runs", Cell.I32, cells.size, Role.STATE);
    Expr run = Emit.local(kernel.fresh("run"), Scalar.I32);
    Expr isAnother = compare(CompareOp.EQ, load(latest, j), Emit.step());
    kernel.statements().add(Emit.let(run, new Expr.Choose(isAnother, load(runs, j), i(0))));
    kernel.statements().add(store(latest, j, Emit.step()));
    kernel.statements().add(store(runs, j, Emit.add(run, i(1))));
    receive(cells, port, j, value, kernel, Optional.of(run));
  }

  private void receive(
      Cells cells, Port port, Expr j, Expr value, KernelScope kernel, Optional<Expr> run) {
    String path = cells.population.path();
    var draws = new NeuronDraws(path, port.name(), j, NeuronDraws.Time.STEP, run);
    NeuronScope scope = new NeuronScope(world, cells, j, kernel, draws, Emit.step());
    if (!port.parameters().isEmpty()) {
      Expr once = value;
      if (!(value instanceof Expr.Read)) {
        String name = kernel.fresh("w");
        kernel.statements().add(new Stmt.Let(name, value));
        once = new Expr.Read(name, value.type());
      }
      scope.bind(port.parameters().get(0), Delivery.argument(once, port));
    }
    actions(cells, j, kernel, scope, true).emit(port.body());
  }

  /// A loop over all neurons that runs an author's statements: one neuron after the other where
  /// they assign what all have in common.
  static Stmt each(Cells cells, Expr self, List<Action> actions, List<Stmt> body) {
    boolean isShared = Action.assigned(actions).anyMatch(cells::isShared);
    Expr size = i(cells.size);
    return isShared ? Emit.serial(self, i(0), size, body) : Emit.loop(self, size, body);
  }

  /// @param respectsHolding arrivals written to a held state are dropped
  Actions actions(
      Cells cells, Expr self, KernelScope kernel, NeuronScope scope, boolean respectsHolding) {
    return new Actions(
        scope,
        scope::bind,
        kernel,
        world.real(),
        ref -> target(cells, ref, self, respectsHolding),
        Optional.empty());
  }

  private Actions.Target target(
      Cells cells, snel.math.Expr.Ref ref, Expr self, boolean respectsHolding) {
    Buffer buffer = cells.variable(ref.name());
    var variable =
        cells
            .population
            .state(ref.name())
            .or(() -> cells.population.parameter(ref.name()))
            .orElseThrow();
    boolean held = respectsHolding && holding(cells).contains(ref.name());
    var refractoriness = new Refractoriness(world, cells);
    Optional<Expr> writable = held ? Optional.of(refractoriness.isFree(self)) : Optional.empty();
    if (variable.plastic()) {
      Buffer frozen = world.frozen(cells.population.path() + "." + ref.name());
      Expr learns = compare(CompareOp.EQ, Emit.one(frozen), i(0));
      writable = Optional.of(writable.map(w -> Emit.and(w, learns)).orElse(learns));
    }
    Optional<Actions.Aside> kept =
        held && refractoriness.keepsInput()
            ? Optional.of(
                new Actions.Aside(refractoriness.kept(ref.name()), self, false, List.of()))
            : Optional.empty();
    return new Actions.Target(buffer, variable.shared() ? i(0) : self, variable, writable, kept);
  }

  static List<String> holding(Cells cells) {
    return cells.population.refractory().map(Refractory::holding).orElse(List.of());
  }
}

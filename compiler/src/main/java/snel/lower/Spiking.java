package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Firing;
import snel.model.Handler;
import snel.model.Population;
import snel.model.Variable;

/// Phase 4: reset of those that spiked, then `on spike`, then `on peers.spike`, and the books.
final class Spiking {
  private final World world;
  private final NeuronBodies bodies;
  private final Cells cells;
  private final Population population;

  Spiking(World world, Cells cells) {
    this.world = world;
    this.bodies = world.bodies();
    this.cells = cells;
    this.population = cells.population;
  }

  List<Kernel> kernels() {
    if (population.firing() instanceof Firing.Never || population.firing().isSource()) {
      return List.of();
    }
    if (world.needs().cutsResets() && !cells.isPrecise && handles()) {
      return List.of(resetAlone(), handlersAlone());
    }
    return List.of(resetAndHandlers());
  }

  private Kernel resetAndHandlers() {
    List<Stmt> all = new ArrayList<>();
    Expr self = index("i");
    var books = new SpikeBooks(world, cells);
    all.add(
        eachSpike(kernel -> {
          if (cells.isPrecise && world.splitsSteps(cells)) {
            Expr isNew = compare(CompareOp.EQ, load(cells.spikedWithin(), self), i(0));
            List<Stmt> spike = kernel.collect(() -> before(Expr.f64(1), self, kernel));
            kernel.statements().add(when(isNew, spike));
            kernel.statements().add(store(cells.spikedWithin(), self, i(0)));
          } else if (cells.isPrecise) {
            before(Expr.f64(1), self, kernel);
          } else {
            kernel.statements().addAll(checked(self));
            kernel.statements().addAll(books.potential(self));
            own(self, kernel);
            kernel.statements().addAll(new Refractoriness(world, cells).begin(self, kernel));
          }
          counted(self, kernel);
        }));
    all.addAll(peers());
    all.addAll(books.log(Emit.nextStep()));
    return new Kernel(population.path() + ":spike", Phase.RESET_SPIKED, all);
  }

  private Kernel resetAlone() {
    Expr self = index("i");
    Stmt all =
        eachSpike(kernel -> {
          kernel.statements().addAll(checked(self));
          kernel.statements().addAll(new SpikeBooks(world, cells).potential(self));
          run(population.reset(), "reset", self, kernel);
        });
    return new Kernel(population.path() + ":spike.reset", Phase.RESET_SPIKED, List.of(all));
  }

  private Kernel handlersAlone() {
    Expr self = index("i");
    List<Stmt> all = new ArrayList<>();
    all.add(
        eachSpike(kernel -> {
          handlers(self, kernel);
          kernel.statements().addAll(new Refractoriness(world, cells).begin(self, kernel));
          counted(self, kernel);
        }));
    all.addAll(peers());
    all.addAll(new SpikeBooks(world, cells).log(Emit.nextStep()));
    return new Kernel(population.path() + ":spike", Phase.ON_SPIKE, all);
  }

  /// What is done for each neuron `i` that spiked, one after the other.
  private Stmt eachSpike(Consumer<KernelScope> does) {
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(new Stmt.Let("i", load(cells.spikes, index("k"))));
          does.accept(kernel);
        });
    return Emit.serial("k", i(0), Emit.one(cells.spikeCount), body);
  }

  private void counted(Expr self, KernelScope kernel) {
    Expr stamp = add(load(Emit.CLOCK, i(Clock.TIME)), Expr.i64(1));
    kernel.statements().addAll(new SpikeBooks(world, cells).count(self, stamp));
  }

  private boolean handles() {
    return population.handlers().stream()
        .map(Handler::event)
        .anyMatch(event -> event.equals("spike") || event.equals("peers.spike"));
  }

  /// Neuron `self` is across its threshold at the place `until` of the step: it spikes where it is
  /// so first, and goes on from there to `until`.
  void before(Expr until, Expr self, KernelScope kernel) {
    spike(until, self, kernel);
    new PartialSteps(world, cells).finish(self, until, kernel);
  }

  /// The same, but the neuron stays where it spikes.
  void spike(Expr until, Expr self, KernelScope kernel) {
    kernel.statements().addAll(checked(self));
    new PartialSteps(world, cells).locate(self, until, kernel);
    kernel.statements().addAll(new SpikeBooks(world, cells).potential(self));
    own(self, kernel);
    kernel.statements().addAll(new Refractoriness(world, cells).begin(self, kernel));
  }

  /// What the neurons of `spike at` do: their spikes are stamped with the start of the step, so
  /// this comes before phase 1.
  Optional<Kernel> ofSource() {
    boolean does = !population.reset().isEmpty() || handles();
    if (!population.firing().isSource() || !does) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>();
    all.add(eachSpike(kernel -> own(index("i"), kernel)));
    all.addAll(peers());
    return Optional.of(new Kernel(population.path() + ":spike", Phase.DELIVER, all));
  }

  private void own(Expr self, KernelScope kernel) {
    run(population.reset(), "reset", self, kernel);
    handlers(self, kernel);
  }

  private void handlers(Expr self, KernelScope kernel) {
    for (Handler handler : population.handlers()) {
      if (handler.event().equals("spike")) {
        run(handler.body(), "spike", self, kernel);
      }
    }
  }

  private void run(List<Action> actions, String purpose, Expr self, KernelScope kernel) {
    Expr now = population.firing().isSource() ? Emit.step() : Emit.nextStep();
    NeuronScope scope = bodies.scope(cells, self, kernel, purpose, now);
    bodies.actions(cells, self, kernel, scope, false).emit(actions);
  }

  /// A NaN reaches this path because it is not below the threshold.
  private List<Stmt> checked(Expr self) {
    List<Stmt> all = new ArrayList<>();
    if (!(population.firing() instanceof Firing.When(var condition, var crossing))) {
      return all;
    }
    // who is refractory, inhibited or beyond a crossing is not looked at in every step
    boolean isSeenAtOnce =
        !crossing && population.refractory().isEmpty() && population.inhibit().isEmpty();
    long kind = isSeenAtOnce ? Fault.NOT_A_NUMBER : Fault.NO_LONGER_A_NUMBER;
    for (Variable state : population.states()) {
      boolean watched =
          state.kind() instanceof Kind.Real
              && !state.shared()
              && Walk.mentions(condition, Owner.SELF, state.name());
      if (watched) {
        Expr value = load(cells.variable(state.name()), self);
        Expr bad = Emit.not(Emit.call(Function.IS_FINITE, Scalar.BOOL, value));
        int site = world.faultSite(population.path() + "." + state.name());
        all.add(when(bad, Fault.raise(kind, site, self)));
      }
    }
    return all;
  }

  private List<Stmt> peers() {
    List<Stmt> all = new ArrayList<>();
    for (Handler handler : population.handlers()) {
      if (!handler.event().equals("peers.spike")) {
        continue;
      }
      Expr self = index("p");
      var kernel = world.kernel();
      List<Stmt> body = kernel.collect(() -> run(handler.body(), "peers", self, kernel));
      Stmt everyone = NeuronBodies.each(cells, self, handler.body(), body);
      all.add(Emit.serial("s", i(0), Emit.one(cells.spikeCount), List.of(everyone)));
    }
    return all;
  }
}

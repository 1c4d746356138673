package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.model.Every;
import snel.model.Handler;
import snel.model.Population;

/// The kernels of one population, phase by phase (semantics.md §2).
final class NeuronKernels {
  private final World world;
  private final NeuronBodies bodies;
  private final Cells cells;
  private final Population population;
  private final String path;
  private final boolean isInstantSource;

  NeuronKernels(World world, Cells cells) {
    this.world = world;
    this.bodies = world.bodies();
    this.cells = cells;
    this.population = cells.population;
    this.path = population.path();
    this.isInstantSource =
        world.network.projections().stream()
            .anyMatch(p -> p.instant() && p.source().population().equals(path));
  }

  void prepare() {
    new Refractoriness(world, cells).prepare();
  }

  /// Sets parameters, inputs and plastic states (once) or the other states (also at `reset`).
  Optional<Kernel> initial(boolean resettable) {
    return new NeuronInitials(world, cells).kernel(resettable);
  }

  /// Sets the states that connections read when they are made.
  Optional<Kernel> first() {
    return new NeuronInitials(world, cells)
        .first(StatesOfPairs.in(world.network, population.path()));
  }

  /// Before phase 1: the spikes of an encoder, and what it does at them.
  List<Kernel> source() {
    if (population.isInput()) {
      return List.of(given());
    }
    List<Kernel> kernels = new ArrayList<>();
    new Thresholds(world, cells).source().ifPresent(kernels::add);
    new Spiking(world, cells).ofSource().ifPresent(kernels::add);
    return kernels;
  }

  /// Spikes that are presented are counted as any others are, each neuron's for `pre.count`.
  private Kernel given() {
    Expr number = Emit.one(cells.spikeCount);
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.increment(cells.total, i(0), convert(Scalar.I64, number)));
    if (cells.countsAreRead()) {
      List<Stmt> counted = new ArrayList<>();
      counted.add(new Stmt.Let("who", load(cells.spikes, index("k"))));
      Expr stamp = load(Emit.CLOCK, i(Clock.TIME));
      counted.addAll(new SpikeBooks(world, cells).count(index("who"), stamp));
      all.add(Emit.serial("k", i(0), number, counted));
    }
    return new Kernel(path + ":given", Phase.DELIVER, all);
  }

  /// Before phase 1: who is not refractory.
  Optional<Kernel> release() {
    return new Refractoriness(world, cells).release();
  }

  /// Keeps this instant's lists for those who need them later.
  Optional<Kernel> remember() {
    List<Stmt> body = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(""));
    population.events().forEach(e -> names.add(e.name()));
    names.add("win");
    for (String event : names) {
      Optional<Cells.History> history = cells.history(event);
      if (history.isEmpty()) {
        continue;
      }
      Cells.EventList list = cells.event(event);
      Expr slot = Inbox.slot(history.get().slots(), Emit.step32());
      Expr at = add(Emit.mul(slot, i(cells.size)), index("k"));
      List<Stmt> entry = new ArrayList<>();
      entry.add(store(history.get().lists(), at, load(list.list(), index("k"))));
      if (event.isEmpty()) {
        cells
            .earlyOf(history.get())
            .ifPresent(kept ->
                entry.add(store(kept, at, load(cells.early(), load(list.list(), index("k"))))));
      }
      body.add(Emit.serial("k", i(0), Emit.one(list.count()), entry));
      body.add(store(history.get().counts(), slot, Emit.one(list.count())));
    }
    return body.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":remember", Phase.DELIVER, body));
  }

  /// After the handlers of an instant have run: the events stamped with it become the past.
  Optional<Kernel> land() {
    List<Stmt> body = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(cells.lastUsed());
    for (String event : names) {
      Cells.EventList list = cells.event(event);
      Expr who = load(list.list(), index("k"));
      body.add(
          Emit.serial(
              "k",
              i(0),
              Emit.one(list.count()),
              List.of(store(cells.last(event), who, Emit.step()))));
    }
    if (cells.isOutside() && !isInstantSource) {
      body.add(store(cells.spikeCount, i(0), i(0)));
    }
    return body.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":land", Phase.DELIVER, body));
  }

  /// Spikes from outside are done with when the last `instant` projection has taken them.
  Optional<Kernel> forget() {
    return cells.isOutside() && isInstantSource
        ? Optional.of(
            new Kernel(
                path + ":forget", Phase.DELIVER, List.of(store(cells.spikeCount, i(0), i(0)))))
        : Optional.empty();
  }

  /// Live inputs that change only when an experiment sets something.
  Optional<Kernel> bind() {
    return new FollowedInputs(world, cells).bind();
  }

  /// Those that follow what moves, at an encoder.
  Optional<Kernel> followBeforeSource() {
    return new FollowedInputs(world, cells).beforeSource();
  }

  /// The same after what has arrived.
  Optional<Kernel> follow() {
    return new FollowedInputs(world, cells).afterArrivals();
  }

  /// Whether what is followed is made of the time, the network and own states, so that what is
  /// transmitted may read it.
  boolean followsNoInput() {
    return new FollowedInputs(world, cells).readNoInput();
  }

  /// Phase 2 for the equations.
  Optional<Kernel> integrate() {
    return new NeuronIntegration(world, cells).kernel();
  }

  /// Phase 2 for the neuron's `every` blocks, in text order.
  List<Kernel> every() {
    List<Kernel> kernels = new ArrayList<>();
    for (Every every : population.every()) {
      int number = kernels.size();
      Expr self = index("i");
      var kernel = world.kernel();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, "every", number, Emit.nextStep());
            bodies.actions(cells, self, kernel, scope, false).emit(every.body());
          });
      List<Stmt> all = List.of(NeuronBodies.each(cells, self, every.body(), body));
      if (every.steps() > 1) {
        all = List.of(when(Emit.due(every.steps(), Emit.nextStep()), all));
      }
      String name = EveryNames.of(path, every.steps(), world.step(), kernels);
      kernels.add(new Kernel(name, Phase.INTEGRATE, all));
    }
    return kernels;
  }

  /// Phase 3a: who crosses the threshold.
  Optional<Kernel> threshold() {
    return new Thresholds(world, cells).threshold();
  }

  /// Phase 3b: user events, all of them on the state before any reset; then what they do, in text
  /// order.
  List<Kernel> events() {
    return new RaisedEvents(world, cells).kernels();
  }

  /// Phase 3c: what those that `winners` chose do.
  Optional<Kernel> won() {
    return population.winners().isPresent()
        ? new RaisedEvents(world, cells).handled("win", List.of(), Phase.COMPETE)
        : Optional.empty();
  }

  /// Phase 4.
  List<Kernel> resetSpiked() {
    return new Spiking(world, cells).kernels();
  }

  /// `on presentation.start` or `.end`.
  Optional<Kernel> hook(String event, Phase phase) {
    List<Stmt> all = new ArrayList<>();
    for (Handler handler : population.handlers()) {
      if (!handler.event().equals(event)) {
        continue;
      }
      Expr self = index("i");
      var kernel = world.kernel();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, event, Emit.step());
            bodies.actions(cells, self, kernel, scope, false).emit(handler.body());
          });
      all.add(NeuronBodies.each(cells, self, handler.body(), body));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":" + event, phase, all));
  }
}

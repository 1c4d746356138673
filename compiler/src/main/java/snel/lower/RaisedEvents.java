package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.model.Action;
import snel.model.Population;
import snel.model.UserEvent;

/// The events that the author of a neuron model defines: in which neurons they are raised, and what
/// they do.
final class RaisedEvents {
  private final World world;
  private final NeuronBodies bodies;
  private final Cells cells;
  private final Population population;
  private final String path;

  RaisedEvents(World world, Cells cells) {
    this.world = world;
    this.bodies = world.bodies();
    this.cells = cells;
    this.population = cells.population;
    this.path = population.path();
  }

  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    for (UserEvent event : population.events()) {
      Cells.EventList list = cells.event(event.name());
      Expr self = index("i");
      List<Stmt> all = new ArrayList<>();
      all.add(store(list.count(), i(0), i(0)));
      var kernel = world.kernel();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, event.name(), Emit.nextStep());
            Expr raised = new Expressions(scope, world.real()).bool(event.condition());
            kernel
                .statements()
                .add(when(raised, List.of(new Stmt.Push(list.list(), list.count(), self))));
          });
      all.add(Emit.serial("i", i(0), i(cells.size), body));
      kernels.add(new Kernel(path + "." + event.name() + ":event", Phase.EVENTS, all));
    }
    for (UserEvent event : population.events()) {
      handled(event.name(), event.body(), Phase.EVENTS).ifPresent(kernels::add);
    }
    return kernels;
  }

  /// What the neurons do in which an event was raised in this step: its own body, then `on EVENT`.
  Optional<Kernel> handled(String event, List<Action> own, Phase phase) {
    List<List<Action>> actions = new ArrayList<>(List.of(own));
    population.handlers().stream()
        .filter(handler -> handler.event().equals(event))
        .forEach(handler -> actions.add(handler.body()));
    actions.removeIf(List::isEmpty);
    if (actions.isEmpty()) {
      return Optional.empty();
    }
    Cells.EventList list = cells.event(event);
    Expr self = index("i");
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(new Stmt.Let("i", load(list.list(), index("k"))));
          NeuronScope scope = bodies.scope(cells, self, kernel, event, Emit.nextStep());
          actions.forEach(a -> bodies.actions(cells, self, kernel, scope, false).emit(a));
        });
    Stmt all = Emit.serial("k", i(0), Emit.one(list.count()), body);
    return Optional.of(new Kernel(path + "." + event + ":on", phase, List.of(all)));
  }
}

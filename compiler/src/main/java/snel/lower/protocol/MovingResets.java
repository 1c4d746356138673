package snel.lower.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Firing;
import snel.model.Population;

/// Looks for what stands against `eventprop`, which follows a spike that moves through the reset of
/// its own neuron: there one state crosses a threshold that stands still, and the spike does
/// nothing but set it.
final class MovingResets {
  private final Work work;
  private final Lesson lesson;

  MovingResets(Work work) {
    this.work = work;
    this.lesson = work.lesson();
  }

  void check() {
    work.elaborated().network().reached().forEach(this::population);
  }

  private void population(Population population) {
    if (!(population.firing() instanceof Firing.When(Expr condition, boolean crossing))) {
      return;
    }
    Set<String> set = new HashSet<>(Action.assigned(population.reset()).toList());
    Set<String> asked = new HashSet<>();
    Walk.any(
        condition,
        node -> {
          if (node instanceof Expr.Ref(Owner owner, String name, _)
              && owner == Owner.SELF
              && changes(population, name)) {
            asked.add(name);
          }
          return false;
        });
    if (crossing || asked.size() != 1 || !(condition instanceof Expr.Compare)) {
      hinder(population, "spikes by something else than one state at a fixed threshold");
    }
    if (!set.equals(asked) || population.reset().size() != 1) {
      hinder(population, "does more at a spike than set the state that spikes, or less");
    }
    if (population.refractory().isPresent()) {
      hinder(population, "is refractory");
    }
    if (population.handlers().stream().anyMatch(h -> h.event().endsWith("spike"))) {
      hinder(population, "has a handler `on spike`");
    }
  }

  private static boolean changes(Population population, String name) {
    return population.equations().stream().anyMatch(e -> e.variable().equals(name))
        || List.of(population.ports()).stream()
            .flatMap(List::stream)
            .anyMatch(port -> Action.assigns(port.body(), name));
  }

  private void hinder(Population population, String what) {
    lesson.hindrance(population.span(), "`" + population.path() + "` " + what);
  }
}

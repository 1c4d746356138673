package snel.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Kernel;
import snel.model.Competition;
import snel.model.Population;

/// Phase 3c: `inhibit` decides who of those over threshold may spike, `winners` who may learn.
final class Competitions {
  private Competitions() {}

  static List<Kernel> kernels(World world, Cells cells) {
    Population population = cells.population;
    List<Kernel> kernels = new ArrayList<>();
    Optional<Competition> inhibit = population.inhibit();
    inhibit.ifPresent(c -> kernels.add(new Inhibition(world, cells, c).kernel()));
    population.winners().ifPresent(c -> kernels.add(new Winning(world, cells, c).kernel()));
    return kernels;
  }

  /// At a presentation's start the counts of both begin anew.
  static Optional<Kernel> renewal(World world, Cells cells) {
    Population population = cells.population;
    List<snel.ir.Stmt> all = new ArrayList<>();
    population.inhibit().ifPresent(c -> all.addAll(new Inhibition(world, cells, c).renewed()));
    population.winners().ifPresent(c -> all.addAll(new Winning(world, cells, c).renewed()));
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Kernel(population.path() + ":renew", snel.ir.Phase.PRESENTATION_START, all));
  }
}

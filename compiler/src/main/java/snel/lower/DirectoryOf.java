package snel.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Wiring;
import snel.math.Bounds;
import snel.math.Interval;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.model.Variable;

/// Lists what the protocol may name.
final class DirectoryOf {
  private final World world;
  private final Network network;
  private final Set<Buffer> fedInputs;
  private final List<Directory.Value> values = new ArrayList<>();

  DirectoryOf(World world, Network network) {
    this.world = world;
    this.network = network;
    this.fedInputs = new Transmissions(world).inputs();
  }

  Directory make(List<Directory.Port> ports) {
    List<Directory.Population> populations = new ArrayList<>();
    for (Population population : network.populations()) {
      Cells cells = world.cells(population.path());
      populations.add(population(cells));
      EventBooks.events(population)
          .forEach(event -> populations.add(new EventBooks(world, cells, event).entry()));
    }
    List<Directory.Projection> projections = new ArrayList<>();
    for (Plasticity plasticity : world.allPlasticities()) {
      projections.add(projection(plasticity));
    }
    for (var input : network.inputs()) {
      values.add(
          new Directory.Value(
              input.path(),
              world.value(input.path()),
              input.shape(),
              Directory.Kind.INPUT,
              input.unit(),
              input.factor(),
              Interval.UNKNOWN));
    }
    for (Variable variable : network.parameters()) {
      addNetworkValue(variable, Directory.Kind.PARAMETER);
    }
    for (Variable variable : network.states()) {
      addNetworkValue(variable, Directory.Kind.STATE);
    }
    List<Directory.Flag> flags = new ArrayList<>();
    world.frozenFlags().forEach((path, flag) -> flags.add(new Directory.Flag(path, flag)));
    return new Directory(populations, projections, values, flags, ports);
  }

  private void addNetworkValue(Variable variable, Directory.Kind kind) {
    values.add(
        new Directory.Value(
            variable.name(),
            world.value(variable.name()),
            List.of(),
            kind,
            variable.unit(),
            variable.factor(),
            variable.bounds().constant()));
  }

  private Directory.Population population(Cells cells) {
    Population population = cells.population;
    add(cells, population.states(), Directory.Kind.STATE);
    add(cells, population.parameters(), Directory.Kind.PARAMETER);
    add(cells, population.inputs(), Directory.Kind.INPUT);
    if (world.keepsFirstPotential(cells)) {
      Variable potential = population.state(Needs.POTENTIAL).orElseThrow();
      values.add(
          new Directory.Value(
              Needs.firstPotential(population.path()),
              cells.firstPotential(),
              population.shape(),
              Directory.Kind.STATE,
              potential.unit(),
              potential.factor(),
              Interval.UNKNOWN));
    }
    return new Directory.Population(
        population.path(),
        population.shape(),
        population.isInput(),
        false,
        !population.isInput() && population.firing() instanceof Firing.Never,
        cells.spikes,
        cells.spikeCount,
        Optional.of(cells.counts),
        Optional.of(cells.firstSpike),
        precise(cells, cells::firstEarly),
        cells.total,
        Optional.of(
            new Directory.Log(
                cells.logging,
                cells.logIndex,
                cells.logStep,
                precise(cells, cells::logEarly),
                cells.logCount)));
  }

  private static Optional<Buffer> precise(Cells cells, Supplier<Buffer> buffer) {
    return cells.isPrecise ? Optional.of(buffer.get()) : Optional.empty();
  }

  private Directory.Kind inputKind(Buffer buffer) {
    return fedInputs.contains(buffer) ? Directory.Kind.FED_INPUT : Directory.Kind.INPUT;
  }

  private void add(Cells cells, List<Variable> variables, Directory.Kind kind) {
    for (Variable variable : variables) {
      Buffer buffer = cells.variable(variable.name());
      values.add(
          new Directory.Value(
              cells.population.path() + "." + variable.name(),
              buffer,
              variable.shared() ? List.of() : cells.population.shape(),
              kind == Directory.Kind.INPUT ? inputKind(buffer) : kind,
              variable.unit(),
              variable.factor(),
              variable.bounds().constant()));
    }
  }

  private Directory.Projection projection(Plasticity plasticity) {
    Links links = plasticity.links;
    Optional<Variable> weight = plasticity.synapse.weight();
    List<Integer> shape =
        links.layout == Links.Layout.DENSE ? List.of(links.sources, links.targets) : List.of();
    plasticity
        .weight()
        .ifPresent(buffer ->
            values.add(
                new Directory.Value(
                    links.path + "." + weight.map(Variable::name).orElse("w"),
                    buffer,
                    links.kernelShape().orElse(shape),
                    Directory.Kind.WEIGHT,
                    plasticity.projection.weightUnit(),
                    plasticity.projection.weightFactor(),
                    weight.map(Variable::bounds).orElse(Bounds.NONE).constant())));
    for (Variable variable : plasticity.synapse.states()) {
      addSynapse(plasticity, variable, shape, Directory.Kind.SYNAPSE_STATE);
    }
    for (Variable variable : plasticity.synapse.parameters()) {
      addSynapse(plasticity, variable, shape, Directory.Kind.PARAMETER);
    }
    for (Variable variable : plasticity.synapse.inputs()) {
      addSynapse(plasticity, variable, shape, inputKind(plasticity.variable(variable.name())));
    }
    plasticity
        .synapse
        .delay()
        .ifPresent(v -> addSynapse(plasticity, v, shape, Directory.Kind.SYNAPSE_STATE));
    Optional<Wiring> lists = links.wiring().filter(w -> !w.isBits());
    Optional<Buffer> rows = lists.map(Wiring::rowStart);
    Optional<Buffer> targets = lists.map(Wiring::target);
    return new Directory.Projection(
        links.path,
        plasticity.projection.source().population(),
        plasticity.projection.target().neurons().map(s -> s.population()).orElse(""),
        links.sources,
        links.targets,
        links.fixedCount(),
        links.layout == Links.Layout.DENSE && plasticity.projection.excludeSelf(),
        rows,
        targets,
        plasticity.weight(),
        delivered(plasticity),
        Optional.empty(),
        loading(plasticity));
  }

  /// Nothing is counted where values are transmitted at all times and none is delivered.
  private static Optional<Buffer> delivered(Plasticity plasticity) {
    boolean onlyTransmits =
        plasticity.synapse.transmit().isPresent() && !plasticity.synapse.delivers();
    return onlyTransmits ? Optional.empty() : Optional.of(plasticity.links.delivered());
  }

  private Optional<Directory.Loading> loading(Plasticity plasticity) {
    var rewiring = new Rewiring(world, plasticity);
    return rewiring
        .loaded()
        .map(kernel ->
            new Directory.Loading(rewiring.wantedRows(), rewiring.wantedTargets(), kernel.name()));
  }

  private void addSynapse(
      Plasticity plasticity, Variable variable, List<Integer> shape, Directory.Kind kind) {
    boolean single = plasticity.place(variable.name()) == Plasticity.Place.PROJECTION;
    values.add(
        new Directory.Value(
            plasticity.links.path + "." + variable.name(),
            LazyCopies.read(world, plasticity, variable.name()),
            single ? List.of() : shape,
            kind,
            variable.unit(),
            variable.factor(),
            variable.bounds().constant()));
  }
}

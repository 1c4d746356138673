package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.math.Known;
import snel.model.Endpoint;
import snel.model.Equation;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;

/// The order of kernels in a step (semantics.md §2). Populations that `instant` projections lead to
/// run after their sources, in topological order.
final class StepOrder {
  private final World world;
  private final Network network;
  private final Needs needs;
  private final Inboxes inboxes;
  private final Map<String, NeuronKernels> neurons;
  private final Map<String, SynapseKernels> synapses;
  private final Delivery delivery;
  private final Mail mail;

  StepOrder(
      World world,
      Network network,
      Needs needs,
      Inboxes inboxes,
      Map<String, NeuronKernels> neurons,
      Map<String, SynapseKernels> synapses,
      Mail mail) {
    this.mail = mail;
    this.world = world;
    this.network = network;
    this.needs = needs;
    this.inboxes = inboxes;
    this.neurons = neurons;
    this.synapses = synapses;
    this.delivery = new Delivery(world, world.bodies());
  }

  void kernels(List<Kernel> step) {
    // kernels that read past events ask for their history, so they are made before it is kept
    List<Kernel> deliver = new ArrayList<>();
    emissions(true, deliver);
    synapses.values().forEach(s -> deliver.addAll(s.onPost(SynapseEvents.Turn.GIVEN)));
    world.allPlasticities().forEach(p -> deliver.addAll(teachers(p, true)));
    for (Projection projection : network.projections()) {
      if (!projection.instant() && !world.carriesPrecise(projection)) {
        deliver.addAll(Known.in(synapses, projection.path()).onPre());
      }
    }
    for (Plasticity plasticity : world.allPlasticities()) {
      if (!plasticity.projection.instant()) {
        deliver.addAll(postAfterPre(plasticity));
      }
    }
    neurons.values().forEach(n -> n.release().ifPresent(deliver::add));
    mail.toSums().forEach(deliver::add);
    for (Population population : network.populations()) {
      receive(population, Inbox.Timing.SLOT, deliver);
    }
    for (Plasticity plasticity : world.allPlasticities()) {
      if (!plasticity.projection.instant()) {
        deliver.addAll(thirdFactors(plasticity));
      }
    }
    List<Kernel> land = new ArrayList<>();
    network.projections().stream().filter(p -> !p.instant()).forEach(p -> land(p, land));
    for (Plasticity plasticity : world.allPlasticities()) {
      SpikesOnTheirWay.of(world, plasticity).forEach(s -> land.add(s.forgotten()));
    }
    List<Kernel> inputs = new ArrayList<>();
    follow(inputs, NeuronKernels::followsNoInput);
    inputs.addAll(new Transmissions(world).kernels(synapses));
    follow(inputs, n -> !n.followsNoInput());
    List<Kernel> rest = new ArrayList<>();
    networkStates(rest);
    network.projections().stream()
        .filter(p -> !p.instant())
        .forEach(p -> rest.addAll(Known.in(synapses, p.path()).integrate()));
    dynamics(rest);
    networkStatesChange(rest);
    neurons.values().forEach(n -> n.forget().ifPresent(rest::add));
    emissions(false, rest);
    learning(rest);

    neurons.values().forEach(n -> n.followBeforeSource().ifPresent(step::add));
    neurons.values().forEach(n -> step.addAll(n.source()));
    neurons.values().forEach(n -> n.remember().ifPresent(step::add));
    step.addAll(deliver);
    step.addAll(land);
    neurons.values().forEach(n -> n.land().ifPresent(step::add));
    step.addAll(inputs);
    step.addAll(new AtDeliver(world).kernels(needs.atDeliver()));
    step.addAll(rest);
  }

  private void follow(List<Kernel> kernels, Predicate<NeuronKernels> which) {
    neurons.values().stream().filter(which).forEach(n -> n.follow().ifPresent(kernels::add));
  }

  /// Spikes set out to synapses that change their delays.
  private void emissions(boolean outside, List<Kernel> kernels) {
    for (Plasticity plasticity : world.allPlasticities()) {
      if (plasticity.sourceCells().isOutside() == outside) {
        SpikesOnTheirWay.of(world, plasticity).forEach(s -> kernels.add(s.emission()));
      }
    }
  }

  private void receive(Population population, Inbox.Timing timing, List<Kernel> kernels) {
    for (Port port : population.ports()) {
      Optional<Inbox> inbox = inboxes.find(population.path(), port.name(), timing);
      inbox.flatMap(delivery::first).ifPresent(kernels::add);
      if (timing == Inbox.Timing.SLOT) {
        mail.toBody(world.cells(population.path()), port).ifPresent(kernels::add);
      }
      inbox.flatMap(delivery::second).ifPresent(kernels::add);
    }
  }

  /// `receive … of post`, after `on post` and before `on pre` of the instant: in phase 1 where one
  /// of the spikes that meet there comes from outside, or the protocol sends.
  private List<Kernel> teachers(Plasticity plasticity, boolean inDeliver) {
    return ports(
        plasticity,
        true,
        inDeliver,
        from ->
            inDeliver
                == (world.cells(from.source().population()).isOutside()
                    || plasticity.coincidence.isPostGiven("")));
  }

  /// `on post` that waits for `on pre` of its instant.
  private List<Kernel> postAfterPre(Plasticity plasticity) {
    return Known.in(synapses, plasticity.links.path).onPost(SynapseEvents.Turn.AFTER_PRE);
  }

  /// `receive` of events that reach all synapses, after `on pre` of the instant.
  private List<Kernel> thirdFactors(Plasticity plasticity) {
    return ports(plasticity, false, true, _ -> true);
  }

  /// `receive` of synapses, in the order of the text: what reaches them by connections of this
  /// kind, then what the protocol sends, which phase 1 takes.
  private List<Kernel> ports(
      Plasticity plasticity, boolean perTarget, boolean inDeliver, Predicate<Projection> which) {
    String path = plasticity.links.path;
    List<Kernel> kernels = new ArrayList<>();
    for (Port port : plasticity.synapse.ports()) {
      if (port.perTarget() != perTarget) {
        continue;
      }
      for (Projection from : network.projections()) {
        if (from.target() instanceof Endpoint.SynapsePort(var other, var name, _)
            && other.equals(path)
            && name.equals(port.name())
            && from.synapse().delivers()
            && which.test(from)) {
          kernels.add(
              Known.in(synapses, path).port(world.plasticity(from.path()), port, inDeliver));
        }
      }
      if (inDeliver) {
        mail.toSynapses(plasticity, port).ifPresent(kernels::add);
      }
    }
    return kernels;
  }

  /// Traces jump when all handlers of the instant have read them.
  private void land(Projection projection, List<Kernel> kernels) {
    Known.in(synapses, projection.path()).land().ifPresent(kernels::add);
    Known.in(synapses, projection.path()).settle().ifPresent(kernels::add);
    kernels.addAll(mail.landed(projection.path()));
  }

  private void networkStates(List<Kernel> kernels) {
    if (network.equations().isEmpty()) {
      return;
    }
    List<Block> blocks =
        IntegratorChoice.choose(network.equations(), Noises.ofEach(network.noises()), world.step());
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          Map<String, Expr> values =
              new Integration(
                      world.real(),
                      world.step(),
                      kernel,
                      overrides -> {
                        var scope = new NetworkScope(world, kernel);
                        overrides.forEach(scope::bind);
                        return scope;
                      },
                      state -> Emit.one(world.value(state)),
                      this::noise,
                      _ -> Optional.empty())
                  .all(blocks);
          values.forEach((state, value) ->
              kernel
                  .statements()
                  .add(store(next(state), i(0), held(state, bounded(state, value, kernel)))));
        });
    kernels.add(new Kernel("network:integrate", Phase.INTEGRATE, body));
  }

  /// Synapses and neurons are integrated from the network's states as the step found them, so these
  /// change after all.
  private void networkStatesChange(List<Kernel> kernels) {
    List<Stmt> body =
        network.equations().stream()
            .map(Equation::variable)
            .map(state -> store(world.value(state), i(0), Emit.one(next(state))))
            .toList();
    if (!body.isEmpty()) {
      kernels.add(new Kernel("network:change", Phase.INTEGRATE, body));
    }
  }

  private Buffer next(String state) {
    return world.buffers.like(world.value(state), state + "@next", Role.SCRATCH);
  }

  /// A plastic state of the network stays as it is while it is frozen.
  private Expr held(String state, Expr value) {
    boolean plastic =
        network.states().stream().anyMatch(s -> s.name().equals(state) && s.plastic());
    return plastic
        ? new Expr.Choose(
            Emit.compare(CompareOp.NE, Emit.one(world.frozen(state)), i(0)),
            Emit.one(world.value(state)),
            value)
        : value;
  }

  private Expr bounded(String state, Expr value, KernelScope kernel) {
    return network.states().stream()
        .filter(variable -> variable.name().equals(state) && !variable.bounds().isNone())
        .findFirst()
        .map(variable ->
            Piecewise.bounded(
                new Expressions(new NetworkScope(world, kernel), world.real()), value, variable))
        .orElse(value);
  }

  private Expr noise(Block.Normal normal) {
    int stream = Streams.of(normal.noise(), "noise", normal.ordinal());
    return Emit.call(
        Function.NORMAL,
        world.real(),
        new Expr.Philox(i(stream), i(0), i(0), Emit.episodeStep32(), Emit.presentation32(), i(0)));
  }

  /// Phases 2 to 4, population by population where `instant` joins them. To the synapses of an
  /// `instant` projection what its sources do in this step happens at its start, so they decay
  /// after that.
  private void dynamics(List<Kernel> kernels) {
    List<List<Population>> levels = Levels.of(network);
    for (int level = 0; level < levels.size(); level++) {
      List<Population> here = levels.get(level);
      if (level > 0) {
        for (Projection projection : network.projections()) {
          boolean leadsHere =
              projection.instant()
                  && projection
                      .target()
                      .neurons()
                      .filter(s -> here.contains(network.population(s.population())))
                      .isPresent();
          if (leadsHere) {
            SynapseKernels synapse = Known.in(synapses, projection.path());
            Plasticity plasticity = world.plasticity(projection.path());
            kernels.addAll(synapse.onPre());
            kernels.addAll(postAfterPre(plasticity));
            kernels.addAll(thirdFactors(plasticity));
            land(projection, kernels);
            kernels.addAll(synapse.integrate());
          }
        }
        here.forEach(p -> receive(p, Inbox.Timing.INSTANT, kernels));
      }
      here.forEach(p -> Known.in(neurons, p.path()).integrate().ifPresent(kernels::add));
      List<Cells> cells = here.stream().map(p -> world.cells(p.path())).toList();
      kernels.addAll(new PreciseKernels(world, inboxes, synapses).of(cells));
      here.forEach(p -> kernels.addAll(Known.in(neurons, p.path()).every()));
      here.forEach(p -> Known.in(neurons, p.path()).threshold().ifPresent(kernels::add));
      here.forEach(p -> kernels.addAll(Known.in(neurons, p.path()).events()));
      for (Cells each : cells) {
        each.population
            .events()
            .forEach(event ->
                kernels.add(new EventBooks(world, each, event.name()).kernel(Phase.EVENTS)));
      }
      here.forEach(p -> Competitions.kernels(world, world.cells(p.path())).forEach(kernels::add));
      for (Cells each : cells) {
        each.population
            .winners()
            .ifPresent(_ ->
                kernels.add(new EventBooks(world, each, EventBooks.WIN).kernel(Phase.COMPETE)));
      }
      here.forEach(p -> Known.in(neurons, p.path()).won().ifPresent(kernels::add));
      here.forEach(p -> kernels.addAll(Known.in(neurons, p.path()).resetSpiked()));
    }
  }

  private void learning(List<Kernel> kernels) {
    for (SynapseKernels synapse : synapses.values()) {
      kernels.addAll(synapse.onPost(SynapseEvents.Turn.LEARNING));
    }
    world.allPlasticities().forEach(p -> kernels.addAll(teachers(p, false)));
    for (SynapseKernels synapse : synapses.values()) {
      kernels.addAll(synapse.every());
    }
    for (Plasticity plasticity : world.allPlasticities()) {
      new Rewiring(world, plasticity).kernel(true).ifPresent(kernels::add);
    }
  }
}

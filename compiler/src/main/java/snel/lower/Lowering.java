package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.model.Drive;
import snel.model.Endpoint;
import snel.model.Network;
import snel.model.Port;
import snel.model.Projection;

/// Lowers one elaborated network to a [Program]: the kernels of every population and projection, in
/// the order of semantics.md §2.
public final class Lowering {
  private final World world;
  private final Network network;
  private final Needs needs;
  private final Inboxes inboxes;
  private final Map<String, NeuronKernels> neurons = new LinkedHashMap<>();
  private final Map<String, SynapseKernels> synapses = new LinkedHashMap<>();
  private final List<ProjectionBuild> builds = new ArrayList<>();
  private final List<Kernel> step = new ArrayList<>();
  private final List<Kernel> onDemand = new ArrayList<>();

  private Lowering(Network network, Needs needs) {
    this.network = network;
    this.needs = needs;
    this.world = new World(network);
    this.inboxes = new Inboxes(world);
    world.assignedByProtocol(needs.touchedWeights());
  }

  public static Program lower(Network network, Needs needs) {
    return new Lowering(network, needs).program();
  }

  private Program program() {
    for (Cells cells : world.allCells()) {
      var kernels = new NeuronKernels(world, world.bodies(), cells);
      kernels.prepare();
      neurons.put(cells.population.path(), kernels);
      kernels.initial(false).ifPresent(k -> world.build.add(new Build.Run(k)));
    }
    networkParameters();
    var layouts = new Layouts(world);
    for (Projection projection : network.projections()) {
      Links links = layouts.choose(projection);
      var plasticity = new Plasticity(world, links);
      world.add(plasticity);
      var build = new ProjectionBuild(world, plasticity);
      builds.add(build);
      Optional<Arrivals> arrivals = build.build(inboxes);
      synapses.put(projection.path(), new SynapseKernels(world, plasticity, arrivals));
    }
    for (Drive drive : network.drives()) {
      int first = drive.target().at(0);
      inboxes
          .of(drive.target().population(), drive.port(), false)
          .driven(
              new Inbox.Driven(
                  drive.path(), drive.rate(), drive.weight(), first, drive.target().size()));
    }
    sends();
    new StepOrder(world, network, needs, inboxes, neurons, synapses).kernels(step);
    List<Kernel> reset = new ArrayList<>();
    networkStates().ifPresent(reset::add);
    neurons.values().forEach(n -> n.initial(true).ifPresent(reset::add));
    builds.forEach(b -> b.reset().ifPresent(reset::add));
    reset.forEach(k -> world.build.add(new Build.Run(k)));
    List<Kernel> starts = new ArrayList<>();
    List<Kernel> ends = new ArrayList<>();
    world.allCells().forEach(c -> Competitions.renewal(world, c).ifPresent(starts::add));
    neurons.values().forEach(n -> n.bind(false).ifPresent(starts::add));
    neurons
        .values()
        .forEach(
            n -> n.hook("presentation.start", Phase.PRESENTATION_START).ifPresent(starts::add));
    synapses
        .values()
        .forEach(
            s -> s.hook("presentation.start", Phase.PRESENTATION_START).ifPresent(starts::add));
    neurons
        .values()
        .forEach(n -> n.hook("presentation.end", Phase.PRESENTATION_END).ifPresent(ends::add));
    synapses
        .values()
        .forEach(s -> s.hook("presentation.end", Phase.PRESENTATION_END).ifPresent(ends::add));
    return new Program(
        network.name(),
        network.stepMs(),
        world.real(),
        network.seed(),
        world.buffers.all(),
        world.build,
        reset,
        starts,
        step,
        ends,
        onDemand,
        world.faultSites(),
        new DirectoryOf(world, network).make());
  }

  private void networkParameters() {
    for (var parameter : network.parameters()) {
      if (parameter.initial() instanceof snel.math.Expr.Num(var value)) {
        world.build.add(
            new Build.Fill(world.value(parameter.name()), new double[] {value.toDouble()}));
      }
    }
    for (var input : network.inputs()) {
      if (input.initial() != 0) {
        world.build.add(
            new Build.Fill(world.value(input.path()), new double[] {input.initial()}));
      }
    }
  }

  private Optional<Kernel> networkStates() {
    List<Stmt> all = new ArrayList<>();
    for (var state : network.states()) {
      if (state.initial() instanceof snel.math.Expr.Num(var value) && !value.isZero()) {
        all.add(
            store(world.value(state.name()), i(0), Expr.real(world.real(), value.toDouble())));
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel("network:reset", Phase.RESET, all));
  }

  /// Kernels for `send`: `E.exc:send` takes value and neuron from `E.exc.argument`, `E.exc.target`.
  private void sends() {
    for (Cells cells : world.allCells()) {
      for (Port port : cells.population.ports()) {
        String path = cells.population.path() + "." + port.name();
        if (needs.sentPorts().contains(path)) {
          onDemand.add(send(cells, port, path));
        }
      }
    }
    for (Projection projection : network.projections()) {
      if (!projection.synapse().ports().isEmpty()
          && !(projection.target() instanceof Endpoint.SynapsePort)) {
        onDemand.addAll(synapses.get(projection.path()).sends());
      }
    }
  }

  private Kernel send(Cells cells, Port port, String path) {
    Buffer argument = world.buffers.real(path + ".argument", 1, Role.PARAMETER);
    Buffer target =
        world.buffers.declare(path + ".target", snel.ir.Cell.I32, 1, Role.PARAMETER);
    Expr who = Emit.one(target);
    if (!Delivery.isLinear(port)) {
      var kernel = new KernelScope();
      List<Stmt> body =
          kernel.collect(
              () -> {
                kernel.statements().add(new Stmt.Let("to", who));
                world.bodies()
                    .receive(cells, port, Emit.index("to"), Emit.one(argument), kernel);
              });
      return new Kernel(path + ":send", Phase.ON_DEMAND, body);
    }
    Inbox inbox = inboxes.of(cells.population.path(), port.name(), false);
    inbox.reserve(0);
    return new Kernel(
        path + ":send", Phase.ON_DEMAND, List.of(new LateSend(inbox, argument, who).statement()));
  }

  /// The ring is complete only after all projections were seen; its size does not change the form
  /// of the statement because sends go to the slot of the step about to run.
  private record LateSend(Inbox inbox, Buffer argument, Expr who) {
    Stmt statement() {
      Inbox.Summed box = inbox.early();
      Expr at = Inbox.position(box.slots(), inbox.cells.size, Emit.step32(), who);
      Expr slot = Inbox.slot(box.slots(), Emit.step32());
      return new Stmt.If(
          Expr.bool(true),
          List.of(
              store(box.sums(), at, Emit.add(load(box.sums(), at), Emit.one(argument))),
              store(box.any(), slot, i(1))),
          List.of());
    }
  }
}

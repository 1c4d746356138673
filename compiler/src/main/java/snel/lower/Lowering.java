package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.model.Drive;
import snel.model.Handler;
import snel.model.Network;
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

  private final Program program;

  private Lowering(Network network, Needs needs, RowChoice rows) {
    this.network = network;
    this.needs = needs;
    this.world = new World(network, needs, rows);
    this.inboxes = new Inboxes(world);
    this.program = program();
  }

  public static Program lower(Network network, Needs needs) {
    return lower(network, needs, Resources.AMPLE);
  }

  public static Program lower(Network network, Needs needs, Resources resources) {
    return within(network, needs, resources).program;
  }

  /// What lowering decides, and the memory that the network will take.
  public static Explanation explain(Network network, Needs needs) {
    return explain(network, needs, Resources.AMPLE);
  }

  public static Explanation explain(Network network, Needs needs, Resources resources) {
    return within(network, needs, resources).explanation();
  }

  /// The method chosen for each block of equations, and why, by the paths of its states.
  public static Map<String, String> integrators(Network network, Needs needs) {
    var rows = RowChoice.of(network, needs, Resources.AMPLE);
    return Integrators.of(new World(network, needs, rows));
  }

  /// Lowered with all rows stored that one array holds; if that does not fit, once more with fewer.
  private static Lowering within(Network network, Needs needs, Resources resources) {
    RowChoice rows = RowChoice.of(network, needs, resources);
    var lowering = new Lowering(network, needs, rows);
    if (resources.memoryBytes().isEmpty()) {
      return lowering;
    }
    long memory = resources.memoryBytes().getAsLong();
    RowChoice fewer = rows.within(memory, lowering.explanation().bytes());
    return fewer.count() == rows.count() ? lowering : new Lowering(network, needs, fewer);
  }

  private Explanation explanation() {
    return Explanation.of(world, program.buildOnly());
  }

  private Program program() {
    for (Cells cells : world.allCells()) {
      var kernels = new NeuronKernels(world, cells);
      kernels.prepare();
      neurons.put(cells.population.path(), kernels);
      kernels.initial(false).ifPresent(k -> world.build.add(new Build.Run(k)));
      kernels.first().ifPresent(k -> world.build.add(new Build.Run(k)));
      new NeuronCoefficients(world, cells)
          .kernel()
          .ifPresent(k -> world.build.add(new Build.Run(k)));
      new SourceOdds(world, cells).built().ifPresent(k -> world.build.add(new Build.Run(k)));
    }
    networkParameters();
    networkStates(true).ifPresent(kernel -> world.build.add(new Build.Run(kernel)));
    var layouts = new Layouts(world, needs.inspected());
    int number = 0;
    for (Projection projection : network.projections()) {
      drives(number++);
      Links links = layouts.choose(projection);
      var plasticity = new Plasticity(world, links);
      world.add(plasticity);
      var build = new ProjectionBuild(world, plasticity);
      builds.add(build);
      Map<Handler, Arrivals> arrivals = build.build(inboxes);
      synapses.put(projection.path(), new SynapseKernels(world, plasticity, arrivals));
    }
    drives(number);
    var mail = new Mail(world, inboxes, needs, synapses);
    mail.prepare();
    Histories.reserve(world);
    List<Kernel> starts = new ArrayList<>();
    List<Kernel> ends = new ArrayList<>();
    // hooks ask for what the step and `reset` have to keep
    hooks("presentation.start", Phase.PRESENTATION_START, starts);
    hooks("presentation.end", Phase.PRESENTATION_END, ends);
    new StepOrder(world, network, needs, inboxes, neurons, synapses, mail).kernels(step);
    List<Kernel> reset = new ArrayList<>();
    networkStates(false).ifPresent(reset::add);
    neurons.values().forEach(n -> n.initial(true).ifPresent(reset::add));
    builds.forEach(b -> b.reset().ifPresent(reset::add));
    reset.addAll(new Transmissions(world).reset());
    copies(Phase.RECORD, step);
    copies(Phase.RESET, reset);
    reset.forEach(k -> world.build.add(new Build.Run(k)));
    List<Kernel> renewals = new ArrayList<>();
    world.allCells().forEach(c -> Competitions.renewal(world, c).ifPresent(renewals::add));
    neurons.values().forEach(n -> n.bind().ifPresent(renewals::add));
    for (Cells cells : world.allCells()) {
      new NeuronCoefficients(world, cells).renewal(needs.assigned()).ifPresent(renewals::add);
      new SourceOdds(world, cells).renewal().ifPresent(renewals::add);
      new Refractoriness(world, cells).check(needs.assigned()).ifPresent(renewals::add);
    }
    starts.addAll(0, renewals);
    world.allPlasticities().forEach(p -> new Rewiring(world, p).kernel(false).ifPresent(ends::add));
    List<Kernel> demanded = new ArrayList<>();
    for (Plasticity plasticity : world.allPlasticities()) {
      new Rewiring(world, plasticity).loaded().ifPresent(demanded::add);
      new Rewiring(world, plasticity).betweenSamples().ifPresent(demanded::add);
    }
    copies(Phase.PRESENTATION_START, starts);
    copies(Phase.PRESENTATION_END, ends);
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
        demanded,
        world.faultSites(),
        new DirectoryOf(world, network).make(mail.ports()));
  }

  private void copies(Phase phase, List<Kernel> kernels) {
    for (Plasticity plasticity : world.allPlasticities()) {
      new LazyCopies(world, plasticity).kernel(phase).ifPresent(kernels::add);
    }
  }

  private void hooks(String event, Phase phase, List<Kernel> kernels) {
    neurons.values().forEach(n -> n.hook(event, phase).ifPresent(kernels::add));
    synapses.values().forEach(s -> s.hook(event, phase).ifPresent(kernels::add));
  }

  /// The drives declared after `projections` projections: sums follow the order of declaration.
  private void drives(int projections) {
    for (Drive drive : network.drives()) {
      if (drive.after() == projections) {
        inboxes
            .of(drive.target().population(), drive.port(), Inbox.Timing.SLOT)
            .driven(drive.rate(), drive.weight(), drive.target());
      }
    }
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
        world.build.add(new Build.Fill(world.value(input.path()), new double[] {input.initial()}));
      }
    }
  }

  /// Sets plastic states (once) or the others (also at `reset`).
  private Optional<Kernel> networkStates(boolean plastic) {
    List<Stmt> all = new ArrayList<>();
    for (var state : network.states()) {
      if (state.plastic() == plastic
          && state.initial() instanceof snel.math.Expr.Num(var value)
          && !value.isZero()) {
        all.add(store(world.value(state.name()), i(0), Expr.real(world.real(), value.toDouble())));
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            plastic
                ? new Kernel("network:init", Phase.BUILD, all)
                : new Kernel("network:reset", Phase.RESET, all));
  }
}

package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.math.Known;
import snel.model.Port;

/// Events that the protocol sends: it leaves them in `pending` and argument arrays, and phase 1 of
/// the next step takes them.
final class Mail {
  private record Box(String path, Port port, Buffer pending, List<Buffer> arguments, int size) {}

  private final World world;
  private final Inboxes inboxes;
  private final Needs needs;
  private final Map<String, SynapseKernels> synapses;
  private final List<Directory.Port> ports = new ArrayList<>();
  private final Map<String, List<Kernel>> landings = new HashMap<>();

  Mail(World world, Inboxes inboxes, Needs needs, Map<String, SynapseKernels> synapses) {
    this.world = world;
    this.inboxes = inboxes;
    this.needs = needs;
    this.synapses = synapses;
  }

  /// Makes room in the sums of ports that will be sent to.
  void prepare() {
    for (Cells cells : world.allCells()) {
      for (Port port : cells.population.ports()) {
        if (isSentTo(cells.population.path() + "." + port.name()) && port.isLinear()) {
          inboxes.of(cells.population.path(), port.name(), Inbox.Timing.SLOT).reserve(0);
        }
      }
    }
  }

  List<Directory.Port> ports() {
    return ports;
  }

  private boolean isSentTo(String path) {
    return needs.sentPorts().contains(path);
  }

  private Box box(String path, Port port, int size, boolean additive) {
    List<Buffer> arguments = new ArrayList<>();
    for (String parameter : port.parameters()) {
      snel.math.Kind kind = port.kinds().get(arguments.size());
      arguments.add(
          world.buffers.wide(kind, path + ".sent." + parameter, Length.of(size), Role.QUEUE));
    }
    Buffer pending = world.buffers.declare(path + ".sent", Cell.I32, size, Role.QUEUE);
    ports.add(new Directory.Port(path, pending, arguments, additive));
    return new Box(path, port, pending, arguments, size);
  }

  /// Adds to the sums of ports that are linear in their argument.
  List<Kernel> toSums() {
    List<Kernel> kernels = new ArrayList<>();
    for (Cells cells : world.allCells()) {
      for (Port port : cells.population.ports()) {
        if (port.isLinear()) {
          sent(cells, port)
              .ifPresent(box -> {
                Expr j = world.names().index("j");
                kernels.add(kernel(box, emptied(box, j, added(cells, box, j))));
              });
        }
      }
    }
    return kernels;
  }

  /// Runs the body of another port.
  Optional<Kernel> toBody(Cells cells, Port port) {
    if (port.isLinear()) {
      return Optional.empty();
    }
    return sent(cells, port)
        .map(box -> {
          Expr j = world.names().index("j");
          Expr value =
              box.arguments().isEmpty()
                  ? Expr.real(world.real(), 0)
                  : load(box.arguments().get(0), j);
          var kernel = world.kernel();
          List<Stmt> taken =
              kernel.collect(() -> world.bodies().receive(cells, port, j, value, kernel));
          return kernel(box, emptied(box, j, taken));
        });
  }

  private Optional<Box> sent(Cells cells, Port port) {
    String path = cells.population.path() + "." + port.name();
    return isSentTo(path)
        ? Optional.of(box(path, port, cells.size, port.isLinear()))
        : Optional.empty();
  }

  private static Kernel kernel(Box box, List<Stmt> body) {
    return new Kernel(box.path() + ":sent", Phase.DELIVER, body);
  }

  private static List<Stmt> each(Box box, Expr j, List<Stmt> body) {
    return List.of(
        Emit.serial(
            j,
            i(0),
            i(box.size()),
            List.of(when(compare(CompareOp.NE, load(box.pending(), j), i(0)), body))));
  }

  /// The last who takes what was sent empties the box.
  private static List<Stmt> emptied(Box box, Expr j, List<Stmt> taken) {
    List<Stmt> body = new ArrayList<>(taken);
    body.add(store(box.pending(), j, i(0)));
    for (Buffer argument : box.arguments()) {
      body.add(store(argument, j, Emit.zero(argument.cell().scalar())));
    }
    return each(box, j, body);
  }

  private List<Stmt> added(Cells cells, Box box, Expr j) {
    Inbox.Summed sums =
        inboxes.of(cells.population.path(), box.port().name(), Inbox.Timing.SLOT).early();
    Expr at = Inbox.position(sums.slots(), cells.size, Emit.step32(), j);
    Expr slot = Inbox.slot(sums.slots(), Emit.step32());
    Expr given = load(box.arguments().get(0), j);
    Expr amount = sums.scale().map(s -> s.whole(given)).orElse(given);
    return List.of(
        store(sums.sums(), at, add(load(sums.sums(), at), amount)), store(sums.any(), slot, i(1)));
  }

  /// Runs `receive` of synapses for what was sent to their port.
  Optional<Kernel> toSynapses(Plasticity plasticity, Port port) {
    String path = plasticity.links.path + "." + port.name();
    if (!isSentTo(path)) {
      return Optional.empty();
    }
    Box box = box(path, port, port.perTarget() ? plasticity.links.targets : 1, false);
    Expr j = world.names().index("j");
    List<Expr> values = box.arguments().stream().map(b -> load(b, j)).toList();
    List<Stmt> taken = Known.in(synapses, plasticity.links.path).sent(port, j, values);
    List<Stmt> jumps = new SynapseTraces(world, plasticity).sent(port, box.pending(), box.size());
    boolean jumpsLater = !jumps.isEmpty();
    if (jumpsLater) {
      List<Stmt> landed = new ArrayList<>(jumps);
      landed.addAll(emptied(box, world.names().index("j"), List.of()));
      landings
          .computeIfAbsent(plasticity.links.path, p -> new ArrayList<>())
          .add(new Kernel(path + ":landed", Phase.DELIVER, landed));
    }
    List<Stmt> now = jumpsLater ? each(box, j, taken) : emptied(box, j, taken);
    return Optional.of(new Kernel(path + ":sent", Phase.DELIVER, now));
  }

  /// The jumps of a projection's traces for what was sent to its ports at this instant.
  List<Kernel> landed(String projection) {
    return landings.getOrDefault(projection, List.of());
  }
}

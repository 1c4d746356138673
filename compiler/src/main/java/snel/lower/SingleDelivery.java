package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;

/// Runs the body of a port once for each arrival, in the order of the classes (semantics.md §3):
/// for events without an amount, and where the body is not linear in its argument.
final class SingleDelivery {
  private final World world;
  private final NeuronBodies bodies;
  private final Inbox inbox;

  SingleDelivery(World world, NeuronBodies bodies, Inbox inbox) {
    this.world = world;
    this.bodies = bodies;
    this.inbox = inbox;
  }

  /// Classes i and ii.
  Optional<Kernel> first() {
    List<Stmt> all = new ArrayList<>(counted());
    all.addAll(early());
    return kernel("receive", all);
  }

  /// Class iii.
  Optional<Kernel> second() {
    List<Stmt> all = new ArrayList<>();
    inbox.lateSingles().forEach(arrivals -> all.addAll(arrivals.handled(this::run)));
    return kernel("receive.late", all);
  }

  private Optional<Kernel> kernel(String name, List<Stmt> body) {
    return body.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(inbox.path() + ":" + name, Phase.DELIVER, body));
  }

  /// The body for the neuron with this index and this amount.
  private List<Stmt> run(Expr neuron, Expr amount) {
    var kernel = world.kernel();
    return kernel.collect(() -> bodies.receive(inbox.cells, inbox.port, neuron, amount, kernel));
  }

  /// Class i, neuron by neuron: as many repeats as were counted, in the order of declaration.
  private List<Stmt> counted() {
    if (inbox.constant().isEmpty()) {
      return List.of();
    }
    int size = inbox.cells.size;
    Expr anything = Expr.bool(false);
    List<Stmt> drawn = new ArrayList<>();
    List<Stmt> cleared = new ArrayList<>();
    Expr j = world.names().index("j");
    var kernel = world.kernel();
    List<Stmt> each = new ArrayList<>();
    for (Inbox.Constant entry : inbox.constant()) {
      switch (entry) {
        case Inbox.Counted box -> {
          anything = Delivery.or(anything, Delivery.arrived(box.any(), box.slots()));
          each.addAll(kernel.collect(() -> repeated(box, j, kernel)));
          each.add(Delivery.emptied(box.counts(), box.slots(), size, j));
          cleared.add(Delivery.quiet(box.any(), box.slots()));
        }
        case Inbox.Driven drive -> {
          anything = Expr.bool(true);
          var poisson = new PoissonDrive(world, inbox, drive);
          each.addAll(
              kernel.collect(() -> {
                Expr weight = poisson.weight(j, kernel, inbox.kind());
                Expr count = poisson.count(j, kernel, drawn);
                Stmt repeats = Emit.serial(world.names().index("r"), i(0), count, run(j, weight));
                kernel
                    .statements()
                    .add(poisson.member(j).map(m -> when(m, List.of(repeats))).orElse(repeats));
              }));
        }
      }
    }
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.serial(j, i(0), i(size), each));
    all.addAll(cleared);
    List<Stmt> run = new ArrayList<>(drawn);
    if (anything instanceof Expr.Const) {
      run.addAll(all);
    } else {
      run.add(when(anything, all));
    }
    return run;
  }

  /// As many repeats for neuron `j` as were counted.
  List<Stmt> repeated(Inbox.Counted box, Expr j) {
    var kernel = world.kernel();
    return kernel.collect(() -> repeated(box, j, kernel));
  }

  private void repeated(Inbox.Counted box, Expr j, KernelScope kernel) {
    Expr at = Inbox.position(box.slots(), inbox.cells.size, Emit.step32(), j);
    Expr weight =
        box.weight()
            .map(w -> new Expressions(scope(j, kernel), world.real()).of(w, inbox.kind()))
            .orElse(Expr.real(world.real(), 0));
    Expr count = load(box.counts(), at);
    kernel.statements().add(Emit.serial(world.names().index("r"), i(0), count, run(j, weight)));
  }

  private NeuronScope scope(Expr j, KernelScope kernel) {
    return bodies.scope(inbox.cells, j, kernel, "weight", Emit.step());
  }

  /// Class ii: older stamps first, then the projections as they are declared.
  private List<Stmt> early() {
    List<SingleArrivals> projections = inbox.earlySingles();
    BiFunction<Expr, Expr, List<Stmt>> body = this::run;
    List<Stmt> all = new ArrayList<>();
    if (projections.stream().allMatch(p -> p.constant().isPresent())) {
      projections.stream()
          .sorted(Comparator.comparingInt(SingleArrivals::longest).reversed())
          .forEach(p -> all.addAll(p.stamped(Optional.empty(), body)));
      return all;
    }
    int longest = projections.stream().mapToInt(SingleArrivals::longest).max().orElse(0);
    Expr lag = world.names().index("lag");
    Expr since = world.names().index("since");
    List<Stmt> one = new ArrayList<>();
    one.add(Emit.let(lag, sub(i(longest), since)));
    projections.forEach(p -> one.addAll(p.stamped(Optional.of(lag), body)));
    all.add(Emit.serial(since, i(0), i(longest + 1), one));
    return all;
  }
}

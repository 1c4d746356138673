package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.model.Port;

/// The kernels of a port: what arrived in the slot of this step goes into its `receive` body, as
/// one sum a neuron where the body is linear in its argument.
final class Delivery {
  private final World world;
  private final NeuronBodies bodies;

  Delivery(World world, NeuronBodies bodies) {
    this.world = world;
    this.bodies = bodies;
  }

  /// What is known when a spike is emitted, and the rest where all is added up.
  Optional<Kernel> first(Inbox inbox) {
    if (inbox.isEmpty()) {
      return Optional.empty();
    }
    return inbox.port.isLinear()
        ? Optional.of(summed(inbox))
        : new SingleDelivery(world, bodies, inbox).first();
  }

  /// What is read when a handler runs, where arrivals are not added up.
  Optional<Kernel> second(Inbox inbox) {
    return inbox.port.isLinear()
        ? Optional.empty()
        : new SingleDelivery(world, bodies, inbox).second();
  }

  private Kernel summed(Inbox inbox) {
    Cells cells = inbox.cells;
    List<Stmt> all = new ArrayList<>();
    Expr anything = Expr.bool(false);
    List<Stmt> cleared = new ArrayList<>();
    List<Stmt> drawn = new ArrayList<>();
    var kernel = world.kernel();
    Expr j = world.names().index("j");
    List<Stmt> body =
        new ArrayList<>(
            kernel.collect(() -> {
              Expr sum = sum(inbox, j, kernel, drawn);
              bodies.receive(cells, inbox.port, j, sum, kernel);
            }));
    for (Inbox.Constant entry : inbox.constant()) {
      switch (entry) {
        case Inbox.Counted counted -> {
          anything = or(anything, arrived(counted.any(), counted.slots()));
          body.add(emptied(counted.counts(), counted.slots(), cells.size, j));
          cleared.add(quiet(counted.any(), counted.slots()));
        }
        case Inbox.Driven _ -> anything = Expr.bool(true);
      }
    }
    List<Inbox.Summed> summed = new ArrayList<>(inbox.late());
    if (inbox.hasEarly()) {
      summed.add(0, inbox.early());
    }
    for (Inbox.Summed entry : summed) {
      anything = or(anything, arrived(entry.any(), entry.slots()));
      body.add(emptied(entry.sums(), entry.slots(), cells.size, j));
      cleared.add(quiet(entry.any(), entry.slots()));
    }
    List<Stmt> run = new ArrayList<>();
    run.add(NeuronBodies.each(cells, j, inbox.port.body(), body));
    run.addAll(cleared);
    all.addAll(drawn);
    if (anything instanceof Expr.Const) {
      all.addAll(run);
    } else {
      all.add(when(anything, run));
    }
    return new Kernel(inbox.path() + ":receive", Phase.DELIVER, all);
  }

  /// Runs the body for neuron `j` alone with what arrived there at one time within the step.
  List<Stmt> precise(Inbox inbox, Expr j) {
    var kernel = world.kernel();
    List<Stmt> drawn = new ArrayList<>();
    return kernel.collect(() -> {
      if (inbox.port.isLinear()) {
        bodies.receive(inbox.cells, inbox.port, j, sum(inbox, j, kernel, drawn), kernel);
      }
      for (Inbox.Constant entry : inbox.constant()) {
        if (!(entry instanceof Inbox.Counted box)) {
          throw new CompilerBug("a drive acts at the start of a step");
        }
        if (!inbox.port.isLinear()) {
          kernel.statements().addAll(new SingleDelivery(world, bodies, inbox).repeated(box, j));
        }
        kernel.statements().add(emptied(box.counts(), box.slots(), inbox.cells.size, j));
      }
      List<Inbox.Summed> summed = new ArrayList<>(inbox.late());
      if (inbox.hasEarly()) {
        summed.add(inbox.early());
      }
      summed.forEach(
          s -> kernel.statements().add(emptied(s.sums(), s.slots(), inbox.cells.size, j)));
    });
  }

  static Expr or(Expr a, Expr b) {
    if (a instanceof Expr.Const(_, var bits)) {
      return bits != 0 ? a : b;
    }
    if (b instanceof Expr.Const) {
      return b;
    }
    return Emit.or(a, b);
  }

  static Expr arrived(Buffer any, int slots) {
    return compare(CompareOp.NE, load(any, Inbox.slot(slots, Emit.step32())), i(0));
  }

  static Stmt emptied(Buffer values, int slots, int size, Expr j) {
    Expr at = Inbox.position(slots, size, Emit.step32(), j);
    return store(values, at, Emit.zero(values.cell().scalar()));
  }

  static Stmt quiet(Buffer any, int slots) {
    return store(any, Inbox.slot(slots, Emit.step32()), i(0));
  }

  /// A_i by `fma(k, w, A_i)`, then + A_ii, then + each A_iii; absent classes are skipped.
  private Expr sum(Inbox inbox, Expr j, KernelScope kernel, List<Stmt> drawn) {
    if (!(inbox.kind() instanceof Kind.Real)) {
      return wholeSum(inbox, j, kernel, drawn);
    }
    Scalar real = world.real();
    if (inbox.scale().isPresent()) {
      return inbox.scale().get().real(wholeSum(inbox, j, kernel, drawn), real);
    }
    Expr sum = null;
    for (Inbox.Constant entry : inbox.constant()) {
      Expr before = sum == null ? Expr.real(real, 0) : sum;
      sum =
          switch (entry) {
            case Inbox.Counted counted -> {
              Expr at = Inbox.position(counted.slots(), inbox.cells.size, Emit.step32(), j);
              Expr count = convert(real, load(counted.counts(), at));
              yield new Expr.Fma(count, weight(counted.weight().orElseThrow()), before);
            }
            case Inbox.Driven drive ->
                new PoissonDrive(world, inbox, drive).added(j, kernel, drawn, before);
          };
    }
    List<Inbox.Summed> summed = new ArrayList<>(inbox.late());
    if (inbox.hasEarly()) {
      summed.add(0, inbox.early());
    }
    for (Inbox.Summed entry : summed) {
      Expr at = Inbox.position(entry.slots(), inbox.cells.size, Emit.step32(), j);
      Expr stored = load(entry.sums(), at);
      Expr value = entry.scale().map(s -> s.real(stored, real)).orElse(stored);
      sum = sum == null ? value : add(sum, value);
    }
    return sum == null ? Expr.real(real, 0) : sum;
  }

  /// Integers, fixed-point numbers and scaled reals: exact, so the order does not matter.
  private Expr wholeSum(Inbox inbox, Expr j, KernelScope kernel, List<Stmt> drawn) {
    Expr sum = Expr.i64(0);
    for (Inbox.Constant entry : inbox.constant()) {
      sum =
          switch (entry) {
            case Inbox.Counted counted -> {
              Expr at = Inbox.position(counted.slots(), inbox.cells.size, Emit.step32(), j);
              Expr count = convert(Scalar.I64, load(counted.counts(), at));
              NeuronScope scope = bodies.scope(inbox.cells, j, kernel, "weight", Emit.step());
              Expr given =
                  new Expressions(scope, world.real())
                      .of(counted.weight().orElseThrow(), inbox.kind());
              Expr weight = inbox.scale().map(s -> s.whole(given)).orElse(given);
              yield add(sum, Emit.mul(count, weight));
            }
            case Inbox.Driven drive ->
                new PoissonDrive(world, inbox, drive).addedWhole(j, kernel, drawn, sum);
          };
    }
    List<Inbox.Summed> summed = new ArrayList<>(inbox.late());
    if (inbox.hasEarly()) {
      summed.add(0, inbox.early());
    }
    for (Inbox.Summed entry : summed) {
      Expr at = Inbox.position(entry.slots(), inbox.cells.size, Emit.step32(), j);
      sum = add(sum, load(entry.sums(), at));
    }
    return sum;
  }

  Expr weight(snel.math.Expr weight) {
    return Expr.real(world.real(), 0).type() == Scalar.F32
        ? Expr.f32(((snel.math.Expr.Num) weight).value().toFloat())
        : Expr.f64(((snel.math.Expr.Num) weight).value().toDouble());
  }

  static Typed argument(Expr value, Port port) {
    Kind kind = port.kinds().isEmpty() ? Kind.REAL : port.kinds().get(0);
    return new Typed(value, kind);
  }
}

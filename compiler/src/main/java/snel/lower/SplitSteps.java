package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// How neurons go through a step in which spikes reach them: from arrival to arrival. Every part
/// ends with a test of the threshold, as a whole step does; a neuron that becomes free on the way
/// is moved there first.
final class SplitSteps {
  private final World world;
  private final Cells cells;
  private final PartialSteps steps;
  private final Refractoriness refractoriness;

  SplitSteps(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.steps = new PartialSteps(world, cells);
    this.refractoriness = new Refractoriness(world, cells);
  }

  private Buffer each(String what) {
    String name = cells.population.path() + ".arrivals." + what;
    return world.buffers.declare(name, Cell.I32, Math.max(1, cells.size), Role.QUEUE);
  }

  private Buffer one(String what) {
    String name = cells.population.path() + ".arrivals." + what;
    return world.buffers.declare(name, Cell.I32, 1, Role.QUEUE);
  }

  // Lists of neurons, and 1 for those that are in them; all 0 between two kernels

  private Buffer isReached() {
    return each("is_reached");
  }

  private Buffer reached() {
    return each("reached");
  }

  private Buffer reachedCount() {
    return one("reached.count");
  }

  private Buffer isSplit() {
    return each("is_split");
  }

  private Buffer split() {
    return each("split");
  }

  private Buffer splitCount() {
    return one("split.count");
  }

  /// 1 of those whose refractory time ends later in this step.
  private Buffer isEnding() {
    return each("is_ending");
  }

  private boolean endsWithin() {
    return !refractoriness.endingWithin(List.of()).isEmpty();
  }

  List<Stmt> begin() {
    List<Stmt> all = new ArrayList<>();
    all.add(store(reachedCount(), i(0), i(0)));
    all.add(store(splitCount(), i(0), i(0)));
    if (endsWithin()) {
      all.addAll(refractoriness.endingWithin(List.of(store(isEnding(), Emit.index("i"), i(1)))));
    }
    return all;
  }

  /// Notes that something arrives at `neuron`.
  List<Stmt> reached(Expr neuron) {
    return noted(neuron, isReached(), reached(), reachedCount());
  }

  private static List<Stmt> noted(Expr neuron, Buffer flags, Buffer list, Buffer count) {
    Expr isNew = compare(CompareOp.EQ, load(flags, neuron), i(0));
    return List.of(
        when(isNew, List.of(store(flags, neuron, i(1)), new Stmt.Push(list, count, neuron))));
  }

  /// Moves those that are reached on to `time`, where they take what arrives.
  List<Stmt> at(Expr time, Function<Expr, List<Stmt>> received) {
    Expr k = world.names().index("k");
    Expr self = world.names().index("self");
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(Emit.let(self, load(reached(), k)));
          kernel.statements().add(store(isReached(), self, i(0)));
          kernel.statements().addAll(noted(self, isSplit(), split(), splitCount()));
          if (endsWithin()) {
            Expr isBefore = compare(CompareOp.LE, end(self), time);
            Expr ends = compare(CompareOp.NE, load(isEnding(), self), i(0));
            kernel.statements().add(when(Emit.and(ends, isBefore), released(self)));
          }
          advanced(self, time, kernel);
          if (cells.isPrecise) {
            spiking(self, time, kernel);
          }
          kernel.statements().addAll(received.apply(self));
          steps.restart(self, time, kernel);
        });
    return List.of(
        Emit.serial(k, i(0), Emit.one(reachedCount()), body), store(reachedCount(), i(0), i(0)));
  }

  /// Where in the step the refractory time of `self` ends.
  private Expr end(Expr self) {
    return sub(Expr.f64(1), load(cells.early(), self));
  }

  private List<Stmt> released(Expr self) {
    var kernel = world.kernel();
    return kernel.collect(() -> {
      steps.advance(self, end(self), true, kernel);
      steps.restart(self, end(self), kernel);
      kernel.statements().add(store(isEnding(), self, i(0)));
      kernel.statements().add(store(cells.free(), self, Expr.real(world.real(), 1)));
    });
  }

  private void advanced(Expr self, Expr until, KernelScope kernel) {
    List<Stmt> free = kernel.collect(() -> steps.advance(self, until, false, kernel));
    if (!refractoriness.holdsOn()) {
      kernel.statements().addAll(free);
      return;
    }
    List<Stmt> held = kernel.collect(() -> steps.advance(self, until, true, kernel));
    kernel.statements().add(new Stmt.If(refractoriness.isFree(self), free, held));
  }

  /// The neuron spikes on the way to `time`, if it is across its threshold there and has not spiked
  /// in this step.
  private void spiking(Expr self, Expr time, KernelScope kernel) {
    Expr across = Emit.local(kernel.fresh("across"), Scalar.BOOL);
    kernel.statements().add(Emit.let(across, steps.isAcross(self, kernel)));
    Expr may = compare(CompareOp.EQ, load(cells.spikedWithin(), self), i(0));
    if (cells.population.refractory().isPresent()) {
      may = Emit.and(may, refractoriness.isFree(self));
    }
    // at the place where it starts it was tested before
    may = Emit.and(may, compare(CompareOp.LT, steps.passed(self), time));
    List<Stmt> spike =
        kernel.collect(() -> {
          new Spiking(world, cells).before(time, self, kernel);
          kernel.statements().add(store(cells.spikedWithin(), self, i(1)));
        });
    kernel.statements().add(when(Emit.and(across, may), spike));
  }

  /// Those whose way differs from a whole step go on to its end.
  List<Stmt> end() {
    List<Stmt> all = new ArrayList<>();
    if (endsWithin()) {
      Expr self = Emit.index("i");
      List<Stmt> body = new ArrayList<>(released(self));
      body.addAll(noted(self, isSplit(), split(), splitCount()));
      Expr ends = compare(CompareOp.NE, load(isEnding(), self), i(0));
      all.addAll(refractoriness.endingWithin(List.of(when(ends, body))));
    }
    Expr k = world.names().index("k");
    Expr self = world.names().index("self");
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(Emit.let(self, load(split(), k)));
          kernel.statements().add(store(isSplit(), self, i(0)));
          advanced(self, Expr.f64(1), kernel);
        });
    all.add(Emit.serial(k, i(0), Emit.one(splitCount()), body));
    return all;
  }
}

package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;

/// How neurons go through a step in which a spike may act at once on others: all that happens in
/// the populations concerned happens in order of time. A neuron waits for its spike if it is across
/// its threshold at the end of the step when nothing more arrives; whatever happens to it before
/// moves it there and tests it again.
final class TimedSteps {
  /// What a spike of a neuron at a place of the step sets off within it.
  interface Sending extends BiFunction<Expr, Expr, List<Stmt>> {}

  private final World world;
  private final Cells cells;
  private final PartialSteps steps;
  private final Refractoriness refractoriness;
  private final NeuronList reached;
  private final NeuronList waiting;
  private final Sending sending;

  TimedSteps(World world, Cells cells, Sending sending) {
    this.world = world;
    this.cells = cells;
    this.sending = sending;
    this.steps = new PartialSteps(world, cells);
    this.refractoriness = new Refractoriness(world, cells);
    this.reached = NeuronList.of(world, cells, "reached");
    this.waiting = NeuronList.of(world, cells, "waiting");
  }

  /// The place at which each waiting neuron will spike.
  private Buffer spikesAt() {
    String name = cells.population.path() + ".arrivals.spikes_at";
    return world.buffers.declare(name, Cell.F64, Math.max(1, cells.size), Role.QUEUE);
  }

  /// Who waits for a spike when the step begins.
  List<Stmt> begin() {
    List<Stmt> all = new ArrayList<>();
    all.add(reached.begin());
    all.add(waiting.begin());
    if (cells.isPrecise) {
      Expr self = world.names().index("self");
      var kernel = world.kernel();
      List<Stmt> body = kernel.collect(() -> tested(self, kernel));
      all.add(Emit.serial(self, i(0), i(cells.size), body));
    }
    return all;
  }

  private void tested(Expr self, KernelScope kernel) {
    List<Stmt> waits =
        kernel.collect(() -> {
          Expr at = steps.crossing(self, kernel);
          kernel.statements().add(store(spikesAt(), self, at));
          kernel.statements().add(waiting.noted(self));
        });
    kernel.statements().add(when(steps.mustSpike(self, Expr.f64(1), kernel), waits));
  }

  /// Runs `body` for each neuron whose refractory time ends within this step, and where it does.
  List<Stmt> endings(BiFunction<Expr, Expr, List<Stmt>> body) {
    Expr self = Emit.index("i");
    return refractoriness.endingWithin(body.apply(self, steps.spiked(self)));
  }

  /// Whether a refractory time may end within a step.
  boolean hasEndings() {
    return refractoriness.endsWithin();
  }

  /// The refractory time of `self` ends.
  List<Stmt> released(Expr self) {
    var kernel = world.kernel();
    return kernel.collect(() -> {
      steps.release(self, kernel);
      goesOn(self, kernel);
    });
  }

  /// From where it started anew to the end of the step.
  private void goesOn(Expr self, KernelScope kernel) {
    steps.advance(self, Expr.f64(1), kernel);
    if (cells.isPrecise) {
      kernel.statements().add(store(spikesAt(), self, ArrivalList.NEVER));
      tested(self, kernel);
    }
  }

  /// Lowers `earliest` to the time of the next spike.
  List<Stmt> earliest(Expr earliest) {
    if (!cells.isPrecise) {
      return List.of();
    }
    return List.of(
        waiting.each(self -> {
          Expr least = new Expr.Binary(BinaryOp.MIN, earliest, load(spikesAt(), self));
          return List.of(Emit.assign(earliest, least));
        }));
  }

  /// Those that wait for `time` spike.
  List<Stmt> spiking(Expr time) {
    if (!cells.isPrecise) {
      return List.of();
    }
    return List.of(
        waiting.each(self -> {
          var kernel = world.kernel();
          List<Stmt> spike =
              kernel.collect(() -> {
                kernel.statements().add(store(spikesAt(), self, ArrivalList.NEVER));
                new Spiking(world, cells).spike(Expr.f64(1), self, kernel);
                kernel.statements().add(store(cells.spikedWithin(), self, i(1)));
                steps.restart(self, steps.spiked(self), kernel);
                steps.advance(self, Expr.f64(1), kernel);
                kernel.statements().addAll(sending.apply(self, time));
              });
          return List.of(when(compare(CompareOp.EQ, load(spikesAt(), self), time), spike));
        }));
  }

  /// Notes that something arrives at `neuron`.
  List<Stmt> reached(Expr neuron) {
    return List.of(reached.noted(neuron));
  }

  /// Those that are reached take what arrives at `time`. One that is across its threshold only
  /// until then spikes before; what that sets off comes now, since others are here already.
  List<Stmt> at(Expr time, Function<Expr, List<Stmt>> received) {
    return reached.taken(self -> {
      var kernel = world.kernel();
      return kernel.collect(() -> {
        steps.advance(self, time, kernel);
        if (cells.isPrecise) {
          List<Stmt> spike =
              kernel.collect(() -> {
                new Spiking(world, cells).before(time, self, kernel);
                kernel.statements().add(store(cells.spikedWithin(), self, i(1)));
                kernel.statements().addAll(sending.apply(self, time));
              });
          kernel.statements().add(when(steps.mustSpike(self, time, kernel), spike));
        }
        kernel.statements().addAll(received.apply(self));
        steps.restart(self, time, kernel);
        goesOn(self, kernel);
      });
    });
  }

  List<Stmt> end() {
    return waiting.taken(_ -> List.of());
  }
}

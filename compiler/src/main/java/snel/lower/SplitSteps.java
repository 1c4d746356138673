package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;

/// How neurons go through a step in which spikes reach them: from arrival to arrival. Every part
/// ends with a test of the threshold, as a whole step does; a neuron that becomes free on the way
/// is moved there first.
final class SplitSteps {
  private final World world;
  private final Cells cells;
  private final PartialSteps steps;
  private final Refractoriness refractoriness;
  private final NeuronList reached;
  private final NeuronList split;

  SplitSteps(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.steps = new PartialSteps(world, cells);
    this.refractoriness = new Refractoriness(world, cells);
    this.reached = NeuronList.of(world, cells, "reached");
    this.split = NeuronList.of(world, cells, "split");
  }

  /// 1 of those whose refractory time ends later in this step.
  private Buffer isEnding() {
    String name = cells.population.path() + ".arrivals.ending";
    return world.buffers.declare(name, Cell.I32, Math.max(1, cells.size), Role.QUEUE);
  }

  List<Stmt> begin() {
    List<Stmt> all = new ArrayList<>();
    all.add(reached.begin());
    all.add(split.begin());
    if (refractoriness.endsWithin()) {
      all.addAll(refractoriness.endingWithin(List.of(store(isEnding(), Emit.index("i"), i(1)))));
    }
    return all;
  }

  /// Notes that something arrives at `neuron`.
  List<Stmt> reached(Expr neuron) {
    return List.of(reached.noted(neuron));
  }

  /// Moves those that are reached on to `time`, where they take what arrives.
  List<Stmt> at(Expr time, Function<Expr, List<Stmt>> received) {
    return reached.taken(self -> {
      var kernel = world.kernel();
      return kernel.collect(() -> {
        kernel.statements().add(split.noted(self));
        if (refractoriness.endsWithin()) {
          Expr isBefore = compare(CompareOp.LE, steps.spiked(self), time);
          Expr ends = compare(CompareOp.NE, load(isEnding(), self), i(0));
          kernel.statements().add(when(Emit.and(ends, isBefore), released(self)));
        }
        steps.advance(self, time, kernel);
        if (cells.isPrecise) {
          spiking(self, time, kernel);
        }
        kernel.statements().addAll(received.apply(self));
        steps.restart(self, time, kernel);
      });
    });
  }

  private List<Stmt> released(Expr self) {
    var kernel = world.kernel();
    return kernel.collect(() -> {
      kernel.statements().add(store(isEnding(), self, i(0)));
      steps.release(self, kernel);
    });
  }

  /// The neuron spikes on the way to `time`, if it is across its threshold there and has not spiked
  /// in this step.
  private void spiking(Expr self, Expr time, KernelScope kernel) {
    List<Stmt> spike =
        kernel.collect(() -> {
          new Spiking(world, cells).before(time, self, kernel);
          kernel.statements().add(store(cells.spikedWithin(), self, i(1)));
        });
    kernel.statements().add(when(steps.mustSpike(self, time, kernel), spike));
  }

  /// Those whose way differs from a whole step go on to its end.
  List<Stmt> end() {
    List<Stmt> all = new ArrayList<>();
    if (refractoriness.endsWithin()) {
      Expr self = Emit.index("i");
      List<Stmt> body = new ArrayList<>(released(self));
      body.add(split.noted(self));
      Expr ends = compare(CompareOp.NE, load(isEnding(), self), i(0));
      all.addAll(refractoriness.endingWithin(List.of(when(ends, body))));
    }
    all.addAll(
        split.taken(self -> {
          var kernel = world.kernel();
          return kernel.collect(() -> steps.advance(self, Expr.f64(1), kernel));
        }));
    return all;
  }
}

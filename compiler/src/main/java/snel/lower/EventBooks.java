package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.model.Population;

/// Counts and logs the events of a population, as spikes are.
final class EventBooks {
  /// What is raised in the neurons that `winners` chose.
  static final String WIN = "win";

  private final String path;
  private final Cells cells;
  private final Buffer list;
  private final Buffer number;
  private final Buffer counts;
  private final Buffer first;
  private final Buffer total;
  private final Buffer logging;
  private final Buffer logIndex;
  private final Buffer logStep;
  private final Buffer logCount;
  private final int capacity;

  /// Declares the books of an event, or finds them.
  EventBooks(World world, Cells cells, String event) {
    this.cells = cells;
    this.path = cells.population.path() + "." + event;
    this.list = cells.event(event).list();
    this.number = cells.event(event).count();
    int size = Math.max(1, cells.size);
    this.capacity = Cells.logCapacity(size);
    Buffers buffers = world.buffers;
    counts = buffers.declare(path + ".counts", Cell.I32, size, Role.LOG);
    first = buffers.declare(path + ".first", Cell.I64, size, Role.LOG);
    total = buffers.declare(path + ".total", Cell.I64, 1, Role.LOG);
    logging = buffers.declare(path + ".log", Cell.I32, 1, Role.PARAMETER);
    logIndex = buffers.declare(path + ".log.index", Cell.I32, capacity, Role.LOG);
    logStep = buffers.declare(path + ".log.step", Cell.I64, capacity, Role.LOG);
    logCount = buffers.declare(path + ".log.count", Cell.I32, 1, Role.LOG);
  }

  /// The events of a population that are listed as if each were one.
  static List<String> events(Population population) {
    List<String> all = new ArrayList<>();
    population.events().forEach(event -> all.add(event.name()));
    population.winners().ifPresent(_ -> all.add(WIN));
    return all;
  }

  /// Keeps the books, once the events of a step are known.
  Kernel kernel(Phase phase) {
    Expr neuron = load(list, index("k"));
    Expr sinceBegin = add(load(Emit.CLOCK, i(Clock.TIME)), Expr.i64(1));
    Expr stamp = add(load(Emit.CLOCK, i(Clock.STEP)), Expr.i64(1));
    Expr at = add(Emit.one(logCount), index("k"));
    return new Kernel(
        path + ":books",
        phase,
        List.of(
            Emit.serial(
                "k",
                i(0),
                Emit.one(number),
                List.of(
                    when(
                        compare(CompareOp.EQ, load(counts, neuron), i(0)),
                        List.of(store(first, neuron, sinceBegin))),
                    Emit.increment(counts, neuron, i(1)),
                    when(
                        compare(CompareOp.NE, Emit.one(logging), i(0)),
                        List.of(store(logIndex, at, neuron), store(logStep, at, stamp))))),
            when(
                compare(CompareOp.NE, Emit.one(logging), i(0)),
                List.of(Emit.increment(logCount, i(0), Emit.one(number)))),
            Emit.increment(total, i(0), convert(Scalar.I64, Emit.one(number))),
            when(
                compare(CompareOp.GT, Emit.one(logCount), i(capacity - 2 * cells.size)),
                List.of(Emit.halt(Clock.HALT_LOG)))));
  }

  Directory.Population entry() {
    return new Directory.Population(
        path,
        cells.population.shape(),
        false,
        true,
        false,
        list,
        number,
        Optional.of(counts),
        Optional.of(first),
        Optional.empty(),
        total,
        Optional.of(new Directory.Log(logging, logIndex, logStep, Optional.empty(), logCount)));
  }
}

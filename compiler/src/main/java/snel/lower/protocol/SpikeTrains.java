package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Times;
import snel.elaborate.Val;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Exact;
import snel.math.Expr;
import snel.model.Slice;
import snel.syntax.BinMode;
import snel.syntax.Expression;
import snel.syntax.Statement;

/// The spike trains that `present` gives to inputs. Times that are known when compiled must lie on
/// the grid, unless `bin` puts them there.
final class SpikeTrains {
  private final Block block;
  private final Work work;

  SpikeTrains(Block block) {
    this.block = block;
    this.work = block.work();
  }

  /// One train for each neuron of the slice; empty after a fault.
  Optional<Term> read(Statement.Driven driven, Slice slice) {
    Expression value = driven.value();
    Meaning meaning = block.reader().read(value);
    if (meaning instanceof Meaning.Fixed(Val.Items(var rows), _)) {
      if (!rows.stream().allMatch(row -> row instanceof Val.Items)) {
        work.fault(
            Diagnostic.of(
                    Code.UNLIKE_SHAPES,
                    "spikes are a list of times for each of the " + slice.size() + " inputs",
                    value.span(),
                    "one list, of none of them")
                .help("write a list of lists: `[[1 ms, 3 ms], …]`"));
        return Optional.empty();
      }
      Optional<List<Val>> steps = new WrittenSteps(work, slice.size()).times(value, rows);
      return steps.flatMap(known -> times(known, driven, slice));
    }
    Optional<Term> term =
        block.reader().term(meaning, value.span()).map(read -> trains(read, meaning));
    BinMode bin = driven.bin();
    if (bin == null || term.isEmpty()) {
      return term;
    }
    Optional<Term> binned = new Bins(bin, work.context().step()).times(term.get());
    if (binned.isEmpty()) {
      work.fault(
          Code.UNKNOWN_OPTION,
          "`bin` wants a list of times for each neuron, written out as `[[1.25 ms], []]`",
          driven.span());
    }
    return binned;
  }

  /// Rows of times are trains, though they be equally long; rows without a unit say for each step
  /// who spikes.
  private static Term trains(Term term, Meaning meaning) {
    boolean isRows = term.type() instanceof Type.Array(var shape) && shape.size() == 2;
    boolean hasUnit = !ExpressionReader.unit(meaning).text().isEmpty();
    return isRows && hasUnit ? new Term.Call(Function.AT_TIMES, List.of(term), Type.TRAINS) : term;
  }

  private Optional<Term> times(List<Val> rows, Statement.Driven driven, Slice slice) {
    Expression value = driven.value();
    List<double[]> trains = new ArrayList<>();
    for (Val row : rows) {
      List<Val> times = ((Val.Items) row).items();
      double[] train = new double[times.size()];
      for (int k = 0; k < train.length; k++) {
        if (!(times.get(k) instanceof Val.Num(Expr.Num(var ms), _))) {
          work.fault(Code.WRONG_KIND, "spike times are wanted here", value.span());
          return Optional.empty();
        }
        Optional<Double> time = onGrid(ms, driven);
        if (time.isEmpty()) {
          return Optional.empty();
        }
        train[k] = time.get();
      }
      trains.add(train);
    }
    if (trains.size() != slice.size()) {
      work.fault(
          Code.UNLIKE_SHAPES,
          "there are " + trains.size() + " spike trains for " + slice.size() + " inputs",
          value.span());
      return Optional.empty();
    }
    return Optional.of(new Term.SpikeTimes(trains));
  }

  /// The time itself, which must be on the grid, or what `bin` makes of it.
  private Optional<Double> onGrid(Exact ms, Statement.Driven driven) {
    BinMode bin = driven.bin();
    if (bin == null) {
      return Times.steps(work.context(), ms, driven.value().span()).map(n -> ms.toDouble());
    }
    return Optional.of(new Bins(bin, work.context().step()).time(ms));
  }
}

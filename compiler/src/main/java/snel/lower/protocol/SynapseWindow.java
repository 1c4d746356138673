package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostics;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Owner;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.Variable;
import snel.parse.Parser;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Statement;

/// `stdp_window(synapse, lag, pairs, rate)`: what pairs of spikes do to a weight.
///
/// The pairs are presented before the statement in which the call stands, to two neurons and one
/// synapse that lie beside the populations of the test: a [Bench].
final class SynapseWindow {
  /// The neuron that spikes a step after it is told to, whatever the synapse brings.
  private static final String CELL =
      """
      neuron StdpWindowCell {
        state due : bool = false
        receive fire { due = true }
        receive brought(w : real) { }
        spike when due
        reset { due = false }
      }
      """;

  /// The weight starts alike for every lag, and all that decays is at rest.
  private static final String STATEMENTS =
      """
      test "" {
        reset BENCH_cell, BENCH
        BENCH.WEIGHT = stdp_window_start
        let stdp_window_before = BENCH.WEIGHT[0, 0]
        present
          BENCH_pre = regular_train(rate: stdp_window_rate, spikes: stdp_window_pairs,
            from: 2 * STEP + max(-stdp_window_lag, 0 ms)),
          BENCH_post = regular_train(rate: stdp_window_rate, spikes: stdp_window_pairs,
            from: STEP + max(stdp_window_lag, 0 ms))
          for to_step(stdp_window_pairs / stdp_window_rate + abs(stdp_window_lag)) + 4 * STEP
        let stdp_window_change = BENCH.WEIGHT[0, 0] - stdp_window_before
      }
      """;

  /// Two neurons with the synapse under test, which the network of a test must have.
  ///
  /// @param synapse the model with its arguments, as written
  record Bench(String name, String synapse, Span span) {

    static SynapseWindows windows(List<Bench> benches) {
      var items = new StringBuilder(CELL);
      items.append("network ").append(SynapseWindows.NETWORK).append(" {\n");
      for (Bench bench : benches) {
        items.append(
            """
              input BENCH_pre  : spikes[1]
              input BENCH_post : spikes[1]
              population BENCH_cell : StdpWindowCell[1]
              connect BENCH_post -> BENCH_cell.fire  all
              connect BENCH_pre -> BENCH_cell.brought as BENCH  all  weight 1  synapse SYNAPSE
            """
                .replace("BENCH", bench.name())
                .replace("SYNAPSE", bench.synapse()));
      }
      return new SynapseWindows(
          benches.stream().map(Bench::span).toList(), items.append("}\n").toString());
    }
  }

  private final Arguments call;
  private final Work work;

  SynapseWindow(Arguments call) {
    this.call = call;
    this.work = call.work();
  }

  Optional<Meaning> read() {
    return call.function().equals("stdp_window") ? Optional.of(known()) : Optional.empty();
  }

  private Meaning known() {
    if (!work.mayPresent()) {
      return work.fault(
          Code.MISPLACED_STATEMENT,
          "`stdp_window` lets neurons spike: write `let change = stdp_window(…)` as a statement of"
              + " its own before this",
          call.span());
    }
    Optional<Expression> synapse = call.expression("synapse", 0);
    Optional<Term> lag = call.term("lag", 1);
    Optional<Term> pairs = call.term("pairs", 2);
    Optional<Term> rate = call.term("rate", 3);
    if (synapse.isEmpty() || lag.isEmpty() || pairs.isEmpty() || rate.isEmpty()) {
      return Meaning.FAULTY;
    }
    Span written = synapse.get().span();
    String text = written.text();
    Bench bench = work.bench(text, call.span());
    Optional<Projection> projection = work.projection(bench.name());
    if (projection.isEmpty()) {
      return Meaning.of(new Term.Number(0));
    }
    Frame inner = call.reader().frame().inner();
    inner.define("stdp_window_lag", Meaning.of(held("lag", onGrid(lag.get())), "ms"));
    inner.define("stdp_window_pairs", Meaning.of(held("pairs", pairs.get())));
    inner.define("stdp_window_rate", Meaning.of(held("rate", rate.get()), "Hz"));
    inner.define("stdp_window_start", start(projection.get().synapse()));
    work.before(
        StatementLowering.lower(
            statements(bench, projection.get().synapse()), Block.of(work, inner)));
    work.mayPresent(true);
    return inner.find("stdp_window_change").orElse(Meaning.FAULTY);
  }

  private Term held(String name, Term value) {
    Term.Variable variable = work.variable("stdp_window_" + name, value.type());
    work.before(
        List.of(
            new Action.Define(variable.slot(), variable.name(), value, work.place(call.span()))));
    return variable;
  }

  /// The lag itself, which is a fault off the grid.
  private static Term onGrid(Term lag) {
    Term steps = new Term.Call(Function.TO_STEPS, List.of(lag, new Term.Truth(true)), Type.INTEGER);
    return new Term.Call(Function.TIME_OF_STEPS, List.of(steps), Type.REAL);
  }

  /// The middle of the weight's range; 1 if it has none.
  private static Meaning start(Synapse synapse) {
    Optional<Double> low = bound(synapse, synapse.weight().flatMap(w -> w.bounds().lower()));
    Optional<Double> high = bound(synapse, synapse.weight().flatMap(w -> w.bounds().upper()));
    boolean bounded = low.isPresent() && high.isPresent();
    double middle = bounded ? (low.orElseThrow() + high.orElseThrow()) / 2 : 1;
    return Meaning.of(new Term.Number(Double.isFinite(middle) ? middle : 1));
  }

  private static Optional<Double> bound(Synapse synapse, Optional<Expr> bound) {
    if (bound.isEmpty()) {
      return Optional.empty();
    }
    return switch (bound.get()) {
      case Expr.Num(Exact value) -> Optional.of(value.toDouble());
      case Expr.Ref(Owner _, String name, _) -> {
        Optional<Variable> parameter =
            synapse.parameters().stream().filter(p -> p.name().equals(name)).findFirst();
        yield parameter.flatMap(p -> bound(synapse, Optional.of(p.initial())));
      }
      default -> Optional.empty();
    };
  }

  private List<Statement> statements(Bench bench, Synapse synapse) {
    String text =
        STATEMENTS
            .replace("BENCH", bench.name())
            .replace("WEIGHT", synapse.weightName())
            .replace("STEP", "(" + work.context().step() + " * 1 ms)");
    var source = new SourceFile("stdp_window", text);
    work.standsFor(source, call.span());
    Declaration.Test test =
        (Declaration.Test) Parser.parse(source, new Diagnostics()).declarations().getFirst();
    return test.body().stream().map(item -> (Statement) item).toList();
  }
}

package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.Val;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.model.Projection;
import snel.syntax.Expression;

/// Measures of the latest episode, of what was recorded, and of read-outs.
final class MeasureFunctions {
  /// The bin of `synchrony` in Potjans & Diesmann (2014, doi:10.1093/cercor/bhs358), who call the
  /// Fano factor of the population's spike count so.
  private static final Term SYNCHRONY_BIN = new Term.Number(3);

  private static final Term CORRELATION_BIN = new Term.Number(5);

  static final List<String> NAMES =
      List.of(
          "count",
          "rate",
          "first_spike",
          "cv_isi",
          "correlation",
          "synchrony",
          "fano_factor",
          "rate_outside",
          "van_rossum",
          "victor_purpura",
          "peak",
          "recorded",
          "max_over_time",
          "mean_over_time",
          "filtered",
          "synaptic_operations",
          "dense_operations",
          "plastic_updates",
          "neuron_updates",
          "scored",
          "latency",
          "events_per_second",
          "mean_displacement",
          "accuracy");

  private static final String RATE_UNIT = "Hz";
  private static final int HERTZ_PER_KILOHERTZ = 1000;

  private final Arguments call;

  MeasureFunctions(Arguments call) {
    this.call = call;
  }

  Optional<Meaning> read() {
    return NAMES.contains(call.function()) ? Optional.of(known()) : Optional.empty();
  }

  private Meaning known() {
    return switch (call.function()) {
      case "count" ->
          call.meaning("what", 0) instanceof Meaning.Fixed(Val.Wires _, var _)
              ? Arguments.call(Function.COUNT, Type.INTEGER, "", call.projection("what", 0))
              : Arguments.call(Function.COUNT, Type.INTEGER, "", call.neurons("what", 0));
      case "rate" -> Arguments.call(Function.RATE, Type.REAL, RATE_UNIT, call.neurons("of", 0));
      case "first_spike" ->
          Arguments.call(Function.FIRST_SPIKE, Type.REAL, "ms", call.neurons("of", 0));
      case "cv_isi" -> Arguments.call(Function.CV_ISI, Type.array(-1), "", call.spiking("of", 0));
      case "correlation" -> binned(Function.CORRELATION, call.positive("bin", 1, CORRELATION_BIN));
      case "synchrony" -> binned(Function.FANO_FACTOR, call.positive("bin", 1, SYNCHRONY_BIN));
      case "fano_factor" -> binned(Function.FANO_FACTOR, call.positive("bin", 1));
      case "rate_outside" -> rateOutside();
      case "van_rossum" ->
          Arguments.call(
              Function.VAN_ROSSUM,
              Type.REAL,
              "",
              call.term("first", 0),
              call.term("second", 1),
              call.positive("tau", 2));
      case "victor_purpura" ->
          Arguments.call(
              Function.VICTOR_PURPURA,
              Type.REAL,
              "",
              call.term("first", 0),
              call.term("second", 1),
              call.positive("tau_q", 2));
      case "peak" ->
          Arguments.call(
              Function.PEAK,
              Type.REAL,
              unitOf(0),
              series(),
              call.term("number", 1, new Term.Whole(-1)));
      case "recorded" -> {
        Optional<Term> series = recorded(0);
        yield series.map(term -> Meaning.of(term, unitOf(0))).orElse(Meaning.FAULTY);
      }
      case "max_over_time" -> overTime(Function.MAX_OVER_TIME);
      case "mean_over_time" -> overTime(Function.MEAN_OVER_TIME);
      case "filtered" ->
          Arguments.call(
              Function.FILTERED,
              Type.array(-1),
              "",
              call.spiking("of", 0),
              call.positive("tau", 1),
              call.positive("samples", 2, new Term.Whole(1)));
      case "synaptic_operations" -> Arguments.call(Function.SYNAPTIC_OPERATIONS, Type.INTEGER, "");
      case "dense_operations" -> denseOperations();
      case "plastic_updates" -> {
        call.work().demands().countsUpdates();
        yield Arguments.call(Function.PLASTIC_UPDATES, Type.INTEGER, "");
      }
      case "neuron_updates" -> Arguments.call(Function.NEURON_UPDATES, Type.INTEGER, "");
      case "scored" -> Arguments.call(Function.SCORED, Type.INTEGER, "", call.readOut("of", 0));
      case "latency" -> Arguments.call(Function.LATENCY, Type.REAL, "ms", call.readOut("of", 0));
      case "events_per_second" -> Arguments.call(Function.EVENTS_PER_SECOND, Type.REAL, RATE_UNIT);
      case "mean_displacement" ->
          Arguments.call(Function.MEAN_DISPLACEMENT, Type.REAL, "", call.projection("of", 0));
      case "accuracy" -> Arguments.call(Function.ACCURACY, Type.REAL, "", call.readOut("of", 0));
      default -> throw new IllegalStateException(call.function());
    };
  }

  /// All synapses are counted, so they have to be listed.
  private Meaning denseOperations() {
    call.work().elaborated().network().projections().stream()
        .map(Projection::path)
        .forEach(call.work().demands()::inspects);
    return Arguments.call(Function.DENSE_OPERATIONS, Type.REAL, "");
  }

  private String unitOf(int position) {
    return ExpressionReader.unit(call.meaning("of", position)).text();
  }

  /// A plain number, in Hz, so that it can be added to a loss.
  private Meaning binned(Function measure, Optional<Term> bin) {
    return Arguments.call(measure, Type.REAL, "", call.spiking("of", 0), bin);
  }

  private Meaning rateOutside() {
    Optional<Expression> range = call.expression("range", 1);
    if (range.isPresent()
        && range.get().ungrouped() instanceof Expression.Range(var low, var high, _, _)) {
      Meaning outside =
          Arguments.call(
              Function.RATE_OUTSIDE,
              Type.REAL,
              "",
              call.neurons("of", 0),
              call.reader().term(low),
              call.reader().term(high));
      return outside instanceof Meaning.Live(Term rate, var _)
          ? Meaning.of(
              new Term.Arithmetic(
                  Term.Operator.MULTIPLY, rate, new Term.Number(HERTZ_PER_KILOHERTZ), Type.REAL))
          : outside;
    }
    return call.work().fault(Code.WRONG_KIND, "`rate_outside` wants a range of rates", call.span());
  }

  /// Of a state over the episode or its last part, or of an expression of one: what is read of the
  /// state is what was recorded of it.
  private Meaning overTime(Function measure) {
    Type each =
        call.term("of", 0).map(term -> Recorded.each(call.work(), term)).orElse(Type.array(-1));
    return call.expression("last", 1).isPresent()
        ? Arguments.call(measure, each, unitOf(0), recorded(0), call.positive("last", 1))
        : Arguments.call(measure, each, unitOf(0), recorded(0));
  }

  /// Samples over time, or a state, whose recording it is then.
  private Optional<Term> series() {
    return call.term("series", 0)
        .flatMap(term ->
            term.type() instanceof Type.Series
                ? Optional.of(term)
                : Recorded.of(call.work(), term, call.span()));
  }

  private Optional<Term> recorded(int position) {
    return call.term("of", position).flatMap(term -> Recorded.of(call.work(), term, call.span()));
  }
}

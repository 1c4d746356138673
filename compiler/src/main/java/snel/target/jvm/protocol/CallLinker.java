package snel.target.jvm.protocol;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.measure.Filtered;
import snel.runtime.measure.Intervals;
import snel.runtime.measure.Signals;
import snel.runtime.measure.SpikeTrains;
import snel.runtime.measure.Synchrony;
import snel.runtime.measure.VanRossum;
import snel.runtime.measure.VictorPurpura;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.Grid;
import snel.runtime.schedule.Library;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Measures;
import snel.runtime.schedule.Operators;
import snel.runtime.schedule.ParameterRange;
import snel.runtime.schedule.Picked;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.Trains;
import snel.runtime.schedule.Value;

/// Links calls of library functions.
final class CallLinker {
  private final TermLinker terms;
  private final List<Term> arguments;

  CallLinker(TermLinker terms, List<Term> arguments) {
    this.terms = terms;
    this.arguments = arguments;
  }

  Evaluation linked(Term.Call call) {
    return switch (call.function()) {
      case ABS -> kept(Math::abs);
      case EXP -> each(StrictMath::exp);
      case EXPM1 -> each(StrictMath::expm1);
      case EXPREL -> each(Library::exprel);
      case LOG -> each(StrictMath::log);
      case LOG1P -> each(StrictMath::log1p);
      case LOGIT -> each(Library::logit);
      case SQRT -> each(Math::sqrt);
      case SIN -> each(StrictMath::sin);
      case COS -> each(StrictMath::cos);
      case TAN -> each(StrictMath::tan);
      case ASIN -> each(StrictMath::asin);
      case ACOS -> each(StrictMath::acos);
      case ATAN -> each(StrictMath::atan);
      case ATAN2 -> of(0, 1, (y, x) -> Operators.each(y, x, StrictMath::atan2));
      case SINH -> each(StrictMath::sinh);
      case COSH -> each(StrictMath::cosh);
      case TANH -> each(StrictMath::tanh);
      case SIGMOID -> each(Library::sigmoid);
      case SIGN -> kept(Math::signum);
      case FLOOR -> whole(Math::floor);
      case CEIL -> whole(Math::ceil);
      case ROUND -> whole(Library::round);
      case TRUNCATE -> whole(Library::truncate);
      case RELU -> each(x -> x > 0 ? x : 0);
      case MIN -> both(Library::min);
      case MAX -> both(Library::max);
      case CLIP -> clip();
      case WITHIN -> within();
      case MOD -> of(0, 1, Library::mod);
      case SUM -> number(call, Library::sum);
      case MEAN -> number(call, Library::mean);
      case LEAST -> number(call, Library::least);
      case GREATEST -> number(call, Library::greatest);
      case DEVIATION -> number(call, Library::deviation);
      case SIZE -> of(0, value -> new Value.Whole(value.size()));
      case ALL_FINITE -> of(0, value -> Value.of(Library.allFinite(value)));
      case FLATTEN -> of(0, Library::flatten);
      case TRANSPOSE -> of(0, Library::transpose);
      case ONE_HOT -> of(0, 1, (label, n) -> Library.oneHot(label.whole(), n.whole()));
      case REPEAT_EACH -> of(0, 1, (array, n) -> Library.repeatEach(array, n.whole()));
      case LINSPACE -> of(0, 1, 2, (a, b, n) -> Library.linspace(a.real(), b.real(), n.whole()));
      case ZIP -> of(0, 1, Library::zip);
      case TO_STEPS -> toSteps();
      case TIME_OF_STEPS -> {
        Evaluation steps = argument(0);
        yield m -> new Value.Real(m.view().time(steps.evaluate(m).whole()));
      }
      case AT_TIMES -> of(0, Trains::atTimes);
      case REGULAR_TRAIN ->
          of(0, 1, 2, (r, from, n) -> Trains.regular(r.real(), from.real(), n.whole()));
      case RANDOM_TRAINS -> randomTrains();
      case RANDOM_MOMENTS -> randomMoments();
      case RANDOM_LABELS -> randomLabels();
      case JITTER -> jitter();
      case SIGNAL -> of(0, 1, (samples, rate) -> Trains.signal(samples, rate.real()));
      case SAMPLED_AT -> of(0, 1, (series, time) -> Trains.at(series, time.real()));
      case THRESHOLD_CROSSING,
          DIFFERENCE_OF_GAUSSIANS,
          AVERAGED,
          MOVED,
          SPECTROGRAM,
          BINNED,
          IDX,
          DATASET,
          ADDRESS_EVENTS,
          COLUMNS,
          RECORD_INDEX,
          CATEGORY,
          STANDARDISED,
          WAV,
          PADDED ->
          DataLinker.link(terms, call);
      case POSITIVE -> {
        String function = ((Term.Word) arguments.get(1)).value();
        String argument = ((Term.Word) arguments.get(2)).value();
        yield of(0, number -> Library.positive(number, function, argument));
      }
      case COUNT -> count();
      case RATE -> real((m, name, picked) -> Measures.rate(m, name, picked));
      case FIRST_SPIKE -> real(Measures::firstSpike);
      case COUNT_EACH -> TermLinker.placed(call.type(), neurons(Measures::countEach));
      case RATE_EACH -> neurons(Measures::rateEach);
      case FIRST_SPIKE_EACH -> TermLinker.placed(call.type(), neurons(Measures::firstSpikeEach));
      case RATE_OVER_TIME -> neurons(Measures::rateOverTime);
      case CV_ISI -> neurons((m, n, p) -> Value.Array.row(Intervals.cv(Measures.spikes(m, n, p))));
      case CORRELATION -> binned(Synchrony::correlation);
      case FANO_FACTOR -> binned(Synchrony::fanoFactor);
      case RATE_OUTSIDE -> rateOutside();
      case VAN_ROSSUM -> distance(VanRossum::distance);
      case VICTOR_PURPURA -> distance(VictorPurpura::distance);
      case EDITS -> edits();
      case LABEL -> of(0, 1, (label, n) -> Library.label(label.whole(), n.whole()));
      case PEAK -> of(0, 1, CallLinker::peak);
      case MAX_OVER_TIME -> TermLinker.placed(call.type(), overTime(Measures::maxOverTime));
      case MEAN_OVER_TIME -> TermLinker.placed(call.type(), overTime(Measures::meanOverTime));
      case FILTERED -> filtered();
      case LOSS -> m -> new Value.Real(m.learner().meanLoss());
      case RECENT_LOSS -> m -> new Value.Real(m.learner().recentLoss());
      case LOSS_IS_DUE -> m -> new Value.Truth(m.learner().isPointDue());
      case SYNAPTIC_OPERATIONS -> m -> new Value.Whole(Measures.synapticOperations(m.view()));
      case DENSE_OPERATIONS -> m -> new Value.Real(Measures.denseOperations(m));
      case PLASTIC_UPDATES -> m -> new Value.Whole(Math.max(0, Measures.plasticUpdates(m.view())));
      case NEURON_UPDATES -> m -> new Value.Whole(Measures.neuronUpdates(m));
      case SCORED -> {
        String name = ((Term.ReadOut) arguments.getFirst()).name();
        yield m -> new Value.Whole(m.readOuts().tally(name).count());
      }
      case LATENCY -> {
        String name = ((Term.ReadOut) arguments.getFirst()).name();
        yield m -> new Value.Real(m.readOuts().tally(name).latency());
      }
      case EVENTS_PER_SECOND -> m -> new Value.Real(Measures.eventsPerTime(m));
      case MEAN_DISPLACEMENT -> {
        String name = ((Term.Projection) arguments.getFirst()).name();
        yield m -> new Value.Real(Measures.meanDisplacement(m.view(), name));
      }
      case ACCURACY -> {
        String name = ((Term.ReadOut) arguments.getFirst()).name();
        yield m -> new Value.Real(m.readOuts().tally(name).accuracy());
      }
      case ACCURACY_BY,
          RASTER,
          TRACES,
          GRID,
          HISTOGRAM,
          OVER_TIME,
          COURSE,
          CURVE,
          HEAT_MAP,
          TABLE,
          MAP_OF,
          CONFUSION,
          DEGREE_DISTRIBUTION ->
          FigureLinker.link(call);
    };
  }

  private Evaluation argument(int index) {
    return terms.linked(arguments.get(index));
  }

  private Evaluation of(int a, Function<Value, Value> f) {
    Evaluation first = argument(a);
    return m -> f.apply(first.evaluate(m));
  }

  private interface Two {
    Value of(Value a, Value b);
  }

  private Evaluation of(int a, int b, Two f) {
    Evaluation first = argument(a);
    Evaluation second = argument(b);
    return m -> f.of(first.evaluate(m), second.evaluate(m));
  }

  private interface Three {
    Value of(Value a, Value b, Value c);
  }

  private Evaluation of(int a, int b, int c, Three f) {
    Evaluation first = argument(a);
    Evaluation second = argument(b);
    Evaluation third = argument(c);
    return m -> f.of(first.evaluate(m), second.evaluate(m), third.evaluate(m));
  }

  private Evaluation each(DoubleUnaryOperator f) {
    return of(0, value -> Operators.each(value, f));
  }

  /// Of a whole number a whole one.
  private Evaluation kept(DoubleUnaryOperator f) {
    return of(
        0,
        value ->
            value instanceof Value.Whole(long n)
                ? new Value.Whole((long) f.applyAsDouble(n))
                : Operators.each(value, f));
  }

  private Evaluation whole(DoubleUnaryOperator f) {
    return of(
        0, value -> value instanceof Value.Whole ? value : Library.whole(Operators.each(value, f)));
  }

  private Evaluation both(DoubleBinaryOperator f) {
    return of(0, 1, (a, b) -> Operators.kept(a, b, f));
  }

  private Evaluation clip() {
    return of(
        0,
        1,
        2,
        (x, low, high) -> Operators.kept(Operators.kept(x, high, Library::min), low, Library::max));
  }

  private Evaluation within() {
    Evaluation value = argument(0);
    Evaluation low = argument(1);
    Evaluation high = argument(2);
    Evaluation closed = argument(3);
    Evaluation factor = argument(4);
    Evaluation unit = argument(5);
    Evaluation name = argument(6);
    return m ->
        new ParameterRange(
                name.evaluate(m).text(),
                low.evaluate(m).real(),
                high.evaluate(m).real(),
                closed.evaluate(m).truth(),
                factor.evaluate(m).real(),
                unit.evaluate(m).text())
            .kept(value.evaluate(m));
  }

  private Evaluation number(Term.Call call, ToDoubleFunction<Value> f) {
    return call.type() instanceof Type.Series
        ? of(0, series -> Measures.ofEachSample((Value.Series) series, f))
        : of(0, value -> new Value.Real(f.applyAsDouble(value)));
  }

  private Evaluation toSteps() {
    Evaluation time = argument(0);
    Evaluation exact = argument(1);
    return m -> {
      double stepMs = m.view().stepMs();
      double ms = time.evaluate(m).real();
      return new Value.Whole(
          exact.evaluate(m).truth()
              ? Grid.exact(ms, stepMs, m.spot().text())
              : Grid.nearest(ms, stepMs));
    };
  }

  private int slot(int index) {
    return ((Term.Variable) arguments.get(index)).slot();
  }

  private int stream(int index) {
    return (int) ((Term.Whole) arguments.get(index)).value();
  }

  private Evaluation randomTrains() {
    Evaluation sets = argument(0);
    Evaluation neurons = argument(1);
    Evaluation rate = argument(2);
    Evaluation duration = argument(3);
    int stream = stream(4);
    int counter = slot(5);
    return m ->
        Trains.random(
            sets.evaluate(m).whole(),
            neurons.evaluate(m).whole(),
            rate.evaluate(m).real(),
            duration.evaluate(m).real(),
            m.view().stepMs(),
            m.view().seed(),
            stream,
            m.count(counter));
  }

  private Evaluation randomMoments() {
    Evaluation sets = argument(0);
    Evaluation neurons = argument(1);
    Evaluation duration = argument(2);
    int stream = stream(3);
    int counter = slot(4);
    return m ->
        Trains.moments(
            sets.evaluate(m).whole(),
            neurons.evaluate(m).whole(),
            duration.evaluate(m).real(),
            m.view().stepMs(),
            m.view().seed(),
            stream,
            m.count(counter));
  }

  private Evaluation randomLabels() {
    Evaluation count = argument(0);
    Evaluation classes = argument(1);
    int stream = stream(2);
    int counter = slot(3);
    return m ->
        Trains.labels(
            count.evaluate(m).whole(),
            classes.evaluate(m).whole(),
            m.view().seed(),
            stream,
            m.count(counter));
  }

  private Evaluation jitter() {
    Evaluation trains = argument(0);
    Evaluation deviation = argument(1);
    int stream = stream(2);
    int counter = slot(3);
    return m ->
        Trains.jitter(
            trains.evaluate(m),
            deviation.evaluate(m).real(),
            m.view().stepMs(),
            m.view().seed(),
            stream,
            m.count(counter));
  }

  /// A measure of a population's latest episode.
  private interface Measure {
    Value of(Machine machine, String name, Picked picked);
  }

  private Evaluation neurons(Measure measure) {
    Term.Neurons neurons = (Term.Neurons) arguments.getFirst();
    Picked picked = TermLinker.link(neurons.selection());
    return m -> measure.of(m, neurons.population(), picked);
  }

  private interface RealMeasure {
    double of(Machine machine, String name, Picked picked);
  }

  private Evaluation real(RealMeasure measure) {
    return neurons((m, name, picked) -> new Value.Real(measure.of(m, name, picked)));
  }

  private Evaluation count() {
    if (arguments.getFirst() instanceof Term.Projection(String name)) {
      return m -> new Value.Whole(Measures.synapses(m, name));
    }
    return neurons((m, name, picked) -> new Value.Whole(Measures.count(m, name, picked)));
  }

  private interface BinnedMeasure {
    double of(SpikeTrains trains, double bin);
  }

  private Evaluation binned(BinnedMeasure measure) {
    Evaluation bin = argument(1);
    return real(
        (m, name, picked) -> measure.of(Measures.spikes(m, name, picked), bin.evaluate(m).real()));
  }

  private Evaluation rateOutside() {
    Evaluation low = argument(1);
    Evaluation high = argument(2);
    return real((m, name, picked) ->
        Measures.rateOutside(m, name, picked, low.evaluate(m).real(), high.evaluate(m).real()));
  }

  private interface Distance {
    double of(double[][] first, double[][] second, double tau);
  }

  private Evaluation distance(Distance distance) {
    return of(
        0,
        1,
        2,
        (a, b, tau) -> {
          double[][] first = Trains.rows(a);
          double[][] second = Trains.rows(b);
          if (first.length != second.length) {
            throw new ProtocolProblem(
                ProblemKind.SIZES_DIFFER, first.length + " trains against " + second.length);
          }
          return new Value.Real(distance.of(first, second, tau.real()));
        });
  }

  private Evaluation edits() {
    Evaluation trains = argument(0);
    Evaluation others = argument(1);
    Evaluation tau = argument(2);
    Evaluation steps = argument(3);
    Evaluation step = argument(4);
    return m ->
        Value.Array.row(
            VictorPurpura.edits(
                Trains.rows(trains.evaluate(m)),
                Trains.rows(others.evaluate(m)),
                tau.evaluate(m).real(),
                (int) steps.evaluate(m).whole(),
                step.evaluate(m).real()));
  }

  private static Value peak(Value series, Value which) {
    double[] signal = series.numbers();
    long index = which.whole();
    if (index < 0) {
      return new Value.Real(Signals.largest(signal, 0, signal.length));
    }
    double[] peaks = Signals.peaks(signal);
    return Library.element(Value.Array.row(peaks), index);
  }

  /// Over the episode, or over its last part.
  private Evaluation overTime(Function<Value.Series, Value> measure) {
    if (arguments.size() == 1) {
      return of(0, value -> measure.apply((Value.Series) value));
    }
    Evaluation series = argument(0);
    Evaluation last = argument(1);
    return m ->
        measure.apply(
            Measures.inLast(m, (Value.Series) series.evaluate(m), last.evaluate(m).real()));
  }

  /// The filtered trains at the end of the episode, or at equal distances up to it.
  private Evaluation filtered() {
    Evaluation tau = argument(1);
    Evaluation samples = argument(2);
    return neurons((m, name, picked) -> {
      SpikeTrains trains = Measures.spikes(m, name, picked);
      double[] times = Filtered.times(trains, (int) samples.evaluate(m).whole());
      return Value.Array.row(Filtered.at(trains, tau.evaluate(m).real(), times));
    });
  }
}

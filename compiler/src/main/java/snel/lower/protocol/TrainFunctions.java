package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Makers of spike trains and signals.
final class TrainFunctions {
  static final List<String> NAMES =
      List.of("at_times", "regular_train", "random_trains", "random_labels", "jitter", "signal");

  private final Arguments call;

  TrainFunctions(Arguments call) {
    this.call = call;
  }

  Optional<Meaning> read() {
    return NAMES.contains(call.function()) ? Optional.of(within(known())) : Optional.empty();
  }

  private Meaning within(Meaning meaning) {
    if (!(meaning instanceof Meaning.Live(Term.Call(var function, var terms, _), _))) {
      return meaning;
    }
    Optional<Diagnostic> wrong = EncoderLimits.wrong(function, call.function(), terms, call.span());
    wrong.ifPresent(call.work().context().diagnostics()::report);
    return wrong.isPresent() ? Meaning.FAULTY : meaning;
  }

  private Meaning known() {
    return switch (call.function()) {
      case "at_times" -> Arguments.call(Function.AT_TIMES, Type.TRAINS, "", call.term("times", 0));
      case "regular_train" ->
          Arguments.call(
              Function.REGULAR_TRAIN,
              Type.TRAINS,
              "",
              call.term("rate", 0),
              call.term("from", 1, new Term.Number(0)),
              call.term("spikes", 2));
      case "random_trains" -> randomTrains();
      case "random_labels" ->
          Arguments.call(
              Function.RANDOM_LABELS,
              new Type.Listing(Type.INTEGER),
              "",
              call.term("count", 0),
              call.term("classes", 1),
              stream(),
              counter());
      case "jitter" ->
          Arguments.call(
              Function.JITTER,
              Type.TRAINS,
              "",
              call.term("trains", 0),
              call.term("sd", 1),
              stream(),
              counter());
      case "signal" ->
          Arguments.call(
              Function.SIGNAL, Type.SERIES, "", call.term("samples", 0), call.positive("rate", 1));
      default -> throw new IllegalStateException(call.function());
    };
  }

  private Meaning randomTrains() {
    Type set = Type.TRAINS;
    Type type = call.expression("sets", 0).isEmpty() ? set : new Type.Listing(set);
    Optional<Term> sets = call.term("sets", 0, new Term.Whole(0));
    Optional<Term> neurons = call.term("neurons", 1);
    Optional<Term> duration = call.term("duration", 3);
    return call.expression("rate", 2).isEmpty()
        ? Arguments.call(
            Function.RANDOM_MOMENTS, type, "", sets, neurons, duration, stream(), counter())
        : Arguments.call(
            Function.RANDOM_TRAINS,
            type,
            "",
            sets,
            neurons,
            call.term("rate", 2),
            duration,
            stream(),
            counter());
  }

  private Optional<Term> stream() {
    return Optional.of(new Term.Whole(call.work().nextStream()));
  }

  private Optional<Term> counter() {
    return Optional.of(call.work().variable("random", Type.INTEGER));
  }
}

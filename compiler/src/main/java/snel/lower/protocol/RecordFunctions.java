package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.check.EventReaders;
import snel.diagnostics.Code;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.syntax.Expression;

/// What `data` declarations read of a record.
final class RecordFunctions {
  /// In milliseconds, as times are.
  private static final Term SECOND = new Term.Number(1000);

  private final Arguments call;

  RecordFunctions(Arguments call) {
    this.call = call;
  }

  Optional<Meaning> read() {
    Optional<Meaning> record = call.reader().frame().find(DataLowering.RECORD);
    if (record.isEmpty()) {
      return Optional.empty();
    }
    Term size = record.get() instanceof Meaning.Live(Term known, var _) ? known : new Term.Whole(0);
    return switch (call.function()) {
      case "column" ->
          Optional.of(
              call.term("which", 0)
                  .map(which -> Meaning.of(new Term.Column(which, Type.REAL)))
                  .orElse(Meaning.FAULTY));
      case "columns" -> Optional.of(columns());
      case "category" ->
          Optional.of(
              call.expression("classes", 1).isEmpty()
                  ? Arguments.call(Function.CATEGORY, Type.INTEGER, "", call.term("column", 0))
                  : Arguments.call(
                      Function.CATEGORY,
                      Type.INTEGER,
                      "",
                      call.term("column", 0),
                      call.term("classes", 1)));
      case "standardised" ->
          Optional.of(
              Arguments.call(Function.STANDARDISED, Type.array(-1), "", call.term("values", 0)));
      case "idx" -> Optional.of(idx());
      case "dataset" -> Optional.of(dataset());
      case "address_events" -> Optional.of(addressEvents());
      case "wav" ->
          Optional.of(Arguments.call(Function.WAV, Type.array(-1), "", call.term("rate", 0)));
      case "padded" -> Optional.of(padded(size));
      case "binned" -> Optional.of(binned());
      default ->
          EventReaders.WORDS.contains(call.function())
              ? Optional.of(events(call.function()))
              : Optional.empty();
    };
  }

  /// What an event camera saw in the present file, without the slots of time that it needs yet.
  static Meaning events(String camera) {
    return Meaning.of(new Term.Call(Function.BINNED, List.of(new Term.Word(camera)), Type.TRAINS));
  }

  static boolean isEvents(Term term) {
    return term instanceof Term.Call(Function function, var given, var _)
        && function == Function.BINNED
        && given.size() == 1;
  }

  /// Spike trains of the field that is being read.
  static Term binned(Term events, Term width, Frame frame) {
    List<Term> given = new ArrayList<>(((Term.Call) events).arguments());
    given.add(width);
    if (frame.find(DataLowering.SLOTS).orElseThrow()
        instanceof Meaning.Live(Term.Numbers slots, _)) {
      for (double number : slots.values()) {
        given.add(new Term.Whole((long) number));
      }
    }
    return new Term.Call(Function.BINNED, given, Type.TRAINS);
  }

  private Meaning binned() {
    Optional<Term> events = call.term("events", 0);
    Optional<Term> width = call.term("bin", 1);
    if (events.isEmpty() || width.isEmpty()) {
      return Meaning.FAULTY;
    }
    if (!isEvents(events.get())) {
      return call.work().fault(Code.WRONG_KIND, "`binned` wants events", call.span());
    }
    return Meaning.of(binned(events.get(), width.get(), call.reader().frame()));
  }

  /// A sound fills the length at its own rate; anything else fills the field.
  private Meaning padded(Term size) {
    Optional<Term> samples = call.term("samples", 0);
    Optional<Term> length = call.term("length", 1);
    if (samples.isPresent()
        && samples.get() instanceof Term.Call(Function function, var given, var _)
        && function == Function.WAV
        && given.getFirst() instanceof Term.Number(double perMs)
        && length.isPresent()
        && length.get() instanceof Term.Number(double ms)) {
      Term count = new Term.Whole(Math.round(ms * perMs));
      return Arguments.call(Function.PADDED, Type.array(-1), "", samples, Optional.of(count));
    }
    return Arguments.call(Function.PADDED, Type.array(-1), "", samples, Optional.of(size));
  }

  private Meaning columns() {
    Optional<Expression> range = call.expression("range", 0);
    if (range.isEmpty()
        || !(range.get().ungrouped()
            instanceof Expression.Range(var from, var to, boolean closed, _))) {
      return call.work().fault(Code.WRONG_KIND, "`columns` wants a range", call.span());
    }
    Optional<Term> first = call.reader().term(from);
    Optional<Term> last = call.reader().term(to);
    Optional<Term> included = Optional.of(new Term.Truth(closed));
    return Arguments.call(Function.COLUMNS, Type.array(-1), "", first, last, included);
  }

  private Meaning dataset() {
    return path("path", 0)
        .map(path -> Meaning.of(new Term.Call(Function.DATASET, List.of(path), Type.array(-1))))
        .orElse(Meaning.FAULTY);
  }

  /// Spikes of lists, without the slots of time that they need yet.
  private Meaning addressEvents() {
    Optional<Term> times = path("times", 0);
    Optional<Term> units = path("units", 1);
    Optional<Term> unit =
        call.expression("unit", 2).isPresent() ? call.term("unit", 2) : Optional.of(SECOND);
    if (times.isEmpty() || units.isEmpty() || unit.isEmpty()) {
      return Meaning.FAULTY;
    }
    List<Term> given = List.of(times.get(), units.get(), unit.get());
    Term events = new Term.Call(Function.ADDRESS_EVENTS, given, Type.TRAINS);
    return Meaning.of(new Term.Call(Function.BINNED, List.of(events), Type.TRAINS));
  }

  /// Where something lies in a file, which must be written: it is opened before the first record.
  private Optional<Term> path(String argument, int position) {
    Optional<Term> path = call.term(argument, position);
    if (path.isPresent() && !(path.get() instanceof Term.Word)) {
      call.work()
          .fault(Code.WRONG_KIND, "`%s` wants a path".formatted(call.function()), call.span());
      return Optional.empty();
    }
    return path;
  }

  private Meaning idx() {
    List<Term> files = new ArrayList<>();
    for (Expression file : call.unnamed()) {
      Optional<Term> name = call.reader().term(file);
      if (name.isEmpty() || !(name.get() instanceof Term.Word)) {
        return call.work().fault(Code.WRONG_KIND, "`idx` wants names of files", file.span());
      }
      files.add(name.get());
    }
    return Meaning.of(new Term.Call(Function.IDX, files, Type.array(-1)));
  }
}

package snel.check;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Argument;
import snel.syntax.DataItem;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.types.Extent;
import snel.types.Type;
import snel.units.Rational;

/// What a field is made of is something that its reader gives, and as much of it as the field
/// holds. E0217, E0410, E0202, E0515.
final class DataSources {
  /// What functions take of a reader.
  private enum Wanted {
    COLUMNS(
        Set.of("csv", "npy", "cached"),
        "there are no columns",
        "columns are those of `csv(\"…\")` and `npy(\"…\")`"),
    FILES(
        Set.of("files", "cached"),
        "there is no sound or recording of its own",
        "one file a sample is read by `files(\"…/{name}.wav\")`"),
    DATASETS(Set.of("hdf5"), "there are no datasets", "datasets are those of `hdf5(\"…\")`");

    private final Set<String> readers;
    private final String lacking;
    private final String remedy;

    Wanted(Set<String> readers, String lacking, String remedy) {
      this.readers = readers;
      this.lacking = lacking;
      this.remedy = remedy;
    }

    static Optional<Wanted> by(String function) {
      return switch (function) {
        case "column", "columns" -> Optional.of(COLUMNS);
        case "dataset", "address_events" -> Optional.of(DATASETS);
        case "wav" -> Optional.of(FILES);
        default -> EventReaders.WORDS.contains(function) ? Optional.of(FILES) : Optional.empty();
      };
    }
  }

  /// Readers and what is made of what they read; `csv` and `npy` give tables everywhere.
  private static final Set<String> OF_DATA =
      Set.of(
          "address_events",
          "aedat4",
          "atis",
          "binned",
          "cached",
          "category",
          "column",
          "columns",
          "dataset",
          "event_stream",
          "evt2",
          "files",
          "hdf5",
          "idx",
          "padded",
          "standardised",
          "wav");

  /// What looks at all records before it says something of one.
  private static final Set<String> OVER_RECORDS = Set.of("category", "standardised");

  private final Context context;
  private final Scope scope;
  private final String reader;

  private DataSources(Context context, Scope scope, String reader) {
    this.context = context;
    this.scope = scope;
    this.reader = reader;
  }

  static void check(Context context, Scope scope, Declaration.Data data, DataItem.Field field) {
    if (data.reader() instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && LibraryFunctions.of(name.text()).isPresent()) {
      new DataSources(context, scope, name.text()).field(field);
    }
  }

  /// Whether a function that reads data is called where no data are declared, with a report. E0515.
  static boolean misplaced(Context context, Scope scope, String function, Expression.Call call) {
    boolean elsewhere =
        switch (scope.place()) {
          case NETWORK, PAIR, EXPERIMENT, NEURON, SYNAPSE -> true;
          case TOP, FUNCTION, DATA, UNCLEAR -> false;
        };
    if (!elsewhere || !OF_DATA.contains(function)) {
      return false;
    }
    context.report(
        Diagnostic.of(
                Code.NO_MEANING_HERE,
                "`"
                    + function
                    + "` reads data, which are declared and not read "
                    + scope.place().words(),
                call.span())
            .help("write `data name from … { field : type = … }` and use `name.field` here"));
    return true;
  }

  private void field(DataItem.Field field) {
    Parts.each(
        field.value(),
        part -> {
          if (part instanceof Expression.Call(Expression.Variable(var function, _), var given, _)) {
            source(function.text(), part);
            ofRecord(function.text(), given);
            ofAllRecords(function.text(), given);
            if (function.text().equals("binned") && !given.isEmpty()) {
              binned(given);
              if (!isAddressEvents(given.getFirst().value())) {
                pixels(field);
              }
            }
          }
        });
    columns(field);
    trains(field);
  }

  private void source(String function, Expression call) {
    Wanted.by(function)
        .filter(wanted -> !wanted.readers.contains(reader))
        .ifPresent(wanted ->
            context.report(
                Diagnostic.of(
                        Code.WRONG_KIND,
                        "`" + reader + "` gives nothing that `" + function + "` could take",
                        call.span(),
                        wanted.lacking)
                    .help(howItIsRead().orElse(wanted.remedy))));
  }

  /// What there is in a reader that has words of its own.
  private Optional<String> howItIsRead() {
    if (EventReaders.WORDS.contains(reader)) {
      return Optional.of("a recording is read by `binned(events, 1 ms)`");
    }
    return Wanted.DATASETS.readers.contains(reader)
        ? Optional.of(
            "an array of the file is read by `dataset(\"path\")`, lists of spikes by"
                + " `binned(address_events(\"times\", \"units\"), 1 ms)`")
        : Optional.empty();
  }

  /// The file of a record is read, which needs no name.
  private void ofRecord(String function, List<Argument> given) {
    if (EventReaders.WORDS.contains(function) && !given.isEmpty()) {
      context.report(
          Diagnostic.of(
                  Code.UNKNOWN_ARGUMENT,
                  "`" + function + "` in a field reads the file of its record",
                  given.getFirst().span(),
                  "a file of its own")
              .help(
                  "write `%1$s()`, or `data name from %1$s(\"…\")` for one recording"
                      .formatted(function)));
    }
  }

  /// What is the same in each record is one category, and never varies: the name or number of a
  /// column is not yet the column.
  private void ofAllRecords(String function, List<Argument> given) {
    if (!OVER_RECORDS.contains(function) || given.isEmpty()) {
      return;
    }
    Expression which = given.getFirst().value();
    if (which.ungrouped() instanceof Expression.Text
        || Constants.SURE.value(which, scope).isPresent()) {
      context.report(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "`%s` wants what differs from record to record, but `%s` is the same in each"
                      .formatted(function, Wording.text(which.span())),
                  which.span(),
                  "no column")
              .help("write `%s(column(%s))`".formatted(function, Wording.text(which.span()))));
    }
  }

  private void binned(List<Argument> given) {
    Expression events = given.getFirst().value();
    Type type = context.silent().in(scope).resolved(events);
    if (!(type.single() instanceof Type.Spikes) && !Wording.isOpen(type)) {
      context.report(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "`binned` takes events, but `"
                      + Wording.text(events.span())
                      + "` is "
                      + Wording.described(type),
                  events.span(),
                  "no events")
              .help(
                  "`events` are those of a recording such as `aedat4(\"…\")`, `atis()` those of one file,"
                      + " `address_events(…)` lists of `hdf5(\"…\")`"));
    }
    if (given.size() > 1) {
      Expression bin = given.get(1).value();
      Constants.BY_DEFAULT
          .value(bin, scope)
          .filter(value -> value.signum() <= 0)
          .ifPresent(_ ->
              context.report(
                  Diagnostic.of(
                      Code.NEGATIVE_TIME,
                      "a bin must be longer than zero",
                      bin.span(),
                      "not longer than zero")));
    }
  }

  /// Of which each comes to the place with its number, whatever the shape.
  private static boolean isAddressEvents(Expression events) {
    return events.ungrouped() instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && name.text().equals("address_events");
  }

  /// Events come to rows and columns of pixels, for each polarity where there are two.
  private void pixels(DataItem.Field field) {
    Type type = WrittenTypes.read(context.silent(), scope, field.type(), field.name().text());
    List<Extent> shape = type.shape();
    boolean fits =
        shape.size() == 2
            || shape.size() == 3
                && (!(shape.getFirst() instanceof Extent.Known(long length)) || length == 2);
    if (!fits && type.single() instanceof Type.Spikes) {
      context.report(
          Diagnostic.of(
                  Code.UNLIKE_SHAPES,
                  "events have a polarity, a row and a column",
                  field.type().span(),
                  shape.isEmpty() ? "no room for them" : "of another shape")
              .help(
                  "write `spikes[2, 34, 34]`: falls and rises of so many rows and columns; or"
                      + " `spikes[34, 34]` for both in one"));
    }
  }

  /// `real[8, 8] = columns(0 .. 63) / 16` holds as many columns as it has elements; what is
  /// computed from columns may be shorter or longer.
  private void columns(DataItem.Field field) {
    Type type = WrittenTypes.read(context.silent(), scope, field.type(), field.name().text());
    Optional<BigInteger> size = size(type);
    if (size.isEmpty()) {
      return;
    }
    for (Expression.Range range : columnsOneByOne(field.value())) {
      taken(range)
          .filter(count -> !count.equals(size.get()))
          .ifPresent(count ->
              context.report(
                  Diagnostic.of(
                          Code.UNLIKE_SHAPES,
                          "`%s` holds %s values, but these are %s columns"
                              .formatted(field.name().text(), size.get(), count),
                          range.span(),
                          count + " columns")
                      .label(field.type().span(), size.get() + " values")));
    }
  }

  /// Ranges of columns each of which becomes one value.
  private static List<Expression.Range> columnsOneByOne(Expression value) {
    return switch (value.ungrouped()) {
      case Expression.Unary(_, var operand, _) -> columnsOneByOne(operand);
      case Expression.Binary(_, var left, var right, _) ->
          Stream.concat(columnsOneByOne(left).stream(), columnsOneByOne(right).stream()).toList();
      case Expression.Call(Expression.Variable(var function, _), var given, _)
          when function.text().equals("standardised") && given.size() == 1 ->
          columnsOneByOne(given.getFirst().value());
      case Expression.Call(Expression.Variable(var function, _), var given, _)
          when function.text().equals("columns")
              && given.size() == 1
              && given.getFirst().value().ungrouped() instanceof Expression.Range range ->
          List.of(range);
      default -> List.of();
    };
  }

  private Optional<BigInteger> taken(Expression.Range range) {
    Optional<Rational> from = Constants.SURE.value(range.lower(), scope);
    Optional<Rational> to = Constants.SURE.value(range.upper(), scope);
    if (from.isEmpty() || to.isEmpty() || !from.get().isWhole() || !to.get().isWhole()) {
      return Optional.empty();
    }
    BigInteger between = to.get().minus(from.get()).numerator();
    return Optional.of(range.closed() ? between.add(BigInteger.ONE) : between);
  }

  private static Optional<BigInteger> size(Type type) {
    BigInteger size = BigInteger.ONE;
    for (Extent extent : type.shape()) {
      if (!(extent instanceof Extent.Known(long length))) {
        return Optional.empty();
      }
      size = size.multiply(BigInteger.valueOf(length));
    }
    return Optional.of(size);
  }

  /// A field of spikes is made of events, not of numbers.
  private void trains(DataItem.Field field) {
    Context silent = context.silent();
    Type place = WrittenTypes.read(silent, scope, field.type(), field.name().text());
    Type found = silent.in(scope).resolved(field.value());
    if (place.single() instanceof Type.Spikes
        && Wording.isNumber(found)
        && !Wording.isOpen(found)
        && found instanceof Type.Array) {
      context.report(
          Diagnostic.of(
                  Code.UNLIKE_ASSIGNMENT,
                  "`" + field.name().text() + "` is made of spikes, but these are numbers",
                  field.value().span(),
                  "this is " + Wording.described(found))
              .label(field.type().span(), "spikes")
              .help("declare it `real[…]`; an encoder such as `Latency` turns it into spikes"));
    }
  }
}

package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.runtime.data.AddressEvents;
import snel.runtime.data.Categories;
import snel.runtime.data.DataProblem;
import snel.runtime.data.EventCamera;
import snel.runtime.data.Field;
import snel.runtime.data.NumberArray;
import snel.runtime.data.NumberField;
import snel.runtime.data.Standardised;
import snel.runtime.data.TextField;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Encoders;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.EventSlots;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.OpenRecords;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.RecordCursor;
import snel.runtime.schedule.RecordSource;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Spectrogram;
import snel.runtime.schedule.Value;

/// Links `data` declarations, and the functions that read files or encode what is in them.
public final class DataLinker {
  private DataLinker() {}

  /// Opens a data set whose source has been opened.
  public static Records open(DataSet dataSet, RecordSource source, Machine machine) {
    RecordCursor cursor = new RecordCursor(source);
    TermLinker terms = new TermLinker(cursor);
    return new OpenRecords(
        dataSet.name(),
        cursor,
        machine,
        dataSet.fields().stream().map(field -> field(terms, field)).toList(),
        dataSet.splits().stream()
            .map(split -> new OpenRecords.Split(split.name(), terms.linked(split.where())))
            .toList());
  }

  private static OpenRecords.Field field(TermLinker terms, DataSet.Field field) {
    int[] shape = TermLinker.ints(field.shape());
    return new OpenRecords.Field(
        field.name(),
        isOfColumns(field.value())
            ? shaped(terms.record().source(), terms.linked(field.value()))
            : terms.linked(field.value()),
        shape,
        field.type() instanceof Type.Text,
        field.type() instanceof Type.Whole,
        field.type() instanceof Type.Trains,
        field.low(),
        field.high(),
        field.upperOpen());
  }

  private static Evaluation shaped(RecordSource source, Evaluation columns) {
    return m -> {
      Value value = columns.evaluate(m);
      return value instanceof Value.Array row ? source.shaped(row) : value;
    };
  }

  /// Whether each column becomes one value, so that these lie as the columns do.
  private static boolean isOfColumns(Term value) {
    return switch (value) {
      case Term.Call(Function function, var arguments, _) ->
          function == Function.COLUMNS
              || function == Function.STANDARDISED && isOfColumns(arguments.getFirst());
      case Term.Negate(var operand) -> isOfColumns(operand);
      case Term.Arithmetic(_, var left, var right, _) -> isOfColumns(left) || isOfColumns(right);
      default -> false;
    };
  }

  static Evaluation column(TermLinker terms, Term which) {
    RecordCursor record = terms.record();
    if (which instanceof Term.Word(String name)) {
      return _ -> record.source().named(record.at(), name);
    }
    Evaluation number = terms.linked(which);
    return m -> record.source().column(record.at(), Math.toIntExact(number.evaluate(m).whole()));
  }

  static Evaluation link(TermLinker terms, Term.Call call) {
    List<Term> arguments = call.arguments();
    return switch (call.function()) {
      case COLUMNS -> columns(terms, arguments);
      case RECORD_INDEX -> {
        RecordCursor record = terms.record();
        yield _ -> new Value.Whole(record.at());
      }
      case CATEGORY -> category(terms, terms.all(arguments));
      case STANDARDISED -> standardised(terms, arguments.getFirst());
      case IDX -> idx(terms, arguments);
      case DATASET -> {
        RecordCursor record = terms.record();
        IntFunction<Value> values = record.source().dataset(word(arguments.getFirst()));
        yield _ -> values.apply(record.at());
      }
      case WAV -> {
        RecordCursor record = terms.record();
        Evaluation rate = terms.linked(arguments.getFirst());
        yield m -> {
          int perSecond = (int) Math.rint(rate.evaluate(m).real() * 1000);
          return Value.Array.row(record.source().sound(record.at(), perSecond));
        };
      }
      case PADDED -> {
        Evaluation samples = terms.linked(arguments.get(0));
        Evaluation length = terms.linked(arguments.get(1));
        yield m ->
            Value.Array.row(
                Arrays.copyOf(
                    samples.evaluate(m).numbers(), Math.toIntExact(length.evaluate(m).whole())));
      }
      case THRESHOLD_CROSSING -> {
        List<Evaluation> linked = terms.all(arguments);
        yield m ->
            Encoders.thresholdCrossing(
                linked.get(0).evaluate(m),
                linked.get(1).evaluate(m).whole(),
                linked.get(2).evaluate(m).whole());
      }
      case DIFFERENCE_OF_GAUSSIANS -> {
        List<Evaluation> linked = terms.all(arguments);
        yield m ->
            Encoders.differenceOfGaussians(
                linked.get(0).evaluate(m),
                linked.get(1).evaluate(m).numbers(),
                linked.get(2).evaluate(m).numbers(),
                linked.get(3).evaluate(m).real(),
                linked.get(4).evaluate(m).whole());
      }
      case AVERAGED -> {
        List<Evaluation> linked = terms.all(arguments);
        yield m -> Encoders.averaged(linked.get(0).evaluate(m), linked.get(1).evaluate(m).whole());
      }
      case MOVED -> {
        List<Evaluation> linked = terms.all(arguments);
        yield m ->
            Encoders.moved(
                linked.get(0).evaluate(m),
                linked.get(1).evaluate(m).real(),
                linked.get(2).evaluate(m).real(),
                linked.get(3).evaluate(m).real(),
                linked.get(4).evaluate(m).real());
      }
      case SPECTROGRAM -> {
        List<Evaluation> linked = terms.all(arguments);
        yield m ->
            Spectrogram.of(
                linked.get(0).evaluate(m).numbers(),
                linked.get(1).evaluate(m).real(),
                linked.get(2).evaluate(m).real(),
                linked.get(3).evaluate(m).real(),
                Math.toIntExact(linked.get(4).evaluate(m).whole()),
                linked.get(5).evaluate(m).real(),
                linked.get(6).evaluate(m).real());
      }
      case BINNED -> binned(terms, arguments);
      default -> throw new IllegalStateException(call.function() + " reads no data");
    };
  }

  private static Evaluation columns(TermLinker terms, List<Term> arguments) {
    RecordCursor record = terms.record();
    Evaluation from = columnNumber(terms, arguments.get(0));
    Evaluation to = columnNumber(terms, arguments.get(1));
    boolean closed = arguments.get(2) instanceof Term.Truth(boolean included) && included;
    return m -> {
      int first = Math.toIntExact(from.evaluate(m).whole());
      int end = Math.toIntExact(to.evaluate(m).whole()) + (closed ? 1 : 0);
      if (end < first) {
        throw new DataProblem(
            ProblemKind.COLUMN_MISSING,
            "columns are counted from left to right, but these end before column " + first);
      }
      return Value.Array.row(record.source().columns(record.at(), first, end - 1));
    };
  }

  private static Evaluation columnNumber(TermLinker terms, Term which) {
    if (which instanceof Term.Word(String name)) {
      Value number = new Value.Whole(terms.record().source().columnNumber(name));
      return _ -> number;
    }
    return terms.linked(which);
  }

  private static Evaluation binned(TermLinker terms, List<Term> arguments) {
    Evaluation width = terms.linked(arguments.get(1));
    int[] wholes =
        arguments.stream()
            .skip(2)
            .mapToInt(number -> (int) ((Term.Whole) number).value())
            .toArray();
    var rule = EventSlots.Rule.values()[wholes[0]];
    int[] shape = Arrays.copyOfRange(wholes, 1, wholes.length);
    RecordCursor record = terms.record();
    if (arguments.getFirst() instanceof Term.Call(_, var given, _)) {
      IntFunction<AddressEvents> events =
          record.source().addressEvents(word(given.get(0)), word(given.get(1)));
      Evaluation unit = terms.linked(given.get(2));
      return m ->
          new EventSlots(width.evaluate(m).real(), rule, shape)
              .trains(events.apply(record.at()), unit.evaluate(m).real());
    }
    EventCamera camera =
        EventCamera.named(word(arguments.getFirst()))
            .orElseThrow(() -> new IllegalStateException("no camera " + arguments.getFirst()));
    return m ->
        new EventSlots(width.evaluate(m).real(), rule, shape)
            .trains(record.source().events(record.at(), camera));
  }

  private static String word(Term term) {
    return ((Term.Word) term).value();
  }

  private static Evaluation idx(TermLinker terms, List<Term> arguments) {
    RecordCursor record = terms.record();
    List<String> files = arguments.stream().map(DataLinker::word).toList();
    IntFunction<Value> arrays = record.source().arrays(files);
    return _ -> arrays.apply(record.at());
  }

  /// What needs a look at all records before it can say something of one.
  private abstract static class Whole implements Evaluation {
    private boolean prepared;

    abstract void prepare(Machine machine);

    abstract Value one(int record);

    abstract RecordCursor cursor();

    @Override
    public Value evaluate(Machine machine) {
      int at = cursor().at();
      if (!prepared) {
        prepared = true;
        prepare(machine);
        cursor().at(at);
      }
      return one(at);
    }
  }

  /// @param arguments the column and, unless they are those of all records in their order, the
  ///   classes
  private static Evaluation category(TermLinker terms, List<Evaluation> arguments) {
    RecordCursor record = terms.record();
    return new Whole() {
      private String[] texts = new String[0];
      private Categories categories = Categories.of(List.of());

      @Override
      void prepare(Machine machine) {
        texts = new String[record.source().size()];
        for (int k = 0; k < texts.length; k++) {
          record.at(k);
          texts[k] = told(arguments.getFirst().evaluate(machine));
        }
        categories =
            arguments.size() == 1
                ? Categories.in(List.of(texts))
                : Categories.of(classes(arguments.getLast().evaluate(machine)));
      }

      @Override
      Value one(int at) {
        return new Value.Whole(
            categories
                .number(texts[at])
                .orElseThrow(() ->
                    new ProtocolProblem(
                        ProblemKind.BAD_VALUE,
                        "expected one of the classes "
                            + String.join(", ", categories.names())
                            + "; found \""
                            + texts[at]
                            + "\"")));
      }

      @Override
      RecordCursor cursor() {
        return record;
      }
    };
  }

  private static List<String> classes(Value listed) {
    List<String> names = new ArrayList<>();
    for (int k = 0; k < listed.size(); k++) {
      String name = told(listed.element(k));
      if (names.contains(name)) {
        throw new ProtocolProblem(
            ProblemKind.BAD_VALUE, "`classes` of `category` has \"" + name + "\" twice");
      }
      names.add(name);
    }
    return names;
  }

  /// A text that no other category has: numbers with all of their digits, not as they are shown.
  private static String told(Value category) {
    return switch (category) {
      case Value.Real(double number) when number != Math.rint(number) -> Double.toString(number);
      case Value.Array _, Value.Listing _ ->
          throw new ProtocolProblem(
              ProblemKind.BAD_VALUE,
              "`category` wants one text or number of a record, not " + category.shown());
      default -> category.text();
    };
  }

  private static Evaluation standardised(TermLinker terms, Term values) {
    RecordCursor record = terms.record();
    Evaluation row = terms.linked(values);
    return new Whole() {
      private Field all = new TextField("standardised", List.of());

      @Override
      void prepare(Machine machine) {
        double[][] rows = new double[record.source().size()][];
        for (int k = 0; k < rows.length; k++) {
          record.at(k);
          rows[k] = row.evaluate(machine).numbers();
        }
        int width = rows.length == 0 ? 0 : rows[0].length;
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        NumberArray array = NumberArray.of(flat, rows.length, width);
        all = Standardised.of(NumberField.of("standardised", array));
      }

      @Override
      Value one(int at) {
        return Value.Array.row(all.reals(at));
      }

      @Override
      RecordCursor cursor() {
        return record;
      }
    };
  }
}

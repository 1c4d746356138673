package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.check.EventReaders;
import snel.diagnostics.Code;
import snel.elaborate.Env;
import snel.elaborate.Evaluator;
import snel.elaborate.Kinds;
import snel.elaborate.Literals;
import snel.elaborate.Val;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Expr;
import snel.math.Kind;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.BinMode;
import snel.syntax.DataItem;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.TextPart;

/// Lowers `data` declarations.
final class DataLowering {
  /// Stands in the frame where columns have a meaning; its value is the size of the field.
  static final String RECORD = "#record";

  /// The same of its lengths, behind the rule by which events go to slots.
  static final String SLOTS = "#slots";

  private final Work work;

  DataLowering(Work work) {
    this.work = work;
  }

  /// Makes a data set known to the experiment; false, with a report, if it is faulty.
  boolean use(Declaration.Data data, FileScope scope) {
    if (work.demands().knows(data.name().text())) {
      return true;
    }
    if (!(data.reader()
        instanceof Expression.Call(Expression.Variable(var reader, _), var given, _))) {
      work.fault(Code.WRONG_KIND, "a reader is wanted, such as `csv(\"…\")`", data.reader().span());
      return false;
    }
    Frame frame = Frame.of(Env.of(scope));
    List<String> sources = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    List<DataSet.Option> options = new ArrayList<>();
    var expressions = new ExpressionReader(work, frame);
    for (Argument argument : given) {
      if (argument.name() != null) {
        String name = argument.name().text();
        expressions
            .term(argument.value())
            .ifPresent(value -> options.add(new DataSet.Option(name, value)));
      } else if (argument.value() instanceof Expression.Text(var written, _)) {
        sources.add(pattern(written, frame, parts));
      } else {
        work.fault(Code.WRONG_KIND, "the name of a file is wanted", argument.span());
        return false;
      }
    }
    frame.define(
        "index", Meaning.of(new Term.Call(Function.RECORD_INDEX, List.of(), Type.INTEGER)));
    if (EventReaders.WORDS.contains(reader.text())) {
      if (sources.isEmpty()) {
        work.fault(
            Code.MISSING_ARGUMENT,
            "`" + reader.text() + "` wants the name of a file",
            data.reader().span());
        return false;
      }
      frame.define("events", RecordFunctions.events(reader.text()));
    }
    List<DataSet.Field> fields = new ArrayList<>();
    List<DataSet.Split> splits = new ArrayList<>();
    for (DataItem item : data.items()) {
      switch (item) {
        case Let let ->
            frame.define(let.name().text(), new ExpressionReader(work, frame).read(let.value()));
        case DataItem.Field field -> field(field, frame).ifPresent(fields::add);
        case DataItem.Split split ->
            new ExpressionReader(work, records(frame, 0))
                .term(split.condition())
                .ifPresent(where -> splits.add(new DataSet.Split(split.name().text(), where)));
      }
    }
    for (String part : parts) {
      if (fields.stream().noneMatch(field -> field.name().equals(part))) {
        Term column = new Term.Column(new Term.Word(part), Type.TEXT);
        fields.add(
            new DataSet.Field(
                part, Type.TEXT, List.of(), column, Double.NaN, Double.NaN, false, ""));
      }
    }
    work.demands()
        .reads(
            new DataSet(
                data.name().text(),
                reader.text(),
                scope.folder(),
                sources,
                options,
                fields,
                splits,
                work.place(data.name().span())));
    return true;
  }

  /// The text of a file name; its placeholders become names, and fields of their own.
  private static String pattern(List<TextPart> written, Frame frame, List<String> parts) {
    var text = new StringBuilder();
    for (TextPart part : written) {
      switch (part) {
        case TextPart.Plain(String characters, _) -> text.append(characters);
        case TextPart.Placeholder(var name, _) -> {
          text.append('{').append(name.text()).append('}');
          parts.add(name.text());
          Term column = new Term.Column(new Term.Word(name.text()), Type.REAL);
          frame.define(name.text(), Meaning.of(column));
        }
      }
    }
    return text.toString();
  }

  private static Frame records(Frame frame, long size) {
    Frame inner = frame.inner();
    inner.define(RECORD, Meaning.of(new Term.Whole(size)));
    return inner;
  }

  private Optional<DataSet.Field> field(DataItem.Field field, Frame frame) {
    var evaluator = new Evaluator(work.context(), frame.env());
    Optional<List<Integer>> shape = Kinds.shape(field.type(), evaluator);
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    long size = shape.get().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    Type type = type(field.type(), shape.get());
    double low = Double.NaN;
    double high = Double.NaN;
    boolean open = false;
    if (field.bounds() instanceof Expression.Range(var lower, var upper, boolean closed, _)) {
      low = bound(evaluator.eval(lower));
      high = bound(evaluator.eval(upper));
      open = !closed;
    }
    Frame inner = records(frame, size);
    inner.define(SLOTS, Meaning.of(slots(field, shape.get())));
    Optional<Term> value =
        new ExpressionReader(work, inner).term(field.value()).map(term -> binned(term, inner));
    if (value.isEmpty()) {
      return Optional.empty();
    }
    checkEvents(value.get(), field);
    String unit = Literals.unitOf(field.value(), field.type());
    return Optional.of(
        new DataSet.Field(
            field.name().text(), type, shape.get(), value.get(), low, high, open, unit));
  }

  /// The rule by which events go to slots, and the lengths of the field.
  private static Term slots(DataItem.Field field, List<Integer> shape) {
    BinMode rule = field.bin() == null ? BinMode.FLOOR : field.bin();
    double[] numbers = new double[1 + shape.size()];
    numbers[0] = rule.ordinal();
    for (int k = 0; k < shape.size(); k++) {
      numbers[1 + k] = shape.get(k);
    }
    return new Term.Numbers(List.of(numbers.length), numbers);
  }

  /// Events that nothing is said of go to the steps of the experiment.
  private Term binned(Term value, Frame frame) {
    Term step = new Term.Number(work.context().step().toDouble());
    return RecordFunctions.isEvents(value) ? RecordFunctions.binned(value, step, frame) : value;
  }

  /// Events are read by `binned`, and `bin` stands where there are some.
  private void checkEvents(Term value, DataItem.Field field) {
    List<Term> parts = new ArrayList<>();
    Parts.eachTerm(value, parts::add);
    if (parts.stream().anyMatch(RecordFunctions::isEvents)) {
      work.fault(
          Code.WRONG_KIND,
          "events are read by `binned(events, 1 ms)`, which makes spike trains of them",
          field.value().span());
    } else if (field.bin() != null && parts.stream().noneMatch(DataLowering::isBinned)) {
      work.fault(
          Code.NO_MEANING_HERE, "`bin` has no meaning here: there are no events", field.span());
    }
  }

  private static boolean isBinned(Term term) {
    return term instanceof Term.Call call && call.function() == Function.BINNED;
  }

  private static double bound(Val value) {
    return value instanceof Val.Num(Expr.Num(var number), _) ? number.toDouble() : Double.NaN;
  }

  private static Type type(snel.syntax.Type written, List<Integer> shape) {
    if (Kinds.isSpikes(written)) {
      return Type.TRAINS;
    }
    if (!shape.isEmpty()) {
      return new Type.Array(shape);
    }
    boolean isText =
        written instanceof snel.syntax.Type.Product(var factors, _, _)
            && factors.size() == 1
            && factors.getFirst().name() != null
            && factors.getFirst().name().text().equals("string");
    if (isText) {
      return Type.TEXT;
    }
    return switch (Kinds.of(written)) {
      case Kind.Int _ -> Type.INTEGER;
      case Kind.Bool _ -> Type.TRUTH;
      case Kind.Real _, Kind.Fixed _ -> Type.REAL;
    };
  }
}

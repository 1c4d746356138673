package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.source.Span;
import snel.syntax.Expression;

/// What reports draw.
final class FigureFunctions {
  static final List<String> NAMES =
      List.of(
          "raster",
          "traces",
          "grid",
          "histogram",
          "over_time",
          "curve",
          "heat_map",
          "table",
          "map_of",
          "confusion",
          "accuracy_by",
          "degree_distribution");
  private static final long DEFAULT_BINS = 30;

  private final Arguments call;

  FigureFunctions(Arguments call) {
    this.call = call;
  }

  /// In the unit of its value.
  private Meaning overTime() {
    String unit = ExpressionReader.unit(call.meaning("value", 0)).text();
    return Arguments.call(Function.OVER_TIME, Type.FIGURE, unit, call.term("value", 0));
  }

  Optional<Meaning> read() {
    return NAMES.contains(call.function()) ? Optional.of(known()) : Optional.empty();
  }

  private Meaning known() {
    return switch (call.function()) {
      case "raster" -> raster();
      case "traces" -> traces();
      case "grid" ->
          figure(
              Function.GRID,
              dense(call.term("values", 0)),
              call.term("rows", 1),
              call.term("columns", 2),
              Optional.of(unitOfValues()));
      case "histogram" -> histogram();
      case "over_time" -> overTime();
      case "curve" -> onAxes(Function.CURVE, List.of("x", "y"));
      case "heat_map" -> onAxes(Function.HEAT_MAP, List.of("x", "y", "z"));
      case "table" -> table();
      case "map_of" -> mapOf();
      case "confusion" -> figure(Function.CONFUSION, call.readOut("of", 0));
      case "accuracy_by" ->
          figure(Function.ACCURACY_BY, call.readOut("of", 0), call.term("groups", 1));
      case "degree_distribution" -> figure(Function.DEGREE_DISTRIBUTION, call.projection("of", 0));
      default -> throw new IllegalStateException(call.function());
    };
  }

  @SafeVarargs
  private static Meaning figure(Function function, Optional<Term>... arguments) {
    return Arguments.call(function, Type.FIGURE, "", arguments);
  }

  /// Of values in their unit, which stands behind them.
  private Meaning histogram() {
    return figure(
        Function.HISTOGRAM,
        call.term("values", 0),
        call.term("bins", 1, new Term.Whole(DEFAULT_BINS)),
        Optional.of(unitOfValues()));
  }

  /// In which the values are shown.
  private Term unitOfValues() {
    return unitOf(call.meaning("values", 0));
  }

  static Term unitOf(Meaning meaning) {
    Unit unit = ExpressionReader.unit(meaning);
    return new Term.Shown(new Term.Number(unit.factor()), unit);
  }

  /// Whole weights are shown as images: what each target receives.
  private static Optional<Term> dense(Optional<Term> values) {
    return values.map(term ->
        term instanceof Term.ReadSynapses read
            ? new Term.ReadSynapses(
                read.path(), read.projection(), read.pre(), read.post(), true, Type.array(-1, -1))
            : term);
  }

  /// What stands on each axis, then their names with the units, then the units.
  private Meaning onAxes(Function function, List<String> axes) {
    List<Term> values = new ArrayList<>();
    List<Term> names = new ArrayList<>();
    List<Term> units = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      Meaning meaning = call.meaning(axes.get(axis), axis);
      Span span = call.expression(axes.get(axis), axis).map(Expression::span).orElse(call.span());
      Unit unit = ExpressionReader.unit(meaning);
      call.reader().term(meaning, span).filter(term -> isNumber(term, span)).ifPresent(values::add);
      String name = Places.text(span);
      names.add(new Term.Word(unit.text().isEmpty() ? name : name + " (" + unit.text() + ")"));
      units.add(unitOf(meaning));
    }
    if (values.size() < names.size()) {
      return Meaning.FAULTY;
    }
    values.addAll(names);
    values.addAll(units);
    return Meaning.of(new Term.Call(function, values, Type.FIGURE));
  }

  /// Texts and lists have no place on an axis.
  private boolean isNumber(Term term, Span span) {
    Type type = term.type();
    boolean other = type.equals(Type.TEXT) || type instanceof Type.Listing;
    if (other) {
      call.work()
          .fault(
              Diagnostic.of(
                      Code.WRONG_KIND,
                      "`%s` draws numbers, but `%s` is %s"
                          .formatted(
                              call.function(),
                              Places.text(span),
                              type.equals(Type.TEXT) ? "a text" : "a list"),
                      span)
                  .help("show it in a `table`"));
    }
    return !other;
  }

  /// The populations, then as many names.
  private Meaning raster() {
    List<Term> neurons = new ArrayList<>();
    for (int k = 0; k < call.unnamed().size(); k++) {
      call.spiking("of", k).ifPresent(neurons::add);
    }
    if (neurons.size() < call.unnamed().size()) {
      return Meaning.FAULTY;
    }
    call.unnamed().forEach(each -> neurons.add(new Term.Word(Places.text(each.span()))));
    return Meaning.of(new Term.Call(Function.RASTER, neurons, Type.FIGURE));
  }

  /// The states, then as many names and units, then the title.
  private Meaning traces() {
    List<Term> series = new ArrayList<>();
    List<Term> names = new ArrayList<>();
    List<Term> units = new ArrayList<>();
    List<Expression> given = call.unnamed();
    for (Expression expression : given) {
      Meaning meaning = call.reader().read(expression);
      names.add(new Term.Word(Places.text(expression.span())));
      units.add(unitOf(meaning));
      call.reader()
          .term(meaning, expression.span())
          .flatMap(term ->
              term.type() instanceof Type.Series
                  ? Optional.of(term)
                  : Recorded.of(call.work(), term, expression.span()))
          .ifPresent(series::add);
    }
    Optional<Term> title = call.term("title", -1, new Term.Word(""));
    if (series.size() < given.size() || title.isEmpty()) {
      return Meaning.FAULTY;
    }
    series.addAll(names);
    series.addAll(units);
    series.add(title.get());
    return Meaning.of(new Term.Call(Function.TRACES, series, Type.FIGURE));
  }

  private Meaning table() {
    List<Term> cells = new ArrayList<>();
    List<Term> headings = new ArrayList<>();
    for (Expression expression : call.unnamed()) {
      Meaning meaning = call.reader().read(expression);
      Unit unit = ExpressionReader.unit(meaning);
      call.reader()
          .term(meaning, expression.span())
          .ifPresent(term -> cells.add(new Term.Shown(term, unit)));
      headings.add(new Term.Word(Places.text(expression.span())));
    }
    if (cells.size() < headings.size()) {
      return Meaning.FAULTY;
    }
    cells.addAll(headings);
    return Meaning.of(new Term.Call(Function.TABLE, cells, Type.FIGURE));
  }

  /// `map_of(rate(E))`: of each neuron of the population.
  private Meaning mapOf() {
    Optional<Expression> values = call.expression("values", 0);
    if (values.isPresent()
        && values.get() instanceof Expression.Call(Expression.Variable(var name, _), var inner, _)
        && inner.size() == 1
        && call.reader().read(inner.getFirst().value())
            instanceof Meaning.Fixed(Val.Cells(var slice, String event), var _)) {
      Function each =
          switch (name.text()) {
            case "rate" -> Function.RATE_EACH;
            case "count" -> Function.COUNT_EACH;
            case "first_spike" -> Function.FIRST_SPIKE_EACH;
            default -> Function.SIZE;
          };
      if (each != Function.SIZE) {
        Term neurons =
            new Term.Neurons(
                Selections.path(slice, event),
                slice.whole() ? Selection.ALL : Selections.of(slice));
        Term numbers = new Term.Call(each, List.of(neurons), new Type.Array(slice.shape()));
        Term shape =
            new Term.Numbers(
                List.of(slice.shape().size()),
                slice.shape().stream().mapToDouble(Integer::doubleValue).toArray());
        return Meaning.of(
            new Term.Call(Function.MAP_OF, List.of(numbers, unitOfValues(), shape), Type.FIGURE));
      }
    }
    return figure(Function.MAP_OF, call.term("values", 0), Optional.of(unitOfValues()));
  }
}

package snel.target.c;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.runtime.schedule.Operators;
import snel.runtime.schedule.Value;

/// Writes terms as C expressions of type `snel_value`.
final class CTerms {
  private final CView view;
  private final CTables tables;
  private final List<String> readOuts;
  private final Lines functions;
  private int functionCount;

  /// @param readOuts the read-outs in the order of the machine's list
  /// @param functions where the functions go that evaluate terms later
  CTerms(CView view, CTables tables, List<String> readOuts, Lines functions) {
    this.view = view;
    this.tables = tables;
    this.readOuts = readOuts;
    this.functions = functions;
  }

  CView view() {
    return view;
  }

  CTables tables() {
    return tables;
  }

  String truth(Term term) {
    return term instanceof Term.Truth(boolean value)
        ? String.valueOf(value)
        : "snel_to_truth(" + value(term) + ")";
  }

  String whole(Term term) {
    return term instanceof Term.Whole(long value)
        ? CLiteral.of(snel.ir.Scalar.I64, value)
        : "snel_to_whole(" + value(term) + ")";
  }

  String real(Term term) {
    return term instanceof Term.Number(double value)
        ? CLiteral.real(value)
        : "snel_to_real(" + value(term) + ")";
  }

  String numbers(Term term) {
    return "snel_to_numbers(" + value(term) + ")";
  }

  /// A function that evaluates the term when it is called.
  String function(Term term) {
    String text = value(term);
    String name = "snel_my_term_" + functionCount++;
    functions.open("static snel_value " + name + "(snel_machine *m)");
    functions.add("(void)m;").add("return " + text + ";");
    functions.close().add("");
    return name;
  }

  String picked(Selection selection) {
    return switch (selection) {
      case Selection.All() -> "snel_all()";
      case Selection.Range(int from, int until) -> "snel_range(" + from + ", " + until + ")";
      case Selection.Listed(var indices) ->
          "snel_listed(" + indices.size() + ", " + tables.ints(indices) + ")";
      case Selection.At(var index) -> "snel_one(" + whole(index) + ")";
    };
  }

  /// A population and a selection, as measures take them.
  String neurons(String population, Selection selection) {
    return view.population(population) + ", " + picked(selection);
  }

  String synapses(String projection, Selection pre, Selection post) {
    return "snel_synapses("
        + view.projection(projection)
        + ", "
        + picked(pre)
        + ", "
        + picked(post)
        + ")";
  }

  /// Indices of the cells of a buffer.
  String elements(String buffer, Selection selection) {
    return "snel_picked_of(" + picked(selection) + ", " + view.count(buffer) + ")";
  }

  String readOut(String name) {
    return "&m->readout[" + readOuts.indexOf(name) + "]";
  }

  /// Numbers known when compiled.
  String constant(Value value) {
    Value.Array array = Operators.array(value);
    return "snel_array_of("
        + array.shape().length
        + ", "
        + tables.ints(IntStream.of(array.shape()))
        + ", "
        + tables.reals(array.elements())
        + ")";
  }

  /// One number for each neuron of many, where it stands in their population or slice.
  String placed(Type type, String numbers) {
    return type instanceof Type.Array(var shape) && shape.size() > 1
        ? "snel_placed(" + numbers + ", " + shape.size() + ", " + tables.ints(shape) + ")"
        : numbers;
  }

  /// A call of one of the machine's functions, as a statement.
  static String call(String function, Object... arguments) {
    return Stream.of(arguments)
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "snel_" + function + "(m, ", ");"));
  }

  String value(Term term) {
    return switch (term) {
      case Term.Number _ -> "snel_real(" + real(term) + ")";
      case Term.Whole _ -> "snel_whole(" + whole(term) + ")";
      case Term.Truth _ -> "snel_truth(" + truth(term) + ")";
      case Term.Word(String word) -> "snel_text(" + CText.quote(word) + ")";
      case Term.None() -> "snel_nothing()";
      case Term.Text(var parts) -> "snel_joined_text(" + parts.size() + ", " + values(parts) + ")";
      case Term.Shown(var shown, var unit) ->
          "snel_text(snel_shown_in("
              + value(shown)
              + ", "
              + CText.quote(unit.text())
              + ", "
              + CLiteral.real(unit.factor())
              + "))";
      case Term.Numbers(var shape, double[] numbers) ->
          constant(new Value.Array(shape.stream().mapToInt(Integer::intValue).toArray(), numbers));
      case Term.SpikeTimes(var rows) ->
          "snel_trains_of(" + rows.size() + ", " + tables.rows(rows) + ")";
      case Term.Variable(int slot, _, _) -> "m->slots[" + slot + "]";
      case Term.Time() -> "snel_real(snel_time(m))";
      case Term.Negate(var operand) -> "snel_term_negate(" + value(operand) + ")";
      case Term.Arithmetic(var operator, var left, var right, _) ->
          both("snel_term_" + word(operator), left, right);
      case Term.Compare(var comparison, var left, var right, _) ->
          switch (comparison) {
            case LESS -> both("snel_term_less", left, right);
            case AT_MOST -> both("snel_term_at_most", left, right);
            case GREATER -> both("snel_term_less", right, left);
            case AT_LEAST -> both("snel_term_at_most", right, left);
            case EQUAL -> both("snel_term_equal", left, right);
            case UNEQUAL -> both("snel_term_unequal", left, right);
          };
      case Term.Inside(var inside, var low, var high, boolean upperOpen, _) ->
          "snel_term_inside("
              + value(inside)
              + ", "
              + value(low)
              + ", "
              + value(high)
              + ", "
              + upperOpen
              + ")";
      case Term.Not(var operand) -> "snel_truth(!" + truth(operand) + ")";
      case Term.And(var left, var right) ->
          "snel_truth(" + truth(left) + " && " + truth(right) + ")";
      case Term.Or(var left, var right) ->
          "snel_truth(" + truth(left) + " || " + truth(right) + ")";
      case Term.Choose(var condition, var yes, var no, _) ->
          Term.Choose.isOfMany(condition)
              ? "snel_choose(" + value(condition) + ", " + value(yes) + ", " + value(no) + ")"
              : "(" + truth(condition) + " ? " + value(yes) + " : " + value(no) + ")";
      case Term.Let(var variable, var held, var in) ->
          "(" + value(variable) + " = " + value(held) + ", " + value(in) + ")";
      case Term.Call call -> new CCalls(this).value(call);
      case Term.Draw draw -> draw(draw);
      case Term.Read(String path, var selection, Type type) ->
          type instanceof Type.Array
              ? placed(
                  type, "snel_read_array(" + view.variable(path) + ", " + picked(selection) + ")")
              : one(path, type, picked(selection));
      case Term.ReadSynapses read -> readSynapses(read);
      case Term.Neurons _, Term.Projection _, Term.ReadOut _ ->
          throw new IllegalStateException("an argument without its function: " + term);
      case Term.Spikes(String population, var selection) ->
          "snel_spikes_of(m, " + neurons(population, selection) + ")";
      case Term.Recorded recorded -> recorded(recorded);
      case Term.Label(String readOut) -> "snel_label(m, " + readOut(readOut) + ")";
      case Term.Listing(var elements, _) -> list("SNEL_LIST", elements);
      case Term.Tuple(var elements, _) -> list("SNEL_TUPLE", elements);
      case Term.Element(var of, var index, _) ->
          "snel_element_at(" + value(of) + ", " + whole(index) + ")";
      case Term.Part(var of, var axes, _) ->
          "snel_part_of("
              + value(of)
              + ", "
              + axes.size()
              + axes.stream()
                  .map(this::axis)
                  .collect(Collectors.joining(", ", ", (const snel_axis[]){", "})"));
      case Term.Field(var sample, String field, _) ->
          "snel_field_of(" + value(sample) + ", " + CText.quote(field) + ")";
      case Term.Data(String dataSet, String split, _) ->
          "snel_data(&" + CData.variable(dataSet) + ", " + CText.quote(split) + ")";
      case Term.FieldOfAll(var stream, String field, _) ->
          "snel_field_of_all(" + value(stream) + ", " + CText.quote(field) + ")";
      case Term.Staged staged -> staged(staged);
      case Term.Column _, Term.ResultOf _ ->
          throw new IllegalStateException("not in an experiment: " + term);
    };
  }

  String both(String function, Term left, Term right) {
    return function + "(" + value(left) + ", " + value(right) + ")";
  }

  /// An array of values for a call.
  String values(List<Term> terms) {
    return terms.isEmpty()
        ? "NULL"
        : terms.stream()
            .map(this::value)
            .collect(Collectors.joining(", ", "(const snel_value[]){", "}"));
  }

  private String list(String kind, List<Term> elements) {
    return "snel_list_of(" + kind + ", " + elements.size() + ", " + values(elements) + ")";
  }

  static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private String draw(Term.Draw draw) {
    List<Term> parameters = draw.parameters();
    return "snel_draw(m, SNEL_"
        + draw.distribution()
        + ", "
        + real(parameters.get(0))
        + ", "
        + (parameters.size() > 1 ? real(parameters.get(1)) : "0")
        + ", "
        + bound(draw.bounds().map(Term.Bounds::low), Double.NEGATIVE_INFINITY)
        + ", "
        + bound(draw.bounds().map(Term.Bounds::high), Double.POSITIVE_INFINITY)
        + ", "
        + draw.shape().size()
        + ", "
        + tables.ints(draw.shape())
        + ", "
        + chance(draw.stream(), draw.counterSlot())
        + ")";
  }

  private String bound(Optional<Term> bound, double none) {
    return bound.map(this::real).orElse(CLiteral.real(none));
  }

  /// A random stream and the number of the evaluation.
  String chance(int stream, int counterSlot) {
    return Integer.toUnsignedString(stream) + "u, snel_count_up(m, " + counterSlot + ")";
  }

  /// One value of a variable; `place` is a selection.
  private String one(String path, Type type, String place) {
    String arguments = "(" + view.variable(path) + ", " + place + ")";
    return type instanceof Type.Truth
        ? "snel_truth(snel_read_one" + arguments + " != 0)"
        : type instanceof Type.Whole
            ? "snel_whole(snel_read_whole" + arguments + ")"
            : "snel_real(snel_read_one" + arguments + ")";
  }

  private String readSynapses(Term.ReadSynapses read) {
    String variable = view.variable(read.path());
    if (read.dense()) {
      return "snel_read_matrix("
          + variable
          + ", "
          + view.projection(read.projection())
          + ", "
          + picked(read.pre())
          + ", "
          + picked(read.post())
          + ")";
    }
    String synapses = synapses(read.projection(), read.pre(), read.post());
    String one = "snel_read_synapse(" + variable + ", " + synapses + ")";
    return read.type() instanceof Type.Array
        ? "snel_read_synapses(" + variable + ", " + synapses + ")"
        : read.type() instanceof Type.Truth
            ? "snel_truth(" + one + " != 0)"
            : read.type() instanceof Type.Whole
                ? "snel_whole(snel_i64_from_f64(" + one + "))"
                : "snel_real(" + one + ")";
  }

  private String recorded(Term.Recorded recorded) {
    String path = CText.quote(recorded.path());
    if (recorded.isWhole()) {
      return "snel_recorded(m, " + path + ")";
    }
    String cells =
        recorded.projection().isEmpty()
            ? elements(recorded.path(), recorded.selection())
            : synapses(recorded.projection(), recorded.selection(), recorded.post());
    return "snel_recorded_of(m, " + path + ", " + cells + ")";
  }

  private String axis(Term.Axis axis) {
    List<Term> terms = axis.terms();
    return switch (axis.picks()) {
      case ONE -> "{.picks = SNEL_AT, .from = " + whole(terms.getFirst()) + "}";
      case LISTED -> "{.picks = SNEL_THESE, .list = " + value(terms.getFirst()) + "}";
      case BETWEEN ->
          "{.picks = SNEL_BETWEEN, .from = "
              + whole(terms.get(0))
              + ", .until = "
              + whole(terms.get(1))
              + "}";
      case ALL -> "{.picks = SNEL_WHOLE_AXIS}";
    };
  }

  private String staged(Term.Staged staged) {
    String stream = value(staged.stream());
    return switch (staged.stage()) {
      case TAKE -> "snel_take(" + stream + ", " + whole(staged.argument()) + ")";
      case LAST -> "snel_last(" + stream + ", " + whole(staged.argument()) + ")";
      case SHUFFLE ->
          "snel_shuffled(m, " + stream + ", " + chance(staged.random(), staged.epochSlot()) + ")";
    };
  }
}

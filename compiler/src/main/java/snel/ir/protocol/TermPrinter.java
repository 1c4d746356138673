package snel.ir.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The text form of terms, for dumps and tests. Variables are shown as `name%slot`.
public final class TermPrinter {
  private static final int SHOWN = 6;

  private TermPrinter() {}

  public static String print(Term term) {
    return switch (term) {
      case Term.Number(double value) -> Double.toString(value);
      case Term.Whole(long value) -> value + "L";
      case Term.Truth(boolean value) -> Boolean.toString(value);
      case Term.Word(String value) -> quoted(value);
      case Term.Text(var parts) -> "text" + list(parts);
      case Term.Shown(var value, var unit) -> "shown(" + print(value) + unit(unit) + ")";
      case Term.None() -> "none";
      case Term.Numbers(var shape, double[] values) -> "numbers" + shape + row(values);
      case Term.SpikeTimes(var rows) ->
          rows.stream().map(TermPrinter::row).collect(Collectors.joining(", ", "trains[", "]"));
      case Term.Variable(int slot, String name, Type _) -> name + "%" + slot;
      case Term.Time() -> "t";
      case Term.Negate(var operand) -> "-" + print(operand);
      case Term.Arithmetic(var operator, var left, var right, Type _) ->
          infix(left, symbol(operator), right);
      case Term.Compare(var comparison, var left, var right, Type _) ->
          infix(left, symbol(comparison), right);
      case Term.Inside(var value, var low, var high, boolean open, Type _) ->
          "(" + print(value) + " in " + print(low) + (open ? " ..< " : " .. ") + print(high) + ")";
      case Term.Not(var operand) -> "not " + print(operand);
      case Term.And(var left, var right) -> infix(left, "and", right);
      case Term.Or(var left, var right) -> infix(left, "or", right);
      case Term.Choose(var condition, var yes, var no, Type _) ->
          "(if " + print(condition) + " then " + print(yes) + " else " + print(no) + ")";
      case Term.Let(var variable, var value, var in) ->
          "(let " + print(variable) + " = " + print(value) + " in " + print(in) + ")";
      case Term.Call(var function, var arguments, Type _) -> word(function) + list(arguments);
      case Term.Draw draw ->
          word(draw.distribution())
              + list(draw.parameters())
              + draw.bounds()
                  .map(bounds -> " in " + print(bounds.low()) + " .. " + print(bounds.high()) + " ")
                  .orElse("")
              + draw.shape()
              + "@"
              + Integer.toHexString(draw.stream())
              + "%"
              + draw.counterSlot();
      case Term.Read(String path, var selection, Type _) -> path + print(selection);
      case Term.ReadSynapses read ->
          read.path()
              + "["
              + inner(read.pre())
              + ", "
              + inner(read.post())
              + "]"
              + (read.dense() ? " dense" : "");
      case Term.Neurons(String population, var selection) -> population + print(selection);
      case Term.Projection(String name) -> name;
      case Term.ReadOut(String name) -> name;
      case Term.Spikes(String population, var selection) ->
          population + print(selection) + ".spikes";
      case Term.Recorded recorded -> "recorded(" + recorded.path() + elements(recorded) + ")";
      case Term.Label(String readOut) -> readOut + ".label";
      case Term.Listing(var elements, Type _) -> bracketed(elements);
      case Term.Tuple(var elements, Type _) -> list(elements);
      case Term.Element(var of, var index, Type _) -> print(of) + "[" + print(index) + "]";
      case Term.Part(var of, var axes, Type _) ->
          print(of)
              + axes.stream().map(TermPrinter::axis).collect(Collectors.joining(", ", "[", "]"));
      case Term.Field(var sample, String field, Type _) -> print(sample) + "." + field;
      case Term.Data(String dataSet, String split, Type _) ->
          split.isEmpty() ? dataSet : dataSet + "." + split;
      case Term.FieldOfAll(var stream, String field, Type _) -> print(stream) + ".all." + field;
      case Term.Staged staged -> staged(staged);
      case Term.Column(var which, Type _) -> "column(" + print(which) + ")";
      case Term.ResultOf(String experiment, String result, _) -> experiment + "." + result;
    };
  }

  private static String elements(Term.Recorded recorded) {
    return recorded.projection().isEmpty() || recorded.isWhole()
        ? print(recorded.selection())
        : "[" + inner(recorded.selection()) + ", " + inner(recorded.post()) + "]";
  }

  private static String axis(Term.Axis axis) {
    return switch (axis.picks()) {
      case ONE, LISTED -> print(axis.terms().getFirst());
      case BETWEEN -> print(axis.terms().get(0)) + " ..< " + print(axis.terms().get(1));
      case ALL -> "..";
    };
  }

  private static String staged(Term.Staged staged) {
    String stage = word(staged.stage());
    return print(staged.stream())
        + " | "
        + switch (staged.stage()) {
          case TAKE, LAST -> stage + "(" + print(staged.argument()) + ")";
          case SHUFFLE -> stage + "@" + Integer.toHexString(staged.random());
        };
  }

  /// A selection as it stands behind a name; all is nothing.
  static String print(Selection selection) {
    return selection instanceof Selection.All ? "" : "[" + inner(selection) + "]";
  }

  static String inner(Selection selection) {
    return switch (selection) {
      case Selection.All() -> "..";
      case Selection.Range(int from, int until) -> from + " ..< " + until;
      case Selection.Listed(var indices) -> indices.toString();
      case Selection.At(var index) -> print(index);
    };
  }

  static String unit(Unit unit) {
    return unit.text().isEmpty() ? "" : " [" + unit.text() + "]";
  }

  static String symbol(Term.Comparison comparison) {
    return switch (comparison) {
      case LESS -> "<";
      case AT_MOST -> "<=";
      case GREATER -> ">";
      case AT_LEAST -> ">=";
      case EQUAL -> "==";
      case UNEQUAL -> "!=";
    };
  }

  private static String symbol(Term.Operator operator) {
    return switch (operator) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      case POWER -> "^";
    };
  }

  private static String infix(Term left, String symbol, Term right) {
    return "(" + print(left) + " " + symbol + " " + print(right) + ")";
  }

  static String list(List<Term> terms) {
    return terms.stream().map(TermPrinter::print).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String bracketed(List<Term> terms) {
    return terms.stream().map(TermPrinter::print).collect(Collectors.joining(", ", "[", "]"));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String row(double[] values) {
    String first =
        Arrays.stream(values)
            .limit(SHOWN)
            .mapToObj(Double::toString)
            .collect(Collectors.joining(", "));
    return "[" + first + (values.length > SHOWN ? ", … " + values.length + "]" : "]");
  }
}

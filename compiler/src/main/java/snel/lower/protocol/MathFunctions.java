package snel.lower.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.syntax.BinMode;
import snel.units.Rational;

/// Mathematics, arrays and lists.
final class MathFunctions {
  private static final Map<String, Function> TOTALS =
      Map.of(
          "sum", Function.SUM,
          "mean", Function.MEAN,
          "deviation", Function.DEVIATION);

  static final List<String> NAMES =
      List.of(
          "abs",
          "exp",
          "expm1",
          "exprel",
          "log",
          "log1p",
          "logit",
          "sqrt",
          "sin",
          "cos",
          "tan",
          "asin",
          "acos",
          "atan",
          "atan2",
          "sinh",
          "cosh",
          "tanh",
          "sigmoid",
          "sign",
          "floor",
          "ceil",
          "round",
          "truncate",
          "relu",
          "min",
          "max",
          "clip",
          "mod",
          "decay",
          "sum",
          "mean",
          "deviation",
          "size",
          "all_finite",
          "is_finite",
          "flatten",
          "transpose",
          "one_hot",
          "cross_entropy",
          "repeat_each",
          "linspace",
          "zip",
          "to_step");

  private final Arguments call;

  MathFunctions(Arguments call) {
    this.call = call;
  }

  Optional<Meaning> read() {
    String function = call.function();
    if (!NAMES.contains(function)) {
      return Optional.empty();
    }
    boolean overAll = (function.equals("min") || function.equals("max")) && call.size() == 1;
    if (overAll) {
      Function extreme = function.equals("min") ? Function.LEAST : Function.GREATEST;
      return Optional.of(whole(extreme));
    }
    Optional<Function> pointwise = NetworkTerms.pointwise(function);
    return Optional.of(pointwise.isPresent() ? pointwise(pointwise.get()) : other(function));
  }

  private Meaning pointwise(Function function) {
    Meaning first = call.meaning("x", 0);
    Optional<Term> a = call.reader().term(first, call.span());
    if (a.isEmpty()) {
      return Meaning.FAULTY;
    }
    String unit = ExpressionReader.unit(first).text();
    return switch (function) {
      case MIN, MAX -> {
        Optional<Term> b = call.term("b", 1);
        Type type = b.isEmpty() ? Type.REAL : sum(a.get(), b.get());
        yield Arguments.call(function, type, unit, a, b);
      }
      case MOD -> {
        Optional<Term> b = call.term("b", 1);
        Type type = b.isEmpty() ? Type.REAL : sum(a.get(), b.get());
        yield Arguments.call(function, type, unit, a, b);
      }
      case ATAN2 -> {
        Optional<Term> b = call.term("x", 1);
        yield Arguments.call(function, b.isEmpty() ? Type.REAL : ratio(a.get(), b.get()), "", a, b);
      }
      case CLIP ->
          Arguments.call(
              function, a.get().type(), unit, a, call.term("low", 1), call.term("high", 2));
      case FLOOR, CEIL, ROUND, TRUNCATE -> {
        boolean single =
            a.get().type() instanceof Type.Real || a.get().type() instanceof Type.Whole;
        yield Arguments.call(function, single ? Type.INTEGER : a.get().type(), "", a);
      }
      case ABS, SIGN, RELU -> Arguments.call(function, a.get().type(), unit, a);
      case SQRT ->
          Arguments.call(
              function, real(a.get().type()), UnitAlgebra.power(unit, Rational.of(1, 2)), a);
      default -> Arguments.call(function, real(a.get().type()), "", a);
    };
  }

  private static Type sum(Term a, Term b) {
    return Types.arithmetic(Term.Operator.ADD, a, b);
  }

  private static Type ratio(Term a, Term b) {
    return Types.arithmetic(Term.Operator.DIVIDE, a, b);
  }

  private static Type real(Type type) {
    return type instanceof Type.Whole ? Type.REAL : type;
  }

  private Meaning whole(Function function) {
    Meaning values = call.meaning("values", 0);
    Optional<Term> term = call.reader().term(values, call.span());
    return Arguments.call(function, Type.REAL, ExpressionReader.unit(values).text(), term);
  }

  private Meaning transposed() {
    Meaning values = call.meaning("array", 0);
    Optional<Term> term = call.reader().term(values, call.span());
    if (term.filter(Term.ReadSynapses.class::isInstance).isPresent()) {
      call.work()
          .fault(
              Diagnostic.of(
                      Code.WRONG_KIND, "`transpose` wants rows and columns", call.span(), "a list")
                  .help(
                      "values of synapses are a list with one for each synapse, row by row;"
                          + " `connect … tied to transpose(f.w)` uses weights the other way"));
      return Meaning.FAULTY;
    }
    return Arguments.call(
        Function.TRANSPOSE, Type.array(-1, -1), ExpressionReader.unit(values).text(), term);
  }

  private Meaning other(String function) {
    Function total = TOTALS.get(function);
    if (total != null) {
      return whole(total);
    }
    return switch (function) {
      case "size" -> Arguments.call(Function.SIZE, Type.INTEGER, "", call.term("list", 0));
      case "all_finite", "is_finite" -> allFinite();
      case "flatten" -> {
        Meaning values = call.meaning("array", 0);
        yield Arguments.call(
            Function.FLATTEN,
            Type.array(-1),
            ExpressionReader.unit(values).text(),
            call.reader().term(values, call.span()));
      }
      case "transpose" -> transposed();
      case "one_hot" ->
          Arguments.call(
              Function.ONE_HOT, Type.array(-1), "", call.term("label", 0), call.term("classes", 1));
      case "cross_entropy" -> crossEntropy();
      case "repeat_each" ->
          Arguments.call(
              Function.REPEAT_EACH,
              Type.array(-1),
              "",
              call.term("array", 0),
              call.term("times", 1));
      case "linspace" ->
          Arguments.call(
              Function.LINSPACE,
              Type.array(-1),
              "",
              call.term("from", 0),
              call.term("to", 1),
              call.term("count", 2));
      case "decay" -> decayed();
      case "zip" -> zip();
      case "to_step" -> toStep();
      default -> throw new IllegalStateException(function);
    };
  }

  /// `-log` of the share that the soft maximum of the scores gives the label (Bridle 1990,
  /// doi:10.1007/978-3-642-76153-9_28), the largest score taken off ahead of `exp`.
  private Meaning crossEntropy() {
    Optional<Term> given = call.term("scores", 0);
    Optional<Term> label = call.term("label", 1);
    if (given.isEmpty() || label.isEmpty()) {
      return Meaning.FAULTY;
    }
    Type many = given.get().type();
    Term.Variable scores = call.work().variable("scores", many);
    Term most = new Term.Call(Function.GREATEST, List.of(scores), Type.REAL);
    Term far = new Term.Arithmetic(Term.Operator.SUBTRACT, scores, most, many);
    Term whole = total(new Term.Call(Function.EXP, List.of(far), many));
    Term classes = new Term.Call(Function.SIZE, List.of(scores), Type.INTEGER);
    Term hit = new Term.Call(Function.ONE_HOT, List.of(label.get(), classes), Type.array(-1));
    Term log = new Term.Call(Function.LOG, List.of(whole), Type.REAL);
    Term chosen = total(new Term.Arithmetic(Term.Operator.MULTIPLY, far, hit, many));
    Term lost = new Term.Arithmetic(Term.Operator.SUBTRACT, log, chosen, Type.REAL);
    return Meaning.of(new Term.Let(scores, given.get(), lost), "");
  }

  private static Term total(Term each) {
    return new Term.Call(Function.SUM, List.of(each), Type.REAL);
  }

  /// Of what was recorded of a state, or of its values as they are.
  private Meaning allFinite() {
    return Arguments.call(Function.ALL_FINITE, Type.TRUTH, "", call.term("values", 0));
  }

  /// The product: what it does more to numbers of few bits has no meaning in protocols.
  private Meaning decayed() {
    Meaning x = call.meaning("x", 0);
    Optional<Term> value = call.reader().term(x, call.span());
    Optional<Term> factor = call.term("factor", 1);
    if (value.isEmpty() || factor.isEmpty()) {
      return Meaning.FAULTY;
    }
    Term.Operator times = Term.Operator.MULTIPLY;
    Type type = Types.arithmetic(times, value.get(), factor.get());
    return Meaning.of(
        new Term.Arithmetic(times, value.get(), factor.get(), type),
        ExpressionReader.unit(x).text());
  }

  private Meaning zip() {
    Optional<Term> a = call.term("a", 0);
    Optional<Term> b = call.term("b", 1);
    if (a.isEmpty() || b.isEmpty()) {
      return Meaning.FAULTY;
    }
    Type pair =
        new Type.Tuple(List.of(Types.element(a.get().type()), Types.element(b.get().type())));
    return Arguments.call(Function.ZIP, new Type.Listing(pair), "", a, b);
  }

  /// The nearest time on the grid.
  private Meaning toStep() {
    Optional<Term> time = call.term("time", 0);
    if (time.isEmpty()) {
      return Meaning.FAULTY;
    }
    if (Types.isMany(time.get().type())) {
      Bins nearest = new Bins(BinMode.ROUND, call.work().context().step());
      return Meaning.of(nearest.time(time.get()), "ms");
    }
    Term steps =
        new Term.Call(Function.TO_STEPS, List.of(time.get(), new Term.Truth(false)), Type.INTEGER);
    return Meaning.of(new Term.Call(Function.TIME_OF_STEPS, List.of(steps), Type.REAL), "ms");
  }
}

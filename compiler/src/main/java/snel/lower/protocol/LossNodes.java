package snel.lower.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.Training;
import snel.ir.Training.Node;
import snel.ir.UnaryOp;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.model.Network;
import snel.source.Span;

/// Makes nodes of a loss that is written out: what hangs on the weights is worked out by the loss,
/// all else is given.
final class LossNodes {
  private static final double ON_THE_GRID = 1e-6;

  private final Work work;
  private final LossReadings readings;
  private final Span span;
  private final Scalar real;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Term> given = new ArrayList<>();
  private final Map<Term, Integer> known = new LinkedHashMap<>();
  private final List<Term.Let> lets = new ArrayList<>();
  private boolean isFaulty;
  private int numbers = 1;

  /// @param span where the loss is written
  LossNodes(Work work, LossReadings readings, Span span) {
    this.work = work;
    this.readings = readings;
    this.span = span;
    this.real =
        work.elaborated().network().numerics() == Network.Numerics.F64 ? Scalar.F64 : Scalar.F32;
  }

  /// The nodes, the last of which is the loss; empty where there is something in it that has no
  /// derivative, or where it is more than one number.
  Optional<List<Node>> read(Term loss) {
    int last = node(loss, 1);
    numbers = isFaulty ? 1 : nodes.get(last).size();
    if (isFaulty || numbers != 1) {
      return Optional.empty();
    }
    if (last != nodes.size() - 1) {
      pointwise(List.of(last), parts -> parts.getFirst());
    }
    return Optional.of(nodes);
  }

  /// How many numbers the loss is, which should be one.
  int numbers() {
    return numbers;
  }

  /// What the nodes are given.
  List<Term> given() {
    return given;
  }

  /// @param size how many numbers it has, if it does not say it itself
  private int node(Term term, int size) {
    Integer before = known.get(term);
    if (before != null) {
      return before;
    }
    int made = work.dependence().has(term) ? made(term) : given(term, size);
    known.put(term, made);
    return made;
  }

  private int add(Node node) {
    nodes.add(node);
    return nodes.size() - 1;
  }

  private int faulty() {
    isFaulty = true;
    return add(new Node.Constant(0));
  }

  private int constant(double value) {
    return add(new Node.Constant(value));
  }

  private int given(Term term, int size) {
    OptionalDouble number = KnownNumber.of(term);
    if (number.isPresent()) {
      return constant(number.getAsDouble());
    }
    Term whole = term;
    for (Term.Let let : lets.reversed()) {
      if (Parts.any(whole, let.variable()::equals)) {
        whole = new Term.Let(let.variable(), let.value(), whole);
      }
    }
    if (whole != term && Parts.any(whole, Term.Draw.class::isInstance)) {
      return faulty(); // it would be drawn anew wherever it stands
    }
    given.add(whole);
    return add(new Node.Given(Types.isMany(term.type()) ? Types.size(term).orElse(size) : 1));
  }

  private int made(Term term) {
    return switch (term) {
      case Term.Variable variable ->
          work.dependence().of(variable).map(value -> node(value, 1)).orElseGet(this::faulty);
      case Term.Let let -> {
        lets.add(let);
        work.dependence().let(let.variable(), let.value());
        yield node(let.in(), 1);
      }
      case Term.Negate(Term operand) ->
          pointwise(new Operands(), o -> new Expr.Unary(UnaryOp.NEG, o.of(operand)));
      case Term.Arithmetic(Term.Operator operator, Term left, Term right, _) ->
          pointwise(new Operands(), o -> arithmetic(operator, left, right, o));
      case Term.Choose(Term condition, Term yes, Term no, _) ->
          pointwise(new Operands(), o -> new Expr.Choose(truth(condition, o), o.of(yes), o.of(no)));
      case Term.Element(Term of, Term index, _)
          when KnownNumber.of(index).isEmpty() && !Types.isMany(term.type()) ->
          element(of, index);
      case Term.Element(Term of, Term index, _) ->
          part(of, List.of(new Term.Axis(Term.Picks.ONE, List.of(index))));
      case Term.Part(Term of, var axes, _) -> part(of, axes);
      case Term.Call(Function function, var arguments, _) -> call(function, arguments);
      default -> faulty();
    };
  }

  /// One that is known only when running, as that of a label.
  private int element(Term of, Term index) {
    if (work.dependence().has(index)) {
      return faulty();
    }
    int list = node(of, 1);
    Term classes = new Term.Whole(nodes.get(list).size());
    Term checked = new Term.Call(Function.LABEL, List.of(index, classes), Type.INTEGER);
    return add(new Node.Pick(list, node(checked, 1), 1));
  }

  private int part(Term of, List<Term.Axis> axes) {
    int all = node(of, 1);
    return PickedPlaces.of(of, nodes.get(all).size(), axes)
        .map(places -> picked(all, places))
        .orElseGet(this::faulty);
  }

  private int picked(int of, List<Integer> places) {
    int first = places.getFirst();
    boolean isTogether =
        IntStream.range(0, places.size()).allMatch(k -> places.get(k) == first + k);
    if (isTogether) {
      return add(new Node.Stretch(of, first, places.size()));
    }
    double[] numbers = places.stream().mapToDouble(Integer::doubleValue).toArray();
    int at = node(new Term.Numbers(List.of(places.size()), numbers), 1);
    return add(new Node.Pick(of, at, places.size()));
  }

  private int call(Function function, List<Term> arguments) {
    return switch (function) {
      case SUM -> whole(ReduceOp.SUM, node(arguments.getFirst(), 1));
      case LEAST -> whole(ReduceOp.MIN, node(arguments.getFirst(), 1));
      case GREATEST -> whole(ReduceOp.MAX, node(arguments.getFirst(), 1));
      case MEAN -> mean(node(arguments.getFirst(), 1));
      case DEVIATION -> deviation(node(arguments.getFirst(), 1));
      case FLATTEN -> node(arguments.getFirst(), 1);
      case SIZE -> constant(nodes.get(node(arguments.getFirst(), 1)).size());
      case ONE_HOT -> oneHot(arguments.get(0), arguments.get(1));
      case MAX_OVER_TIME -> overTime(Training.How.MAXIMUM, arguments);
      case MEAN_OVER_TIME -> overTime(Training.How.MEAN, arguments);
      case COUNT_EACH, COUNT, RATE_EACH, RATE, FIRST_SPIKE_EACH, FIRST_SPIKE ->
          ofSpikes(function, arguments.getFirst());
      case RATE_OUTSIDE -> outside(arguments);
      default -> pointwise(new Operands(), o -> elementary(function, arguments, o));
    };
  }

  private int whole(ReduceOp op, int of) {
    return add(new Node.Whole(op, of));
  }

  private int mean(int of) {
    return times(whole(ReduceOp.SUM, of), 1.0 / nodes.get(of).size());
  }

  private int times(int node, double factor) {
    return pointwise(List.of(node), x -> binary(BinaryOp.MUL, x.getFirst(), number(factor)));
  }

  private int deviation(int of) {
    int far = pointwise(List.of(of, mean(of)), x -> binary(BinaryOp.SUB, x.get(0), x.get(1)));
    int squares = pointwise(List.of(far), x -> binary(BinaryOp.MUL, x.get(0), x.get(0)));
    return pointwise(List.of(mean(squares)), x -> new Expr.Unary(UnaryOp.SQRT, x.getFirst()));
  }

  /// How many classes there are may be as many as something has numbers.
  private int oneHot(Term label, Term classes) {
    int size = node(classes, 1);
    if (work.dependence().has(label)
        || !(nodes.get(size) instanceof Node.Constant(double number))) {
      return faulty();
    }
    var known = List.of(label, new Term.Whole((long) number));
    return node(new Term.Call(Function.ONE_HOT, known, Type.array((int) number)), 1);
  }

  private int overTime(Training.How how, List<Term> arguments) {
    int steps = readings.steps();
    if (arguments.size() > 1) {
      OptionalDouble last = KnownNumber.of(arguments.get(1));
      double length = last.orElse(0) / work.stepMs();
      if (length < 1 || Math.abs(length - Math.rint(length)) > ON_THE_GRID) {
        return faulty();
      }
      if (length > steps && steps > 0) {
        readings.beyond(span);
      }
      steps = (int) Math.min(Math.rint(length), steps);
    }
    if (!(arguments.getFirst() instanceof Term.Recorded(String path, _, var selection, _))) {
      return faulty();
    }
    Selection together = together(selection);
    return readings
        .ofState(how, path, together, steps, span)
        .map(read -> listed(read(read), selection))
        .orElseGet(this::faulty);
  }

  /// Neurons that do not lie side by side are taken from all of their population.
  private static Selection together(Selection selection) {
    return selection instanceof Selection.Listed ? Selection.ALL : selection;
  }

  private int listed(int all, Selection selection) {
    return selection instanceof Selection.Listed(var places) ? picked(all, places) : all;
  }

  private int read(LossReadings.Scaled read) {
    return add(new Node.Read(read.reading(), read.places().from(), read.size(), read.scale()));
  }

  private OptionalInt counts(Term neurons, Training.How how) {
    if (!(neurons instanceof Term.Neurons(String population, Selection selection))) {
      return OptionalInt.empty();
    }
    Training.Reading reading = readings.ofSpikes(how, population, span);
    return LossReadings.Stretch.of(together(selection), reading.size())
        .map(places -> read(new LossReadings.Scaled(reading, places, 1)))
        .map(all -> OptionalInt.of(listed(all, selection)))
        .orElse(OptionalInt.empty());
  }

  private int ofSpikes(Function function, Term neurons) {
    boolean isTime = function == Function.FIRST_SPIKE_EACH || function == Function.FIRST_SPIKE;
    if (isTime != work.lesson().byTimes()) {
      return faulty();
    }
    OptionalInt each = counts(neurons, isTime ? Training.How.FIRST : Training.How.COUNT);
    if (each.isEmpty()) {
      return faulty();
    }
    int all = each.getAsInt();
    double perMillisecond = 1 / (readings.steps() * work.stepMs());
    return switch (function) {
      case COUNT -> whole(ReduceOp.SUM, all);
      case RATE -> times(mean(all), perMillisecond);
      case RATE_EACH -> times(all, perMillisecond);
      case FIRST_SPIKE -> whole(ReduceOp.MIN, all);
      default -> all;
    };
  }

  /// How far rates lie outside a range, in kHz, on average.
  private int outside(List<Term> arguments) {
    int rates = ofSpikes(Function.RATE_EACH, arguments.get(0));
    int low = node(arguments.get(1), 1);
    int high = node(arguments.get(2), 1);
    Expr nothing = number(0);
    int far =
        pointwise(
            List.of(rates, low, high),
            x -> {
              Expr below = binary(BinaryOp.SUB, x.get(1), x.get(0));
              Expr above = binary(BinaryOp.SUB, x.get(0), x.get(2));
              return binary(
                  BinaryOp.ADD,
                  binary(BinaryOp.MAX, below, nothing),
                  binary(BinaryOp.MAX, above, nothing));
            });
    return mean(far);
  }

  private Expr arithmetic(Term.Operator operator, Term left, Term right, Operands o) {
    Expr a = o.of(left);
    return switch (operator) {
      case ADD -> binary(BinaryOp.ADD, a, o.of(right));
      case SUBTRACT -> binary(BinaryOp.SUB, a, o.of(right));
      case MULTIPLY -> binary(BinaryOp.MUL, a, o.of(right));
      case DIVIDE -> binary(BinaryOp.DIV, a, o.of(right));
      case POWER -> {
        Optional<Long> whole = Types.whole(right);
        yield whole.isPresent()
            ? new Expr.Call(snel.ir.Function.POWER, real, List.of(a, Expr.i64(whole.get())))
            : new Expr.Call(snel.ir.Function.POW, real, List.of(a, o.of(right)));
      }
    };
  }

  private Expr elementary(Function function, List<Term> arguments, Operands o) {
    Expr x = o.of(arguments.getFirst());
    return switch (function) {
      case ABS -> new Expr.Unary(UnaryOp.ABS, x);
      case SQRT -> new Expr.Unary(UnaryOp.SQRT, x);
      case RELU -> binary(BinaryOp.MAX, x, number(0));
      case SIGN -> {
        Expr below = new Expr.Compare(CompareOp.LT, x, number(0));
        Expr above = new Expr.Compare(CompareOp.GT, x, number(0));
        yield new Expr.Choose(above, number(1), new Expr.Choose(below, number(-1), number(0)));
      }
      case LOGIT ->
          new Expr.Call(
              snel.ir.Function.LOG,
              real,
              List.of(binary(BinaryOp.DIV, x, binary(BinaryOp.SUB, number(1), x))));
      case MIN -> binary(BinaryOp.MIN, x, o.of(arguments.get(1)));
      case MAX -> binary(BinaryOp.MAX, x, o.of(arguments.get(1)));
      case CLIP ->
          binary(
              BinaryOp.MIN,
              binary(BinaryOp.MAX, x, o.of(arguments.get(1))),
              o.of(arguments.get(2)));
      default -> {
        Optional<snel.ir.Function> known =
            snel.ir.Function.elementary(function.name().toLowerCase(Locale.ROOT));
        isFaulty |= known.isEmpty() || !NetworkTerms.isPointwise(function);
        List<Expr> all = new ArrayList<>(List.of(x));
        arguments.stream().skip(1).map(o::of).forEach(all::add);
        yield known.<Expr>map(f -> new Expr.Call(f, real, all)).orElse(x);
      }
    };
  }

  private Expr truth(Term condition, Operands o) {
    return switch (condition) {
      case Term.Compare(Term.Comparison comparison, Term left, Term right, _) ->
          new Expr.Compare(compared(comparison), o.of(left), o.of(right));
      case Term.Inside(Term value, Term low, Term high, boolean upperOpen, _) ->
          new Expr.Binary(
              BinaryOp.AND,
              new Expr.Compare(CompareOp.GE, o.of(value), o.of(low)),
              new Expr.Compare(upperOpen ? CompareOp.LT : CompareOp.LE, o.of(value), o.of(high)));
      case Term.And(Term left, Term right) ->
          new Expr.Binary(BinaryOp.AND, truth(left, o), truth(right, o));
      case Term.Or(Term left, Term right) ->
          new Expr.Binary(BinaryOp.OR, truth(left, o), truth(right, o));
      case Term.Not(Term operand) -> new Expr.Unary(UnaryOp.NOT, truth(operand, o));
      default -> {
        isFaulty |= work.dependence().has(condition);
        Term number = new Term.Choose(condition, new Term.Number(1), new Term.Number(0), Type.REAL);
        yield new Expr.Compare(CompareOp.NE, o.of(number), number(0));
      }
    };
  }

  private static CompareOp compared(Term.Comparison comparison) {
    return switch (comparison) {
      case LESS -> CompareOp.LT;
      case AT_MOST -> CompareOp.LE;
      case GREATER -> CompareOp.GT;
      case AT_LEAST -> CompareOp.GE;
      case EQUAL -> CompareOp.EQ;
      case UNEQUAL -> CompareOp.NE;
    };
  }

  /// What a formula is of, in the order in which it speaks of it.
  private final class Operands {
    private final List<Term> terms = new ArrayList<>();

    Expr of(Term term) {
      terms.add(term);
      return operand(terms.size() - 1);
    }

    /// What hangs on the weights tells how many numbers there are.
    List<Integer> nodes() {
      List<Integer> all = new ArrayList<>(terms.stream().map(_ -> -1).toList());
      int size = 1;
      for (boolean hangs : new boolean[] {true, false}) {
        for (int k = 0; k < terms.size(); k++) {
          Term term = terms.get(k);
          if (work.dependence().has(term) == hangs) {
            all.set(k, node(term, size));
            size = Math.max(size, LossNodes.this.nodes.get(all.get(k)).size());
          }
        }
      }
      return all;
    }
  }

  private int pointwise(Operands operands, java.util.function.Function<Operands, Expr> formula) {
    Expr made = formula.apply(operands);
    return pointwise(operands.nodes(), made);
  }

  private int pointwise(List<Integer> of, java.util.function.Function<List<Expr>, Expr> formula) {
    List<Expr> operands = new ArrayList<>();
    for (int k = 0; k < of.size(); k++) {
      operands.add(operand(k));
    }
    return pointwise(of, formula.apply(operands));
  }

  private int pointwise(List<Integer> of, Expr formula) {
    int size = of.stream().mapToInt(n -> nodes.get(n).size()).max().orElse(1);
    for (int n : of) {
      int own = nodes.get(n).size();
      isFaulty |= own != 1 && own != size;
    }
    return add(new Node.Pointwise(formula, of, size));
  }

  private Expr operand(int k) {
    return new Expr.Read(Training.operand(k), real);
  }

  private Expr number(double value) {
    return Expr.real(real, value);
  }

  private static Expr binary(BinaryOp op, Expr a, Expr b) {
    return new Expr.Binary(op, a, b);
  }
}

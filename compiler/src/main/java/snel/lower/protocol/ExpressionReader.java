package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.Literals;
import snel.elaborate.Val;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.model.Variable;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.BinaryOperator;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.TextPart;
import snel.syntax.UnaryOperator;

/// Reads expressions of protocols. Dimensions and kinds have been checked.
final class ExpressionReader {
  private final Work work;
  private final Frame frame;
  private final Constants constants;

  ExpressionReader(Work work, Frame frame) {
    this.work = work;
    this.frame = frame;
    this.constants = new Constants(work, frame);
  }

  Work work() {
    return work;
  }

  Frame frame() {
    return frame;
  }

  Constants constants() {
    return constants;
  }

  /// The expression as a term; empty if it was faulty, which has been reported.
  Optional<Term> term(Expression expression) {
    return term(read(expression), expression.span());
  }

  Optional<Term> term(Meaning meaning, Span span) {
    Optional<Term> term = known(meaning, span);
    term.ifPresent(t -> TermPaths.in(t).forEach(work.demands()::observes));
    return term;
  }

  private Optional<Term> known(Meaning meaning, Span span) {
    return switch (meaning) {
      case Meaning.Live(Term term, var _) -> Optional.of(term);
      case Meaning.Assignable(var variable, var _) -> Optional.of(variable);
      case Meaning.Fixed(Val.Cells(var slice, String event), var _) -> {
        work.demands().spikes(Selections.path(slice, event));
        yield Optional.of(new Term.Spikes(Selections.path(slice, event), Selections.of(slice)));
      }
      case Meaning.Fixed(Val.Bad _, var _), Meaning.Faulty _ -> Optional.empty();
      case Meaning.Fixed(Val value, var _) -> {
        Optional<Term> term = Constants.term(value);
        if (term.isEmpty() && value instanceof Val.Num(var expr, var shape)) {
          term = NetworkTerms.of(work, expr, shape);
        }
        if (term.isEmpty()) {
          work.fault(Code.WRONG_KIND, "a number, list or text is wanted here", span);
        }
        yield term;
      }
      case Meaning.Element(String population, Term index) -> {
        work.demands().spikes(population);
        yield Optional.of(new Term.Spikes(population, new Selection.At(index)));
      }
      case Meaning.Owner(String name) -> {
        work.fault(Code.WRONG_KIND, "`" + name + "` has no value by itself", span);
        yield Optional.empty();
      }
    };
  }

  /// The unit that the author would show the value in.
  static Unit unit(Meaning meaning) {
    String text =
        switch (meaning) {
          case Meaning.Fixed(var _, String unit) -> unit;
          case Meaning.Live(var _, String unit) -> unit;
          case Meaning.Assignable(var _, String unit) -> unit;
          case Meaning.Element _, Meaning.Owner _, Meaning.Faulty _ -> "";
        };
    return unit(text);
  }

  static Unit unit(String text) {
    return text.isEmpty() ? Unit.NONE : new Unit(text, Literals.factor(text));
  }

  Meaning read(Expression expression) {
    if (expression instanceof Expression.Text(var parts, _)) {
      return text(parts);
    }
    if (constants.isFixed(expression)) {
      return new Meaning.Fixed(
          constants.evaluate(expression), new WrittenUnit(work, frame).text(expression));
    }
    return switch (expression) {
      case Expression.Number _, Expression.Quantity _, Expression.Truth _ ->
          new Meaning.Fixed(constants.evaluate(expression), "");
      case Expression.Text(var parts, _) -> text(parts);
      case Expression.Variable(var name, var span) -> variable(name.text(), span);
      case Expression.Member _
          when frame.inModule(expression).orElse(null) instanceof Entity.Declared declared ->
          declared(declared, expression);
      case Expression.Member(var owner, var name, var span) ->
          new MemberReader(this).member(read(owner), name.text(), expression, span);
      case Expression.Index(var owner, var indices, var span) ->
          new IndexReader(this).index(owner, indices, expression, span);
      case Expression.Call(var callee, var arguments, var span) ->
          new FunctionReader(this).call(callee, arguments, span);
      case Expression.Unary(var operator, var operand, _) -> unary(operator, operand);
      case Expression.Binary(var operator, var left, var right, var span) ->
          binary(operator, left, right, span);
      case Expression.Conditional(var condition, var yes, var no, _) ->
          conditional(condition, yes, no);
      case Expression.Pipe(var stream, var stage, var span) ->
          new StreamReader(this).pipe(stream, stage, span);
      case Expression.Array(var elements, _) -> listing(elements);
      case Expression.Tuple(var elements, _) -> tuple(elements);
      case Expression.Group(var inner, _) -> read(inner);
      case Expression.Range _ -> range((Expression.Range) expression);
      case Expression.WholeAxis _ -> new Meaning.Fixed(new Val.Marker(".."), "");
      case Expression.Missing _ -> Meaning.FAULTY;
    };
  }

  private Meaning variable(String name, Span span) {
    Optional<Meaning> local = frame.find(name);
    if (local.isPresent()) {
      return local.get();
    }
    Optional<Variable> variable = work.networkVariable(name);
    if (variable.isPresent()) {
      return Meaning.of(new Term.Read(name, Selection.ALL, Type.REAL), variable.get().unit());
    }
    Optional<Val> value = frame.env().find(name);
    if (value.isPresent()) {
      return networkValue(name, value.get());
    }
    if (name.equals("t")) {
      return Meaning.of(new Term.Time(), "ms");
    }
    if (name.equals("none")) {
      return Meaning.of(new Term.None());
    }
    var expression = new Expression.Variable(new snel.syntax.Name(name, span), span);
    return frame.env().file().find(name).orElse(null) instanceof Entity.Declared declared
        ? declared(declared, expression)
        : new Meaning.Fixed(constants.evaluate(expression), "");
  }

  private Meaning declared(Entity.Declared declared, Expression expression) {
    return switch (declared.declaration()) {
      case Declaration.Data data ->
          new DataLowering(work).use(data, declared.scope())
              ? Meaning.of(
                  new Term.Data(name(data), "", new Type.Stream(new Type.Sample(name(data)))))
              : Meaning.FAULTY;
      case Declaration.Experiment experiment -> new Meaning.Owner(experiment.name().text());
      case Declaration.Network network -> new Meaning.Owner(network.name().text());
      default -> new Meaning.Fixed(constants.evaluate(expression), "");
    };
  }

  private static String name(Declaration.Data data) {
    return data.name().text();
  }

  /// An input of the network is read as what it is now; its unit is the default's.
  Meaning networkValue(String name, Val value) {
    if (value instanceof Val.Num(var expr, var shape) && !Constants.isConstant(value)) {
      String unit =
          work.elaborated().network().inputs().stream()
              .filter(input -> input.path().equals(name))
              .map(input -> input.unit())
              .findFirst()
              .orElse("");
      return NetworkTerms.of(work, expr, shape)
          .map(term -> Meaning.of(term, unit))
          .orElse(new Meaning.Fixed(value, ""));
    }
    return new Meaning.Fixed(value, new WrittenUnit(work, frame).named(name).orElse(""));
  }

  /// A text whose placeholders are shown in their units.
  private Meaning text(List<TextPart> parts) {
    List<Term> terms = new ArrayList<>();
    var known = new StringBuilder();
    boolean live = false;
    for (TextPart part : parts) {
      switch (part) {
        case TextPart.Plain(String characters, _) -> {
          terms.add(new Term.Word(characters));
          known.append(characters);
        }
        case TextPart.Placeholder(var name, var span) -> {
          Meaning meaning = variable(name.text(), span);
          if (meaning instanceof Meaning.Fixed(Val.Text(String word), var _)) {
            terms.add(new Term.Word(word));
            known.append(word);
          } else {
            live = true;
            term(meaning, span).ifPresent(term -> terms.add(new Term.Shown(term, unit(meaning))));
          }
        }
      }
    }
    return live
        ? Meaning.of(new Term.Text(terms))
        : new Meaning.Fixed(new Val.Text(known.toString()), "");
  }

  private Meaning unary(UnaryOperator operator, Expression operand) {
    Meaning meaning = read(operand);
    Optional<Term> term = term(meaning, operand.span());
    if (term.isEmpty()) {
      return Meaning.FAULTY;
    }
    return switch (operator) {
      case NEGATE -> Meaning.of(new Term.Negate(term.get()), unit(meaning).text());
      case NOT -> Meaning.of(Truths.not(term.get()));
    };
  }

  private Meaning binary(BinaryOperator operator, Expression left, Expression right, Span span) {
    if (operator == BinaryOperator.IN) {
      return inside(left, right);
    }
    Meaning first = read(left);
    Meaning second = read(right);
    if (first instanceof Meaning.Fixed(Val.Num(snel.math.Expr.Truth(boolean known), _), _)) {
      if (operator == BinaryOperator.AND) {
        return known ? second : first;
      }
      if (operator == BinaryOperator.OR) {
        return known ? first : second;
      }
    }
    Optional<Term> a = term(first, left.span());
    Optional<Term> b = term(second, right.span());
    if (a.isEmpty() || b.isEmpty()) {
      return Meaning.FAULTY;
    }
    Term x = work.precision().beside(a.get(), b.get());
    Term y = work.precision().beside(b.get(), a.get());
    return switch (operator) {
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL ->
          combined(operator, x, y, first, second);
      case DIVIDE -> {
        String unit =
            isPlain(left, a.get())
                ? UnitAlgebra.quotient("", unit(second).text())
                : quotientUnit(first, second);
        yield arithmetic(Term.Operator.DIVIDE, a.get(), b.get(), unit);
      }
      case POWER -> arithmetic(Term.Operator.POWER, a.get(), b.get(), powerUnit(first, right));
      default -> combined(operator, a.get(), b.get(), first, second);
    };
  }

  private static Meaning combined(
      BinaryOperator operator, Term a, Term b, Meaning first, Meaning second) {
    return switch (operator) {
      case PLUS -> arithmetic(Term.Operator.ADD, a, b, sameUnit(first, second));
      case MINUS -> arithmetic(Term.Operator.SUBTRACT, a, b, sameUnit(first, second));
      case TIMES -> arithmetic(Term.Operator.MULTIPLY, a, b, productUnit(first, second));
      case LESS -> comparison(Term.Comparison.LESS, a, b);
      case LESS_OR_EQUAL -> comparison(Term.Comparison.AT_MOST, a, b);
      case GREATER -> comparison(Term.Comparison.GREATER, a, b);
      case GREATER_OR_EQUAL -> comparison(Term.Comparison.AT_LEAST, a, b);
      case EQUAL -> comparison(Term.Comparison.EQUAL, a, b);
      case NOT_EQUAL -> comparison(Term.Comparison.UNEQUAL, a, b);
      case AND -> Meaning.of(Truths.and(a, b));
      case OR -> Meaning.of(Truths.or(a, b));
      case DIVIDE, POWER, IN -> throw new IllegalStateException("read elsewhere: " + operator);
    };
  }

  private static String sameUnit(Meaning first, Meaning second) {
    String unit = unit(first).text();
    return unit.isEmpty() ? unit(second).text() : unit;
  }

  private static String productUnit(Meaning first, Meaning second) {
    return UnitAlgebra.product(unit(first).text(), unit(second).text());
  }

  /// Of what has no unit nobody knows whether it is plain: its share of another is shown without.
  private static String quotientUnit(Meaning first, Meaning second) {
    String whole = unit(first).text();
    String part = unit(second).text();
    return whole.isEmpty() && !part.isEmpty() ? "" : UnitAlgebra.quotient(whole, part);
  }

  /// Whether it is known to have no unit: a count, or a number as its author writes it.
  private boolean isPlain(Expression expression, Term term) {
    boolean isCount =
        term.type() instanceof Type.Whole
            || term instanceof Term.Call(Function function, _, _)
                && function == Function.COUNT_EACH;
    return isCount
        || constants.isFixed(expression) && new WrittenUnit(work, frame).isPlain(expression);
  }

  private String powerUnit(Meaning base, Expression exponent) {
    return constants.exact(exponent).map(n -> UnitAlgebra.power(unit(base).text(), n)).orElse("");
  }

  private static Meaning arithmetic(Term.Operator operator, Term a, Term b, String unit) {
    return Meaning.of(new Term.Arithmetic(operator, a, b, Types.arithmetic(operator, a, b)), unit);
  }

  private static Meaning comparison(Term.Comparison comparison, Term a, Term b) {
    return Meaning.of(new Term.Compare(comparison, a, b, Types.comparison(a, b)));
  }

  private Meaning inside(Expression value, Expression bounds) {
    Optional<Term> term = term(value);
    if (bounds.ungrouped() instanceof Expression.Array(var elements, _)) {
      List<Term> listed = new ArrayList<>();
      elements.forEach(element -> term(element).ifPresent(listed::add));
      return term.map(known -> Meaning.of(Types.among(known, listed))).orElse(Meaning.FAULTY);
    }
    if (!(bounds.ungrouped() instanceof Expression.Range(var low, var high, boolean closed, _))) {
      work.fault(Code.WRONG_KIND, "`in` wants a range or a list", bounds.span());
      return Meaning.FAULTY;
    }
    Optional<Term> least = term(low);
    Optional<Term> most = term(high);
    if (term.isEmpty() || least.isEmpty() || most.isEmpty()) {
      return Meaning.FAULTY;
    }
    Type type = Types.comparison(term.get(), least.get());
    Term lower = work.precision().beside(least.get(), term.get());
    Term upper = work.precision().beside(most.get(), term.get());
    return Meaning.of(new Term.Inside(term.get(), lower, upper, !closed, type));
  }

  private Meaning conditional(Expression condition, Expression yes, Expression no) {
    Meaning test = read(condition);
    if (test instanceof Meaning.Fixed(Val.Num(snel.math.Expr.Truth(boolean known), _), _)) {
      return read(known ? yes : no);
    }
    Meaning first = read(yes);
    Meaning second = read(no);
    Optional<Term> c = term(test, condition.span());
    Optional<Term> a = term(first, yes.span());
    Optional<Term> b = term(second, no.span());
    if (c.isEmpty() || a.isEmpty() || b.isEmpty()) {
      return Meaning.FAULTY;
    }
    return Meaning.of(
        new Term.Choose(c.get(), a.get(), b.get(), Types.chosen(c.get(), a.get(), b.get())),
        sameUnit(first, second));
  }

  private Meaning listing(List<Expression> elements) {
    List<Meaning> meanings = elements.stream().map(this::read).toList();
    if (meanings.stream().allMatch(meaning -> meaning instanceof Meaning.Fixed)) {
      return new Meaning.Fixed(
          new Val.Items(meanings.stream().map(ExpressionReader::value).toList()), "");
    }
    List<Term> terms = terms(meanings, elements);
    if (terms.size() < elements.size()) {
      return Meaning.FAULTY;
    }
    return Meaning.of(
        new Term.Listing(terms, new Type.Listing(terms.getFirst().type())),
        unit(meanings.getFirst()).text());
  }

  private Meaning tuple(List<Expression> elements) {
    List<Meaning> meanings = elements.stream().map(this::read).toList();
    if (meanings.stream().allMatch(meaning -> meaning instanceof Meaning.Fixed)) {
      return new Meaning.Fixed(
          new Val.Tuple(meanings.stream().map(ExpressionReader::value).toList()), "");
    }
    List<Term> terms = terms(meanings, elements);
    return terms.size() < elements.size()
        ? Meaning.FAULTY
        : Meaning.of(
            new Term.Tuple(terms, new Type.Tuple(terms.stream().map(Term::type).toList())));
  }

  private static Val value(Meaning meaning) {
    return meaning instanceof Meaning.Fixed(var value, var _) ? value : Val.BAD;
  }

  private List<Term> terms(List<Meaning> meanings, List<Expression> elements) {
    List<Term> terms = new ArrayList<>();
    for (int k = 0; k < meanings.size(); k++) {
      term(meanings.get(k), elements.get(k).span()).ifPresent(terms::add);
    }
    return terms;
  }

  private Meaning range(Expression.Range range) {
    work.fault(Code.WRONG_KIND, "a range has no value by itself", range.span());
    return Meaning.FAULTY;
  }
}

package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Relation;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.TextPart;

/// Evaluates one expression as far as it is known when compiled; what is not stays symbolic. The
/// draws of the expression are numbered in the order of the text.
public final class Evaluator {
  private static final int MEMBERS_SHOWN = 4;

  private final Context context;
  private final Env env;
  private final Draws draws;

  static final class Draws {
    private int count;

    int next() {
      return count++;
    }
  }

  public Evaluator(Context context, Env env) {
    this(context, env, new Draws());
  }

  Evaluator(Context context, Env env, Draws draws) {
    this.context = context;
    this.env = env;
    this.draws = draws;
  }

  Context context() {
    return context;
  }

  Env env() {
    return env;
  }

  Draws draws() {
    return draws;
  }

  Evaluator in(Env other) {
    return new Evaluator(context, other, draws);
  }

  public Val eval(Expression expression) {
    return switch (expression) {
      case Expression.Number(var text, _) -> Val.of(Literals.number(text));
      case Expression.Quantity quantity -> Val.of(Literals.quantity(quantity));
      case Expression.Truth(var value, _) -> Val.of(new Expr.Truth(value));
      case Expression.Text(var parts, _) -> text(parts);
      case Expression.Variable(var name, var span) -> variable(name.text(), span);
      case Expression.Member _
          when env.inModule(expression).orElse(null)
              instanceof Entity.Declared(snel.syntax.Let let, var scope) ->
          constant(let, scope);
      case Expression.Member(var owner, var name, var span) ->
          new Members(this).member(eval(owner), name.text(), span);
      case Expression.Index(var owner, var indices, var span) ->
          new Indexing(this).index(owner, indices, span);
      case Expression.Call(var callee, var arguments, var span) ->
          new Calls(this).call(callee, arguments, span);
      case Expression.Unary(var operator, var operand, _) ->
          map(
              eval(operand),
              switch (operator) {
                case NEGATE -> Fold::neg;
                case NOT -> Fold::not;
              });
      case Expression.Binary(var operator, var left, var right, var span) ->
          binary(operator, left, right, span);
      case Expression.Range(var lower, var upper, var closed, _) ->
          new Val.Range(eval(lower), eval(upper), closed);
      case Expression.WholeAxis _ -> new Val.Marker("..");
      case Expression.Conditional(var condition, var yes, var no, _) ->
          conditional(eval(condition), yes, no, expression.span());
      case Expression.Pipe(_, _, var span) ->
          context.fault(Code.NO_MEANING_HERE, "a data stream has no meaning in a network", span);
      case Expression.Array(var elements, _) ->
          new Val.Items(elements.stream().map(this::eval).toList());
      case Expression.Tuple(var elements, _) ->
          new Val.Tuple(elements.stream().map(this::eval).toList());
      case Expression.Group(var inner, _) -> eval(inner);
      case Expression.Missing _ -> Val.BAD;
    };
  }

  private Val text(List<TextPart> parts) {
    var text = new StringBuilder();
    for (TextPart part : parts) {
      switch (part) {
        case TextPart.Plain(var characters, _) -> text.append(characters);
        case TextPart.Placeholder(var name, var span) -> {
          switch (variable(name.text(), span)) {
            case Val.Text(var value) -> text.append(value);
            case Val.Num(Expr.Num(var value), _) -> text.append(shown(value));
            default -> text.append('{').append(name.text()).append('}');
          }
        }
      }
    }
    return new Val.Text(text.toString());
  }

  private static String shown(Exact value) {
    double number = value.toDouble();
    return value.isWhole() && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private Val variable(String name, Span span) {
    Optional<Val> found = env.find(name);
    if (found.isPresent()) {
      return found.get();
    }
    Optional<Entity> entity = env.file().find(name);
    if (entity.isPresent() && entity.get() instanceof Entity.Declared declared) {
      if (declared.declaration() instanceof snel.syntax.Let let) {
        return constant(let, declared.scope());
      }
    }
    return switch (name) {
      case "dt" -> Val.of(new Expr.Num(Exact.of(context.step())));
      case "pi" -> Val.of(Expr.num(StrictMath.PI));
      case "infinity" -> Val.of(Expr.num(Double.POSITIVE_INFINITY));
      case "t" -> Val.of(new Expr.Ref(Owner.NETWORK, "t", Kind.REAL));
      default -> unknown(name, span);
    };
  }

  /// A constant of a file.
  private Val constant(snel.syntax.Let let, FileScope file) {
    Val value = new Evaluator(context, Env.of(file)).eval(let.value());
    return DrawnOnce.constant(context, file.prefix(), let.name().text(), let.value().span())
        .of(value);
  }

  private Val unknown(String name, Span span) {
    List<String> members =
        env.visible().stream().filter(each -> each.startsWith(name + "[")).toList();
    context
        .diagnostics()
        .reportOnce(
            List.of(Code.UNKNOWN_NAME, name),
            members.isEmpty()
                ? Diagnostic.of(
                    Code.UNKNOWN_NAME,
                    "unknown name `" + name + "`" + Nearest.hint(name, env.visible()),
                    span,
                    "not declared")
                : noMember(name, members, span));
    return Val.BAD;
  }

  private static Diagnostic noMember(String name, List<String> members, Span span) {
    boolean one = members.size() == 1;
    String those =
        members.size() <= MEMBERS_SHOWN
            ? Prose.codes(members)
            : "`" + members.getFirst() + "` to `" + members.getLast() + "`";
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_NAME,
            "`%s` is a family, of which there %s %s".formatted(name, one ? "is" : "are", those),
            span,
            "names no member");
    return one
        ? diagnostic.help(
            "brackets behind a declared name tell members apart; a size stands behind the model,"
                + " as in `population "
                + name
                + " : Lif[2]`")
        : diagnostic;
  }

  private Val conditional(Val condition, Expression yes, Expression no, Span span) {
    if (condition instanceof Val.Num(Expr.Truth(var truth), _)) {
      return eval(truth ? yes : no);
    }
    List<Val> values = List.of(condition, eval(yes), eval(no));
    Val chosen = each(values, e -> Fold.choose(e.get(0), e.get(1), e.get(2)));
    return numbers(chosen, values, span);
  }

  /// What came of `values`; that something in it is no number, or that lists of them are of unlike
  /// lengths, is reported.
  Val numbers(Val result, List<Val> values, Span span) {
    Optional<String> unlike = unlikeShapes(values);
    if (unlike.isPresent()) {
      return context.fault(Code.UNLIKE_SHAPES, unlike.get(), span);
    }
    return result instanceof Val.Bad && values.stream().noneMatch(Evaluator::isFaulty)
        ? context.fault(
            Code.WRONG_KIND,
            "only numbers, truth values and lists of them can be worked out here",
            span)
        : result;
  }

  /// Lists agree as far as both have axes: what is left is one for all.
  private static Optional<String> unlikeShapes(List<Val> values) {
    List<List<Integer>> shapes =
        values.stream().map(Lists::axes).filter(axes -> !axes.isEmpty()).distinct().toList();
    for (List<Integer> shape : shapes) {
      List<Integer> first = shapes.getFirst();
      int axes = Math.min(first.size(), shape.size());
      if (!first.subList(0, axes).equals(shape.subList(0, axes))) {
        return Optional.of("the shapes " + first + " and " + shape + " do not agree");
      }
    }
    return Optional.empty();
  }

  private static boolean isFaulty(Val value) {
    return value instanceof Val.Bad
        || value instanceof Val.Items(var items) && items.stream().anyMatch(Evaluator::isFaulty);
  }

  private Val binary(BinaryOperator operator, Expression left, Expression right, Span span) {
    if (operator == BinaryOperator.IN) {
      return within(eval(left), eval(right), span);
    }
    Val a = eval(left);
    if (a instanceof Val.Num(Expr.Truth(var truth), _)) {
      if (operator == BinaryOperator.AND) {
        return truth ? eval(right) : a;
      }
      if (operator == BinaryOperator.OR) {
        return truth ? a : eval(right);
      }
    }
    Val b = eval(right);
    if (a instanceof Val.Text(var x) && b instanceof Val.Text(var y)) {
      boolean equal = x.equals(y);
      return Val.of(new Expr.Truth(operator == BinaryOperator.EQUAL ? equal : !equal));
    }
    if (a instanceof Val.Marker(var x) && b instanceof Val.Marker(var y)) {
      boolean isUnlike = operator == BinaryOperator.NOT_EQUAL;
      Relation relation = isUnlike ? Relation.NOT_EQUAL : Relation.EQUAL;
      boolean isOpen = !x.equals(y) && PairNames.mayBeOne(env);
      return Val.of(
          isOpen
              ? Fold.compare(relation, index(x), index(y))
              : new Expr.Truth(x.equals(y) != isUnlike));
    }
    return numbers(combine(a, b, pointwise(operator)), List.of(a, b), span);
  }

  private static Expr index(String marker) {
    Owner owner =
        switch (marker) {
          case "pre" -> Owner.PRE;
          case "post" -> Owner.POST;
          default -> Owner.SELF;
        };
    return new Expr.Ref(owner, "index", Kind.INT);
  }

  interface Pointwise {
    Expr apply(Expr a, Expr b);
  }

  private static Pointwise pointwise(BinaryOperator operator) {
    return switch (operator) {
      case POWER -> Fold::pow;
      case TIMES -> Fold::mul;
      case DIVIDE -> Fold::div;
      case PLUS -> Fold::add;
      case MINUS -> Fold::sub;
      case LESS -> (a, b) -> Fold.compare(Relation.LESS, a, b);
      case LESS_OR_EQUAL -> (a, b) -> Fold.compare(Relation.LESS_OR_EQUAL, a, b);
      case GREATER -> (a, b) -> Fold.compare(Relation.GREATER, a, b);
      case GREATER_OR_EQUAL -> (a, b) -> Fold.compare(Relation.GREATER_OR_EQUAL, a, b);
      case EQUAL -> (a, b) -> equal(a, b, Relation.EQUAL);
      case NOT_EQUAL -> (a, b) -> equal(a, b, Relation.NOT_EQUAL);
      case AND, IN -> Fold::and;
      case OR -> Fold::or;
    };
  }

  private static Expr equal(Expr a, Expr b, Relation relation) {
    if (a instanceof Expr.Truth(var x) && b instanceof Expr.Truth(var y)) {
      return new Expr.Truth((x == y) == (relation == Relation.EQUAL));
    }
    return Fold.compare(relation, a, b);
  }

  Val combine(Val a, Val b, Pointwise operation) {
    return each(List.of(a, b), e -> operation.apply(e.get(0), e.get(1)));
  }

  Val map(Val a, UnaryOperator<Expr> operation) {
    return each(List.of(a), e -> operation.apply(e.getFirst()));
  }

  /// Element by element over arrays and lists; what is single stands beside every element.
  Val each(List<Val> values, Function<List<Expr>, Expr> operation) {
    List<Expr> numbers = new ArrayList<>();
    List<Integer> shape = List.of();
    boolean hasLists = false;
    for (Val value : values) {
      switch (value) {
        case Val.Num(var number, var own) -> {
          numbers.add(number);
          shape = shape.isEmpty() ? own : shape;
        }
        case Val.Items _ -> hasLists = true;
        default -> {
          return Val.BAD;
        }
      }
    }
    if (!hasLists) {
      return new Val.Num(operation.apply(numbers), shape);
    }
    int size = values.stream().mapToInt(Evaluator::length).min().orElse(0);
    List<Val> all =
        IntStream.range(0, size)
            .mapToObj(k -> each(values.stream().map(v -> Places.at(v, k)).toList(), operation))
            .toList();
    return all.stream().anyMatch(item -> item instanceof Val.Bad) ? Val.BAD : new Val.Items(all);
  }

  /// Along the first axis; what is single goes with any.
  private static int length(Val value) {
    return switch (value) {
      case Val.Items(var items) -> items.size();
      case Val.Num(_, var shape) when !shape.isEmpty() -> shape.getFirst();
      default -> Integer.MAX_VALUE;
    };
  }

  private Val within(Val value, Val range, Span span) {
    if (range instanceof Val.Range(var low, var high, var closed)) {
      Val above = combine(value, low, (a, b) -> Fold.compare(Relation.GREATER_OR_EQUAL, a, b));
      Relation upper = closed ? Relation.LESS_OR_EQUAL : Relation.LESS;
      Val below = combine(value, high, (a, b) -> Fold.compare(upper, a, b));
      return combine(above, below, Fold::and);
    }
    if (range instanceof Val.Items(var items)) {
      Val any = Val.of(new Expr.Truth(false));
      for (Val item : items) {
        Val same =
            value instanceof Val.Text x && item instanceof Val.Text y
                ? Val.of(new Expr.Truth(x.equals(y)))
                : combine(value, item, (a, b) -> equal(a, b, Relation.EQUAL));
        any = combine(any, same, Fold::or);
      }
      return any;
    }
    return range instanceof Val.Bad
        ? Val.BAD
        : context.fault(Code.WRONG_KIND, "`in` wants a range or a list", span);
  }

  // What the other parts of the elaboration want of a value

  /// A scalar expression.
  public Optional<Expr> scalar(Expression expression) {
    return eval(expression) instanceof Val.Num(var e, var shape) && shape.isEmpty()
        ? Optional.of(e)
        : Optional.empty();
  }

  /// A single value where nothing else will do: a list is reported.
  public Optional<Expr> one(Expression expression) {
    return one(eval(expression), expression);
  }

  /// The same of what `expression` was evaluated to.
  Optional<Expr> one(Val value, Expression expression) {
    boolean isMany =
        value instanceof Val.Items || value instanceof Val.Num(_, var shape) && !shape.isEmpty();
    if (isMany) {
      context.fault(
          Diagnostic.of(
                  Code.UNLIKE_SHAPES,
                  "one value is wanted here, not a list",
                  expression.span(),
                  "a list")
              .help(
                  env.has("pre") && env.has("post")
                      ? "pick that of the pair: `table[pre.index, post.index]`, of a table that is a"
                          + " `let`"
                      : "pick one of them, or sum them up; a list of constants is a `let`"));
    }
    return value instanceof Val.Num(var e, var shape) && shape.isEmpty()
        ? Optional.of(e)
        : Optional.empty();
  }

  /// A constant number, reported when it is none.
  public Optional<Exact> constant(Expression expression, String what) {
    Val value = eval(expression);
    if (value instanceof Val.Num(Expr.Num(var number), _)) {
      return Optional.of(number);
    }
    if (!(value instanceof Val.Bad)) {
      context.fault(Code.CHANGES_IN_TIME, what + " must be known when compiled", expression.span());
    }
    return Optional.empty();
  }

  /// A whole constant, reported when it is none.
  public Optional<Long> whole(Expression expression, String what) {
    return constant(expression, what)
        .flatMap(number -> {
          if (number.isWhole()) {
            return Optional.of((long) number.toDouble());
          }
          context.fault(
              Code.WHOLE_NUMBER_WANTED,
              what + " must be whole, but this is " + number.toDouble(),
              expression.span());
          return Optional.empty();
        });
  }

  /// Named arguments, evaluated.
  Map<String, Val> named(List<Argument> arguments) {
    Map<String, Val> all = new LinkedHashMap<>();
    int position = 0;
    for (Argument argument : arguments) {
      String name = argument.name() != null ? argument.name().text() : "#" + position++;
      all.put(name, eval(argument.value()));
    }
    return all;
  }
}

package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.TextPart;
import snel.syntax.UnaryOperator;
import snel.types.Type;
import snel.units.Dimension;
import snel.units.UnitReading;
import snel.units.Units;

/// Finds the type of expressions and says what does not agree in them. What is faulty gets an
/// unknown type, so that a fault is told once.
final class Expressions {
  /// Words that have a meaning in some places only.
  private static final List<String> LOCAL_WORDS =
      List.of("pre", "post", "self", "peers", "offset", "edge", "fan_in", "index");

  private final Context context;
  private final Scope scope;

  Expressions(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  Context context() {
    return context;
  }

  Scope scope() {
    return scope;
  }

  /// The type of an expression.
  Type type(Expression expression) {
    return switch (expression) {
      case Expression.Number(var text, _) -> number(text);
      case Expression.Quantity quantity -> quantity(quantity);
      case Expression.Truth _ -> Type.BOOL;
      case Expression.Text(var parts, _) -> text(parts);
      case Expression.Variable(var name, _) -> variable(name);
      case Expression.Member member -> new Members(this).type(member);
      case Expression.Index index -> new Indexing(this).type(index);
      case Expression.Call call -> new Calls(this).type(call);
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Range range -> new Lists(this).range(range);
      case Expression.WholeAxis _ -> new Things.Interval(Type.INT);
      case Expression.Conditional conditional -> new Branches(this).type(conditional);
      case Expression.Pipe pipe -> new Stages(this).type(pipe);
      case Expression.Array(var elements, _) -> new Lists(this).list(elements);
      case Expression.Tuple(var elements, _) ->
          new Type.Tuple(elements.stream().map(this::type).toList());
      case Expression.Group(var inner, _) -> type(inner);
      case Expression.Missing _ -> Type.UNKNOWN;
    };
  }

  /// Looks at arguments whose types nothing is asked of.
  void all(List<Argument> arguments) {
    arguments.forEach(argument -> type(argument.value()));
  }

  /// The type as far as it is known by now.
  Type resolved(Expression expression) {
    return context.resolved(type(expression));
  }

  private Type number(String text) {
    return Constants.number(text)
        .map(value ->
            value.signum() == 0
                ? context.unification().anyDimension()
                : value.isWhole() ? Type.INT : Type.PLAIN)
        .orElse(Type.UNKNOWN);
  }

  private Type quantity(Expression.Quantity quantity) {
    return Units.read(quantity.unit().text()) instanceof UnitReading.Known(var unit)
            && UnitOrName.isUnit(context, scope, quantity)
        ? Type.of(unit.dimension())
        : Type.UNKNOWN;
  }

  private Type text(List<TextPart> parts) {
    for (TextPart part : parts) {
      if (part instanceof TextPart.Placeholder(var name, _)) {
        variable(name);
      }
    }
    return Type.TEXT;
  }

  Type variable(snel.syntax.Name name) {
    String text = name.text();
    if (text.isEmpty()) {
      return Type.UNKNOWN;
    }
    context.usage().readImport(scope.file(), text);
    Optional<Symbol> symbol = scope.find(text);
    if (symbol.isPresent()) {
      context.usage().read(symbol.get());
      return context.type(symbol.get());
    }
    return switch (text) {
      case "dt", "t" -> Type.of(Dimension.TIME);
      case "pi" -> Type.PLAIN;
      case "infinity" -> context.unification().anyDimension();
      case "none" -> Things.NOTHING;
      default -> undeclared(name);
    };
  }

  private Type undeclared(snel.syntax.Name name) {
    if (scope.isIncomplete()) {
      return Type.UNKNOWN;
    }
    if (LOCAL_WORDS.contains(name.text())) {
      return context.faulty(noMeaning(name.text(), name.span()));
    }
    Type type = context.open();
    context.unknowns().name(scope, name, type);
    return type;
  }

  private Diagnostic noMeaning(String word, Span span) {
    String where =
        switch (word) {
          case "pre", "post" -> "`pre` and `post` are the two neurons of a synapse or connection";
          case "self", "peers" -> "`self` and `peers` exist in neurons and their populations";
          case "index" ->
              "`index` is the number of a sample, in a data set; that of a neuron is `self.index`,"
                  + " `pre.index` or `post.index`";
          default -> "`" + word + "` exists in the clauses of a connection";
        };
    return Diagnostic.of(
            Code.NO_MEANING_HERE,
            "`" + word + "` has no meaning " + scope.place().words(),
            span,
            "means nothing here")
        .note(where);
  }

  private Type unary(Expression.Unary unary) {
    Type operand = resolved(unary.operand());
    if (unary.operator() == UnaryOperator.NOT) {
      Conditions.check(context, operand, unary.operand(), "`not`");
      return Type.BOOL;
    }
    if (Wording.isOpen(operand) || Wording.isNumber(operand)) {
      return operand;
    }
    return WrongKind.report(context, operand, unary.operand().span(), "a number");
  }

  private Type binary(Expression.Binary binary) {
    return switch (binary.operator()) {
      case PLUS, MINUS -> new Sums(this).type(binary);
      case TIMES, DIVIDE -> new Products(this).type(binary);
      case POWER -> new Powers(this).type(binary);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL ->
          new Comparisons(this).type(binary);
      case IN -> new Comparisons(this).within(binary);
      case AND, OR -> {
        String word = "`" + binary.operator().text() + "`";
        Conditions.check(context, type(binary.left()), binary.left(), word);
        Conditions.check(context, type(binary.right()), binary.right(), word);
        yield Type.BOOL;
      }
    };
  }
}

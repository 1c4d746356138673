package snel.parse;

import static snel.syntax.BinaryOperator.AND;
import static snel.syntax.BinaryOperator.OR;

import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser.ArgumentContext;
import snel.grammar.SnnParser.ArgumentsContext;
import snel.grammar.SnnParser.AtomContext;
import snel.grammar.SnnParser.BoundsContext;
import snel.grammar.SnnParser.CallSuffixContext;
import snel.grammar.SnnParser.ComparisonContext;
import snel.grammar.SnnParser.ConditionalContext;
import snel.grammar.SnnParser.ExpressionContext;
import snel.grammar.SnnParser.ExpressionsContext;
import snel.grammar.SnnParser.IndexContext;
import snel.grammar.SnnParser.IndexSuffixContext;
import snel.grammar.SnnParser.IndicesContext;
import snel.grammar.SnnParser.MemberSuffixContext;
import snel.grammar.SnnParser.NameContext;
import snel.grammar.SnnParser.NegationContext;
import snel.grammar.SnnParser.PostfixContext;
import snel.grammar.SnnParser.PowerContext;
import snel.grammar.SnnParser.ProductContext;
import snel.grammar.SnnParser.RangeContext;
import snel.grammar.SnnParser.ReferenceContext;
import snel.grammar.SnnParser.ReferencesContext;
import snel.grammar.SnnParser.SumContext;
import snel.grammar.SnnParser.UnaryContext;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.Reference;
import snel.syntax.UnaryOperator;
import snel.syntax.UnitText;

/// Builds expressions, references and arguments.
final class ExpressionTrees {
  /// No expression is nested more deeply than this, however long its chains are: everything that
  /// walks trees does so by recursion.
  private static final int DEEPEST = 1_000;

  private final Origin origin;
  private final NameTrees names;
  private final TextTrees texts;
  private int depth;

  ExpressionTrees(Origin origin, NameTrees names) {
    this.origin = origin;
    this.names = names;
    this.texts = new TextTrees(origin);
  }

  List<Expression> expressions(ExpressionsContext context) {
    return context.expression().stream().map(this::expression).toList();
  }

  Expression expression(ExpressionContext context) {
    return chain(
        context.conditional(),
        this::conditional,
        i -> (left, right) -> new Expression.Pipe(left, right, left.span().to(right.span())));
  }

  Expression.Text text(TerminalNode node) {
    return texts.text(node.getSymbol());
  }

  private Expression conditional(ConditionalContext context) {
    if (context.IF() == null) {
      return chain(
          context.disjunction().conjunction(),
          conjunction -> chain(conjunction.negation(), this::negation, i -> binary(AND)),
          i -> binary(OR));
    }
    List<ConditionalContext> parts = context.conditional();
    return new Expression.Conditional(
        deeper(1, parts.get(0), this::conditional),
        deeper(1, parts.get(1), this::conditional),
        deeper(1, parts.get(2), this::conditional),
        origin.span(context));
  }

  private Expression negation(NegationContext context) {
    return context.comparison() != null
        ? comparison(context.comparison())
        : new Expression.Unary(
            UnaryOperator.NOT, deeper(1, context.negation(), this::negation), origin.span(context));
  }

  private Expression comparison(ComparisonContext context) {
    List<RangeContext> sides = context.range();
    Expression left = range(sides.getFirst());
    return sides.size() == 1
        ? left
        : binary(operator(context.getChild(1))).join(left, range(sides.get(1)));
  }

  private Expression range(RangeContext context) {
    List<SumContext> ends = context.sum();
    return ends.size() == 1
        ? sum(ends.getFirst())
        : range(context, ends.get(0), context.CLOSED_RANGE() != null, ends.get(1));
  }

  Expression.Range bounds(BoundsContext context) {
    return range(context, context.sum(0), context.CLOSED_RANGE() != null, context.sum(1));
  }

  private Expression.Range range(
      ParserRuleContext whole, SumContext lower, boolean closed, SumContext upper) {
    return new Expression.Range(
        deeper(1, lower, this::sum), deeper(1, upper, this::sum), closed, origin.span(whole));
  }

  private Expression sum(SumContext context) {
    return chain(context.product(), this::product, operatorsOf(context));
  }

  private Expression product(ProductContext context) {
    return chain(context.unary(), this::unary, operatorsOf(context));
  }

  private Expression unary(UnaryContext context) {
    return context.power() != null
        ? power(context.power())
        : new Expression.Unary(
            UnaryOperator.NEGATE, deeper(1, context.unary(), this::unary), origin.span(context));
  }

  private Expression power(PowerContext context) {
    Expression base = postfix(context.postfix());
    return context.unary() == null
        ? base
        : binary(BinaryOperator.POWER).join(base, deeper(1, context.unary(), this::unary));
  }

  private Expression postfix(PostfixContext context) {
    if (context.literal() != null) {
      return literal(context.getStart());
    }
    int suffixes = context.getChildCount() - 1;
    if (depth + suffixes > DEEPEST) {
      return tooDeep(origin.span(context));
    }
    Expression built = deeper(suffixes, context.atom(), this::atom);
    for (int i = 1; i <= suffixes; i++) {
      ParserRuleContext suffix = (ParserRuleContext) context.getChild(i);
      Span span = built.span().to(origin.span(suffix));
      built =
          switch (suffix) {
            case MemberSuffixContext member ->
                new Expression.Member(built, names.name(member.name()), span);
            case IndexSuffixContext index ->
                new Expression.Index(built, indices(index.indices()), span);
            case CallSuffixContext call ->
                new Expression.Call(built, arguments(call.arguments()), span);
            default -> throw new CompilerBug("no suffix: " + suffix.getClass());
          };
    }
    return built;
  }

  private Expression literal(Token token) {
    Span span = origin.span(token);
    return switch (token.getType()) {
      case SnnLexer.NUMBER -> new Expression.Number(token.getText(), span);
      case SnnLexer.QUANTITY -> quantity(token);
      case SnnLexer.TEXT -> texts.text(token);
      case SnnLexer.TRUE -> new Expression.Truth(true, span);
      case SnnLexer.FALSE -> new Expression.Truth(false, span);
      default -> throw new CompilerBug("no literal: " + token.getText());
    };
  }

  private Expression atom(AtomContext context) {
    Token first = context.getStart();
    Span span = origin.span(context);
    return switch (first.getType()) {
      case SnnLexer.MISSING_VALUE -> new Expression.Missing(span);
      case SnnLexer.LBRACKET ->
          new Expression.Array(
              context.expressions() == null ? List.of() : nested(context.expressions()), span);
      case SnnLexer.LPAREN -> {
        List<Expression> inner = nested(context.expressions());
        yield inner.size() == 1
            ? new Expression.Group(inner.getFirst(), span)
            : new Expression.Tuple(inner, span);
      }
      default -> variable(context.name());
    };
  }

  private List<Expression> nested(ExpressionsContext context) {
    return context.expression().stream()
        .map(element -> deeper(1, element, this::expression))
        .toList();
  }

  private Expression quantity(Token token) {
    String text = token.getText();
    int blank = 0;
    while (text.charAt(blank) != ' ' && text.charAt(blank) != '\t') {
      blank++;
    }
    String unit = text.substring(blank).strip();
    Span whole = origin.span(token);
    Span unitSpan = new Span(origin.file(), whole.end() - unit.length(), whole.end());
    return new Expression.Quantity(text.substring(0, blank), new UnitText(unit, unitSpan), whole);
  }

  private Expression.Variable variable(NameContext context) {
    Name name = names.name(context);
    return new Expression.Variable(name, name.span());
  }

  List<Reference> references(ReferencesContext context) {
    return context.reference().stream().map(this::reference).toList();
  }

  Reference reference(ReferenceContext context) {
    int next = 0;
    Reference built = variable(context.name(next++));
    int indexed = 0;
    for (int i = 1; i < context.getChildCount(); i++) {
      ParseTree child = context.getChild(i);
      if (child instanceof NameContext) {
        Name name = names.name(context.name(next++));
        built = new Expression.Member(built, name, built.span().to(name.span()));
      } else if (child instanceof IndicesContext) {
        List<Expression> indices = indices(context.indices(indexed));
        Span close = origin.span(context.RBRACKET(indexed++));
        built = new Expression.Index(built, indices, built.span().to(close));
      }
    }
    return built;
  }

  private List<Expression> indices(IndicesContext context) {
    return context.index().stream().map(this::index).toList();
  }

  private Expression index(IndexContext context) {
    return context.expression() == null
        ? new Expression.WholeAxis(origin.span(context))
        : deeper(1, context.expression(), this::expression);
  }

  /// The arguments between parentheses that may be empty.
  List<Argument> arguments(@Nullable ArgumentsContext context) {
    return context == null ? List.of() : context.argument().stream().map(this::argument).toList();
  }

  private Argument argument(ArgumentContext context) {
    return new Argument(
        context.name() == null ? null : names.name(context.name()),
        deeper(1, context.expression(), this::expression),
        origin.span(context));
  }

  @FunctionalInterface
  private interface Join {
    Expression join(Expression left, Expression right);
  }

  /// Operands of one level with operators between them, grouped to the left.
  private <C extends ParserRuleContext> Expression chain(
      List<C> operands, Function<C, Expression> build, Function<Integer, Join> joins) {
    int last = operands.size() - 1;
    if (depth + last > DEEPEST) {
      return tooDeep(origin.span(operands.getFirst()).to(origin.span(operands.getLast())));
    }
    Expression built = deeper(last, operands.getFirst(), build);
    for (int i = 1; i <= last; i++) {
      Expression right = deeper(last - i + 1, operands.get(i), build);
      built = joins.apply(i).join(built, right);
    }
    return built;
  }

  private static Function<Integer, Join> operatorsOf(ParserRuleContext context) {
    return i -> binary(operator(context.getChild(2 * i - 1)));
  }

  private static Join binary(BinaryOperator operator) {
    return (left, right) ->
        new Expression.Binary(operator, left, right, left.span().to(right.span()));
  }

  private static BinaryOperator operator(ParseTree node) {
    for (BinaryOperator operator : BinaryOperator.values()) {
      if (operator.text().equals(node.getText())) {
        return operator;
      }
    }
    throw new CompilerBug("no operator: " + node.getText());
  }

  private Expression tooDeep(Span at) {
    String message = "this expression is nested more than " + DEEPEST + " levels deep";
    origin
        .diagnostics()
        .report(
            Diagnostic.of(Code.NESTED_TOO_DEEPLY, message, at)
                .help("name a part of it with `let`"));
    return new Expression.Missing(at);
  }

  private <C extends ParserRuleContext> Expression deeper(
      int levels, C context, Function<C, Expression> build) {
    if (depth + levels > DEEPEST) {
      return tooDeep(origin.span(context));
    }
    depth += levels;
    Expression built = build.apply(context);
    depth -= levels;
    return built;
  }
}

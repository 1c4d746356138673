package snel.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser.ExponentContext;
import snel.grammar.SnnParser.FactorContext;
import snel.grammar.SnnParser.TypeContext;
import snel.grammar.SnnParser.UnitContext;
import snel.source.Span;
import snel.syntax.Exponent;
import snel.syntax.Type;
import snel.syntax.UnitText;

/// Builds types and units.
final class TypeTrees {
  private final Origin origin;
  private final NameTrees names;
  private final ExpressionTrees expressions;

  TypeTrees(Origin origin, NameTrees names, ExpressionTrees expressions) {
    this.origin = origin;
    this.names = names;
    this.expressions = expressions;
  }

  @Nullable Type typeOrNull(@Nullable TypeContext context) {
    return context == null ? null : type(context);
  }

  Type type(TypeContext context) {
    Span span = origin.span(context);
    if (context.LIKE() != null) {
      return new Type.Like(names.name(context.name()), span);
    }
    if (context.getStart().getType() == SnnLexer.MISSING_NAME) {
      return new Type.Missing(span);
    }
    List<Type.Factor> factors = new ArrayList<>();
    boolean divides = false;
    for (int i = 0; i < context.getChildCount(); i++) {
      ParseTree child = context.getChild(i);
      if (child instanceof FactorContext factor) {
        factors.add(factor(divides, factor));
      } else {
        divides = child.getText().equals("/");
      }
    }
    return new Type.Product(
        List.copyOf(factors),
        context.expressions() == null ? List.of() : expressions.expressions(context.expressions()),
        span);
  }

  private Type.Factor factor(boolean divides, FactorContext context) {
    Span span = origin.span(context);
    if (context.NUMBER() != null) {
      String number = context.NUMBER().getText();
      if (!number.equals("1")) {
        report(span, "a type has no number but `1`, as in `1/time`; here stands `" + number + "`");
      }
      return new Type.Factor(divides, null, List.of(), null, span);
    }
    return new Type.Factor(
        divides,
        names.name(context.name()),
        expressions.arguments(context.arguments()),
        context.exponent() == null ? null : exponent(context.exponent()),
        span);
  }

  private Exponent exponent(ExponentContext context) {
    Span span = origin.span(context);
    List<TerminalNode> numbers = context.NUMBER();
    int numerator = whole(numbers.getFirst());
    int denominator = numbers.size() == 1 ? 1 : whole(numbers.get(1));
    if (denominator == 0) {
      report(origin.span(numbers.get(1)), "an exponent cannot be divided by 0");
      denominator = 1;
    }
    return new Exponent(context.MINUS() == null ? numerator : -numerator, denominator, span);
  }

  private int whole(TerminalNode number) {
    String digits = number.getText().replace("_", "");
    if (digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      report(origin.span(number), "an exponent of a type is a small whole number or a fraction");
      return 1;
    }
    return Integer.parseInt(digits);
  }

  /// The unit after `stored in`, without blanks.
  @Nullable UnitText unitOrNull(@Nullable UnitContext context) {
    if (context == null) {
      return null;
    }
    String text = context.children.stream().map(ParseTree::getText).collect(Collectors.joining());
    return new UnitText(text, origin.span(context));
  }

  private void report(Span at, String message) {
    origin.diagnostics().report(Diagnostic.of(Code.UNEXPECTED_TEXT, message, at));
  }
}

package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.elaborate.Val;
import snel.math.Expr;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// The numbers among the arguments of a training method or optimiser.
final class MethodOptions {
  private final Block block;
  private final Work work;
  private final String name;
  private final List<Argument> arguments;
  private final Span span;

  MethodOptions(Block block, String name, List<Argument> arguments, Span span) {
    this.block = block;
    this.work = block.work();
    this.name = name;
    this.arguments = arguments;
    this.span = span;
  }

  String name() {
    return name;
  }

  Span span() {
    return span;
  }

  /// Of what a running mean keeps: of one that keeps all nothing new is ever seen.
  double share(String argument, int position, double usual) {
    return within(argument, position, usual, 0, Math.nextDown(1.0));
  }

  int whole(String argument, int position, int usual, int low) {
    double number = within(argument, position, usual, low, Integer.MAX_VALUE);
    if (number != Math.rint(number)) {
      work.fault(
          Code.WHOLE_NUMBER_WANTED,
          "`" + argument + "` of `" + name + "` is a whole number",
          given(argument, position).map(Expression::span).orElse(span));
    }
    return (int) number;
  }

  double within(String argument, int position, double usual, double low, double high) {
    double number = number(argument, position, usual);
    if (!(low <= number && number <= high)) {
      String range = high < 1 ? "lies in 0 ..< 1" : "is not negative";
      work.fault(
          Code.OUT_OF_RANGE,
          "`" + argument + "` of `" + name + "` " + (low > 0 ? "is more than 0" : range),
          given(argument, position).map(Expression::span).orElse(span));
    }
    return number;
  }

  double number(String argument, int position, double usual) {
    return given(argument, position).map(expression -> constant(expression, usual)).orElse(usual);
  }

  Optional<Expression> given(String argument, int position) {
    return new Arguments(block.reader(), name, arguments, span).expression(argument, position);
  }

  private double constant(Expression expression, double otherwise) {
    if (block.reader().read(expression)
        instanceof Meaning.Fixed(Val.Num(Expr.Num(var number), _), var _)) {
      return number.toDouble();
    }
    work.fault(
        Code.WRONG_KIND, "a number that is known when compiled is wanted here", expression.span());
    return otherwise;
  }

  /// Names are checked before anything is lowered.
  static CompilerBug unknown(String name) {
    return new CompilerBug("`" + name + "` was not refused");
  }
}

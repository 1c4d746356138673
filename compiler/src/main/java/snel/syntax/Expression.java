package snel.syntax;

import java.util.List;
import snel.source.Span;

/// An expression as written. `pi`, `infinity`, `dt`, `t`, `self`, `pre` … are [Variable]s.
public sealed interface Expression extends Node
    permits Reference,
        Expression.Number,
        Expression.Quantity,
        Expression.Truth,
        Expression.Text,
        Expression.Call,
        Expression.Unary,
        Expression.Binary,
        Expression.Range,
        Expression.WholeAxis,
        Expression.Conditional,
        Expression.Pipe,
        Expression.Array,
        Expression.Tuple,
        Expression.Group,
        Expression.Missing {

  /// `42`, `10_000`, `1e-3`: the exact text.
  record Number(String text, Span span) implements Expression {}

  /// `20 mV`, `1 uF/cm^2`, `5 %`: the exact text of the number and the unit without blanks.
  record Quantity(String number, UnitText unit, Span span) implements Expression {}

  /// `true`, `false`.
  record Truth(boolean value, Span span) implements Expression {}

  /// `"text with {name} placeholders"`, taken apart.
  record Text(List<TextPart> parts, Span span) implements Expression {}

  /// A name that stands for a value.
  record Variable(Name name, Span span) implements Reference {}

  /// `owner.name`.
  record Member(Expression owner, Name name, Span span) implements Reference {}

  /// `owner[i, 0 ..< 5, ..]`.
  record Index(Expression owner, List<Expression> indices, Span span) implements Reference {}

  /// `callee(arguments)`: a function, a draw, a measure, or an instance inside an expression.
  record Call(Expression callee, List<Argument> arguments, Span span) implements Expression {}

  /// `-x`, `not x`.
  record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {}

  /// `left operator right`.
  record Binary(BinaryOperator operator, Expression left, Expression right, Span span)
      implements Expression {}

  /// `lower .. upper`, or `lower ..< upper` without the upper end.
  record Range(Expression lower, Expression upper, boolean closed, Span span)
      implements Expression {}

  /// `..` as an index: the whole axis.
  record WholeAxis(Span span) implements Expression {}

  /// `if condition then whenTrue else whenFalse`.
  record Conditional(Expression condition, Expression whenTrue, Expression whenFalse, Span span)
      implements Expression {}

  /// `stream | stage`: a data stream fed to a stage.
  record Pipe(Expression stream, Expression stage, Span span) implements Expression {}

  /// `[a, b, c]`.
  record Array(List<Expression> elements, Span span) implements Expression {}

  /// `(a, b)`: at least two elements.
  record Tuple(List<Expression> elements, Span span) implements Expression {}

  /// `(inner)`: parentheses that only group.
  record Group(Expression inner, Span span) implements Expression {}

  /// Nothing readable stood here; already reported.
  record Missing(Span span) implements Expression {}

  /// This expression without the parentheses around it.
  default Expression ungrouped() {
    return this instanceof Group(Expression inner, Span _) ? inner.ungrouped() : this;
  }
}

package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// A type as written.
public sealed interface Type extends Node {

  /// `real`, `conductance/voltage`, `fixed(8, 8)`, `real[28, 28]`: a product of factors with a
  /// shape, which is empty for a single value.
  record Product(List<Factor> factors, List<Expression> shape, Span span) implements Type {}

  /// `like w`: the dimension of another name.
  record Like(Name name, Span span) implements Type {}

  /// Nothing readable stood here; already reported.
  record Missing(Span span) implements Type {}

  /// One factor.
  ///
  /// @param divides it stands after `/`
  /// @param name absent for the number `1` in `1/time`
  /// @param arguments of `fixed(8, 8)`; otherwise empty
  /// @param exponent absent for the power of one
  record Factor(
      boolean divides,
      @Nullable Name name,
      List<Argument> arguments,
      @Nullable Exponent exponent,
      Span span)
      implements Node {}
}

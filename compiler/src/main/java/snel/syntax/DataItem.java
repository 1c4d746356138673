package snel.syntax;

import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// What stands in the body of a `data` declaration: besides the items below, [Let].
public sealed interface DataItem extends Node permits Let, DataItem.Field, DataItem.Split {

  /// `name : type [in bounds] = value [bin floor | round | ceil]`.
  record Field(
      Name name,
      Type type,
      Expression.@Nullable Range bounds,
      Expression value,
      @Nullable BinMode bin,
      String documentation,
      Span span)
      implements DataItem {}

  /// `split name where condition`.
  record Split(Name name, Expression condition, String documentation, Span span)
      implements DataItem {}
}

package snel.check;

import java.util.List;
import snel.syntax.Expression;
import snel.types.Extent;
import snel.types.Type;

/// `owner[i, j]`: elements of arrays and lists, slices and members of families.
final class Indexing {
  private final Expressions expressions;
  private final Context context;

  Indexing(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Index index) {
    Type owner = expressions.resolved(index.owner());
    boolean whole = true;
    for (Expression at : index.indices()) {
      whole &= index(at);
    }
    return switch (owner) {
      case Type.Array array -> {
        IndexRange.check(context, expressions.scope(), array, index);
        yield element(array, index.indices(), whole);
      }
      case Type.Sequence(var element) ->
          whole && index.indices().size() == 1 ? element : elements(element, index);
      case Things.Cells _, Things.Wires _, Things.Part _, Things.Happening _ -> owner;
      case Things.Readout _ -> owner;
      case Things.Numbers _ -> Type.PLAIN;
      case Things.Interval(var of) -> of;
      case Type.Unknown() -> owner;
      default ->
          Wording.isOpen(owner)
              ? context.open()
              : WrongKind.report(context, owner, index.owner().span(), "a list or population");
    };
  }

  /// Whether the index picks one element.
  private boolean index(Expression at) {
    Type type = expressions.resolved(at);
    switch (type) {
      case Things.Interval(var of) -> {
        if (at instanceof Expression.Range(var lower, _, _, _)) {
          Sizes.check(context, of, lower, "an index");
        }
        return false;
      }
      case Type.Array array -> {
        Sizes.check(context, array.single(), at, "an index");
        return false;
      }
      case Type.Text() -> {
        return true;
      }
      default -> {
        Sizes.check(context, type, at, "an index");
        return true;
      }
    }
  }

  private Type elements(Type element, Expression.Index index) {
    if (index.indices().size() == 1) {
      return new Type.Sequence(element);
    }
    List<Expression> rest = index.indices().subList(1, index.indices().size());
    return element instanceof Type.Array array
        ? element(array, rest, rest.stream().allMatch(this::isOne))
        : Type.UNKNOWN;
  }

  private boolean isOne(Expression at) {
    Type type = expressions.resolved(at);
    return !(type instanceof Things.Interval) && !(type instanceof Type.Array);
  }

  /// One index on rows of a table gives a row.
  ///
  /// @param single whether each index picks one element
  private static Type element(Type.Array array, List<Expression> indices, boolean single) {
    List<Extent> shape = array.shape();
    if (!single || shape.isEmpty()) {
      return single && shape.isEmpty() ? array.single() : Things.array(array.single());
    }
    return indices.size() < shape.size()
        ? new Type.Array(array.single(), shape.subList(indices.size(), shape.size()))
        : array.single();
  }
}

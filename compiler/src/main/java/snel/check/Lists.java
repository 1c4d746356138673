package snel.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Extent;
import snel.types.Type;

/// `[a, b, c]` and `a .. b`. Elements are of one kind and dimension, rows of one length. E0218.
final class Lists {
  private final Expressions expressions;
  private final Context context;

  Lists(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type range(Expression.Range range) {
    Type lower = expressions.resolved(range.lower());
    Type upper = expressions.resolved(range.upper());
    if (lower instanceof Type.Text && upper instanceof Type.Text) {
      return new Things.Interval(Type.TEXT);
    }
    if (!NumbersOnly.hold(context, lower, range.lower(), upper, range.upper())) {
      return new Things.Interval(Type.UNKNOWN);
    }
    Optional<Type> common = new Agreeing(context).common(lower, upper);
    if (common.isEmpty()) {
      var operands = new Operands(expressions, range.lower(), range.upper(), lower, upper);
      context.report(
          operands.diagnostic(
              Code.UNLIKE_COMPARISON,
              "a range cannot go from " + operands.leftWords() + " to " + operands.rightWords()));
    }
    return new Things.Interval(common.orElse(Type.UNKNOWN));
  }

  Type list(List<Expression> elements) {
    if (elements.isEmpty()) {
      return Things.array(context.open());
    }
    var types = new ArrayList<Type>();
    for (Expression element : elements) {
      types.add(expressions.resolved(element));
    }
    Type common = types.getFirst();
    for (int k = 1; k < types.size(); k++) {
      Optional<Type> next = new Agreeing(context).common(common, types.get(k));
      if (next.isEmpty()) {
        return context.faulty(unlike(elements, common, types.get(k), k));
      }
      common = next.get();
    }
    return shaped(common, types);
  }

  private Type shaped(Type element, List<Type> types) {
    Extent length = Extent.of(types.size());
    Type of = context.resolved(element);
    if (of.single() instanceof Type.Unknown) {
      return Type.UNKNOWN;
    }
    boolean value =
        Wording.isNumber(of)
            || of.single() instanceof Type.Bool
            || of.single() instanceof Type.Spikes;
    if (!value) {
      return new Type.Sequence(of);
    }
    if (!(of instanceof Type.Array)) {
      return new Type.Array(of, List.of(length));
    }
    return new Type.Array(of.single(), rows(types, length));
  }

  /// Rows of unequal length are trains of spikes, one for each neuron: their length stays open, as
  /// where there is none (`[]`).
  private static List<Extent> rows(List<Type> types, Extent length) {
    List<List<Extent>> known =
        types.stream().map(Type::shape).filter(shape -> !shape.isEmpty()).toList();
    if (known.isEmpty()) {
      return List.of();
    }
    List<Extent> row = known.getFirst();
    for (Type type : types) {
      List<Extent> shape =
          type.shape().isEmpty()
              ? Collections.nCopies(row.size(), new Extent.Open())
              : type.shape();
      if (shape.size() != row.size()) {
        return List.of();
      }
      var common = new ArrayList<Extent>();
      for (int axis = 0; axis < row.size(); axis++) {
        common.add(Extent.common(row.get(axis), shape.get(axis)).orElse(new Extent.Open()));
      }
      row = common;
    }
    var all = new ArrayList<Extent>(row);
    all.addFirst(length);
    return all;
  }

  private Diagnostic unlike(List<Expression> elements, Type first, Type odd, int at) {
    String usual = WrongKind.described(context.resolved(first));
    String other = WrongKind.described(context.resolved(odd));
    var diagnostic =
        Diagnostic.of(
                Code.UNLIKE_ELEMENTS,
                "the elements of a list are of one kind, but these are " + usual + " and " + other,
                elements.get(at).span(),
                "this is " + other)
            .label(elements.getFirst().span(), "this is " + usual);
    return UnitAdvice.of(
            context,
            expressions.scope(),
            elements.get(at),
            odd,
            first,
            Optional.of(elements.getFirst()))
        .map(advice -> advice.addTo(diagnostic))
        .orElse(
            first instanceof Type.Tuple || Wording.isNumber(first) == Wording.isNumber(odd)
                ? diagnostic
                : diagnostic.help("values of mixed kinds are a tuple: `(\"tonic\", 0.02)`"));
  }
}

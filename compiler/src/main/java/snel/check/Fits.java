package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Expression;
import snel.types.DimensionTerm;
import snel.types.Extent;
import snel.types.Type;

/// Whether a value can be given to something of a known type. E0202, E0410.
final class Fits {
  private final Context context;
  private final Scope scope;

  Fits(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  /// @param receiver how the receiver is called: "`v`", "a delay"
  /// @param declared where it is declared
  boolean check(Type wanted, Expression value, String receiver, Optional<Span> declared) {
    return check(wanted, context.in(scope).type(value), value, receiver, declared);
  }

  boolean check(
      Type wanted, Type given, Expression value, String receiver, Optional<Span> declared) {
    Type place = context.resolved(wanted);
    Type found = context.resolved(given);
    if (isFaulty(place) || isFaulty(found)) {
      return true;
    }
    if (!alike(place, found, value, receiver, declared)) {
      return false;
    }
    if (place.single() instanceof Type.Int) {
      Wholes.check(context, scope, found, value, receiver);
    }
    return shapes(place, found, value, receiver, declared);
  }

  /// Whether it is of the kind and dimension; shapes may differ, and what was whole may be broken.
  boolean alike(
      Type wanted, Type given, Expression value, String receiver, Optional<Span> declared) {
    Type place = context.resolved(wanted);
    Type found = context.resolved(given);
    boolean fits = isFaulty(place) || isFaulty(found) || agree(place, found);
    if (!fits) {
      context.report(unlike(place, found, value, receiver, declared));
    }
    return fits;
  }

  private static boolean isFaulty(Type type) {
    return type.single() instanceof Type.Unknown;
  }

  private boolean agree(Type place, Type found) {
    if (place.single() instanceof Type.Spikes) {
      return trains(found);
    }
    boolean open = Wording.isOpen(place) || Wording.isOpen(found);
    if (Wording.isNumber(place) && Wording.isNumber(found)) {
      return context.sameDimension(found, place);
    }
    return open || new Agreeing(context).common(place, found).isPresent();
  }

  /// Times of each neuron, an array of 0 and 1 for each step, a field of spikes.
  private boolean trains(Type found) {
    if (Wording.isNumber(found) && !Wording.isOpen(found)) {
      DimensionTerm dimension = found.numberDimension().orElse(DimensionTerm.PLAIN);
      boolean time =
          context.unification().resolved(dimension).isPlain()
              || context
                  .unification()
                  .unify(dimension, DimensionTerm.of(snel.units.Dimension.TIME));
      return found instanceof Type.Array && time;
    }
    return found.single() instanceof Type.Spikes
        || found instanceof Type.Sequence
        || Wording.isOpen(found);
  }

  private boolean shapes(
      Type place, Type found, Expression value, String receiver, Optional<Span> declared) {
    boolean trains = place.single() instanceof Type.Spikes && found.single() instanceof Type.Spikes;
    boolean comparable = (trains || Wording.isNumber(place)) && !found.shape().isEmpty();
    boolean fits =
        !comparable
            || place.shape().isEmpty()
            || Extent.common(found.shape(), place.shape()).isPresent();
    if (!fits) {
      String shape = Extent.written(found.shape());
      var diagnostic =
          Diagnostic.of(
              Code.UNLIKE_SHAPES,
              receiver
                  + " has the shape "
                  + Extent.written(place.shape())
                  + ", but `"
                  + Wording.text(value.span())
                  + "` has "
                  + shape,
              value.span(),
              "this is " + shape);
      Diagnostic advised =
          asMany(place.shape(), found.shape())
              ? diagnostic.help(regrouped(place, Wording.text(value.span()), shape, receiver))
              : diagnostic;
      context.report(declared.map(span -> advised.label(span, "declared here")).orElse(advised));
    }
    return fits;
  }

  /// Whether both have the same count of numbers.
  private static boolean asMany(List<Extent> one, List<Extent> other) {
    OptionalLong size = Extent.product(one);
    return size.isPresent() && size.equals(Extent.product(other));
  }

  private static String regrouped(Type place, String value, String shape, String receiver) {
    return place.shape().size() == 1
        ? "write `flatten(" + value + ")`"
        : "write `"
            + shape
            + "` where "
            + receiver
            + " is declared: neurons of another shape take it too, if they are as many";
  }

  private Diagnostic unlike(
      Type place, Type found, Expression value, String receiver, Optional<Span> declared) {
    boolean ofPort = Wording.isOfPort(place, receiver);
    String wanted =
        ofPort
            ? "takes the dimension of its port"
            : (receiver.startsWith("port ") ? "takes " : "is ") + WrongKind.described(place);
    String is = WrongKind.described(found);
    var diagnostic =
        Diagnostic.of(
            Code.UNLIKE_ASSIGNMENT,
            receiver + " " + wanted + ", but `" + Wording.text(value.span()) + "` is " + is,
            value.span(),
            "this is " + is);
    Diagnostic placed =
        declared.map(span -> diagnostic.label(span, receiver + " " + wanted)).orElse(diagnostic);
    if (ofPort) {
      return like(place)
          .map(s -> placed.help("`" + s.name() + "` is of its dimension"))
          .orElse(placed);
    }
    if (found instanceof Things.Interval && Wording.isNumber(place)) {
      return WrongKind.drawnBetween(placed, value.span(), receiver.equals("a delay"));
    }
    return UnitAdvice.of(context, scope, value, found, place, Optional.empty())
        .map(advice -> advice.addTo(placed))
        .or(() -> Factors.between(context, scope, value, found, place).map(placed::help))
        .orElse(placed);
  }

  /// Another name of the same dimension that is left open.
  private Optional<Symbol> like(Type place) {
    return scope.visible().values().stream()
        .filter(s -> s.role() == Role.PARAMETER && context.type(s).equals(place))
        .findFirst();
  }
}

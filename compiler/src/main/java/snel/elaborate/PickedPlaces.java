package snel.elaborate;

import java.util.List;
import java.util.stream.IntStream;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Slice;

/// Members of some neurons of a population: which neuron it is for the reader of a place.
final class PickedPlaces {
  private final Expr place;

  PickedPlaces(Context context, Slice slice) {
    this.place = place(context, slice);
  }

  /// @param whole in which members are those of the neuron with the reader's index
  Expr of(Expr whole) {
    return switch (whole) {
      case Expr.Ref ref when ref.owner() == Owner.POPULATION -> new Expr.Element(ref, place);
      case Expr.Element _ -> whole;
      default -> Walk.rebuild(whole, e -> e instanceof Expr.Ref ref ? of(ref) : e);
    };
  }

  private static Expr place(Context context, Slice slice) {
    if (slice.size() == 1) {
      return Expr.num(slice.at(0));
    }
    Expr reader = new Expr.Ref(Owner.SELF, "index", Kind.INT);
    if (slice.isRange()) {
      return Fold.add(reader, Expr.num(slice.at(0)));
    }
    List<Exact> indices =
        IntStream.range(0, slice.size()).mapToObj(k -> Exact.of(slice.at(k))).toList();
    return new Expr.Table(context.unique("places"), indices, reader);
  }
}

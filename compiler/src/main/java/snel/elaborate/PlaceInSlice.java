package snel.elaborate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Slice;

/// Arrays with an element for each neuron of a slice, as seen by the neuron at an end of a synapse.
final class PlaceInSlice {
  private final Slice slice;
  private final Expr place;

  /// @param end [Owner#PRE] or [Owner#POST]
  PlaceInSlice(Context context, Slice slice, Owner end) {
    this.slice = slice;
    this.place = place(context, slice, new Expr.Ref(end, "index", Kind.INT));
  }

  /// @param whole in which elements are those at the reader's index
  Expr of(Expr whole) {
    return Walk.rebuildAsker(whole, e -> e instanceof Expr.Ref ref ? of(ref) : e);
  }

  private Expr of(Expr.Ref ref) {
    if (ref.owner() == Owner.SELF && ref.name().equals("index")) {
      return place;
    }
    return ref.owner() == Owner.POPULATION && !slice.whole() ? new Expr.Element(ref, place) : ref;
  }

  private static Expr place(Context context, Slice slice, Expr index) {
    if (slice.whole()) {
      return index;
    }
    if (slice.isRange()) {
      return slice.size() == 0 ? index : Fold.sub(index, Expr.num(slice.at(0)));
    }
    List<Exact> places = new ArrayList<>();
    for (int k = 0; k < slice.size(); k++) {
      int missing = slice.at(k) + 1 - places.size();
      places.addAll(Collections.nCopies(Math.max(missing, 0), Exact.of(0L)));
      places.set(slice.at(k), Exact.of((long) k));
    }
    return new Expr.Table(context.unique("places"), places, index);
  }
}

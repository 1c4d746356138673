package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Interval;
import snel.math.Owner;
import snel.math.Shapes;
import snel.source.Span;

/// An element of a list whose place differs between the neurons of a population or the synapses of
/// a connection: `v0[self.index]`, `W[pre.index, post.index]`.
final class TableAt {
  /// Under this and its name lies the range of a state or parameter.
  static final String RANGE = "#range:";

  private final Evaluator evaluator;

  TableAt(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Val of(List<Val> items, List<Val> at, Span span) {
    List<Integer> shape = Lists.shape(items);
    List<Val> flat = Lists.flat(items);
    List<Expr> elements = new ArrayList<>();
    for (Val item : flat) {
      if (item instanceof Val.Num(var element, var own) && own.isEmpty()) {
        elements.add(element);
      }
    }
    int size = Shapes.size(shape);
    if (shape.size() != at.size() || elements.size() != size || flat.size() != size) {
      return evaluator
          .context()
          .fault(
              Code.WRONG_KIND,
              "a table of numbers with " + at.size() + " axes is wanted here",
              span);
    }
    Expr place = Expr.num(0);
    for (int axis = 0; axis < at.size(); axis++) {
      if (!(at.get(axis) instanceof Val.Num(var index, _))) {
        return evaluator.context().fault(Code.WRONG_KIND, "an index must be a number", span);
      }
      Interval range = Interval.of(index, this::range);
      if (range.low() == Double.NEGATIVE_INFINITY || range.high() == Double.POSITIVE_INFINITY) {
        return evaluator
            .context()
            .fault(Code.CHANGES_IN_TIME, "nothing says how large this index can be", span);
      }
      if (range.low() < 0 || range.high() > shape.get(axis) - 1) {
        return evaluator.context().fault(outside(shape, at, axis, span));
      }
      place = Fold.add(Fold.mul(place, Expr.num(shape.get(axis))), index);
    }
    Context context = evaluator.context();
    return Val.of(new Places(context, context.unique("list"), place).of(elements));
  }

  private Diagnostic outside(List<Integer> shape, List<Val> at, int axis, Span span) {
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.INDEX_OUT_OF_RANGE,
            "the index goes outside: there " + Indexing.elements(shape.get(axis)),
            span);
    return at.size() == 2 && lies(at.get(0), shape.get(1)) && lies(at.get(1), shape.get(0))
        ? diagnostic.help(
            "the list is %d x %d and fits with its axes exchanged: exchange the two indices"
                .formatted(shape.get(0), shape.get(1)))
        : diagnostic;
  }

  private boolean lies(Val index, int length) {
    Interval range =
        index instanceof Val.Num(var at, _) ? Interval.of(at, this::range) : Interval.UNKNOWN;
    return range.low() >= 0 && range.high() <= length - 1;
  }

  /// Where the indices of neurons lie, and what has a range of its own.
  private Interval range(Expr.Ref ref) {
    if (ref.owner() == Owner.SELF) {
      return interval(evaluator.env().find(RANGE + ref.name()));
    }
    boolean isEnd = ref.owner() == Owner.PRE || ref.owner() == Owner.POST;
    if (!isEnd || !ref.name().equals("index")) {
      return Interval.UNKNOWN;
    }
    String side = ref.owner() == Owner.PRE ? "pre" : "post";
    return interval(evaluator.env().find("#indices:" + side));
  }

  private static Interval interval(Optional<Val> known) {
    return known.isPresent()
            && known.get() instanceof Val.Range range
            && Indexing.ends(range).isPresent()
        ? new Interval(Indexing.ends(range).get()[0], Indexing.ends(range).get()[1] - 1.0)
        : Interval.UNKNOWN;
  }
}

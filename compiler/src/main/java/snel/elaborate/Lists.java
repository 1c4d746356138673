package snel.elaborate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Shapes;
import snel.source.Span;
import snel.units.Rational;

/// Functions of lists, arrays and places.
final class Lists {
  private final Evaluator evaluator;

  Lists(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /// Whether a value is made of numbers that are known when the network is built.
  static boolean isConstant(Val value) {
    return switch (value) {
      case Val.Num(var e, _) -> ModelParts.isConstant(e);
      case Val.Items(var items) -> items.stream().allMatch(Lists::isConstant);
      default -> false;
    };
  }

  Val size(Val value, Span span) {
    return switch (value) {
      case Val.Items(var items) -> Val.of(items.size());
      case Val.Cells(var slice, _) -> Val.of(slice.size());
      case Val.Marker(var marker) when marker.equals("peers") -> {
        Optional<Val> size = evaluator.env().find("#size");
        yield size.orElseGet(() -> Val.of(1));
      }
      case Val.Num(_, var shape) -> Val.of(Shapes.size(shape));
      default ->
          evaluator.context().fault(Code.WRONG_KIND, "`size` wants a list or population", span);
    };
  }

  Val total(String function, Val value, Span span) {
    if (value instanceof Val.Items(var items)) {
      Val sum = Val.of(0);
      for (Val item : flat(items)) {
        sum = evaluator.combine(sum, item, Fold::add);
      }
      return function.equals("sum")
          ? sum
          : evaluator.combine(sum, Val.of(flat(items).size()), Fold::div);
    }
    return overPlaces(function, value, span);
  }

  /// The sum, mean, least or greatest of what has a shape and moves.
  private Val overPlaces(String function, Val value, Span span) {
    return switch (value) {
      case Val.Num(var e, var shape) when shape.isEmpty() -> Val.of(e);
      case Val.Num(var e, var shape) -> Val.of(new Expr.OverAll(function, Shapes.size(shape), e));
      default ->
          evaluator.context().fault(Code.WRONG_KIND, "`" + function + "` wants a list", span);
    };
  }

  Val extreme(String function, Val value, Span span) {
    if (value instanceof Val.Items(var items) && !items.isEmpty()) {
      Val best = flat(items).get(0);
      for (Val item : flat(items)) {
        best = evaluator.combine(best, item, (a, b) -> Fold.call(function, List.of(a, b)));
      }
      return best;
    }
    return value instanceof Val.Items
        ? evaluator.context().fault(Code.WRONG_KIND, "`" + function + "` wants a list", span)
        : overPlaces(function, value, span);
  }

  /// The lengths along the axes, as the first elements have them.
  static List<Integer> shape(List<Val> items) {
    List<Integer> shape = new ArrayList<>();
    List<Val> list = items;
    while (true) {
      shape.add(list.size());
      if (list.isEmpty() || !(list.getFirst() instanceof Val.Items(var inner))) {
        return shape;
      }
      list = inner;
    }
  }

  /// Of a single value none.
  static List<Integer> axes(Val value) {
    return switch (value) {
      case Val.Items(var items) -> shape(items);
      case Val.Num(_, var shape) -> shape;
      default -> List.of();
    };
  }

  /// All elements, whatever lists and arrays they stand in.
  static List<Val> flat(List<Val> items) {
    return items.stream().flatMap(Lists::elements).toList();
  }

  private static Stream<Val> elements(Val value) {
    return switch (value) {
      case Val.Items(var items) -> items.stream().flatMap(Lists::elements);
      case Val.Num(_, var shape) when !shape.isEmpty() ->
          IntStream.range(0, shape.getFirst()).boxed().flatMap(k -> elements(Places.at(value, k)));
      default -> Stream.of(value);
    };
  }

  Val flatten(Val value) {
    return switch (value) {
      case Val.Num(var e, var shape) ->
          new Val.Num(e, shape.isEmpty() ? shape : List.of(Shapes.size(shape)));
      case Val.Items(var items) -> new Val.Items(flat(items));
      default -> Val.BAD;
    };
  }

  Val transpose(Val value, Span span) {
    if (value instanceof Val.Items(var rows) && shape(rows).size() == 2) {
      List<List<Val>> lists = rows.stream().map(row -> flat(List.of(row))).toList();
      int columns = lists.getFirst().size();
      if (lists.stream().allMatch(list -> list.size() == columns)) {
        return new Val.Items(
            IntStream.range(0, columns)
                .<Val>mapToObj(k -> new Val.Items(lists.stream().map(row -> row.get(k)).toList()))
                .toList());
      }
    }
    return evaluator
        .context()
        .fault(Code.WRONG_KIND, "`transpose` wants a list of rows of one length here", span);
  }

  /// Euclidean distance of two neurons' grid positions, or of one from a point.
  Val distance(List<Val> values, Span span) {
    List<List<Expr>> ends = new ArrayList<>();
    int[] counts = values.stream().mapToInt(this::coordinates).filter(n -> n > 0).toArray();
    int axes = IntStream.of(counts).max().orElse(0);
    if (IntStream.of(counts).anyMatch(n -> n != axes)) {
      return evaluator
          .context()
          .fault(
              Code.UNLIKE_SHAPES,
              "`distance` wants places of as many coordinates each, but these have "
                  + counts[0]
                  + " and "
                  + counts[1],
              span);
    }
    for (Val value : values) {
      List<Expr> coordinates = new ArrayList<>();
      for (int axis = 0; axis < axes; axis++) {
        switch (value) {
          case Val.Marker(var marker) -> {
            Owner owner = owner(marker);
            coordinates.add(new Expr.Ref(owner, "position." + axis, Kind.REAL));
          }
          case Val.Items(var items) ->
              coordinates.add(items.get(axis) instanceof Val.Num(var e, _) ? e : Expr.num(0));
          case Val.Num(Expr.Element(var array, _), _) when array.owner() == Owner.NETWORK ->
              coordinates.add(new Expr.Element(array, Expr.num(axis)));
          default -> {
            return evaluator.context().fault(Code.WRONG_KIND, "`distance` wants two places", span);
          }
        }
      }
      ends.add(coordinates);
    }
    Expr sum = Expr.num(0);
    for (int axis = 0; axis < axes; axis++) {
      Expr difference = Fold.sub(ends.get(0).get(axis), ends.get(1).get(axis));
      sum = Fold.add(Fold.pow(difference, Expr.num(2)), sum);
    }
    return Val.of(Fold.call("sqrt", List.of(sum)));
  }

  /// How many coordinates a place has; 0 if it is none.
  private int coordinates(Val value) {
    return switch (value) {
      case Val.Marker(var marker) -> axes(marker);
      case Val.Items(var items) -> items.size();
      case Val.Num(_, var shape) when shape.size() == 1 -> shape.get(0);
      default -> 0;
    };
  }

  private static Owner owner(String marker) {
    return switch (marker) {
      case "pre" -> Owner.PRE;
      case "post" -> Owner.POST;
      default -> Owner.SELF;
    };
  }

  private int axes(String marker) {
    Optional<Val> known = evaluator.env().find("#axes:" + marker);
    return known.flatMap(Indexing::whole).map(Long::intValue).orElse(2);
  }

  Val linspace(List<Val> values, Span span) {
    Optional<Long> count = values.size() == 3 ? Indexing.whole(values.get(2)) : Optional.empty();
    if (count.isEmpty() || count.get() < 1) {
      return evaluator
          .context()
          .fault(Code.WRONG_KIND, "`linspace` wants two ends and how many values", span);
    }
    if (count.get() == 1) {
      return new Val.Items(List.of(values.get(0)));
    }
    List<Val> all = new ArrayList<>();
    for (long k = 0; k < count.get(); k++) {
      Expr part = new Expr.Num(Exact.of(Rational.of(k, count.get() - 1)));
      Val width = evaluator.combine(values.get(1), values.get(0), Fold::sub);
      all.add(
          evaluator.combine(
              values.get(0), evaluator.map(width, w -> Fold.mul(w, part)), Fold::add));
    }
    return new Val.Items(all);
  }

  /// What an experiment presents can be changed there, before it comes in.
  private Val unknown(String message, List<Val> values, Span span) {
    Diagnostic diagnostic = Diagnostic.of(Code.WRONG_KIND, message, span);
    return evaluator
        .context()
        .fault(
            values.stream().allMatch(Lists::isConstant)
                ? diagnostic
                : diagnostic.help(
                    "do it in the experiment, `present x = "
                        + span.text().replaceAll("\\s+", " ")
                        + "`, with an input `x` of the shape that comes out"));
  }

  /// 1 at the place of a label, 0 elsewhere.
  Val oneHot(List<Val> values, Span span) {
    Optional<Long> label = Indexing.whole(values.getFirst());
    Optional<Long> classes = Indexing.whole(values.getLast());
    if (label.isEmpty() || classes.isEmpty() || label.get() < 0 || label.get() >= classes.get()) {
      return unknown(
          "`one_hot` wants a label and a greater number of classes, both known when compiled",
          values,
          span);
    }
    return new Val.Items(
        LongStream.range(0, classes.get())
            .<Val>mapToObj(k -> Val.of(k == label.get() ? 1 : 0))
            .toList());
  }

  /// Each element so many times, one after the other.
  Val repeatEach(List<Val> values, Span span) {
    Optional<Long> times = Indexing.whole(values.getLast());
    if (!(values.getFirst() instanceof Val.Items(var items))
        || times.isEmpty()
        || times.get() < 0) {
      return unknown(
          "`repeat_each` wants a list and a whole number, both known when compiled", values, span);
    }
    int count = Math.toIntExact(times.get());
    return new Val.Items(
        flat(items).stream().flatMap(item -> Collections.nCopies(count, item).stream()).toList());
  }

  Val zip(List<Val> values, Span span) {
    List<List<Val>> lists = new ArrayList<>();
    for (Val value : values) {
      if (!(value instanceof Val.Items(var items))) {
        return evaluator.context().fault(Code.WRONG_KIND, "`zip` wants lists", span);
      }
      lists.add(items);
    }
    int size = lists.stream().mapToInt(List::size).min().orElse(0);
    if (lists.stream().anyMatch(list -> list.size() != size)) {
      List<String> lengths = lists.stream().map(list -> String.valueOf(list.size())).toList();
      return evaluator
          .context()
          .fault(
              Code.UNLIKE_SHAPES,
              "`zip` wants equal lengths, not " + String.join(" and ", lengths),
              span);
    }
    List<Val> all = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      int at = k;
      all.add(new Val.Tuple(lists.stream().map(l -> l.get(at)).toList()));
    }
    return new Val.Items(all);
  }
}

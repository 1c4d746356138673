package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.math.Exact;
import snel.math.Expr;
import snel.model.Slice;
import snel.source.Span;
import snel.syntax.Expression;

/// `owner[indices]`: elements of lists, members of families, slices of populations.
public final class Indexing {
  private static final Val ALL = new Val.Marker("..");

  private final Evaluator evaluator;

  Indexing(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Val index(Expression owner, List<Expression> indices, Span span) {
    List<Val> at = indices.stream().map(evaluator::eval).toList();
    if (owner instanceof Expression.Variable(var name, _)) {
      Optional<String> family = family(name.text(), at);
      Optional<Val> member = family.flatMap(evaluator.env()::find);
      if (member.isPresent()) {
        return member.get();
      }
    }
    if (owner instanceof Expression.Member(var outer, var name, _)
        && evaluator.env().inModule(owner).isEmpty()
        && evaluator.eval(outer) instanceof Val.Part(var scope)) {
      Optional<Val> member = family(name.text(), at).flatMap(scope::member);
      if (member.isPresent()) {
        return member.get();
      }
    }
    return index(evaluator.eval(owner), at, indices, span);
  }

  /// Name of a member of a family: `pop[3]`, `cell[tonic]`.
  public static Optional<String> family(String name, List<Val> indices) {
    var text = new StringBuilder(name);
    for (Val index : indices) {
      switch (index) {
        case Val.Num(Expr.Num(var value), _) when value.isWhole() ->
            text.append('[').append((long) value.toDouble()).append(']');
        case Val.Text(var word) -> text.append('[').append(word).append(']');
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(text.toString());
  }

  private Val index(Val owner, List<Val> at, List<Expression> indices, Span span) {
    return switch (owner) {
      case Val.Items(var items) -> element(items, at, span);
      case Val.Cells(var slice, var event) -> slice(slice, event, at, indices, span);
      case Val.Num(var all, var shape) when !shape.isEmpty() -> element(all, shape, at, span);
      case Val.Marker(var marker) when marker.startsWith("position:") -> position(marker, at, span);
      case Val.Wires(var path) -> synapses(path, indices, span);
      case Val.Bad _ -> Val.BAD;
      default -> evaluator.context().fault(Code.WRONG_KIND, "this cannot be indexed", span);
    };
  }

  /// Synapses are picked behind the name of what they have.
  private Val synapses(String path, List<Expression> indices, Span span) {
    String sources = indices.getFirst().span().text();
    String targets = indices.size() == 1 ? ".." : indices.get(1).span().text();
    return evaluator
        .context()
        .fault(
            Diagnostic.of(
                    Code.WRONG_KIND,
                    "synapses are picked behind the name of what is read of them",
                    span,
                    "a projection")
                .help(
                    "their weights from and to these neurons are `%s.w[%s, %s]`"
                        .formatted(path, sources, targets)));
  }

  private Val position(String marker, List<Val> at, Span span) {
    Optional<Long> axis = whole(at.get(0));
    if (axis.isEmpty()) {
      return evaluator.context().fault(Code.WRONG_KIND, "which axis?", span);
    }
    var owner = snel.math.Owner.valueOf(marker.substring("position:".length()));
    String end = owner.name().toLowerCase(Locale.ROOT);
    Optional<Long> axes = evaluator.env().find("#axes:" + end).flatMap(Indexing::whole);
    if (axis.get() < 0 || axes.isPresent() && axis.get() >= axes.get()) {
      return evaluator
          .context()
          .fault(
              Code.INDEX_OUT_OF_RANGE,
              "`%s.position` has %s, counted from 0"
                  .formatted(end, Prose.counted(axes.orElse(1L), "coordinate")),
              span);
    }
    return Val.of(new Expr.Ref(owner, "position." + axis.get(), snel.math.Kind.REAL));
  }

  private Val element(List<Val> items, List<Val> at, Span span) {
    return at.stream().anyMatch(Indexing::varies)
        ? varying(items, at, span)
        : picked(new Val.Items(items), at, span);
  }

  /// `W[pre.index, post.index]`; along other axes one element, or several as in `W[.., pre.index]`.
  private Val varying(List<Val> items, List<Val> at, Span span) {
    List<Integer> shape = Lists.shape(items);
    List<Val> all = new ArrayList<>(at);
    while (all.size() < shape.size()) {
      all.add(ALL);
    }
    for (int axis = 0; axis < Math.min(all.size(), shape.size()); axis++) {
      Optional<List<Long>> several = several(all.get(axis), shape.get(axis));
      if (several.isPresent()) {
        return each(all, axis, several.get(), single -> varying(items, single, span));
      }
    }
    List<Val> kept = all.stream().map(index -> varies(index) ? ALL : index).toList();
    return picked(new Val.Items(items), kept, span) instanceof Val.Items(var rest)
        ? new TableAt(evaluator).of(rest, all.stream().filter(Indexing::varies).toList(), span)
        : Val.BAD;
  }

  /// Along each axis one element, those of a range or list, or all.
  private Val picked(Val from, List<Val> at, Span span) {
    if (at.isEmpty()) {
      return from;
    }
    if (!(from instanceof Val.Items(var list))) {
      return evaluator.context().fault(Code.WRONG_KIND, "too many indices", span);
    }
    List<Val> rest = at.subList(1, at.size());
    Optional<List<Long>> several = several(at.getFirst(), list.size());
    if (several.isPresent()) {
      List<Val> all = new ArrayList<>();
      for (long k : several.get()) {
        if (k < 0 || k >= list.size()) {
          return outside(list.size(), span);
        }
        all.add(picked(list.get((int) k), rest, span));
      }
      return all.stream().anyMatch(each -> each instanceof Val.Bad) ? Val.BAD : new Val.Items(all);
    }
    Optional<Long> k = whole(at.getFirst());
    if (k.isEmpty()) {
      return at.getFirst() instanceof Val.Bad
          ? Val.BAD
          : evaluator.context().fault(Code.CHANGES_IN_TIME, "an index must be constant", span);
    }
    return k.get() < 0 || k.get() >= list.size()
        ? outside(list.size(), span)
        : picked(list.get((int) (long) k.get()), rest, span);
  }

  /// The indices that a range, a list or `..` stands for; empty for a single one.
  private static Optional<List<Long>> several(Val index, int size) {
    return switch (index) {
      case Val.Range range ->
          ends(range).map(ends -> LongStream.range(ends[0], ends[1]).boxed().toList());
      case Val.Marker(var marker) when marker.equals("..") ->
          Optional.of(LongStream.range(0, size).boxed().toList());
      case Val.Items(var items) -> {
        List<Long> wholes = new ArrayList<>();
        items.forEach(item -> whole(item).ifPresent(wholes::add));
        yield wholes.size() == items.size() ? Optional.of(wholes) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /// Whether an index is a number that is not the same everywhere.
  private static boolean varies(Val index) {
    return index instanceof Val.Num(var number, _) && !(number instanceof Expr.Num);
  }

  private Val outside(int size, Span span) {
    return evaluator
        .context()
        .fault(Code.INDEX_OUT_OF_RANGE, "the index is outside: there " + elements(size), span);
  }

  /// How many there are, and the first and last of them.
  public static String elements(int size) {
    return size == 0
        ? "are none"
        : size == 1 ? "is one, 0" : "are %d, 0 to %d".formatted(size, size - 1);
  }

  private Val element(Expr all, List<Integer> shape, List<Val> at, Span span) {
    Expr index = Expr.num(0);
    for (int axis = 0; axis < at.size(); axis++) {
      int size = axis < shape.size() ? shape.get(axis) : 1;
      Optional<List<Long>> several = several(at.get(axis), size);
      if (several.isPresent()) {
        return each(at, axis, several.get(), single -> element(all, shape, single, span));
      }
      if (!(at.get(axis) instanceof Val.Num(var k, _))) {
        return evaluator.context().fault(Code.WRONG_KIND, "an index must be a number", span);
      }
      if (k instanceof Expr.Num(var n) && (n.toDouble() < 0 || n.toDouble() >= size)) {
        return outside(size, span);
      }
      index = snel.math.Fold.add(snel.math.Fold.mul(index, Expr.num(size)), k);
    }
    return Val.of(Places.at(all, index));
  }

  /// Those at each of `places` along an axis.
  private static Val each(
      List<Val> at, int axis, List<Long> places, Function<List<Val>, Val> pick) {
    List<Val> picked = new ArrayList<>();
    for (long place : places) {
      List<Val> single = new ArrayList<>(at);
      single.set(axis, Val.of(Expr.num(place)));
      Val element = pick.apply(single);
      if (element instanceof Val.Bad) {
        return element;
      }
      picked.add(element);
    }
    return new Val.Items(picked);
  }

  /// First and one-past-last of a constant range.
  public static Optional<long[]> ends(Val.Range range) {
    Optional<Long> low = whole(range.low());
    Optional<Long> high = whole(range.high());
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new long[] {low.get(), high.get() + (range.closed() ? 1 : 0)});
  }

  /// A value as a whole number, if it is one.
  public static Optional<Long> whole(Val value) {
    return value instanceof Val.Num(Expr.Num(var n), _) && n.isWhole()
        ? Optional.of((long) n.toDouble())
        : Optional.empty();
  }

  private Val slice(Slice slice, String event, List<Val> at, List<Expression> written, Span span) {
    List<Integer> shape = slice.shape();
    if (at.size() != 1 && at.size() != shape.size()) {
      return evaluator
          .context()
          .fault(
              Code.INDEX_OUT_OF_RANGE,
              "the population has "
                  + shape.size()
                  + " axes, but "
                  + at.size()
                  + " indices stand here",
              span);
    }
    List<Integer> sizes = at.size() == 1 ? List.of(slice.size()) : shape;
    String owner =
        (at.size() == 1 ? "" : "along this axis of ")
            + (slice.whole() ? "`" + slice.population() + "`" : "the slice");
    List<int[]> picked = new ArrayList<>();
    List<Integer> newShape = new ArrayList<>();
    for (int axis = 0; axis < at.size(); axis++) {
      Span place = at.size() == written.size() ? written.get(axis).span() : span;
      Optional<int[]> chosen = chosen(at.get(axis), sizes.get(axis), owner, place);
      if (chosen.isEmpty()) {
        return Val.BAD;
      }
      picked.add(chosen.get());
      boolean single = at.get(axis) instanceof Val.Num;
      if (!single) {
        newShape.add(chosen.get().length);
      }
    }
    int count = picked.stream().mapToInt(p -> p.length).reduce(1, (a, b) -> a * b);
    int[] indices = new int[count];
    for (int k = 0; k < count; k++) {
      int rest = k;
      int flat = 0;
      int[] coordinates = new int[picked.size()];
      for (int axis = picked.size() - 1; axis >= 0; axis--) {
        coordinates[axis] = picked.get(axis)[rest % picked.get(axis).length];
        rest /= picked.get(axis).length;
      }
      for (int axis = 0; axis < picked.size(); axis++) {
        flat = flat * sizes.get(axis) + coordinates[axis];
      }
      indices[k] = slice.at(flat);
    }
    if (newShape.isEmpty()) {
      newShape.add(1);
    }
    return new Val.Cells(new Slice(slice.population(), false, indices, newShape), event);
  }

  /// What an index picks of the `size` elements along one axis.
  private Optional<int[]> chosen(Val index, int size, String owner, Span span) {
    List<Val> single =
        switch (index) {
          case Val.Marker _, Val.Bad _ -> List.of();
          case Val.Range range -> List.of(range.low(), range.high());
          case Val.Items(var items) -> items;
          default -> List.of(index);
        };
    if (index instanceof Val.Bad || !single.stream().allMatch(k -> isWhole(k, span))) {
      return Optional.empty();
    }
    if (index instanceof Val.Range range && backwards(range, span)) {
      return Optional.empty();
    }
    int[] all =
        switch (index) {
          case Val.Marker _ -> count(0, size);
          case Val.Range range ->
              ends(range).map(e -> count((int) e[0], (int) e[1])).orElse(new int[0]);
          default -> single.stream().mapToInt(k -> (int) (long) whole(k).orElse(-1L)).toArray();
        };
    for (int k : all) {
      if (k < 0 || k >= size) {
        var diagnostic =
            Diagnostic.of(
                Code.INDEX_OUT_OF_RANGE,
                owner.startsWith("along")
                    ? "there is no index %d %s: it has 0 .. %d".formatted(k, owner, size - 1)
                    : "there is no neuron %d in %s: its %s are 0 .. %d"
                        .formatted(k, owner, Prose.counted(size, "neuron"), size - 1),
                span,
                "out of range");
        boolean fromTheEnd = k < 0 && -k <= size && index instanceof Val.Num;
        evaluator
            .context()
            .fault(
                fromTheEnd
                    ? diagnostic.help("indices begin at 0; here write `" + (size + k) + "`")
                    : diagnostic);
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  private boolean isWhole(Val index, Span span) {
    if (index instanceof Val.Bad || whole(index).isPresent()) {
      return !(index instanceof Val.Bad);
    }
    if (index instanceof Val.Num(Expr.Num(var n), _)) {
      evaluator
          .context()
          .fault(
              Code.WHOLE_NUMBER_WANTED,
              "an index must be whole, but this is " + n.toDouble(),
              span);
    } else {
      evaluator.context().fault(Code.CHANGES_IN_TIME, "an index must be known when compiled", span);
    }
    return false;
  }

  /// `7 .. 3`; a range such as `0 ..< 0` is empty and picks nothing.
  private boolean backwards(Val.Range range, Span span) {
    Optional<long[]> ends = ends(range).filter(e -> e[0] > e[1]);
    ends.ifPresent(e ->
        evaluator
            .context()
            .fault(
                Diagnostic.of(
                    Code.INDEX_OUT_OF_RANGE,
                    "the range runs backwards",
                    span,
                    "its first end is the smaller one")));
    return ends.isPresent();
  }

  private static int[] count(int from, int to) {
    int[] all = new int[Math.max(0, to - from)];
    for (int k = 0; k < all.length; k++) {
      all[k] = from + k;
    }
    return all;
  }

  static Val number(double value) {
    return Val.of(new Expr.Num(Exact.of(value)));
  }
}

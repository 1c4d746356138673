package snel.elaborate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Relation;
import snel.math.Shapes;
import snel.math.Walk;

/// The elements of a list as one expression of their place: what is alike in them stands there
/// once, numbers that differ become a table, and elements that are not alike are chosen between.
final class Places {
  private static final Expr INDEX = new Expr.Ref(Owner.SELF, "index", Kind.INT);
  private static final String HOLE = "#hole:";

  private final Context context;
  private final String table;
  private final Expr place;
  private boolean isNamed;

  /// @param table names the first of the tables
  Places(Context context, String table, Expr place) {
    this.context = context;
    this.table = table;
    this.place = place;
  }

  Expr of(List<Expr> elements) {
    Map<Expr, Integer> numbered = new HashMap<>();
    List<Expr> forms = new ArrayList<>();
    List<List<Integer>> alike = new ArrayList<>();
    List<Exact> numbers = new ArrayList<>();
    for (int k = 0; k < elements.size(); k++) {
      Expr form = form(elements.get(k), new ArrayList<>());
      int number = numbered.computeIfAbsent(form, _ -> forms.size());
      if (number == forms.size()) {
        forms.add(form);
        alike.add(new ArrayList<>());
      }
      alike.get(number).add(k);
      numbers.add(Exact.of((long) number));
    }
    Expr all = filled(forms.getLast(), alike.getLast(), elements);
    if (forms.size() == 1) {
      return all;
    }
    Expr which = table(numbers);
    for (int form = forms.size() - 2; form >= 0; form--) {
      Expr own = filled(forms.get(form), alike.get(form), elements);
      all = Fold.choose(Fold.compare(Relation.EQUAL, which, Expr.num(form)), own, all);
    }
    return all;
  }

  /// An element without its numbers, which are added to `numbers`.
  private static Expr form(Expr element, List<Exact> numbers) {
    return Walk.rebuildAsker(
        element,
        e ->
            switch (e) {
              case Expr.Num(var number) -> hole(number, Kind.REAL, numbers);
              case Expr.Truth(var truth) -> hole(Exact.of(truth ? 1L : 0L), Kind.BOOL, numbers);
              default -> e;
            });
  }

  private static Expr hole(Exact number, Kind kind, List<Exact> numbers) {
    numbers.add(number);
    return new Expr.Ref(Owner.LOCAL, HOLE + (numbers.size() - 1), kind);
  }

  /// The form of the elements `alike` with their numbers in it.
  private Expr filled(Expr form, List<Integer> alike, List<Expr> elements) {
    List<List<Exact>> numbers = new ArrayList<>();
    for (int k : alike) {
      List<Exact> own = new ArrayList<>();
      form(elements.get(k), own);
      numbers.add(own);
    }
    boolean isNumber = hole(form).isPresent();
    return Walk.rebuildAsker(
        form,
        e -> {
          Optional<Integer> hole = hole(e);
          if (hole.isEmpty()) {
            return e;
          }
          List<Exact> column = numbers.stream().map(own -> own.get(hole.get())).toList();
          boolean isOne = !isNumber && column.stream().distinct().count() == 1;
          Expr value =
              isOne
                  ? new Expr.Num(column.getFirst())
                  : table(spread(column, alike, elements.size()));
          boolean isTruth = e instanceof Expr.Ref ref && ref.kind() instanceof Kind.Bool;
          return isTruth ? Calls.notEqual(value, Expr.num(0)) : value;
        });
  }

  private static Optional<Integer> hole(Expr expression) {
    return expression instanceof Expr.Ref ref && ref.name().startsWith(HOLE)
        ? Optional.of(Integer.valueOf(ref.name().substring(HOLE.length())))
        : Optional.empty();
  }

  private static List<Exact> spread(List<Exact> column, List<Integer> places, int size) {
    List<Exact> all = new ArrayList<>(Collections.nCopies(size, Exact.ZERO));
    for (int k = 0; k < places.size(); k++) {
      all.set(places.get(k), column.get(k));
    }
    return all;
  }

  private Expr table(List<Exact> numbers) {
    String name = isNamed ? context.unique(table + "#list") : table;
    isNamed = true;
    return new Expr.Table(name, numbers, place);
  }

  /// What stands at `place` along the first axis; what is single stands at every place.
  static Val at(Val value, int place) {
    return switch (value) {
      case Val.Items(var items) -> items.get(place);
      case Val.Num(var all, var shape) when !shape.isEmpty() -> {
        List<Integer> rest = shape.subList(1, shape.size());
        Expr inner = rest.isEmpty() ? Expr.num(0) : INDEX;
        Expr before = Expr.num((long) place * Shapes.size(rest));
        yield new Val.Num(at(all, Fold.add(before, inner)), rest);
      }
      default -> value;
    };
  }

  /// The one at `place` of all elements of an array.
  static Expr at(Expr all, Expr place) {
    return Walk.rebuildAsker(
        all,
        e ->
            e instanceof Expr.Ref ref && ref.owner() == Owner.POPULATION
                ? new Expr.Element(ref, place)
                : e.equals(INDEX) ? place : e);
  }
}

package snel.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.DataItem;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.units.Rational;

/// No sample belongs to two splits, as far as that can be told: where both conditions rest on the
/// same field, or on `index`. E0513.
final class SplitsApart {
  private static final long FIRST = 1_000;

  private final Context context;
  private final Scope root;
  private final Declaration.Data data;

  private SplitsApart(Context context, Scope root, Declaration.Data data) {
    this.context = context;
    this.root = root;
    this.data = data;
  }

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Data data) {
      new SplitsApart(context, context.models().root(file), data).check();
    }
  }

  private void check() {
    List<DataItem.Split> splits =
        data.items().stream()
            .filter(item -> item instanceof DataItem.Split)
            .map(item -> (DataItem.Split) item)
            .toList();
    for (int b = 1; b < splits.size(); b++) {
      for (int a = 0; a < b; a++) {
        pair(splits.get(a), splits.get(b));
      }
    }
  }

  private void pair(DataItem.Split first, DataItem.Split second) {
    Set<String> fields = new LinkedHashSet<>();
    List.of(first, second).forEach(split -> Parts.each(split.condition(), p -> field(p, fields)));
    if (fields.size() != 1) {
      return;
    }
    String field = fields.iterator().next();
    for (SplitConditions.Value value : worthTrying(field, first, second)) {
      var conditions = new SplitConditions(root, field, value);
      Optional<Boolean> a = conditions.holds(first.condition());
      Optional<Boolean> b = conditions.holds(second.condition());
      if (a.isPresent() && b.isPresent() && a.get() && b.get()) {
        context.report(overlap(first, second, field, value));
        return;
      }
    }
  }

  private void field(Expression part, Set<String> fields) {
    if (part instanceof Expression.Variable(var name, _)
        && Constants.SURE.value(part, root).isEmpty()
        && !name.text().equals("mod")) {
      fields.add(name.text());
    }
  }

  private static Diagnostic overlap(
      DataItem.Split first, DataItem.Split second, String field, SplitConditions.Value value) {
    String shown =
        switch (value) {
          case SplitConditions.Value.Number(var number) -> number.toString();
          case SplitConditions.Value.Text(var text) -> "\"" + text + "\"";
        };
    return Diagnostic.of(
            Code.SPLITS_OVERLAP,
            "`%s` and `%s` share samples, such as the one of %s %s"
                .formatted(first.name().text(), second.name().text(), field, shown),
            second.condition().span(),
            "holds for " + field + " " + shown)
        .label(first.condition().span(), "holds for it too");
  }

  /// Values that the field may have: the first whole numbers, those around the numbers that the
  /// conditions name, and the texts that they name.
  private List<SplitConditions.Value> worthTrying(
      String field, DataItem.Split first, DataItem.Split second) {
    var numbers = new TreeSet<Rational>();
    Set<String> texts = new LinkedHashSet<>();
    for (long k = 0; k < FIRST; k++) {
      numbers.add(Rational.of(k));
    }
    for (DataItem.Split split : List.of(first, second)) {
      Parts.each(
          split.condition(),
          part -> {
            SplitConditions.written(part).ifPresent(texts::add);
            Constants.SURE
                .value(part, root)
                .ifPresent(v -> {
                  numbers.add(v.minus(Rational.ONE));
                  numbers.add(v);
                  numbers.add(v.plus(Rational.ONE));
                });
          });
    }
    List<SplitConditions.Value> values = new ArrayList<>();
    numbers.stream()
        .filter(number -> isPossible(field, number))
        .forEach(number -> values.add(new SplitConditions.Value.Number(number)));
    texts.forEach(text -> values.add(new SplitConditions.Value.Text(text)));
    return values;
  }

  private static boolean isPossible(String field, Rational number) {
    return !field.equals("index") || number.signum() >= 0 && number.isWhole();
  }
}

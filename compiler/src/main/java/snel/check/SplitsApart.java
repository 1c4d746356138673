package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.DataItem;
import snel.syntax.Declaration;

/// No sample belongs to two splits, as far as that can be told from conditions on `index`. E0513.
final class SplitsApart {
  private static final long FIRST = 1_000;

  private SplitsApart() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Data data)) {
      return;
    }
    Scope root = context.models().root(file);
    List<DataItem.Split> splits = new ArrayList<>();
    data.items()
        .forEach(item -> {
          if (item instanceof DataItem.Split split) {
            splits.add(split);
          }
        });
    for (int b = 1; b < splits.size(); b++) {
      for (int a = 0; a < b; a++) {
        pair(context, root, splits.get(a), splits.get(b));
      }
    }
  }

  private static void pair(
      Context context, Scope root, DataItem.Split first, DataItem.Split second) {
    for (long index : worthTrying(root, first, second)) {
      var numbers = new IndexConditions(root, index);
      Optional<Boolean> a = numbers.holds(first.condition());
      Optional<Boolean> b = numbers.holds(second.condition());
      if (a.isEmpty() || b.isEmpty()) {
        return;
      }
      if (a.get() && b.get()) {
        context.report(
            Diagnostic.of(
                    Code.SPLITS_OVERLAP,
                    "`"
                        + first.name().text()
                        + "` and `"
                        + second.name().text()
                        + "` share samples, such as the one of index "
                        + index,
                    second.condition().span(),
                    "holds for index " + index)
                .label(first.condition().span(), "holds for it too"));
        return;
      }
    }
  }

  /// The first samples, and those around the numbers that the conditions name.
  private static TreeSet<Long> worthTrying(
      Scope root, DataItem.Split first, DataItem.Split second) {
    var indices = new TreeSet<Long>();
    for (long k = 0; k < FIRST; k++) {
      indices.add(k);
    }
    for (DataItem.Split split : List.of(first, second)) {
      Parts.each(
          split.condition(),
          part ->
              Constants.SURE
                  .value(part, root)
                  .filter(v -> v.isWhole() && v.numerator().bitLength() < 62)
                  .map(v -> v.numerator().longValue())
                  .ifPresent(v -> {
                    for (long near = v - 1; near <= v + 1; near++) {
                      if (near >= 0) {
                        indices.add(near);
                      }
                    }
                  }));
    }
    return indices;
  }
}

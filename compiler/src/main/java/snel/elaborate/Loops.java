package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.syntax.Pattern;

/// `for` over lists and ranges known when compiled.
public final class Loops {
  private Loops() {}

  /// What a loop over `values` goes through, if that is known when compiled.
  public static Optional<List<Val>> items(Val values) {
    return switch (values) {
      case Val.Items(var items) -> Optional.of(items);
      case Val.Range range -> {
        Optional<long[]> ends = Indexing.ends(range);
        if (ends.isEmpty()) {
          yield Optional.empty();
        }
        List<Val> all = new ArrayList<>();
        for (long k = ends.get()[0]; k < ends.get()[1]; k++) {
          all.add(Val.of(k));
        }
        yield Optional.of(all);
      }
      default -> Optional.empty();
    };
  }

  static void bind(Context context, Env env, Pattern pattern, Val value) {
    switch (pattern) {
      case Pattern.One(var name, _) -> env.define(name.text(), value);
      case Pattern.Several(var names, var span) -> {
        List<Val> parts =
            switch (value) {
              case Val.Tuple(var list) -> list;
              case Val.Items(var list) -> list;
              default -> List.<Val>of();
            };
        if (parts.size() != names.size()) {
          context.fault(
              Code.UNLIKE_SHAPES,
              "the pattern has " + names.size() + " names for " + parts.size() + " parts",
              span);
          names.forEach(n -> env.define(n.text(), Val.BAD));
          return;
        }
        for (int k = 0; k < names.size(); k++) {
          env.define(names.get(k).text(), parts.get(k));
        }
      }
    }
  }
}

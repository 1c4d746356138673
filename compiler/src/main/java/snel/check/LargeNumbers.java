package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Node;
import snel.syntax.Statement;
import snel.syntax.TestItem;
import snel.units.Rational;

/// A constant fits into the number type of the program: `f32`, unless an experiment says `numerics
/// f64`. E0223.
final class LargeNumbers {
  /// The largest f32, (2 - 2^-23) 2^127.
  private static final Rational LARGEST =
      Rational.of(2)
          .minus(Rational.ONE.dividedBy(Rational.of(2).power(23)))
          .times(Rational.of(2).power(127));

  private LargeNumbers() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    List<? extends Node> items = Inside.model(declaration);
    if (items.isEmpty() || isDouble(file)) {
      return;
    }
    Scope root = context.models().root(file);
    for (Expression expression : Inside.items(items)) {
      Parts.each(expression, part -> number(context, root, part));
    }
  }

  private static void number(Context context, Scope root, Expression part) {
    boolean literal = part instanceof Expression.Number || part instanceof Expression.Quantity;
    Optional<Rational> value = literal ? Constants.SURE.value(part, root) : Optional.empty();
    if (value
        .filter(v -> v.abs().compareTo(LARGEST) > 0 && !WrittenNumbers.overflows(v))
        .isPresent()) {
      context.report(
          Diagnostic.of(
                  Code.TOO_LARGE_FOR_TYPE,
                  "`" + Wording.text(part.span()) + "` is too large for `f32`",
                  part.span(),
                  "beyond 3.4e38")
              .help("write `numerics f64` in the experiment, or `infinity` if no bound is meant"));
    }
  }

  private static boolean isDouble(FileScope file) {
    return file.file().declarations().stream()
        .flatMap(d ->
            switch (d) {
              case Declaration.Experiment experiment -> experiment.body().stream();
              case Declaration.Test test -> test.body().stream();
              default -> java.util.stream.Stream.<TestItem>of();
            })
        .anyMatch(item ->
            item instanceof Statement.Numerics(var choices, _)
                && choices.stream().anyMatch(c -> c.text().equals("f64")));
  }
}

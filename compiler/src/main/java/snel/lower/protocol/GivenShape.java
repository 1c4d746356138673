package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Shapes;
import snel.source.Span;

/// Numbers are given in the shape of the place that takes them: a list fills any, row by row, but
/// the rows of a table are not another's columns. What is known of shapes before anything runs is
/// looked at here.
final class GivenShape {
  private final Work work;

  GivenShape(Work work) {
    this.work = work;
  }

  /// E0410 where numbers in their order would stand for something else.
  ///
  /// @param name of the place
  /// @return whether they fit, as far as is known
  boolean check(Term value, Type place, String name, Span span) {
    if (place instanceof Type.Array(var wanted) && !wanted.contains(-1)) {
      Optional<List<Integer>> unlike = of(value).filter(given -> !Shapes.nest(given, wanted));
      unlike.ifPresent(given -> fault(name, wanted, given, span));
      return unlike.isEmpty();
    }
    return true;
  }

  private void fault(String name, List<Integer> wanted, List<Integer> given, Span span) {
    var diagnostic =
        Diagnostic.of(
            Code.UNLIKE_SHAPES,
            "`" + name + "` is " + wanted + ", but the value is " + given,
            span);
    boolean turned = wanted.size() == 2 && given.equals(wanted.reversed());
    work.fault(turned ? diagnostic.help("write `transpose(…)` around it") : diagnostic);
  }

  /// The shape of a value, where it is known.
  static Optional<List<Integer>> of(Term value) {
    return switch (value) {
      case Term.Listing(var elements, var _) -> ofList(elements);
      default ->
          value.type() instanceof Type.Array(var shape) && !shape.contains(-1)
              ? Optional.of(shape)
              : Optional.empty();
    };
  }

  private static Optional<List<Integer>> ofList(List<Term> elements) {
    if (elements.stream().allMatch(GivenShape::isNumber)) {
      return Optional.of(List.of(elements.size()));
    }
    List<Optional<List<Integer>>> rows = elements.stream().map(GivenShape::of).distinct().toList();
    Optional<List<Integer>> row = rows.size() == 1 ? rows.getFirst() : Optional.empty();
    return row.map(axes -> Stream.concat(Stream.of(elements.size()), axes.stream()).toList());
  }

  private static boolean isNumber(Term term) {
    return term.type() instanceof Type.Real || term.type() instanceof Type.Whole;
  }
}

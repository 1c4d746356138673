package snel.lower.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Which numbers of an array indices pick that are known before the run, counted through all axes,
/// the last one fastest.
final class PickedPlaces {
  private static final Term.Axis ALL = new Term.Axis(Term.Picks.ALL, List.of());

  private PickedPlaces() {}

  /// Empty where an index is known only when running, or lies outside.
  ///
  /// @param of what is indexed, `size` numbers
  static Optional<List<Integer>> of(Term of, int size, List<Term.Axis> axes) {
    List<Integer> shape = shape(of.type(), size);
    List<Integer> places = List.of(0);
    for (int k = 0; k < shape.size(); k++) {
      int length = shape.get(k);
      Optional<List<Integer>> picked = along(k < axes.size() ? axes.get(k) : ALL, length);
      if (picked.isEmpty()) {
        return Optional.empty();
      }
      places =
          places.stream()
              .flatMap(before -> picked.get().stream().map(at -> before * length + at))
              .toList();
    }
    return axes.size() <= shape.size() ? Optional.of(places) : Optional.empty();
  }

  /// Neurons of a population that is read as a list have one axis.
  private static List<Integer> shape(Type type, int size) {
    return type instanceof Type.Array(var lengths)
            && lengths.stream().reduce(1, (a, b) -> a * b) == size
        ? lengths
        : List.of(size);
  }

  private static Optional<List<Integer>> along(Term.Axis axis, int length) {
    return switch (axis.picks()) {
      case ALL -> Optional.of(IntStream.range(0, length).boxed().toList());
      case ONE -> whole(axis.terms().getFirst()).filter(k -> 0 <= k && k < length).map(List::of);
      case BETWEEN -> {
        Optional<Integer> from = whole(axis.terms().get(0));
        Optional<Integer> until = whole(axis.terms().get(1));
        boolean isInside =
            from.isPresent()
                && until.isPresent()
                && 0 <= from.get()
                && from.get() < until.get()
                && until.get() <= length;
        yield isInside
            ? Optional.of(IntStream.range(from.get(), until.get()).boxed().toList())
            : Optional.empty();
      }
      case LISTED -> listed(axis.terms().getFirst(), length);
    };
  }

  private static Optional<List<Integer>> listed(Term list, int length) {
    List<Term> elements =
        switch (list) {
          case Term.Listing(var terms, _) -> terms;
          case Term.Numbers(_, var numbers) ->
              Arrays.stream(numbers).<Term>mapToObj(Term.Number::new).toList();
          default -> List.of();
        };
    List<Integer> places = new ArrayList<>();
    for (Term element : elements) {
      whole(element).filter(k -> 0 <= k && k < length).ifPresent(places::add);
    }
    return places.isEmpty() || places.size() < elements.size()
        ? Optional.empty()
        : Optional.of(places);
  }

  private static Optional<Integer> whole(Term index) {
    OptionalDouble number = KnownNumber.of(index);
    return number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble())
        ? Optional.of((int) number.getAsDouble())
        : Optional.empty();
  }
}

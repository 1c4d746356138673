package snel.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The length of one axis of a shape.
public sealed interface Extent {
  record Known(long length) implements Extent {
    @Override
    public String toString() {
      return Long.toString(length);
    }
  }

  /// Not known before the program is elaborated; agrees with every length.
  record Open() implements Extent {
    @Override
    public String toString() {
      return "·";
    }
  }

  static Extent of(long length) {
    return new Known(length);
  }

  /// The length both can have, if there is one.
  static Optional<Extent> common(Extent a, Extent b) {
    return switch (a) {
      case Open() -> Optional.of(b);
      case Known(long length) ->
          switch (b) {
            case Open() -> Optional.of(a);
            case Known(long other) -> length == other ? Optional.of(a) : Optional.empty();
          };
    };
  }

  /// The shape both can have, if there is one.
  static Optional<List<Extent>> common(List<Extent> a, List<Extent> b) {
    if (a.size() != b.size()) {
      return Optional.empty();
    }
    var common = new ArrayList<Extent>(a.size());
    for (int i = 0; i < a.size(); i++) {
      Optional<Extent> axis = common(a.get(i), b.get(i));
      if (axis.isEmpty()) {
        return Optional.empty();
      }
      common.add(axis.get());
    }
    return Optional.of(List.copyOf(common));
  }

  /// How many numbers there are; empty if a length is open.
  static OptionalLong product(List<Extent> shape) {
    long product = 1;
    for (Extent extent : shape) {
      if (!(extent instanceof Known(long length))) {
        return OptionalLong.empty();
      }
      product *= length;
    }
    return OptionalLong.of(product);
  }

  /// `[28, 28]`.
  static String written(List<Extent> shape) {
    return "[" + String.join(", ", shape.stream().map(Extent::toString).toList()) + "]";
  }
}

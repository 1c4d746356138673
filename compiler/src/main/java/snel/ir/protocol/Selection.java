package snel.ir.protocol;

import java.util.List;

/// Which elements of a population, or of one side of a projection, are meant. Coordinates are
/// already flat indices.
public sealed interface Selection {
  Selection ALL = new All();

  record All() implements Selection {}

  /// From `from` to `until`, the upper one left out.
  record Range(int from, int until) implements Selection {}

  record Listed(List<Integer> indices) implements Selection {
    public Listed {
      indices = List.copyOf(indices);
    }
  }

  /// One element whose index is known only when running.
  record At(Term index) implements Selection {}
}

package snel.runtime.kernel;

import jdk.incubator.vector.FloatVector;

/// Classes of vectors, to say by a cast of which one a vector is. What a loop hands on to its next
/// pass the just-in-time compiler knows as a vector of any width. It then relies on what it has
/// seen in the Vector API's own methods, such as `intoArray`: where other loops hand vectors of
/// other widths to these, it asks which of them it is, and for that keeps sums as objects, made
/// anew in each pass, at several times the cost. A method that casts would not do: behind a loop it
/// is called too seldom to be compiled into its caller.
final class Exact {
  static final Class<? extends FloatVector> PREFERRED =
      FloatVector.SPECIES_PREFERRED.vectorType().asSubclass(FloatVector.class);

  static final Class<? extends FloatVector> FOUR =
      FloatVector.SPECIES_128.vectorType().asSubclass(FloatVector.class);

  private Exact() {}
}

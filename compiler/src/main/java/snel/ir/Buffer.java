package snel.ir;

import java.util.Optional;

/// A named array. Names are dotted paths (`E.v`, `feed.w`, `E.exc.ring`); buffers start as zeros.
///
/// @param scale of cells that hold fixed-point numbers
public record Buffer(String name, Cell cell, Length length, Role role, Optional<Scale> scale) {
  public Buffer(String name, Cell cell, Length length, Role role) {
    this(name, cell, length, role, Optional.empty());
  }

  /// What the whole numbers in the cells mean to everybody outside the kernels (semantics.md §13).
  ///
  /// @param bits that a number may take, sign included
  /// @param amount what 1 in a cell stands for, in the coherent unit
  public record Scale(int bits, double amount) {}

  @Override
  public boolean equals(Object object) {
    return this == object
        || object instanceof Buffer other
            && name.equals(other.name)
            && cell == other.cell
            && role == other.role
            && length.equals(other.length)
            && scale.equals(other.scale);
  }

  /// That of the name, which hardly ever belongs to two: buffers are looked up all the time.
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /// Whether state hashes and checkpoints hold this buffer.
  public boolean isState() {
    return switch (role) {
      case STATE, PLASTIC, CHANGE, QUEUE -> true;
      case CLOCK, PARAMETER, INPUT, WIRING, LOG, SCRATCH -> false;
    };
  }

  /// Whether `reset all` zeroes this buffer before its kernels run.
  public boolean isCleared() {
    return role == Role.STATE || role == Role.QUEUE;
  }
}

package snel.runtime.schedule;

/// Cells that hold fixed-point numbers (semantics.md §13), read and written by the amounts that
/// these stand for.
///
/// @param raw whole numbers, the network's own array
/// @param bits that one of them may take
/// @param amount what 1 stands for
public record FixedCells(Object raw, int bits, double amount) {
  double get(int index) {
    return Cells.get(raw, index) * amount;
  }

  /// Stores the nearest number, halves to even, saturated.
  void set(int index, double value) {
    double greatest = (1L << (bits - 1)) - 1;
    Cells.set(raw, index, Math.clamp(Math.rint(value / amount), -greatest - 1, greatest));
  }
}

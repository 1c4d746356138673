package snel.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.math.Kind;

/// The buffers of the program under construction, by name, in order of declaration.
final class Buffers {
  /// Bits of what fixed-point arrivals are added up in (semantics.md §13).
  static final int ACCUMULATOR_BITS = 32;

  private final Map<String, Buffer> byName = new LinkedHashMap<>();
  private final Scalar real;

  Buffers(Scalar real) {
    this.real = real;
    keep(Emit.CLOCK);
    keep(Emit.HALT);
    keep(Emit.FAULT);
  }

  private Buffer keep(Buffer buffer) {
    byName.put(buffer.name(), buffer);
    return buffer;
  }

  boolean isTaken(String name) {
    return byName.containsKey(name);
  }

  /// The buffer of that name; declared now unless it is there already.
  Buffer declare(String name, Cell cell, long length, Role role) {
    return declare(name, cell, Length.of(length), role);
  }

  Buffer declare(String name, Cell cell, Length length, Role role) {
    Buffer known = byName.get(name);
    return known != null ? known : keep(new Buffer(name, cell, length, role));
  }

  /// A buffer of numbers of one kind.
  Buffer of(Kind kind, String name, Length length, Role role) {
    Buffer known = byName.get(name);
    return known != null ? known : keep(new Buffer(name, cell(kind), length, role, scale(kind)));
  }

  /// A buffer for copies of another.
  Buffer like(Buffer other, String name, Role role) {
    Buffer known = byName.get(name);
    return known != null
        ? known
        : keep(new Buffer(name, other.cell(), other.length(), role, other.scale()));
  }

  /// A buffer of sums or single amounts of one kind, wider than what is stored of it.
  Buffer wide(Kind kind, String name, Length length, Role role) {
    Cell cell = kind instanceof Kind.Real ? realCell() : Cell.I64;
    Buffer known = byName.get(name);
    Optional<Buffer.Scale> sums =
        scale(kind).map(scale -> new Buffer.Scale(ACCUMULATOR_BITS, scale.amount()));
    return known != null ? known : keep(new Buffer(name, cell, length, role, sums));
  }

  private Cell cell(Kind kind) {
    return switch (kind) {
      case Kind.Real _ -> realCell();
      case Kind.Int _ -> Cell.I64;
      case Kind.Bool _ -> Cell.U8;
      case Kind.Fixed fixed -> fixed.width() <= 32 ? Cell.I32 : Cell.I64;
    };
  }

  private static Optional<Buffer.Scale> scale(Kind kind) {
    return kind.asFixed().map(f -> new Buffer.Scale(f.width(), FixedPoint.amount(f)));
  }

  /// A buffer of the program's `real` type.
  Buffer real(String name, long length, Role role) {
    return declare(name, realCell(), length, role);
  }

  Cell realCell() {
    return real == Scalar.F32 ? Cell.F32 : Cell.F64;
  }

  List<Buffer> all() {
    return List.copyOf(byName.values());
  }
}

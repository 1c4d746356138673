package snel.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;

/// The buffers of the program under construction, by name, in order of declaration.
final class Buffers {
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

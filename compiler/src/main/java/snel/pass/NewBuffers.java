package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;

/// Buffers that a pass adds to a program, by names that nothing in it has.
final class NewBuffers {
  private final Set<String> names = new HashSet<>();
  private final List<Buffer> made = new ArrayList<>();

  NewBuffers(Program program) {
    program.buffers().forEach(buffer -> names.add(buffer.name()));
  }

  Buffer add(String stem, Cell cell, long length, Role role) {
    String name = stem;
    for (int count = 2; !names.add(name); count++) {
      name = stem + "_" + count;
    }
    Buffer buffer = new Buffer(name, cell, Length.of(length), role);
    made.add(buffer);
    return buffer;
  }

  /// The program with what was added.
  Program in(Program program) {
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    buffers.addAll(made);
    return program.with(buffers, program.build());
  }
}

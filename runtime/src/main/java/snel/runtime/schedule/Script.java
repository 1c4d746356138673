package snel.runtime.schedule;

import java.util.List;

/// An experiment as straight code.
///
/// @param slots how many variables, those of loops included
/// @param lines the statement each instruction came from, for messages
public record Script(String name, List<Instruction> code, int slots, List<Spot> lines) {
  public Script {
    code = List.copyOf(code);
    lines = List.copyOf(lines);
    if (code.size() != lines.size()) {
      throw new IllegalArgumentException("every instruction needs its line");
    }
  }

  /// A statement of the source.
  public record Spot(String file, int line, String text) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }
}

package snel.cli;

import java.util.List;
import snel.compiler.OpenProgram;
import snel.diagnostics.Nearest;

/// Picks the experiment that a command line names.
final class Named {
  private Named() {}

  /// The one of this name; without a name the last that no other starts from.
  static String experiment(OpenProgram program, String name) {
    List<String> all = program.experiments();
    if (all.isEmpty()) {
      throw new Misuse("the program has no experiment");
    }
    if (name.isEmpty()) {
      return program.finalExperiments().isEmpty()
          ? all.getLast()
          : program.finalExperiments().getLast();
    }
    if (!all.contains(name)) {
      throw new Misuse("there is no experiment `" + name + "`" + Nearest.hint(name, all));
    }
    return name;
  }
}

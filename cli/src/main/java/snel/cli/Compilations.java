package snel.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.compiler.Compiled;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;

/// Compiles the experiments of one program. What is compiled ahead is not compiled again when it
/// runs.
final class Compilations {
  private final OpenProgram program;
  private final Console console;
  private final Map<Wanted, Ready> ahead = new HashMap<>();

  Compilations(OpenProgram program, Console console) {
    this.program = program;
    this.console = console;
  }

  private record Wanted(String experiment, Options options) {}

  /// @param diagnostics what was found doubtful
  record Ready(Compiled compiled, Diagnostics diagnostics, double compileMs) {}

  /// Compiles an experiment that is to run later.
  ///
  /// @return it, unless that has been done
  Optional<Ready> ahead(String name, Options options) {
    var wanted = new Wanted(name, options);
    if (ahead.containsKey(wanted)) {
      return Optional.empty();
    }
    Ready ready = compiled(name, options);
    ahead.put(wanted, ready);
    return Optional.of(ready);
  }

  /// An experiment that runs now.
  Ready now(String name, Options options) {
    @Nullable Ready known = ahead.remove(new Wanted(name, options));
    return known == null ? compiled(name, options) : known;
  }

  private Ready compiled(String name, Options options) {
    long began = System.nanoTime();
    Diagnostics diagnostics = new Diagnostics();
    Optional<Compiled> compiled = program.experiment(name, options, diagnostics);
    if (compiled.isEmpty()) {
      console.show(diagnostics);
      throw new WrongProgram();
    }
    return new Ready(compiled.get(), diagnostics, (System.nanoTime() - began) / 1e6);
  }
}

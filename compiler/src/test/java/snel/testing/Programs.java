package snel.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.runtime.kernel.Network;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;

/// Programs of tests, which may import what the standard library has.
public final class Programs {
  private static final Path STDLIB = Path.of("../stdlib/src/main/resources");

  private Programs() {}

  /// Experiment `e` of a program that has no faults.
  public static Compiled compiled(String text) {
    var diagnostics = new Diagnostics();
    var file = new SourceFile("test.snn", text);
    Optional<Compiled> compiled =
        Objects.requireNonNull(
                Compiler.open(file, Folder.loader(STDLIB), NoTables.NONE, diagnostics))
            .experiment("e", Options.NONE, diagnostics);
    return compiled.orElseThrow(() -> new AssertionError(diagnostics.sorted()));
  }

  /// What the state is after each of so many steps more.
  public static List<Long> hashes(Program program, JvmTarget.Code code, int... steps) {
    Network network = new JvmTarget(code).build(program);
    List<Long> hashes = new ArrayList<>();
    for (int more : steps) {
      network.run(more);
      hashes.add(network.stateHash());
    }
    return hashes;
  }
}

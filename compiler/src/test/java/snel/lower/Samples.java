package snel.lower;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.ir.Program;
import snel.model.Network;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.source.SourceFile;
import snel.testing.Folder;
import snel.testing.NoTables;
import snel.units.Rational;

/// Compiles networks of the language samples without an experiment.
final class Samples {
  private static final Path FOLDER = Path.of("src/test/resources/samples");
  private static final Path STANDARD = Path.of("../stdlib/src/main/resources");

  private Samples() {}

  static Program program(String file, String network, String step, Network.Numerics numerics) {
    var diagnostics = new Diagnostics();
    SourceFile source = Folder.program(FOLDER, FOLDER.resolve(file));
    FileScope scope = Library.read(source, Folder.loader(FOLDER, STANDARD), diagnostics);
    var context = new Context(Rational.parse(step).orElseThrow(), diagnostics, NoTables.NONE);
    var settings = new Settings(42, numerics, Map.of(), Set.of());
    Elaborated elaborated =
        new NetworkElaborator(context, settings)
            .elaborate(
                (Entity.Declared) scope.find(network).orElseThrow(), List.of(), Env.of(scope));
    if (diagnostics.hasErrors()) {
      throw new AssertionError(diagnostics.sorted());
    }
    Program lowered = Lowering.lower(elaborated.network(), Needs.NONE);
    Set<String> all =
        lowered.directory().values().stream()
            .map(v -> v.buffer().name())
            .collect(Collectors.toSet());
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)
        .run(elaborated.network(), Needs.NONE, all);
  }
}

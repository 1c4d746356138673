package snel.lower;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.Program;
import snel.model.Network;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.units.Rational;

/// Compiles networks of the language samples without an experiment.
final class Samples {
  private static final Path FOLDER = Path.of("src/test/resources/samples");
  private static final Path STANDARD = Path.of("../stdlib/src/main/resources");

  private Samples() {}

  static Program program(String file, String network, String step, Network.Numerics numerics) {
    var diagnostics = new Diagnostics();
    SourceFile source = read(FOLDER.resolve(file)).orElseThrow();
    FileScope scope = Library.read(source, loader(), diagnostics);
    var context = new Context(Rational.parse(step).orElseThrow(), diagnostics, new NoFiles());
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
    return new Pipeline(Pipeline.Observer.NONE, true).run(elaborated.network(), Needs.NONE, all);
  }

  private static Optional<SourceFile> read(Path path) {
    try {
      return Files.isRegularFile(path)
          ? Optional.of(new SourceFile(path.toString(), Files.readString(path)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Loader loader() {
    return new Loader() {
      @Override
      public Optional<SourceFile> load(String path) {
        return read(FOLDER.resolve(path)).or(() -> read(STANDARD.resolve(path)));
      }

      @Override
      public boolean isFolder(String path) {
        return Files.isDirectory(FOLDER.resolve(path)) || Files.isDirectory(STANDARD.resolve(path));
      }
    };
  }

  private static final class NoFiles implements Context.Files {
    @Override
    public Val csv(String folder, String name, boolean header) {
      throw new IllegalArgumentException("no table " + name);
    }

    @Override
    public Val npy(String folder, String name) {
      throw new IllegalArgumentException("no array " + name);
    }
  }
}

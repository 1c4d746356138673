package snel.check;

import java.util.HashSet;
import java.util.Set;
import snel.resolve.FileScope;
import snel.source.Span;

/// What has been read so far: symbols, told apart by where they are declared, and imported names of
/// files.
final class Usage {
  private record Imported(String file, String name) {}

  private final Set<Span> symbols = new HashSet<>();
  private final Set<Imported> imports = new HashSet<>();

  void read(Symbol symbol) {
    symbols.add(symbol.span());
  }

  boolean isRead(Symbol symbol) {
    return symbols.contains(symbol.span());
  }

  void readImport(FileScope file, String name) {
    imports.add(new Imported(file.path(), name));
  }

  boolean isReadImport(FileScope file, String name) {
    return imports.contains(new Imported(file.path(), name));
  }
}

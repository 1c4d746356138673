package snel.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import snel.resolve.FileScope;
import snel.source.Span;

/// What has been read so far: symbols, told apart by where they are declared, and imported names of
/// files.
final class Usage {
  private record Imported(String file, String name) {}

  private final Set<Span> symbols = new HashSet<>();
  private final Map<Span, Symbol> locals = new LinkedHashMap<>();
  private final Set<Imported> imports = new HashSet<>();

  void read(Symbol symbol) {
    symbols.add(symbol.span());
  }

  void readAt(Span declaration) {
    symbols.add(declaration);
  }

  boolean isReadAt(Span declaration) {
    return symbols.contains(declaration);
  }

  /// Notes a name that exists among statements only.
  void local(Symbol symbol) {
    locals.putIfAbsent(symbol.span(), symbol);
  }

  Collection<Symbol> locals() {
    return locals.values();
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

package snel.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.resolve.FileScope;

/// Names in sight, inner before outer.
final class Scope {
  private final @Nullable Scope outer;
  private final FileScope file;
  private final Place place;
  private final Map<String, Symbol> names;

  private Scope(@Nullable Scope outer, FileScope file, Place place, Map<String, Symbol> names) {
    this.outer = outer;
    this.file = file;
    this.place = place;
    this.names = names;
  }

  /// The names of a file.
  static Scope of(FileScope file) {
    return new Scope(null, file, Place.TOP, new LinkedHashMap<>());
  }

  /// A scope within this one.
  Scope inner(Place inside) {
    return new Scope(this, file, inside, new LinkedHashMap<>());
  }

  Scope inner() {
    return inner(place);
  }

  /// The names of a model as its items in this file see them: they share `own`.
  Scope sharing(Map<String, Symbol> own, Place inside) {
    return new Scope(this, file, inside, own);
  }

  FileScope file() {
    return file;
  }

  Place place() {
    return place;
  }

  Optional<Scope> outer() {
    return Optional.ofNullable(outer);
  }

  /// A scope whose outer names are not all known, since a declaration that they come from is not.
  Scope incomplete() {
    return new Scope(this, file, Place.UNCLEAR, new LinkedHashMap<>());
  }

  /// Whether a name that is not found may be declared all the same.
  boolean isIncomplete() {
    return place == Place.UNCLEAR || outer != null && outer.isIncomplete();
  }

  /// Adds a name; one that is there already stays.
  void put(Symbol symbol) {
    names.putIfAbsent(symbol.name(), symbol);
  }

  Optional<Symbol> own(String name) {
    return Optional.ofNullable(names.get(name));
  }

  Map<String, Symbol> own() {
    return names;
  }

  Optional<Symbol> find(String name) {
    Symbol found = names.get(name);
    if (found != null) {
      return Optional.of(found);
    }
    return outer == null ? Optional.empty() : outer.find(name);
  }

  /// All names in sight.
  Map<String, Symbol> visible() {
    Map<String, Symbol> all = outer == null ? new LinkedHashMap<>() : outer.visible();
    all.putAll(names);
    return all;
  }
}

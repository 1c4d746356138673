package snel.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;

/// Names in sight, inner before outer.
final class Scope {
  private final @Nullable Scope outer;
  private final FileScope file;
  private final Place place;
  private final Map<String, Symbol> names;
  private final boolean isConditional;

  private Scope(
      @Nullable Scope outer,
      FileScope file,
      Place place,
      Map<String, Symbol> names,
      boolean isConditional) {
    this.outer = outer;
    this.file = file;
    this.place = place;
    this.names = names;
    this.isConditional = isConditional || outer != null && outer.isConditional;
  }

  private Scope(@Nullable Scope outer, FileScope file, Place place, Map<String, Symbol> names) {
    this(outer, file, place, names, false);
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

  /// A scope within this one that an `if` may leave out.
  Scope conditional() {
    return new Scope(this, file, place, new LinkedHashMap<>(), true);
  }

  /// Whether an `if` may leave it out, where parameters have their defaults, say.
  boolean isConditional() {
    return isConditional;
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

  /// The name that an expression is, also one of a file that was imported as a whole:
  /// `models.base`.
  Optional<Symbol> find(Expression expression) {
    return switch (expression) {
      case Expression.Variable(var name, _) -> find(name.text());
      case Expression.Member(var owner, _, _) ->
          declared(expression)
              .flatMap(declared -> module(owner).flatMap(m -> m.models().symbol(declared)));
      default -> Optional.empty();
    };
  }

  /// The function that a call names.
  Optional<Entity.Declared> function(Expression callee) {
    return callee instanceof Expression.Variable(var name, _)
        ? file.function(name.text())
        : declared(callee).filter(d -> d.declaration() instanceof Declaration.Function);
  }

  private Optional<Entity.Declared> declared(Expression expression) {
    return member(expression)
        .filter(Entity.Declared.class::isInstance)
        .map(Entity.Declared.class::cast);
  }

  private Optional<Entity> member(Expression expression) {
    return expression instanceof Expression.Member(var owner, var name, _)
        ? module(owner).flatMap(m -> file.member(m.entity(), name.text()))
        : Optional.empty();
  }

  private Optional<Things.Module> module(Expression expression) {
    return switch (expression) {
      case Expression.Variable(var name, _) ->
          find(name.text())
              .filter(symbol -> symbol.role() == Role.GIVEN)
              .map(symbol -> symbol.type(() -> {}))
              .filter(Things.Module.class::isInstance)
              .map(Things.Module.class::cast);
      case Expression.Member(var owner, _, _) ->
          module(owner)
              .flatMap(outside ->
                  member(expression)
                      .filter(entity -> !(entity instanceof Entity.Declared))
                      .map(entity -> new Things.Module(entity, outside.models())));
      default -> Optional.empty();
    };
  }

  /// All names in sight.
  Map<String, Symbol> visible() {
    Map<String, Symbol> all = outer == null ? new LinkedHashMap<>() : outer.visible();
    all.putAll(names);
    return all;
  }
}

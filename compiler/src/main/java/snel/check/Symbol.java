package snel.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import snel.source.Span;
import snel.syntax.Expression;
import snel.types.Type;

/// A declared name. Its type is worked out when first asked for, since declarations may stand in
/// any order.
final class Symbol {
  /// The expression that gives the value, and where its names are looked up.
  record Definition(Expression value, Scope scope) {
    private boolean leadsBack(Set<Symbol> seen) {
      List<Symbol> named = new ArrayList<>();
      Parts.each(value, part -> scope.find(part).ifPresent(named::add));
      return named.stream().anyMatch(symbol -> symbol.leadsBack(seen));
    }
  }

  private final String name;
  private final Role role;
  private final Span span;
  private final Optional<Definition> definition;
  private final Function<Symbol, Type> typing;
  private @Nullable Type known;
  private boolean open;

  private Symbol(
      String name,
      Role role,
      Span span,
      Optional<Definition> definition,
      Function<Symbol, Type> typing) {
    this.name = name;
    this.role = role;
    this.span = span;
    this.definition = definition;
    this.typing = typing;
  }

  static Symbol of(snel.syntax.Name name, Role role, Type type) {
    return new Symbol(name.text(), role, name.span(), Optional.empty(), self -> type);
  }

  /// A name of the language itself, known within `place`.
  static Symbol given(String name, Type type, Span place) {
    return new Symbol(name, Role.GIVEN, place, Optional.empty(), self -> type);
  }

  /// @param typing works the type out
  static Symbol lazy(
      snel.syntax.Name name,
      Role role,
      Optional<Definition> definition,
      Function<Symbol, Type> typing) {
    return new Symbol(name.text(), role, name.span(), definition, typing);
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  /// Where the name is declared.
  Span span() {
    return span;
  }

  Optional<Definition> definition() {
    return definition;
  }

  /// The type, and `cycle` once if that needs itself.
  Type type(Runnable cycle) {
    if (known != null) {
      return known;
    }
    if (open) {
      cycle.run();
      known = Type.UNKNOWN;
      return Type.UNKNOWN;
    }
    open = true;
    Type found = typing.apply(this);
    open = false;
    if (known == null) {
      known = found;
    }
    return known;
  }

  /// Whether the type rests on one that is being worked out, so that it is not to be asked for by
  /// what only looks round.
  boolean leadsBack() {
    return leadsBack(Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private boolean leadsBack(Set<Symbol> seen) {
    return open
        || known == null
            && seen.add(this)
            && definition.filter(it -> it.leadsBack(seen)).isPresent();
  }
}

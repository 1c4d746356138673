package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.source.Span;
import snel.syntax.Import;
import snel.syntax.Name;

/// A name is declared once in nested scopes. E0109.
final class Names {
  private static final List<String> KNOWN_EVERYWHERE = List.of("dt", "t", "pi", "infinity", "none");

  private Names() {}

  static boolean isKnownEverywhere(String name) {
    return KNOWN_EVERYWHERE.contains(name);
  }

  /// Adds `symbol` to `scope` unless the name is taken.
  static void declare(Context context, Scope scope, Symbol symbol) {
    if (symbol.name().isEmpty()) {
      return;
    }
    Optional<Symbol> earlier = earlier(scope, symbol.name());
    boolean same = earlier.filter(e -> e.span().equals(symbol.span())).isPresent();
    if (isKnownEverywhere(symbol.name())) {
      context.usage().read(symbol);
      context.report(known(symbol.name(), symbol.span()));
    } else if (earlier.isPresent() && !same) {
      context.report(taken(symbol, earlier.get()));
      if (scope.own(symbol.name()).isPresent()) {
        return;
      }
    }
    scope.put(symbol);
  }

  /// What is declared outside of bodies, and imported, has no name that is known everywhere.
  static void check(Context context, FileScope file) {
    Stream.concat(
            file.file().declarations().stream().flatMap(d -> Library.name(d).stream()),
            file.file().imports().stream().flatMap(Names::brought))
        .forEach(name -> {
          if (isKnownEverywhere(name.text())) {
            context.usage().readImport(file, name.text());
          }
          check(context, name);
          checkFunction(context, file, name);
        });
  }

  /// A function would replace one that every program knows, for readers that would not see it.
  private static void checkFunction(Context context, FileScope file, Name name) {
    boolean isFunction = file.function(name.text()).isPresent();
    if (isFunction && LibraryFunctions.names().contains(name.text())) {
      context.report(
          Diagnostic.of(
              Code.DECLARED_TWICE,
              "`" + name.text() + "` is a function that is known everywhere: choose another name",
              name.span(),
              "would replace that one"));
    }
  }

  /// What is no symbol of a scope has no name that is known everywhere either.
  static void check(Context context, Name name) {
    if (isKnownEverywhere(name.text())) {
      context.usage().readAt(name.span());
      context.report(known(name.text(), name.span()));
    }
  }

  private static Stream<Name> brought(Import item) {
    return item.names().isEmpty()
        ? Stream.of(item.alias() == null ? item.path().last() : item.alias())
        : item.names().stream().map(one -> one.alias() == null ? one.name() : one.alias());
  }

  private static Diagnostic known(String name, Span span) {
    return Diagnostic.of(
        Code.DECLARED_TWICE,
        "`" + name + "` is known everywhere: choose another name",
        span,
        "already has a meaning");
  }

  private static Diagnostic taken(Symbol symbol, Symbol earlier) {
    if (earlier.role() == Role.GIVEN) {
      return Diagnostic.of(
          Code.DECLARED_TWICE,
          "`" + symbol.name() + "` has a meaning here already: choose another name",
          symbol.span(),
          "already has a meaning");
    }
    return twice(symbol, earlier);
  }

  static Diagnostic twice(Symbol symbol, Symbol earlier) {
    return Diagnostic.of(
            Code.DECLARED_TWICE,
            "`"
                + symbol.name()
                + "` is already declared at "
                + Wording.place(earlier.span(), symbol.span()),
            symbol.span(),
            "declared again")
        .label(earlier.span(), "first declared here");
  }

  /// What an inner declaration of the name would hide: any name of a body, a value of the file.
  private static Optional<Symbol> earlier(Scope scope, String name) {
    Optional<Symbol> own = scope.own(name);
    if (own.isPresent()) {
      return own;
    }
    for (Optional<Scope> outer = scope.outer(); outer.isPresent(); outer = outer.get().outer()) {
      Optional<Symbol> found = outer.get().own(name);
      boolean file = outer.get().outer().isEmpty();
      if (found.isPresent()) {
        return found.filter(s -> !file || s.role() == Role.CONSTANT);
      }
    }
    return Optional.empty();
  }
}

package snel.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.source.Span;
import snel.syntax.Name;
import snel.types.Type;
import snel.units.Dimension;

/// Names that nothing declares. They are kept to the end of the check, when it is known what
/// dimension each should have and which declared names are used nowhere. E0108.
final class Unknowns {
  private record Pending(Scope scope, Name name, Type type, Collection<String> functions) {}

  private final List<Pending> pending = new ArrayList<>();

  /// @param type what takes the dimension that the name's surroundings ask for
  void name(Scope scope, Name name, Type type) {
    pending.add(new Pending(scope, name, type, List.of()));
  }

  /// @param functions the functions that are known there
  void function(Scope scope, Name name, Collection<String> functions) {
    pending.add(new Pending(scope, name, Type.UNKNOWN, List.copyOf(functions)));
  }

  /// Reports each name once a declaration.
  void report(Context context) {
    for (Pending unknown : pending) {
      if (inSkippedText(unknown)) {
        continue;
      }
      boolean function = !unknown.functions.isEmpty();
      Object cause =
          List.of(Code.UNKNOWN_NAME, unknown.name.span().file(), unknown.name.text(), function);
      context
          .diagnostics()
          .reportOnce(cause, function ? unknownFunction(unknown) : unknownName(context, unknown));
    }
    pending.clear();
  }

  private static boolean inSkippedText(Pending unknown) {
    var file = unknown.scope.file().file();
    return file.skipped().stream()
        .filter(span -> span.file().equals(unknown.name.span().file()))
        .anyMatch(span -> Words.contains(span, unknown.name.text()));
  }

  private static Diagnostic unknownFunction(Pending unknown) {
    String name = unknown.name.text();
    Optional<String> near = Nearest.to(name, unknown.functions);
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_NAME,
            "unknown function `" + name + "`" + Nearest.hint(near),
            unknown.name.span(),
            "not declared");
    return near.map(n -> diagnostic.fix("write `" + n + "`", unknown.name.span(), n))
        .orElse(diagnostic);
  }

  private Diagnostic unknownName(Context context, Pending unknown) {
    String name = unknown.name.text();
    Map<String, Symbol> visible = new LinkedHashMap<>(unknown.scope.visible());
    Optional<Dimension> wanted = wanted(context, unknown);
    Optional<String> near =
        Nearest.to(name, visible.keySet(), n -> fits(context, visible, n, wanted))
            .or(() -> unusedOfDimension(context, visible, wanted));
    Span at = unknown.name.span();
    if (near.isEmpty()) {
      return Diagnostic.of(Code.UNKNOWN_NAME, "unknown name `" + name + "`", at, "not declared");
    }
    String found = near.get();
    Symbol symbol = java.util.Objects.requireNonNull(visible.get(found));
    boolean used = context.usage().isRead(symbol);
    context.usage().read(symbol);
    context.usage().readImport(unknown.scope.file(), found);
    String hint =
        used || symbol.role() == Role.GIVEN
            ? "did you mean `" + found + "`?"
            : "`"
                + found
                + "`"
                + dimension(context.type(symbol))
                + " is declared at "
                + Wording.place(symbol.span(), at)
                + " and used nowhere";
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_NAME, "unknown name `" + name + "`; " + hint, at, "not declared");
    return (symbol.role() == Role.GIVEN || Context.inLibrary(symbol.span())
            ? diagnostic
            : diagnostic.label(symbol.span(), "`" + found + "` is declared here"))
        .fix("write `" + found + "`", at, found);
  }

  private Optional<Dimension> wanted(Context context, Pending unknown) {
    return pending.stream()
        .filter(p -> p.name.text().equals(unknown.name.text()))
        .filter(p -> p.name.span().file().equals(unknown.name.span().file()))
        .map(p -> Wording.dimension(context.resolved(p.type)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean fits(
      Context context, Map<String, Symbol> visible, String name, Optional<Dimension> wanted) {
    Symbol symbol = visible.get(name);
    return symbol != null
        && wanted.isPresent()
        && Wording.dimension(context.type(symbol)).equals(wanted);
  }

  private static Optional<String> unusedOfDimension(
      Context context, Map<String, Symbol> visible, Optional<Dimension> wanted) {
    return visible.entrySet().stream()
        .filter(e -> wanted.filter(d -> !d.isPlain()).isPresent())
        .filter(e -> e.getValue().role() == Role.PARAMETER || e.getValue().role() == Role.CONSTANT)
        .filter(e -> !context.usage().isRead(e.getValue()))
        .filter(e -> fits(context, visible, e.getKey(), wanted))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String dimension(Type type) {
    return Wording.dimension(type).filter(d -> !d.isPlain()).map(d -> " (" + d + ")").orElse("");
  }
}

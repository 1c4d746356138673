package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.source.Span;
import snel.syntax.Name;
import snel.types.DimensionTerm;
import snel.types.Type;
import snel.types.Unification;

/// What the rules of one check share.
///
/// @param diagnostics where faults go
/// @param unification what has been found out about dimensions
/// @param usage what has been read
/// @param unknowns names that nothing declares
/// @param models what the declarations of all files mean
/// @param given what is set from outside the program, as `Owner.name`
record Context(
    Diagnostics diagnostics,
    Unification unification,
    Usage usage,
    Unknowns unknowns,
    Models models,
    Set<String> given) {

  /// The same check with its faults put elsewhere.
  Context reportingTo(Diagnostics other) {
    return new Context(other, unification, usage, new Unknowns(), models, given);
  }

  /// The same check with its faults going nowhere.
  Context silent() {
    return reportingTo(new Diagnostics());
  }

  void report(Diagnostic diagnostic) {
    diagnostics.report(diagnostic);
  }

  Type faulty(Diagnostic diagnostic) {
    diagnostics.report(diagnostic);
    return Type.UNKNOWN;
  }

  Type type(Symbol symbol) {
    return unification.resolved(symbol.type(() -> cycle(symbol)));
  }

  /// The type of what `name` stands for; unknown if nothing of that name is in sight.
  Type type(Scope scope, Name name) {
    return scope.find(name.text()).map(this::type).orElse(Type.UNKNOWN);
  }

  /// Whether the amounts can be of one dimension; if so they are from now on.
  boolean sameDimension(Type a, Type b) {
    return unification.unify(
        a.numberDimension().orElse(DimensionTerm.PLAIN),
        b.numberDimension().orElse(DimensionTerm.PLAIN));
  }

  private void cycle(Symbol symbol) {
    diagnostics.reportOnce(
        List.of(Code.DEFINITION_CYCLE, symbol.span()),
        Diagnostic.of(
            Code.DEFINITION_CYCLE,
            "the definition of `" + symbol.name() + "` needs `" + symbol.name() + "` itself",
            symbol.span(),
            "leads back to itself"));
  }

  /// The dimension of something that is not known yet; nothing is ever said about it.
  Type open() {
    return new Type.Real(DimensionTerm.of(unification.fresh(Wording.OPEN)));
  }

  Expressions in(Scope scope) {
    return new Expressions(this, scope);
  }

  /// The type of what stands at `span`, resolved; marks nothing.
  Type resolved(Type type) {
    return unification.resolved(type);
  }

  /// Whether `span` lies in a file of the library.
  static boolean inLibrary(Span span) {
    return span.file().name().startsWith("std/");
  }

  /// Where something is declared, if that is shown to the author: not within the library.
  static Optional<Span> shown(Span declared) {
    return inLibrary(declared) ? Optional.empty() : Optional.of(declared);
  }

  /// `diagnostic` with a label at a declaration that is shown.
  static Diagnostic labelled(Diagnostic diagnostic, Span declared, String text) {
    return inLibrary(declared) ? diagnostic : diagnostic.label(declared, text);
  }
}

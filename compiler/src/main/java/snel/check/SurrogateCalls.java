package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.types.Type;

/// A surrogate is a function of the margin, a plain number, that gives one; it is called without
/// it. E0108, E0217.
final class SurrogateCalls {
  private static final String LIBRARY = "std/train/surrogates.snn";

  private final Context context;
  private final Scope scope;

  SurrogateCalls(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(Expression expression) {
    switch (expression.ungrouped()) {
      case Expression.Variable name -> named(name, List.of(), name.span());
      case Expression.Member name -> named(name, List.of(), name.span());
      case Expression.Call(Expression.Variable name, var arguments, var span) ->
          named(name, arguments, span);
      case Expression.Call(Expression.Member name, var arguments, var span) ->
          named(name, arguments, span);
      default ->
          wrong("a surrogate is wanted here, such as `fast_sigmoid(slope: 25)`", expression.span());
    }
  }

  private Optional<FileScope> library() {
    return scope.file().standard(LIBRARY);
  }

  private void named(Expression callee, List<Argument> arguments, Span span) {
    String name = callee.span().text();
    switch (callee) {
      case Expression.Variable _ -> context.usage().readImport(scope.file(), name);
      case Expression.Member(var owner, _, _) -> context.silent().in(scope).type(owner);
      default -> {}
    }
    Optional<Entity.Declared> function =
        scope.function(callee).or(() -> library().flatMap(file -> file.function(name)));
    if (function.isPresent()
        && function.get().declaration() instanceof Declaration.Function declared
        && !declared.isCore()
        && !declared.parameters().isEmpty()) {
      applied(declared, function.get().scope(), arguments, span);
    } else if (function.isPresent()) {
      wrong("a surrogate is a function of how far a state is above threshold", span);
      context.silent().in(scope).all(arguments);
    } else {
      List<String> known =
          library().map(file -> List.copyOf(file.functionNames())).orElse(List.of());
      context.report(
          Diagnostic.of(
                  Code.UNKNOWN_NAME,
                  "unknown surrogate `" + name + "`" + Nearest.hint(name, known),
                  span)
              .note("there are " + Prose.codes(known) + ", and functions of one's own"));
      context.silent().in(scope).all(arguments);
    }
  }

  private void applied(
      Declaration.Function function, FileScope file, List<Argument> arguments, Span span) {
    Type margin =
        context
            .models()
            .function(function, file)
            .instantiated(context.unification())
            .parameters()
            .getFirst()
            .type();
    if (!isPlainNumber(margin)) {
      String first = function.parameters().getFirst().name().text();
      wrong(
          "the margin that a surrogate takes is a plain number, but `%s` of `%s` is %s"
              .formatted(first, function.name().text(), described(margin)),
          span);
    }
    Type result = new UserCalls(context.in(scope)).ofMargin(function, file, arguments, span);
    if (!isPlainNumber(result)) {
      wrong(
          "a surrogate gives a plain number, but `%s` gives %s"
              .formatted(function.name().text(), described(result)),
          span);
    }
  }

  private boolean isPlainNumber(Type type) {
    Type found = context.resolved(type);
    return Wording.isOpen(found)
        || Wording.isNumber(found)
            && found.shape().isEmpty()
            && context.sameDimension(found, Type.PLAIN);
  }

  private String described(Type type) {
    Type found = context.resolved(type);
    return found.shape().isEmpty() ? WrongKind.described(found) : found.described();
  }

  private void wrong(String message, Span span) {
    context.report(Diagnostic.of(Code.WRONG_KIND, message, span));
  }
}

package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.resolve.Entity;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.types.MathSignatures;
import snel.types.Signature;
import snel.types.Type;

/// `function(arguments)`: the author's own functions, those of mathematics, those of the library.
final class Calls {
  private final Expressions expressions;
  private final Context context;

  Calls(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Call call) {
    return switch (call.callee()) {
      case Expression.Variable(var name, _) -> named(name, call);
      case Expression.Missing _ -> Type.UNKNOWN;
      case Expression.Member(var owner, _, _)
          when expressions.scope().function(call.callee()).orElse(null)
              instanceof Entity.Declared(Declaration.Function function, var file) -> {
        expressions.type(owner);
        yield new UserCalls(expressions).type(function, file, call);
      }
      default -> {
        Type callee = expressions.type(call.callee());
        expressions.all(call.arguments());
        yield callee instanceof Things.Named thing
            ? thing
            : WrongKind.report(
                context, context.resolved(callee), call.callee().span(), "a function");
      }
    };
  }

  private Type named(Name name, Expression.Call call) {
    String text = name.text();
    context.usage().readImport(expressions.scope().file(), text);
    Optional<Entity.Declared> own = expressions.scope().file().function(text);
    if (own.isPresent() && own.get().declaration() instanceof Declaration.Function function) {
      return new UserCalls(expressions).type(function, own.get().scope(), call);
    }
    if (text.equals("min") || text.equals("max")) {
      return new Extremes(expressions).type(name, call);
    }
    Optional<Signature> signature = MathSignatures.of(text);
    if (signature.isPresent()) {
      return new MathCalls(expressions).type(signature.get(), call);
    }
    Optional<LibraryFunction> library = LibraryFunctions.of(text);
    if (library.isPresent()) {
      return new LibraryCalls(expressions).type(library.get(), call);
    }
    return instance(name, call);
  }

  /// `TripletStdp(w_max: 1)`: a model with its arguments, inside an expression.
  private Type instance(Name name, Expression.Call call) {
    Optional<Symbol> symbol = expressions.scope().find(name.text());
    if (symbol.isPresent() && context.type(symbol.get()) instanceof Things.Named thing) {
      context.usage().read(symbol.get());
      expressions.all(call.arguments());
      return thing;
    }
    expressions.all(call.arguments());
    context.unknowns().function(expressions.scope(), name, known());
    return Type.UNKNOWN;
  }

  private List<String> known() {
    var names = new ArrayList<>(LibraryFunctions.names());
    names.addAll(expressions.scope().file().functionNames());
    return names;
  }
}

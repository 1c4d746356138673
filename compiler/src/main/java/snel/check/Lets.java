package snel.check;

import java.util.Optional;
import snel.syntax.Let;
import snel.types.Type;

/// `let`: the value has the type that is written.
final class Lets {
  private Lets() {}

  /// A `let` of a model or file, whose name is declared already.
  static void check(Context context, Scope scope, Let let) {
    Type type = context.type(scope, let.name());
    if (let.type() != null) {
      new Fits(context, scope)
          .check(type, let.value(), "`" + let.name().text() + "`", Optional.of(let.name().span()));
    }
  }

  /// A `let` among statements: the name exists from here on.
  static void local(Context context, Scope scope, Let let) {
    Type type = Typing.ofLet(context, scope, let);
    if (let.type() != null) {
      new Fits(context, scope)
          .check(type, let.value(), "`" + let.name().text() + "`", Optional.of(let.name().span()));
    }
    Symbol symbol =
        Symbol.lazy(
            let.name(),
            Role.LET,
            Optional.of(new Symbol.Definition(let.value(), scope)),
            self -> type);
    context.usage().local(symbol);
    Names.declare(context, scope, symbol);
  }
}

package snel.check;

import java.util.ArrayList;
import java.util.Optional;
import snel.syntax.Declaration;
import snel.syntax.Parameter;
import snel.types.Signature;
import snel.types.Type;

/// Functions of the author's: the body has the type that is declared.
final class Functions {
  private Functions() {}

  static Signature signature(Context context, Declaration.Function function, Scope root) {
    var parameters = new ArrayList<Signature.Parameter>();
    Scope scope = scope(context, function, root);
    for (Parameter parameter : function.parameters()) {
      Type type = scope.own(parameter.name().text()).map(context::type).orElse(Type.UNKNOWN);
      parameters.add(
          new Signature.Parameter(parameter.name().text(), type, parameter.fallback() != null));
    }
    Type result = WrittenTypes.read(context, scope, function.result(), function.name().text());
    return new Signature(function.name().text(), parameters, result);
  }

  private static Scope scope(Context context, Declaration.Function function, Scope root) {
    Scope scope = root.inner(Place.FUNCTION);
    for (Parameter parameter : function.parameters()) {
      Type type = WrittenTypes.read(context, scope, parameter.type(), parameter.name().text());
      scope.put(Symbol.of(parameter.name(), Role.ARGUMENT, type));
    }
    return scope;
  }

  static void check(Context context, Declaration.Function function, Scope root) {
    Scope scope = root.inner(Place.FUNCTION);
    Signature signature = context.models().function(function, root.file());
    for (int k = 0; k < function.parameters().size(); k++) {
      Parameter parameter = function.parameters().get(k);
      Type type = signature.parameters().get(k).type();
      Names.declare(context, scope, Symbol.of(parameter.name(), Role.ARGUMENT, type));
      if (parameter.fallback() != null) {
        new Fits(context, root)
            .check(
                type,
                parameter.fallback(),
                "`" + parameter.name().text() + "`",
                Optional.of(parameter.name().span()));
      }
    }
    if (!function.isCore()) {
      new Fits(context, scope)
          .check(
              signature.result(),
              function.body(),
              "the result of `" + function.name().text() + "`",
              Optional.of(function.result().span()));
    }
  }
}

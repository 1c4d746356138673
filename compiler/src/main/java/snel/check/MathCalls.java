package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.syntax.Expression;
import snel.types.DimensionTerm;
import snel.types.Signature;
import snel.types.Type;

/// Calls of the mathematical functions, which work element by element.
final class MathCalls {
  private final Expressions expressions;
  private final Context context;

  MathCalls(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Signature declared, Expression.Call call) {
    List<String> names = declared.parameters().stream().map(Signature.Parameter::name).toList();
    String shown = declared.name() + "(" + String.join(", ", names) + ")";
    Optional<GivenArguments> given =
        GivenArguments.match(context, names, names, "", shown, call.arguments(), call.span());
    if (given.isEmpty()) {
      expressions.all(call.arguments());
      return Type.UNKNOWN;
    }
    Signature signature = declared.instantiated(context.unification());
    var types = new ArrayList<Type>();
    Expression first = given.get().of(names.getFirst()).getFirst();
    for (Signature.Parameter parameter : signature.parameters()) {
      Expression argument = given.get().of(parameter.name()).getFirst();
      Type type = argument(declared, parameter, argument, first, types);
      if (type instanceof Type.Unknown) {
        return Type.UNKNOWN;
      }
      types.add(type);
    }
    return result(signature, types);
  }

  private Type argument(
      Signature declared,
      Signature.Parameter parameter,
      Expression argument,
      Expression first,
      List<Type> before) {
    Type type = expressions.resolved(argument);
    if (!Wording.isOpen(type) && !Wording.isNumber(type)) {
      return WrongKind.report(context, type, argument.span(), "a number");
    }
    DimensionTerm wanted = parameter.type().numberDimension().orElse(DimensionTerm.PLAIN);
    DimensionTerm found = type.numberDimension().orElse(wanted);
    if (context.unification().unify(found, wanted)) {
      return type;
    }
    if (context.unification().resolved(wanted).isPlain() && before.isEmpty()) {
      return PlainNumbers.report(expressions, declared.name(), argument, type);
    }
    var operands = new Operands(expressions, first, argument, before.getFirst(), type);
    return context.faulty(
        operands.diagnostic(
            Code.UNLIKE_COMPARISON,
            "`"
                + declared.name()
                + "` cannot compare "
                + operands.leftWords()
                + " with "
                + operands.rightWords()));
  }

  private Type result(Signature signature, List<Type> arguments) {
    Type element = context.resolved(signature.result());
    boolean keeps =
        signature.parameters().stream().allMatch(p -> p.type().equals(signature.result()));
    boolean whole = arguments.stream().allMatch(this::isWhole);
    Type result = keeps && whole && !signature.result().equals(Type.PLAIN) ? Type.INT : element;
    return arguments.stream()
        .filter(a -> a instanceof Type.Array)
        .findFirst()
        .map(array -> Agreeing.like(result, array, result))
        .orElse(result);
  }

  private boolean isWhole(Type type) {
    return type.single() instanceof Type.Int;
  }
}

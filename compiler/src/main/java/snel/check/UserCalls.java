package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Parameter;
import snel.types.Signature;
import snel.types.Type;

/// Calls of functions that are written in the language.
final class UserCalls {
  private final Expressions expressions;
  private final Context context;

  UserCalls(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Declaration.Function function, FileScope file, Expression.Call call) {
    return type(function, file, call.arguments(), call.span());
  }

  /// Also for a read-out, which such a function makes.
  Type type(
      Declaration.Function function,
      FileScope file,
      List<Argument> arguments,
      snel.source.Span span) {
    return type(function, file, function.parameters(), arguments, span);
  }

  /// Of a surrogate, which is called without its first parameter.
  Type ofMargin(
      Declaration.Function function,
      FileScope file,
      List<Argument> arguments,
      snel.source.Span span) {
    List<Parameter> all = function.parameters();
    return type(function, file, all.subList(1, all.size()), arguments, span);
  }

  /// @param asked the parameters that the call gives
  private Type type(
      Declaration.Function function,
      FileScope file,
      List<Parameter> asked,
      List<Argument> arguments,
      snel.source.Span span) {
    context.usage().readAt(function.name().span());
    List<String> names = asked.stream().map(p -> p.name().text()).toList();
    List<String> required =
        asked.stream().filter(p -> p.fallback() == null).map(p -> p.name().text()).toList();
    String shown = function.name().text() + "(" + String.join(", ", names) + ")";
    Optional<GivenArguments> given =
        GivenArguments.match(context, names, required, "", shown, arguments, span);
    if (given.isEmpty()) {
      expressions.all(arguments);
      return Type.UNKNOWN;
    }
    Signature signature =
        context.models().function(function, file).instantiated(context.unification());
    boolean inShape = false;
    boolean inUnknownShape = false;
    Scope inside = context.models().root(file).inner(Place.FUNCTION);
    var parameters = new ArrayList<>(function.parameters());
    for (int k = 0; k < parameters.size(); k++) {
      Type wanted = signature.parameters().get(k).type();
      Type taken = wanted;
      for (Expression argument : given.get().of(parameters.get(k).name().text())) {
        Type found = expressions.resolved(argument);
        argument(function, parameters.get(k), argument, found, wanted);
        if (found instanceof Type.Array && wanted.shape().isEmpty()) {
          inShape = true;
          taken = Agreeing.like(wanted, found, found);
        }
        inUnknownShape |= wanted.shape().isEmpty() && isOfUnknownShape(found);
      }
      inside.put(Symbol.of(parameters.get(k).name(), Role.ARGUMENT, taken));
    }
    Type declared = context.resolved(signature.result());
    boolean value = Wording.isNumber(declared) || declared instanceof Type.Bool;
    if (!value) {
      return declared;
    }
    if (function.isCore() || inUnknownShape && declared instanceof Type.Array) {
      return Things.array(declared);
    }
    return inShape ? shaped(function, file, inside, declared) : declared;
  }

  /// What comes from a file, and what is made of that, may be an array of any shape.
  private static boolean isOfUnknownShape(Type found) {
    return found.shape().isEmpty() && (found instanceof Type.Array || Wording.isOpen(found));
  }

  /// What a function that is written for single values gives of arrays has the shape of its body.
  private Type shaped(Declaration.Function function, FileScope file, Scope inside, Type declared) {
    if (Recursion.isIn(function, file)) {
      return Things.array(declared);
    }
    Type body = context.silent().in(inside).resolved(function.body());
    return body instanceof Type.Array ? Agreeing.like(declared, body, body) : declared;
  }

  private void argument(
      Declaration.Function function,
      Parameter parameter,
      Expression argument,
      Type found,
      Type wanted) {
    if (wanted instanceof Type.Spikes) {
      boolean fits =
          found instanceof Things.Cells
              || found instanceof Things.Happening
              || found instanceof Type.Array
              || found.single() instanceof Type.Spikes
              || Wording.isOpen(found);
      if (!fits) {
        WrongKind.report(context, found, argument.span(), "a population");
      }
      return;
    }
    if (found.single() instanceof Type.Unknown || wanted.single() instanceof Type.Unknown) {
      return;
    }
    boolean counted =
        function.isCore() && found.single() instanceof Type.Bool && Wording.isNumber(wanted);
    boolean numbers =
        (Wording.isNumber(found) || Wording.isOpen(found)) && Wording.isNumber(wanted);
    boolean same =
        numbers
            ? context.sameDimension(found, wanted)
            : new Agreeing(context).common(found, wanted).isPresent();
    if (!same && !counted) {
      ArgumentFaults.report(
          expressions, function.name().text(), argument, found, context.resolved(wanted), argument);
    } else if (numbers && !function.isCore()) {
      String receiver = "`" + parameter.name().text() + "` of `" + function.name().text() + "`";
      new Fits(context, expressions.scope())
          .check(wanted, found, argument, receiver, Context.shown(parameter.name().span()));
    }
  }
}

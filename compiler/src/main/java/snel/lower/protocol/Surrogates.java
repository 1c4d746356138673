package snel.lower.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.elaborate.Env;
import snel.elaborate.Evaluator;
import snel.elaborate.Val;
import snel.ir.Scalar;
import snel.ir.Training;
import snel.lower.Formula;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Network;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Reference;

/// Surrogates are functions in the language whose first parameter is how far a state is above
/// threshold; they are named without it.
final class Surrogates {
  private static final String LIBRARY = "std/train/surrogates.snn";
  private static final String USUAL = "fast_sigmoid";

  private final Block block;
  private final Work work;

  Surrogates(Block block) {
    this.block = block;
    this.work = block.work();
  }

  Optional<snel.ir.Expr> usual(Span span) {
    return library()
        .flatMap(scope -> scope.function(USUAL))
        .flatMap(function -> applied(function, List.of(), span));
  }

  Optional<snel.ir.Expr> of(Expression expression) {
    return switch (expression.ungrouped()) {
      case Expression.Variable name -> named(name, List.of(), name.span());
      case Expression.Member name -> named(name, List.of(), name.span());
      case Expression.Call(Expression.Variable name, var arguments, var span) ->
          named(name, arguments, span);
      case Expression.Call(Expression.Member name, var arguments, var span) ->
          named(name, arguments, span);
      default -> throw refused(expression.span());
    };
  }

  /// What is no call of a function is refused before anything is lowered.
  private static CompilerBug refused(Span span) {
    return new CompilerBug("`" + Places.text(span) + "` is no surrogate");
  }

  private Optional<FileScope> library() {
    return block.frame().env().file().standard(LIBRARY);
  }

  private Optional<snel.ir.Expr> named(Reference callee, List<Argument> arguments, Span span) {
    return block
        .frame()
        .function(callee)
        .or(() -> library().flatMap(scope -> scope.function(Places.text(callee.span()))))
        .flatMap(function -> applied(function, arguments, span));
  }

  private Optional<snel.ir.Expr> applied(
      Entity.Declared declared, List<Argument> arguments, Span span) {
    if (!(declared.declaration() instanceof Declaration.Function function)) {
      throw refused(span);
    }
    Env inside = Env.of(declared.scope()).inner();
    Expr margin = new Expr.Ref(Owner.SELF, Training.MARGIN, Kind.REAL);
    inside.define(function.parameters().getFirst().name().text(), Val.of(margin));
    var given = new Arguments(block.reader(), function.name().text(), arguments, span);
    for (int k = 1; k < function.parameters().size(); k++) {
      var parameter = function.parameters().get(k);
      String name = parameter.name().text();
      Optional<Expression> value = given.expression(name, k - 1);
      Val known =
          value
              .map(block.reader().constants()::evaluate)
              .orElseGet(() ->
                  new Evaluator(work.context(), inside)
                      .eval(Objects.requireNonNull(parameter.fallback())));
      inside.define(name, known);
    }
    if (!(new Evaluator(work.context(), inside).eval(function.body())
            instanceof Val.Num(Expr body, _))
        || !isOfMarginOnly(body)) {
      work.fault(Code.WRONG_KIND, "this is no function of the margin and of constants", span);
      return Optional.empty();
    }
    Scalar real =
        work.elaborated().network().numerics() == Network.Numerics.F64 ? Scalar.F64 : Scalar.F32;
    return Optional.of(Formula.of(body, Training.margin(real), real));
  }

  private static boolean isOfMarginOnly(Expr body) {
    return !Walk.any(
        body,
        node ->
            switch (node) {
              case Expr.Ref(_, String name, _) -> !name.equals(Training.MARGIN);
              case Expr.Draw _, Expr.OverPeers _, Expr.OverAll _, Expr.Since _ -> true;
              case Expr.Element _, Expr.Table _ -> true;
              default -> false;
            });
  }
}

package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.Expression;
import snel.syntax.Let;

/// Statements of handlers: compound assignments are written out, conditions known when compiled are
/// decided.
final class ActionReader {
  private final Context context;
  private final Map<String, Kind> assignable;

  /// The draws of one handler are numbered together, so that no two are the same.
  private final Evaluator.Draws draws = new Evaluator.Draws();

  /// @param assignable the states (weights, traces …) of the model with their kinds
  ActionReader(Context context, Map<String, Kind> assignable) {
    this.context = context;
    this.assignable = assignable;
  }

  private Evaluator evaluator(Env env) {
    return new Evaluator(context, env, draws);
  }

  List<Action> read(List<snel.syntax.Action> actions, Env env) {
    List<Action> all = new ArrayList<>();
    Env inner = env.inner();
    for (snel.syntax.Action action : actions) {
      switch (action) {
        case Assign assign -> assign(assign, inner).ifPresent(all::add);
        case Let let -> {
          Optional<Expr> value = evaluator(inner).scalar(let.value());
          if (value.isPresent()) {
            Kind kind = kindOf(value.get());
            all.add(new Action.Let(let.name().text(), value.get()));
            inner.define(
                let.name().text(), Val.of(new Expr.Ref(Owner.LOCAL, let.name().text(), kind)));
          }
        }
        case snel.syntax.Action.Deliver(var amount, var span) ->
            evaluator(inner).one(amount).ifPresent(e -> all.add(new Action.Deliver(e, span)));
        case snel.syntax.Action.If(var condition, var then, var otherwise, _) -> {
          Optional<Expr> test = evaluator(inner).one(condition);
          if (test.isEmpty()) {
            continue;
          }
          if (test.get() instanceof Expr.Truth(var truth)) {
            all.addAll(read(truth ? then : otherwise, inner));
          } else {
            all.add(new Action.If(test.get(), read(then, inner), read(otherwise, inner)));
          }
        }
      }
    }
    return all;
  }

  private static Kind kindOf(Expr value) {
    return switch (value) {
      case Expr.Truth _, Expr.Compare _, Expr.And _, Expr.Or _, Expr.Not _ -> Kind.BOOL;
      case Expr.Ref ref -> ref.kind();
      default -> Kind.REAL;
    };
  }

  private Optional<Action> assign(Assign assign, Env env) {
    Optional<String> name = targetName(assign.target());
    if (name.isEmpty() || !assignable.containsKey(name.get())) {
      notAssignable(name.orElse("this"), assign.target().span());
      return Optional.empty();
    }
    Kind kind = snel.math.Known.in(assignable, name.get());
    var target = new Expr.Ref(Owner.SELF, name.get(), kind);
    Optional<Expr> value = evaluator(env).one(assign.value());
    return value.map(v ->
        new Action.Assign(
            target,
            switch (assign.operator()) {
              case SET -> v;
              case ADD -> Fold.add(target, v);
              case SUBTRACT -> Fold.sub(target, v);
              case MULTIPLY -> Fold.mul(target, v);
              case DIVIDE -> Fold.div(target, v);
            },
            assign.span()));
  }

  private static Optional<String> targetName(Expression target) {
    return switch (target) {
      case Expression.Variable(var name, _) -> Optional.of(name.text());
      case Expression.Member(Expression.Variable(var owner, _), var name, _)
          when owner.text().equals("self") ->
          Optional.of(name.text());
      default -> Optional.empty();
    };
  }

  private void notAssignable(String name, Span span) {
    context.fault(
        Code.NOT_ASSIGNABLE,
        "`" + name + "` cannot be assigned here: it is no state of this model",
        span);
  }
}

package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Action;
import snel.syntax.Assign;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.types.Type;

/// What stands in handlers.
final class Actions {
  private final Context context;
  private final Delivering delivering;
  private final BiConsumer<Type, Span> delivered;

  /// What `deliver` means in a handler.
  enum Delivering {
    ALLOWED,
    MISPLACED
  }

  Actions(Context context, Delivering delivering) {
    this(context, delivering, (type, span) -> {});
  }

  /// @param delivered is told what each `deliver` gives
  Actions(Context context, Delivering delivering, BiConsumer<Type, Span> delivered) {
    this.context = context;
    this.delivering = delivering;
    this.delivered = delivered;
  }

  /// @param outer the names of the model and of the handler's arguments
  void check(List<Action> actions, Scope outer) {
    Scope scope = outer.inner();
    for (Action action : actions) {
      switch (action) {
        case Assign assign -> new Assignments(context, scope).check(assign);
        case Let let -> Lets.local(context, scope, let);
        case Action.Deliver deliver -> deliver(deliver, scope);
        case Action.If(var condition, var then, var otherwise, _) -> {
          Conditions.check(context, scope, condition, "`if`");
          check(then, scope);
          check(otherwise, scope);
        }
      }
    }
  }

  private void deliver(Action.Deliver deliver, Scope scope) {
    delivered.accept(context.in(scope).resolved(deliver.amount()), deliver.amount().span());
    if (delivering == Delivering.MISPLACED) {
      context.report(
          Diagnostic.of(
                  Code.DELIVER_MISPLACED,
                  "`deliver` stands outside `on pre`",
                  deliver.span(),
                  "no spike arrives here that could carry it")
              .help("move it into `on pre { … }`; a value at all times is given by `transmit`"));
    }
  }

  /// The names that a body assigns.
  static void assigned(List<Action> actions, Consumer<Assign> visit) {
    for (Action action : actions) {
      switch (action) {
        case Assign assign -> visit.accept(assign);
        case Action.If(_, var then, var otherwise, _) -> {
          assigned(then, visit);
          assigned(otherwise, visit);
        }
        case Action.Deliver _, Let _ -> {}
      }
    }
  }

  /// The name that an assignment changes, if it is one of the model's own.
  static Optional<String> target(Assign assign) {
    return switch (assign.target()) {
      case Expression.Variable(var name, _) -> Optional.of(name.text());
      case Expression.Member(Expression.Variable(var owner, _), var name, _)
          when owner.text().equals("self") ->
          Optional.of(name.text());
      default -> Optional.empty();
    };
  }
}

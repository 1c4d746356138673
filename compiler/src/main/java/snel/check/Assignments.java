package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.types.Type;

/// Assignments in handlers: to states, weights, delays and traces of the model itself. E0509.
final class Assignments {
  private final Context context;
  private final Scope scope;

  Assignments(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(Assign assign) {
    switch (assign.target()) {
      case Expression.Variable(var name, _) -> named(name, assign);
      case Expression.Member(Expression.Variable(var owner, _), var name, _)
          when owner.text().equals("self") ->
          named(name, assign);
      default -> {
        context.in(scope).type(assign.target());
        context.in(scope).type(assign.value());
        foreign(assign);
      }
    }
  }

  private void named(Name name, Assign assign) {
    if (name.text().isEmpty()) {
      return;
    }
    Optional<Symbol> symbol = scope.find(name.text());
    if (symbol.isEmpty() && Names.isKnownEverywhere(name.text())) {
      context.in(scope).type(assign.value());
      context.report(
          Diagnostic.of(
              Code.NOT_ASSIGNABLE,
              "`" + name.text() + "` belongs to the machine and cannot be assigned",
              assign.target().span(),
              "assigned here"));
      return;
    }
    if (symbol.isEmpty()) {
      context.in(scope).type(new Expression.Variable(name, name.span()));
      context.in(scope).type(assign.value());
      return;
    }
    boolean assignable = symbol.get().role().isState() || symbol.get().role() == Role.TRACE;
    if (!assignable) {
      context.report(notAssignable(symbol.get(), assign));
      context.in(scope).type(assign.value());
      return;
    }
    value(context, scope, assign, context.type(symbol.get()), Optional.of(symbol.get().span()));
  }

  /// The value agrees with what it is given to; `*=` and `/=` take plain numbers.
  static void value(
      Context context, Scope scope, Assign assign, Type type, Optional<Span> declared) {
    String receiver = "`" + Wording.text(assign.target().span()) + "`";
    switch (assign.operator()) {
      case SET -> new Fits(context, scope).check(type, assign.value(), receiver, declared);
      case ADD, SUBTRACT -> {
        if (context.resolved(type).single() instanceof Type.Text) {
          var diagnostic =
              Diagnostic.of(
                  Code.UNLIKE_ASSIGNMENT,
                  "`"
                      + assign.operator().text()
                      + "` works on numbers, but "
                      + receiver
                      + " is a text",
                  assign.target().span(),
                  "a text");
          context.report(
              declared.map(at -> diagnostic.label(at, "declared here")).orElse(diagnostic));
        } else {
          new Fits(context, scope).check(type, assign.value(), receiver, declared);
        }
      }
      case MULTIPLY, DIVIDE -> {
        Type factor = context.in(scope).resolved(assign.value());
        boolean plain =
            Wording.isOpen(factor)
                || Wording.isNumber(factor) && context.sameDimension(factor, Type.PLAIN);
        if (!plain) {
          context.report(
              Diagnostic.of(
                  Code.UNLIKE_ASSIGNMENT,
                  "`"
                      + assign.operator().text()
                      + "` wants a plain number, but `"
                      + Wording.text(assign.value().span())
                      + "` is "
                      + WrongKind.described(factor),
                  assign.value().span(),
                  "this would change the dimension of " + receiver));
        }
      }
    }
  }

  private Diagnostic notAssignable(Symbol symbol, Assign assign) {
    String name = symbol.name();
    String why =
        switch (symbol.role()) {
          case PARAMETER -> "`" + name + "` is a parameter, which is fixed during a run";
          case LET, CONSTANT -> "`" + name + "` only names an expression";
          case INPUT -> "`" + name + "` is an input, which gets its value from outside";
          default -> "`" + name + "` is " + symbol.role().words() + " and cannot be assigned here";
        };
    var diagnostic =
        Diagnostic.of(Code.NOT_ASSIGNABLE, why, assign.target().span(), "assigned here");
    if (symbol.role() == Role.GIVEN) {
      return diagnostic;
    }
    String type = Wording.dimension(context.type(symbol)).map(Object::toString).orElse("real");
    Diagnostic shown = diagnostic.label(symbol.span(), "declared here");
    return symbol.role() == Role.PARAMETER || symbol.role() == Role.INPUT
        ? shown.help("make it a state: `state " + name + " : " + type + " = …`")
        : shown;
  }

  private void foreign(Assign assign) {
    boolean otherSide =
        assign.target() instanceof Expression.Member(Expression.Variable(var owner, _), _, _)
            && (owner.text().equals("pre") || owner.text().equals("post"));
    context.report(
        Diagnostic.of(
            Code.NOT_ASSIGNABLE,
            "`"
                + Wording.text(assign.target().span())
                + "` cannot be assigned here"
                + (otherSide ? ": its states are the neuron's own" : ""),
            assign.target().span(),
            "no state of this model"));
  }
}

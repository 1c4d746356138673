package snel.check;

import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.model.Population;
import snel.syntax.Assign;
import snel.syntax.Expression;
import snel.types.Type;

/// Assignments in experiments: to variables, parameters, states and inputs. E0509.
final class ExperimentAssignments {
  private static final Set<Role> ASSIGNABLE =
      Set.of(Role.VARIABLE, Role.PARAMETER, Role.STATE, Role.INPUT, Role.WEIGHT, Role.DELAY);

  private static final Set<String> SETTINGS = Set.of("step", "seed");

  private final Context context;
  private final Scope scope;

  ExperimentAssignments(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  static boolean isAssignable(Symbol symbol) {
    return ASSIGNABLE.contains(symbol.role());
  }

  void check(Assign assign) {
    Optional<Symbol> symbol = new References(context, scope).symbol(assign.target());
    if (symbol.isPresent() && !isAssignable(symbol.get())) {
      context.in(scope).type(assign.value());
      context.report(notAssignable(symbol.get(), assign));
      return;
    }
    if (symbol.isEmpty()
        && assign.target() instanceof Expression.Variable(var name, var span)
        && SETTINGS.contains(name.text())) {
      context.in(scope).type(assign.value());
      String text = name.text() + " " + Wording.text(assign.value().span());
      context.report(
          Diagnostic.of(
                  Code.UNEXPECTED_TEXT,
                  "the value of `" + name.text() + "` follows without `=`",
                  span)
              .fix("write `" + text + "`", assign.span(), text));
      return;
    }
    if (symbol.isEmpty()
        && assign.target() instanceof Expression.Variable(var name, var span)
        && name.text().equals("dt")) {
      context.in(scope).type(assign.value());
      String text = "step " + Wording.text(assign.value().span());
      context.report(
          Diagnostic.of(
                  Code.NOT_ASSIGNABLE,
                  "`dt` cannot be assigned: it is what the experiment says by `step`",
                  span,
                  "assigned here")
              .fix("write `" + text + "`", assign.span(), text));
      return;
    }
    if (symbol.isEmpty()) {
      unknown(assign);
      return;
    }
    if (symbol.get().role() == Role.PARAMETER && isListOfModel(symbol.get(), assign.target())) {
      context.in(scope).type(assign.value());
      context.report(list(symbol.get(), assign));
      return;
    }
    boolean indexed = !(assign.target() instanceof Expression.Variable);
    Type type = indexed ? context.in(scope).type(assign.target()) : context.type(symbol.get());
    boolean many = type instanceof Type.Array array && array.shape().isEmpty();
    Assignments.value(
        context,
        scope,
        assign,
        many ? Things.array(type.single()) : type,
        Optional.of(symbol.get().span()));
  }

  private void unknown(Assign assign) {
    boolean reserved =
        assign.target() instanceof Expression.Member(_, var name, _)
            && Population.MEMBERS.contains(name.text());
    Type type = context.in(scope).resolved(assign.target());
    if (!reserved && type instanceof Type.Array) {
      // the weights of a projection without a synapse of its own
      Assignments.value(context, scope, assign, type, Optional.empty());
      return;
    }
    context.in(scope).type(assign.value());
    context.unknowns().assigned(assign);
    if (reserved || !Wording.isOpen(type)) {
      context.report(
          Diagnostic.of(
              Code.NOT_ASSIGNABLE,
              "`" + Wording.text(assign.target().span()) + "` cannot be assigned",
              assign.target().span(),
              "assigned here"));
    }
  }

  private boolean isListOfModel(Symbol symbol, Expression target) {
    Expression whole = target instanceof Expression.Index(var owner, _, _) ? owner : target;
    return whole instanceof Expression.Member && context.type(symbol) instanceof Type.Array;
  }

  private static Diagnostic list(Symbol symbol, Assign assign) {
    return Diagnostic.of(
            Code.NOT_ASSIGNABLE,
            "`%s` is a list, which is built into the network: it can be read, but not assigned"
                .formatted(symbol.name()),
            assign.target().span(),
            "assigned here")
        .label(symbol.span(), "declared here")
        .help(
            "give it in the network, `%s: …`; what differs between experiments is a parameter"
                    .formatted(symbol.name())
                + " of the network, `experiment … on Net(…)`");
  }

  private static Diagnostic notAssignable(Symbol symbol, Assign assign) {
    var diagnostic =
        Diagnostic.of(
            Code.NOT_ASSIGNABLE,
            "`" + symbol.name() + "` is " + symbol.role().words() + " and cannot be assigned",
            assign.target().span(),
            "assigned here");
    Diagnostic labelled =
        symbol.role() == Role.GIVEN ? diagnostic : diagnostic.label(symbol.span(), "declared here");
    if (symbol.role() == Role.TRACE) {
      return labelled.help("`reset all` clears traces; what is to be set is a state");
    }
    return symbol.role() == Role.LET || symbol.role() == Role.CONSTANT
        ? labelled.help("what changes is declared by `var`")
        : labelled;
  }
}

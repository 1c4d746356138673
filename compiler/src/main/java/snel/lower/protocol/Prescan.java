package snel.lower.protocol;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import snel.resolve.Entity;
import snel.syntax.Assign;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// Finds the names that experiments assign while they run: parameters of these names must be held
/// in memory and not folded.
public final class Prescan {
  private final Set<String> assigned = new LinkedHashSet<>();
  private final Set<String> apart = new LinkedHashSet<>();

  /// Names that are assigned.
  public Set<String> assigned() {
    return assigned;
  }

  /// Those of them that may become different for each neuron.
  public Set<String> apart() {
    return apart;
  }

  public void body(List<? extends TestItem> body) {
    for (TestItem item : body) {
      if (item instanceof Statement statement) {
        Statements.all(statement).forEach(this::add);
      }
    }
  }

  /// The protocols of any network in sight.
  public void protocols(Collection<Entity> entities) {
    for (Entity entity : entities) {
      if (entity instanceof Entity.Declared(Declaration.Network network, _)) {
        items(network.items());
      }
    }
  }

  private void items(List<NetworkItem> items) {
    for (NetworkItem item : items) {
      switch (item) {
        case NetworkItem.Protocol protocol -> body(protocol.body());
        case NetworkItem.For loop -> items(loop.body());
        case NetworkItem.If(_, var then, var otherwise, _) -> {
          items(then);
          items(otherwise);
        }
        default -> {}
      }
    }
  }

  private void add(Statement statement) {
    if (statement instanceof Assign assign) {
      switch (assign.target()) {
        case Expression.Variable(var name, _) -> assigned.add(name.text());
        case Expression.Member(var owner, var name, _) -> {
          assigned.add(name.text());
          if (owner instanceof Expression.Index || !isSingle(assign.value())) {
            apart.add(name.text());
          }
        }
        case Expression.Index(Expression.Member(_, var name, _), _, _) -> {
          assigned.add(name.text());
          apart.add(name.text());
        }
        case Expression.Index _ -> {}
      }
    }
  }

  /// Whether this is surely one value for all: no list, nothing drawn, no members of neurons.
  private static boolean isSingle(Expression value) {
    return switch (value) {
      case Expression.Number _, Expression.Quantity _, Expression.Truth _, Expression.Variable _ ->
          true;
      case Expression.Unary(_, var operand, _) -> isSingle(operand);
      case Expression.Binary(_, var left, var right, _) -> isSingle(left) && isSingle(right);
      case Expression.Group(var inner, _) -> isSingle(inner);
      case Expression.Conditional(_, var whenTrue, var whenFalse, _) ->
          isSingle(whenTrue) && isSingle(whenFalse);
      case Expression.Call(Expression.Variable(var function, _), var arguments, _) ->
          !DrawFunctions.NAMES.contains(function.text())
              && arguments.stream().allMatch(argument -> isSingle(argument.value()));
      case Expression.Call _,
          Expression.Text _,
          Expression.Member _,
          Expression.Index _,
          Expression.Range _,
          Expression.WholeAxis _,
          Expression.Pipe _,
          Expression.Array _,
          Expression.Tuple _,
          Expression.Missing _ ->
          false;
    };
  }
}

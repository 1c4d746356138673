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
  private Prescan() {}

  public static Set<String> assigned(List<? extends TestItem> body) {
    Set<String> names = new LinkedHashSet<>();
    for (TestItem item : body) {
      if (item instanceof Statement statement) {
        Statements.all(statement).forEach(each -> add(each, names));
      }
    }
    return names;
  }

  /// Names assigned by the protocols of any network in sight.
  public static Set<String> assignedByProtocols(Collection<Entity> entities) {
    Set<String> names = new LinkedHashSet<>();
    for (Entity entity : entities) {
      if (entity instanceof Entity.Declared(Declaration.Network network, _)) {
        items(network.items(), names);
      }
    }
    return names;
  }

  private static void items(List<NetworkItem> items, Set<String> names) {
    for (NetworkItem item : items) {
      switch (item) {
        case NetworkItem.Protocol protocol -> names.addAll(assigned(protocol.body()));
        case NetworkItem.For loop -> items(loop.body(), names);
        case NetworkItem.If(_, var then, var otherwise, _) -> {
          items(then, names);
          items(otherwise, names);
        }
        default -> {}
      }
    }
  }

  private static void add(Statement statement, Set<String> names) {
    if (statement instanceof Assign assign) {
      switch (assign.target()) {
        case Expression.Variable(var name, _) -> names.add(name.text());
        case Expression.Member(_, var name, _) -> names.add(name.text());
        case Expression.Index(Expression.Member(_, var name, _), _, _) -> names.add(name.text());
        case Expression.Index _ -> {}
      }
    }
  }
}

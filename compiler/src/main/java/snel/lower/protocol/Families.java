package snel.lower.protocol;

import java.util.List;
import snel.elaborate.Val;
import snel.syntax.Expression;
import snel.syntax.Statement;

/// Finds loop variables that are part of names: `pop[k]`, `cell[name]`.
final class Families {
  private final List<String> names;
  private final Block block;

  private Families(List<String> names, Block block) {
    this.names = names;
    this.block = block;
  }

  /// Whether a family is indexed by one of `names` in these statements.
  static boolean mentions(List<Statement> body, List<String> names, Block block) {
    Families families = new Families(names, block);
    return body.stream()
        .flatMap(Statements::all)
        .flatMap(statement -> Statements.expressions(statement).stream())
        .flatMap(Statements::all)
        .anyMatch(families::isMember);
  }

  private boolean isMember(Expression expression) {
    if (!(expression instanceof Expression.Index(var owner, var indices, _))) {
      return false;
    }
    boolean byVariable =
        indices.stream()
            .flatMap(Statements::all)
            .anyMatch(inner ->
                inner instanceof Expression.Variable(var name, _) && names.contains(name.text()));
    return byVariable && isFamily(owner);
  }

  private boolean isFamily(Expression owner) {
    return switch (owner) {
      case Expression.Variable(var name, _) ->
          block.frame().find(name.text()).isEmpty()
              && block.frame().visible().stream()
                  .anyMatch(known -> known.startsWith(name.text() + "["));
      case Expression.Member(var outer, var name, _) -> {
        // the owner itself may hang on the loop variable: column[k].pop[k]
        yield outer instanceof Expression.Index
            || outer instanceof Expression.Variable(var part, _)
                && block.frame().env().find(part.text()).orElse(Val.BAD)
                    instanceof Val.Part(var scope)
                && scope.env().visible().stream()
                    .anyMatch(known -> known.startsWith(name.text() + "["));
      }
      default -> false;
    };
  }
}

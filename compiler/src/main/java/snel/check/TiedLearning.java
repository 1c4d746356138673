package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Expression;

/// A connection that is `tied to` another shares its weights and cannot learn by itself. E0504.
final class TiedLearning {
  private TiedLearning() {}

  static void check(Context context, Connect connect, FileScope file) {
    Optional<Clause.TiedTo> tied =
        connect.clauses().stream()
            .filter(c -> c instanceof Clause.TiedTo)
            .map(c -> (Clause.TiedTo) c)
            .findFirst();
    Optional<SynapseModel> synapse = tied.flatMap(t -> Learning.synapse(context, connect, file));
    if (synapse.isEmpty()) {
      return;
    }
    String owner = owner(tied.get().weights()).orElse("another connection");
    String name = synapse.get().name();
    Projections.clause(connect)
        .ifPresent(clause ->
            context.report(
                Diagnostic.of(
                        Code.TIED_CANNOT_LEARN,
                        "`tied to` shares the weights of "
                            + owner
                            + " and cannot learn by itself: put `synapse "
                            + name
                            + "` on "
                            + owner,
                        clause.span(),
                        "`" + name + "` changes weights")
                    .label(tied.get().span(), "the weights are stored elsewhere")));
  }

  private static Optional<String> owner(Expression weights) {
    return switch (weights) {
      case Expression.Member(var projection, _, _) ->
          Optional.of("`" + Wording.text(projection.span()) + "`");
      default -> Parts.of(weights).stream().flatMap(p -> owner(p).stream()).findFirst();
    };
  }
}

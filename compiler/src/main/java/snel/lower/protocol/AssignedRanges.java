package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.math.Bounds;
import snel.math.Expr;
import snel.model.Synapse;
import snel.model.Variable;

/// What is assigned to a state, weight or delay is clipped to its range, as in a handler.
final class AssignedRanges {
  private final Work work;

  AssignedRanges(Work work) {
    this.work = work;
  }

  Term clipped(String path, Term value) {
    Bounds bounds = bounds(path);
    boolean clips = isKnown(bounds.lower()) || isKnown(bounds.upper());
    return clips
        ? new Term.Call(
            Function.CLIP,
            List.of(
                value,
                new Term.Number(end(bounds.lower(), Double.NEGATIVE_INFINITY)),
                new Term.Number(end(bounds.upper(), Double.POSITIVE_INFINITY))),
            value.type())
        : value;
  }

  private Bounds bounds(String path) {
    int dot = path.lastIndexOf('.');
    String owner = path.substring(0, Math.max(0, dot));
    String name = path.substring(dot + 1);
    return work.population(owner)
        .flatMap(population -> population.state(name))
        .or(() -> work.projection(owner).flatMap(p -> clipping(p.synapse(), name)))
        .or(() -> work.networkVariable(path))
        .map(Variable::bounds)
        .orElse(Bounds.NONE);
  }

  private static Optional<Variable> clipping(Synapse synapse, String name) {
    return Stream.of(synapse.weight().stream(), synapse.delay().stream(), synapse.states().stream())
        .flatMap(variables -> variables)
        .filter(variable -> variable.name().equals(name))
        .findFirst();
  }

  private static boolean isKnown(Optional<Expr> end) {
    return end.filter(e -> e instanceof Expr.Num).isPresent();
  }

  static double end(Optional<Expr> end, double none) {
    return end.map(e -> e instanceof Expr.Num(var number) ? number.toDouble() : none).orElse(none);
  }
}

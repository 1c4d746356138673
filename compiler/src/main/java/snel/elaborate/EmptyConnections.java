package snel.elaborate;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Owner;
import snel.math.Relation;
import snel.model.Connection;
import snel.model.Network;
import snel.model.Projection;
import snel.model.Slice;

/// The rule and `where` of a connection leave some pair. W0816.
final class EmptyConnections {
  private static final Pattern NOTHING = Pattern.compile("\\(\\s*0(\\s*%)?\\s*[,)]");

  private EmptyConnections() {}

  static void check(Network network, Diagnostics diagnostics) {
    for (Projection projection : network.projections()) {
      Optional<String> why =
          why(projection)
              .or(() -> projection.where().flatMap(where -> excluded(where, projection)));
      if (why.isPresent() && projection.grow().isEmpty()) {
        diagnostics.report(
            Diagnostic.of(
                Code.NO_SYNAPSES,
                "this connection makes no synapses: " + why.get(),
                projection.span()));
      }
    }
  }

  private static Optional<String> why(Projection projection) {
    Optional<Slice> target = projection.target().neurons();
    boolean alone =
        projection.excludeSelf()
            && projection.source().size() == 1
            && target.filter(slice -> slice.size() == 1).isPresent()
            && target.filter(slice -> slice.at(0) == projection.source().at(0)).isPresent();
    if (alone) {
      return Optional.of("the only neuron is excluded");
    }
    boolean none =
        switch (projection.connection()) {
          case Connection.Bernoulli(Expr.Num(var p)) -> p.toDouble() == 0;
          case Connection.FixedIndegree(var count, _) -> count == 0;
          case Connection.FixedOutdegree(var count, _) -> count == 0;
          case Connection.FixedTotal(var count, _) -> count == 0;
          case Connection.Edges(var sources, _, _) -> sources.length == 0;
          case Connection.Bernoulli _, Connection.All _, Connection.OneToOne _ -> false;
          case Connection.Convolution _, Connection.Pooling _, Connection.Window _ -> false;
        };
    return none && isWritten(projection) ? Optional.of("its rule asks for none") : Optional.empty();
  }

  /// Whether the author wrote that nothing, and it is not an entry of a table of many connections.
  private static boolean isWritten(Projection projection) {
    String text = projection.span().file().text();
    return NOTHING
        .matcher(text.substring(projection.span().start(), projection.span().end()))
        .find();
  }

  private static Optional<String> excluded(Expr where, Projection projection) {
    return never(where, projection)
        ? Optional.of("`where` holds for no pair of the two populations")
        : Optional.empty();
  }

  /// Whether a condition on two indices is false for all pairs.
  private static boolean never(Expr condition, Projection projection) {
    return switch (condition) {
      case Expr.Truth(boolean value) -> !value;
      case Expr.And(var left, var right) -> never(left, projection) || never(right, projection);
      case Expr.Or(var left, var right) -> never(left, projection) && never(right, projection);
      case Expr.Compare(var relation, var left, var right) ->
          apart(relation, range(left, projection), range(right, projection));
      default -> false;
    };
  }

  private static boolean apart(Relation relation, Interval a, Interval b) {
    return switch (relation) {
      case LESS -> a.low() >= b.high();
      case LESS_OR_EQUAL -> a.low() > b.high();
      case GREATER -> a.high() <= b.low();
      case GREATER_OR_EQUAL -> a.high() < b.low();
      case EQUAL -> a.low() > b.high() || a.high() < b.low();
      case NOT_EQUAL -> false;
    };
  }

  private static Interval range(Expr expression, Projection projection) {
    return Interval.of(
        expression,
        ref -> {
          if (!ref.name().equals("index")) {
            return Interval.UNKNOWN;
          }
          return ref.owner() == Owner.PRE
              ? indices(projection.source())
              : ref.owner() == Owner.POST
                  ? projection
                      .target()
                      .neurons()
                      .map(EmptyConnections::indices)
                      .orElse(Interval.UNKNOWN)
                  : Interval.UNKNOWN;
        });
  }

  private static Interval indices(Slice slice) {
    return slice.whole()
        ? new Interval(0, slice.size() - 1)
        : new Interval(
            Arrays.stream(slice.indices()).min().orElse(0),
            Arrays.stream(slice.indices()).max().orElse(0));
  }
}

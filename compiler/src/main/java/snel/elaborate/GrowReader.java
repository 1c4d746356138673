package snel.elaborate;

import java.util.Optional;
import snel.model.Connection;
import snel.model.Projection;
import snel.model.Slice;
import snel.syntax.Clause;
import snel.syntax.Connect;

/// Reads the `grow` of a `connect`: where new synapses may come, and how often.
final class GrowReader {
  private final Connect connect;
  private final Slice source;
  private final Slice target;
  private final Evaluator pairs;

  GrowReader(Connect connect, Slice source, Slice target, Evaluator pairs) {
    this.connect = connect;
    this.source = source;
    this.target = target;
    this.pairs = pairs;
  }

  Optional<Projection.Grow> read() {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Grow(var rule, var period, _)) {
        boolean replaced = rule.name().text().equals("replaced");
        Optional<Connection> connection =
            replaced
                ? Optional.of(new Connection.All())
                : new Rules(pairs, source, target, false, connect).read(rule);
        Optional<Long> steps =
            pairs
                .constant(period, "a period")
                .filter(ms -> Times.isLong(pairs.context(), "a period", ms, period.span()))
                .flatMap(ms -> Times.steps(pairs.context(), ms, period.span()));
        if (connection.isPresent() && steps.isPresent()) {
          return Optional.of(new Projection.Grow(connection.get(), replaced, steps.get()));
        }
      }
    }
    return Optional.empty();
  }
}

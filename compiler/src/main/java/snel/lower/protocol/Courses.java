package snel.lower.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// What `over_time` draws where it is reported once, and would have one point: the rate of the
/// latest episode in bins, and the samples of what is recorded.
final class Courses {
  private static final String OVER_TIME = "over_time";
  private static final String RATE = "rate";

  /// How often each text stands in a report.
  private final Map<String, Integer> reported = new HashMap<>();

  Courses(List<? extends TestItem> body) {
    for (TestItem item : body) {
      if (item instanceof Statement statement) {
        Statements.all(statement).forEach(this::note);
      }
    }
  }

  private void note(Statement statement) {
    if (statement instanceof OutcomeStatement.Report(var items, _)) {
      items.forEach(item -> reported.merge(item.value().span().text(), 1, Integer::sum));
    }
  }

  /// What a report tells.
  Meaning read(Expression value, Block block) {
    return alone(value, block)
        .flatMap(of -> whole(of, block))
        .orElseGet(() -> block.reader().read(value));
  }

  /// The value that is reported over time, once.
  private Optional<Expression> alone(Expression value, Block block) {
    return block.isOnce()
            && value instanceof Expression.Call(Expression.Variable(var function, _), var given, _)
            && function.text().equals(OVER_TIME)
            && given.size() == 1
            && reported.getOrDefault(value.span().text(), 0) == 1
        ? Optional.of(given.getFirst().value())
        : Optional.empty();
  }

  private static Optional<Meaning> whole(Expression value, Block block) {
    Meaning meaning = block.reader().read(value);
    return rate(value, block)
        .or(() -> recorded(meaning, value, block))
        .map(series -> drawn(series, meaning, value));
  }

  private static Optional<Term> rate(Expression value, Block block) {
    return value instanceof Expression.Call(Expression.Variable(var function, _), var given, var at)
            && function.text().equals(RATE)
        ? new Arguments(block.reader(), RATE, given, at)
            .spiking("of", 0)
            .map(neurons -> new Term.Call(Function.RATE_OVER_TIME, List.of(neurons), Type.SERIES))
        : Optional.empty();
  }

  private static Optional<Term> recorded(Meaning meaning, Expression value, Block block) {
    Work work = block.work();
    return meaning instanceof Meaning.Live(Term term, _)
            && Recorded.isOf(term, work.demands()::isRecorded)
        ? Recorded.of(work, term, value.span())
        : Optional.empty();
  }

  private static Meaning drawn(Term series, Meaning meaning, Expression value) {
    Term name = new Term.Word(Places.text(value.span()));
    return Meaning.of(
        new Term.Call(
            Function.COURSE, List.of(series, name, FigureFunctions.unitOf(meaning)), Type.FIGURE));
  }
}

package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.source.Span;
import snel.syntax.Expression;

/// `stop when stalled(score, epochs: n)`: the score has not been better than before n times in a
/// row.
final class Stalled {
  static final String NAME = "stalled";

  private final Block block;
  private final Place place;

  Stalled(Block block, Place place) {
    this.block = block;
    this.place = place;
  }

  static boolean is(Expression condition) {
    return condition.ungrouped() instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && name.text().equals(NAME);
  }

  static Meaning misplaced(Work work, Span span) {
    work.fault(
        Diagnostic.of(Code.NO_MEANING_HERE, "`stalled` stands alone after `stop when`", span)
            .help(
                "write `stop when stalled(…)`, and another `stop when` for what else ends the"
                    + " loop"));
    return Meaning.FAULTY;
  }

  List<Action> stop(Expression condition, int loop) {
    Expression.Call call = (Expression.Call) condition.ungrouped();

    Span span = call.span();
    var arguments = new Arguments(block.reader(), NAME, call.arguments(), span);
    Optional<Term> score =
        arguments.expression("score", 0).flatMap(written -> Best.score(written, block));
    Optional<Term> epochs = arguments.positive("epochs", 1);
    if (score.isEmpty() || epochs.isEmpty()) {
      return List.of();
    }
    if (KnownNumber.of(epochs.get()).orElse(1) % 1 != 0) {
      block
          .work()
          .fault(
              Code.WHOLE_NUMBER_WANTED,
              "`epochs` of `stalled` is a whole number",
              arguments.expression("epochs", 1).orElseThrow().span());
    }
    var best = new Best(block, place);
    Term.Variable waited = Best.count("waited", block, place);
    Term more = new Term.Arithmetic(Term.Operator.ADD, waited, new Term.Whole(1), Type.INTEGER);
    List<Action> all =
        new ArrayList<>(
            best.compare(
                score.get(),
                List.of(new Action.Define(waited.slot(), "waited", new Term.Whole(0), place)),
                List.of(new Action.Define(waited.slot(), "waited", more, place))));
    Term over = new Term.Compare(Term.Comparison.AT_LEAST, waited, epochs.get(), Type.TRUTH);
    all.add(new Action.StopWhen(loop, over, place));
    return all;
  }
}

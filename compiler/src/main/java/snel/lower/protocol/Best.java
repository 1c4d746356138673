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
import snel.syntax.Expression;

/// The best score since the loop that it stands in was entered, in variables of the experiment.
final class Best {
  private final Place place;
  private final Term.Variable score;
  private final Term.Variable best;
  private final Term.Variable seen;

  Best(Block block, Place place) {
    Work work = block.work();
    this.place = place;
    this.score = work.variable("score", Type.REAL);
    this.best = work.variable("best", Type.REAL);
    this.seen = count("kept", block, place);
  }

  /// What is compared: one number.
  static Optional<Term> score(Expression written, Block block) {
    Optional<Term> score = block.reader().term(written);
    if (score.isPresent() && !isOneNumber(score.get().type())) {
      String text = Places.text(written.span());
      block
          .work()
          .fault(
              Diagnostic.of(
                      Code.WRONG_KIND,
                      "a score is one number, which `" + text + "` is not",
                      written.span())
                  .help("write `accuracy(digit)` or `mean(x)`, for example"));
      return Optional.empty();
    }
    return score;
  }

  private static boolean isOneNumber(Type type) {
    return switch (type) {
      case Type.Real _, Type.Whole _, Type.Truth _ -> true;
      case Type.Array(var shape) -> shape.stream().allMatch(length -> length == 1);
      default -> false;
    };
  }

  /// A variable that is 0 whenever the loop around is entered.
  static Term.Variable count(String name, Block block, Place place) {
    Term.Variable count = block.work().variable(name, Type.INTEGER);
    var none = new Action.Define(count.slot(), name, new Term.Whole(0), place);
    block.innermost().ifPresent(loop -> block.work().onEntering(loop.number(), none));
    return count;
  }

  /// Whether there has been a score: 0 or 1.
  Term.Variable seen() {
    return seen;
  }

  /// What is no number, such as the score of a read-out that was never scored, is never better.
  ///
  /// @param better what is done if the score is better than all before
  /// @param otherwise what is done if it is not
  List<Action> compare(Term value, List<Action> better, List<Action> otherwise) {
    Term first = new Term.Compare(Term.Comparison.EQUAL, seen, new Term.Whole(0), Type.TRUTH);
    Term isNumber = new Term.Compare(Term.Comparison.AT_LEAST, score, score, Type.TRUTH);
    Term higher = new Term.Compare(Term.Comparison.GREATER, score, best, Type.TRUTH);
    List<Action> then = new ArrayList<>();
    then.add(define(best, score));
    then.add(define(seen, new Term.Whole(1)));
    then.addAll(better);
    Term isBetter = new Term.And(isNumber, new Term.Or(first, higher));
    return List.of(define(score, value), new Action.If(isBetter, then, otherwise, place));
  }

  private Action define(Term.Variable variable, Term value) {
    return new Action.Define(variable.slot(), variable.name(), value, place);
  }
}

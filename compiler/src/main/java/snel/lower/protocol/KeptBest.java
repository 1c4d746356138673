package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Learning;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.syntax.TrainingStatement;

/// `keep best`: the weights of the best score are kept, and come back at the end.
final class KeptBest {
  private final Block block;
  private final Lesson lesson;

  KeptBest(Block block) {
    this.block = block;
    this.lesson = block.work().lesson();
  }

  List<Action> lower(TrainingStatement.KeepBest keep, Place place) {
    Optional<Term> score = Best.score(keep.score(), block);
    if (lesson.keepsBest()) {
      lesson.doubt(keep.span(), "a second `keep best`");
      return List.of();
    }
    if (score.isEmpty()) {
      return List.of();
    }
    var best = new Best(block, place);
    Optional<Loop> loop = block.innermost();
    lesson.keepBest(
        best.seen().slot(), loop.map(l -> OptionalInt.of(l.number())).orElse(OptionalInt.empty()));
    return best.compare(score.get(), List.of(new Action.Learn(Learning.KEEP, place)), List.of());
  }

  /// What is done at the end of a loop: the best comes back, if there was any.
  static List<Action> atEnd(int loop, Work work, Place place) {
    return work.lesson().keptIn().equals(OptionalInt.of(loop)) ? restored(work, place) : List.of();
  }

  /// What is done at the end of an experiment.
  static List<Action> atEnd(Work work, Place place) {
    return work.lesson().keptIn().isEmpty() ? restored(work, place) : List.of();
  }

  private static List<Action> restored(Work work, Place place) {
    if (work.lesson().kept().isEmpty()) {
      return List.of();
    }
    Term seen = new Term.Variable(work.lesson().kept().getAsInt(), "kept", Type.INTEGER);
    Term kept = new Term.Compare(Term.Comparison.UNEQUAL, seen, new Term.Whole(0), Type.TRUTH);
    return List.of(
        new Action.If(kept, List.of(new Action.Learn(Learning.RESTORE, place)), List.of(), place));
  }
}

package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Finds the sample whose answer is scored.
final class ScoredSample {
  private final Block block;

  ScoredSample(Block block) {
    this.block = block;
  }

  /// The one that the label is of; where the label does not say, that of the innermost loop.
  Optional<Term> behind(Term label) {
    List<Term> samples = new ArrayList<>();
    Parts.eachTerm(
        label,
        term -> {
          if (term instanceof Term.Field(var sample, _, _)) {
            samples.add(sample);
          }
        });
    return samples.stream().findFirst().or(this::ofTheLoop);
  }

  private Optional<Term> ofTheLoop() {
    return block.frame().locals().values().stream()
        .filter(meaning -> meaning instanceof Meaning.Live live && isSample(live.term()))
        .map(meaning -> ((Meaning.Live) meaning).term())
        .reduce((_, inner) -> inner);
  }

  private static boolean isSample(Term term) {
    return term instanceof Term.Variable(_, _, Type.Sample _);
  }
}

package snel.lower.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import snel.elaborate.Val;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;

/// Finds the read-outs that a loop scores.
final class Scores {
  private Scores() {}

  static Set<String> in(List<Statement> body, Block block) {
    Set<String> readOuts = new LinkedHashSet<>();
    body.stream()
        .flatMap(Statements::all)
        .forEach(statement -> {
          if (statement instanceof OutcomeStatement.Score(var readout, _, _)
              && block.reader().read(readout)
                  instanceof Meaning.Fixed(Val.Reading(String name), _)) {
            readOuts.add(name);
          }
        });
    return readOuts;
  }
}

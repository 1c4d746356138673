package snel.ir.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The records that groups of scored samples are made of.
public final class Grouping {
  private Grouping() {}

  /// The records whose column the groups are made of, one for each, if there are such: groups then
  /// go with their records, in whatever order and however often those are scored.
  public static Optional<Term> records(Term groups) {
    List<Term> streams = new ArrayList<>();
    Parts.eachTerm(
        groups,
        term -> {
          if (term instanceof Term.FieldOfAll(var stream, _, _)) {
            streams.add(stream);
          }
        });
    return streams.stream().distinct().count() == 1 && isSameAgain(streams.getFirst())
        ? Optional.of(streams.getFirst())
        : Optional.empty();
  }

  /// Records that are drawn anew each time they are asked for are not those of the groups.
  private static boolean isSameAgain(Term stream) {
    return !Parts.any(
        stream,
        term ->
            term instanceof Term.Draw
                || term instanceof Term.Staged staged && staged.stage() == Term.Stage.SHUFFLE);
  }
}

package snel.lower.protocol;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Term;
import snel.model.Projection;
import snel.source.Span;

/// A recording has a row for each synapse from its beginning to its end, so synapses that come or
/// go have none.
final class FixedPairs {
  private FixedPairs() {}

  /// Reports a recording of synapses that are not always the same ones.
  static void check(Work work, Term.ReadSynapses read, Span span) {
    work.projection(read.projection())
        .filter(FixedPairs::comesOrGoes)
        .ifPresent(_ ->
            work.fault(
                Diagnostic.of(
                        Code.NO_MEANING_HERE,
                        "synapses of `%s` that come or go cannot be recorded"
                            .formatted(read.projection()),
                        span,
                        "another synapse may stand at the same place later")
                    .help(
                        "report what they are together: `every 100 ms { report %s }`"
                            .formatted(together(read)))));
  }

  private static String together(Term.ReadSynapses read) {
    return "mean = over_time(mean(%s)), count = over_time(count(%s))"
        .formatted(read.path(), read.projection());
  }

  private static boolean comesOrGoes(Projection projection) {
    return projection.grow().isPresent() || projection.synapse().prune().isPresent();
  }
}

package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Severity;
import snel.source.Span;
import snel.syntax.Connect;
import snel.types.Type;

/// Looks at the body of a synapse once more where it is used, when `any`, `pre` and `post` are
/// known. What is faulty only there is told at the connection.
final class SynapseFit {
  /// What the synapse gives to its target.
  record Found(List<Given> delivered, List<Given> transmitted) {}

  /// An amount and where it stands.
  record Given(Type type, Span span) {}

  private final Context context;

  SynapseFit(Context context) {
    this.context = context;
  }

  Found check(Connect connect, SynapseModel model) {
    var faults = new Diagnostics();
    Context inside = context.reportingTo(faults);
    var delivered = new ArrayList<Given>();
    var transmitted = new ArrayList<Given>();
    for (Optional<SynapseModel> next = Optional.of(model);
        next.isPresent();
        next = next.get().parent()) {
      new SynapseCheck(
              inside,
              next.get(),
              (type, span) -> delivered.add(new Given(type, span)),
              (type, span) -> transmitted.add(new Given(type, span)))
          .check();
    }
    faults.sorted().stream()
        .filter(d -> d.severity() == Severity.ERROR && !known(d))
        .findFirst()
        .ifPresent(d -> context.report(unfit(connect, model, d)));
    return new Found(delivered, transmitted);
  }

  /// Whether the fault was told where the synapse is declared.
  private boolean known(Diagnostic fault) {
    return context.diagnostics().sorted().stream()
        .anyMatch(
            d -> d.code() == fault.code() && d.primary().span().equals(fault.primary().span()));
  }

  private static Diagnostic unfit(Connect connect, SynapseModel model, Diagnostic fault) {
    Span at = Projections.clause(connect).map(c -> c.model().name().span()).orElse(connect.span());
    Diagnostic diagnostic =
        Diagnostic.of(
                fault.code(),
                "`" + model.name() + "` does not fit here: " + fault.message(),
                at,
                "used here")
            .label(fault.primary().span(), fault.primary().text());
    for (String note : fault.notes()) {
      diagnostic = diagnostic.note(note);
    }
    return diagnostic;
  }
}

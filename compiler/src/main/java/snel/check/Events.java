package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.source.Span;
import snel.syntax.EventName;

/// What handlers, traces, `normalise` and `since` listen to. Which events the two neurons of a
/// synapse have is known only where it is used. E0503.
final class Events {
  private static final List<String> EVERYWHERE = List.of("presentation.start", "presentation.end");

  private Events() {}

  static void ofNeuron(Context context, NeuronModel model, EventName event) {
    var known = new ArrayList<String>(List.of("spike", "win", "peers.spike"));
    known.addAll(EVERYWHERE);
    known.addAll(model.events());
    check(context, model.name(), event, known);
  }

  static void ofSynapse(Context context, SynapseModel model, EventName event) {
    String first = event.parts().getFirst().text();
    boolean ofNeuron = event.parts().size() == 2 && (first.equals("pre") || first.equals("post"));
    if (ofNeuron && !event.parts().getLast().text().equals("spike")) {
      return;
    }
    var known = new ArrayList<String>(List.of("pre", "post"));
    known.addAll(EVERYWHERE);
    known.addAll(model.ports().keySet());
    check(context, model.name(), event, known);
  }

  static void ofPresentation(Context context, String clause, EventName event) {
    check(context, clause, event, EVERYWHERE);
  }

  private static void check(Context context, String owner, EventName event, List<String> known) {
    if (event.parts().stream().noneMatch(p -> p.text().isEmpty())) {
      check(context, "`" + owner + "`", event.text(), event.span(), known);
    }
  }

  /// @param owner of the events, as in a sentence
  static void check(Context context, String owner, String event, Span at, List<String> known) {
    if (known.contains(event)) {
      return;
    }
    Optional<String> meant = spikes(event, known).or(() -> Nearest.to(event, known));
    Diagnostic unknown =
        Diagnostic.of(
                Code.UNKNOWN_EVENT,
                owner + " has no event `" + event + "`" + Nearest.hint(meant),
                at,
                "no such event")
            .note("it has " + Prose.codes(known));
    context.report(
        meant.map(other -> unknown.fix("write `" + other + "`", at, other)).orElse(unknown));
  }

  /// In a synapse the spikes of its two neurons are `pre` and `post` alone.
  private static Optional<String> spikes(String event, List<String> known) {
    Optional<String> end =
        switch (event) {
          case "pre.spike" -> Optional.of("pre");
          case "spike", "post.spike" -> Optional.of("post");
          default -> Optional.empty();
        };
    return end.filter(known::contains);
  }
}

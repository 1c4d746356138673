package snel.check;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.syntax.EventName;

/// What handlers and traces listen to. Which events the two neurons of a synapse have is known only
/// where it is used. E0503.
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
    if (ofNeuron) {
      return;
    }
    var known = new ArrayList<String>(List.of("pre", "post", "spike"));
    known.addAll(EVERYWHERE);
    known.addAll(model.ports().keySet());
    check(context, model.name(), event, known);
  }

  private static void check(Context context, String model, EventName event, List<String> known) {
    String text = event.text();
    if (known.contains(text) || event.parts().stream().anyMatch(p -> p.text().isEmpty())) {
      return;
    }
    context.report(
        Diagnostic.of(
                Code.UNKNOWN_EVENT,
                "`" + model + "` has no event `" + text + "`" + Nearest.hint(text, known),
                event.span(),
                "no such event")
            .note("it has " + Prose.codes(known)));
  }
}

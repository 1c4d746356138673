package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.syntax.Connect;
import snel.syntax.Reference;
import snel.types.Type;

/// Spikes are events and go to `receive` ports; values go to `input`s. E0413.
final class SpikesAndValues {
  private SpikesAndValues() {}

  static void check(
      Context context,
      Connect connect,
      List<Type> sources,
      Reference written,
      Endpoint target,
      Optional<SynapseModel> synapse) {
    boolean unknownSynapse = Projections.clause(connect).isPresent() && synapse.isEmpty();
    boolean transmits = synapse.filter(SynapseModel::transmits).isPresent();
    boolean spiking =
        sources.stream()
            .anyMatch(s ->
                s instanceof Things.Cells
                    || s instanceof Things.Happening
                    || s.single() instanceof Type.Spikes);
    if (unknownSynapse || !spiking) {
      return;
    }
    if (!transmits) {
      spikes(context, written, target);
    }
    if (target instanceof Endpoint.Events(var port, var model) && transmits) {
      var diagnostic =
          Diagnostic.of(
              Code.SPIKES_AND_VALUES,
              "`"
                  + synapse.map(SynapseModel::name).orElse("")
                  + "` transmits a value at all times, but `"
                  + port.name().text()
                  + "` takes events",
              written.span(),
              "an event port");
      List<String> inputs = model.map(NeuronModel::inputs).orElse(List.of());
      context.report(
          inputs.isEmpty()
              ? diagnostic.help("declare `input x : …` in the neuron and connect to it")
              : diagnostic.help("values are taken by " + Prose.codes(inputs)));
    }
  }

  /// Spikes reach `target` as they are.
  static void spikes(Context context, Reference written, Endpoint target) {
    if (!(target instanceof Endpoint.Value(var name, _, _, var model))) {
      return;
    }
    var diagnostic =
        Diagnostic.of(
            Code.SPIKES_AND_VALUES,
            "`" + name + "` holds a value and cannot take spikes",
            written.span(),
            "an input");
    List<String> ports = model.map(m -> List.copyOf(m.ports().keySet())).orElse(List.of());
    context.report(
        ports.isEmpty()
            ? diagnostic.help("a synapse turns spikes into values by `transmit`")
            : diagnostic.help("ports for spikes are " + Prose.codes(ports)));
  }
}

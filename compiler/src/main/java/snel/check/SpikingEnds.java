package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Declaration;

/// A threshold that is tested at every step needs something that ends the spiking. W0814.
final class SpikingEnds {
  private SpikingEnds() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Neuron neuron)) {
      return;
    }
    Thresholds own = Thresholds.of(neuron);
    Thresholds all = Thresholds.inherited(context.models().neuron(neuron, file));
    boolean ends =
        all.reset().isPresent()
            || all.refractory().isPresent()
            || all.handlers().stream().anyMatch(h -> h.event().text().equals("spike"));
    if (own.threshold().isPresent() && !ends) {
      Span condition = own.threshold().get().condition().span();
      context.report(
          Diagnostic.of(
                  Code.ENDLESS_SPIKING,
                  "above threshold `" + neuron.name().text() + "` spikes at every step",
                  own.threshold().get().span(),
                  "nothing ends this")
              .help(
                  "write a `reset` or a `refractory` time, or `spike on crossing "
                      + Wording.text(condition)
                      + "`"));
    }
  }
}

package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Training;
import snel.model.Endpoint;
import snel.model.Projection;
import snel.model.Slice;

/// Training without derivatives through other neurons: what a spike does to the read-out at once
/// counts, and what it does to its own neuron later; what it does to others that spike does not.
///
/// Bellec and others (2020), DOI 10.1038/s41467-020-17236-y.
final class LocalTraining {
  private final Work work;

  LocalTraining(Work work) {
    this.work = work;
  }

  void cut(Training.Feedback.Kind kind) {
    List<String> cut = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    for (Projection projection : work.elaborated().network().projections()) {
      Optional<Slice> targets = projection.target().neurons();
      if (targets.isEmpty()) {
        continue;
      }
      boolean spikes =
          !SpikeThreshold.isNever(work.population(targets.get().population()).orElseThrow());
      if (projection.target() instanceof Endpoint.NeuronInput && spikes) {
        work.lesson()
            .hindrance(
                projection.span(),
                "`"
                    + projection.name().orElse(projection.path())
                    + "` hands values on to neurons"
                    + " that spike");
      }
      work.demands().touches(projection.path());
      (spikes ? cut : ends).add(projection.path());
    }
    new FollowingStates(work.elaborated().network())
        .handedOn()
        .forEach(equation ->
            work.lesson()
                .hindrance(
                    equation.span(),
                    "`" + equation.variable() + "` follows neurons and hands values on to others"));
    work.lesson().feedback(new Training.Feedback(kind, cut, ends));
  }
}

package snel.runtime.readout;

/// The class of the neuron that spiked first, the population being cut into equal groups (Mozafari
/// et al. 2019, doi:10.1016/j.patcog.2019.05.015). If nobody spiked there is no answer.
public record FirstSpike(int neurons, int classes, Ties ties) implements Readout {
  /// Who wins among those that spiked first at the same time.
  public enum Ties {
    LOWEST_INDEX,
    /// The one with the highest potential, then the lowest index.
    HIGHEST_POTENTIAL
  }

  public FirstSpike {
    if (classes < 1 || neurons % classes != 0) {
      throw new IllegalArgumentException(neurons + " neurons in " + classes + " classes");
    }
  }

  @Override
  public Wanted wanted() {
    return Wanted.FIRST_SPIKES;
  }

  @Override
  public int predict(Response response) {
    int first = winner(response);
    return first < 0 ? NO_ANSWER : first / (neurons / classes);
  }

  /// At the first spike.
  @Override
  public double decided(Response response, double duration) {
    int first = winner(response);
    return first < 0 ? duration : response.values()[first];
  }

  /// The neuron that spiked first, or -1: reward rules ask who decided.
  public int winner(Response response) {
    double[] times = response.values();
    double[] potentials = response.tieBreakers();
    int best = -1;
    for (int i = 0; i < neurons; i++) {
      boolean earlier = times[i] < (best < 0 ? Double.POSITIVE_INFINITY : times[best]);
      boolean higher =
          ties == Ties.HIGHEST_POTENTIAL
              && best >= 0
              && times[i] == times[best]
              && potentials[i] > potentials[best];
      if (earlier || higher) {
        best = i;
      }
    }
    return best;
  }
}

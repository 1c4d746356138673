package snel.runtime.readout;

/// The class of the neuron that spiked first, the population being cut into equal groups (Mozafari
/// et al. 2019, doi:10.1016/j.patcog.2019.05.015).
///
/// Among equally early ones the highest potential wins, if the response has potentials, then the
/// lowest index. So it is when nobody spiked, but that without potentials there is no answer.
public record FirstSpike(int neurons, int classes) implements Readout {
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
    return first < 0 ? duration : Math.min(duration, response.values()[first]);
  }

  /// The neuron that decides, or -1: reward rules ask who it was.
  public int winner(Response response) {
    double[] times = response.values();
    double[] potentials = response.tieBreakers();
    boolean hasPotentials = potentials.length > 0;
    int best = hasPotentials ? 0 : -1;
    for (int i = 0; i < neurons; i++) {
      double earliest = best < 0 ? Double.POSITIVE_INFINITY : times[best];
      boolean higher = hasPotentials && times[i] == earliest && potentials[i] > potentials[best];
      if (times[i] < earliest || higher) {
        best = i;
      }
    }
    return best;
  }
}

package snel.runtime.readout;

/// The class of the neuron whose potential was largest, one neuron a class. Ties go to the lower
/// class.
public record MaxPotential(int classes) implements Readout {
  @Override
  public Wanted wanted() {
    return Wanted.LARGEST_POTENTIALS;
  }

  @Override
  public int predict(Response response) {
    return Readout.largest(response.values());
  }
}

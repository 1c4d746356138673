package snel.elaborate;

/// A parameter of synapses that is a list, the whole of which all synapses of a projection have.
///
/// @param unit in which it is shown
public record Listed(Val value, String unit) {
  /// Whether its elements are known when the network is built.
  public boolean isConstant() {
    return Lists.isConstant(value);
  }
}

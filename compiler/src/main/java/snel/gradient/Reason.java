package snel.gradient;

/// Why there is no gradient.
///
/// @param kernel where, as lowering named it: the population or projection, a colon, what it does
/// @param what in words that go on after the place
public record Reason(String kernel, String what) {
  /// The population or projection that the kernel belongs to.
  public String place() {
    int colon = kernel.indexOf(':');
    return colon < 0 ? kernel : kernel.substring(0, colon);
  }
}

package snel.lower.protocol;

import java.util.List;
import snel.source.Span;

/// What the calls of `stdp_window` in one body need.
///
/// @param calls where they stand
/// @param declarations a neuron and the network [#NETWORK] as text of the language; the items of
///   the network must be among those of the test
public record SynapseWindows(List<Span> calls, String declarations) {
  public static final String NETWORK = "StdpWindows";

  public SynapseWindows {
    calls = List.copyOf(calls);
  }
}

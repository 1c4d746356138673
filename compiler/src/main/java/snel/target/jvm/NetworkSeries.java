package snel.target.jvm;

import java.util.Optional;
import snel.ir.Program;
import snel.runtime.kernel.Network;

/// Networks that are run one after the other. Where the next is built as the one before, as those
/// of experiments that start from each other are, the one before is put back to its beginning: its
/// synapses are there and its code is compiled.
public final class NetworkSeries {
  private final JvmTarget target;
  private Optional<Built> last = Optional.empty();

  private record Built(Program program, JvmNetwork network, Beginning beginning) {}

  public NetworkSeries(JvmTarget target) {
    this.target = target;
  }

  /// Builds the network of `program` and readies it for its first step. The one before must not be
  /// used any more.
  ///
  /// @param steps that it will do at least
  /// @param more whether another is expected to follow
  public Network next(Program program, long steps, boolean more) {
    Optional<Built> again = last.filter(built -> built.program().equals(program));
    last = Optional.empty();
    if (again.isPresent()) {
      again.get().network().beginAgain(again.get().beginning(), steps);
      last = more ? again : Optional.empty();
      return again.get().network();
    }
    JvmNetwork network = target.built(program, steps);
    if (more) {
      last = network.beginning().map(beginning -> new Built(program, network, beginning));
    }
    return network;
  }
}

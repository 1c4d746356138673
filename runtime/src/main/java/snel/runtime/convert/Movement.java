package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import snel.runtime.connect.Maps;

/// How a trained kernel moves.
sealed interface Movement permits TrainedLayer.Convolution, Spread {
  /// Of channels that see nothing of one another.
  int groups();

  /// The maps that it takes, [channels, height, width], as far as the file tells them.
  Optional<List<Integer>> source();

  /// What hinders that maps of the program, of the same groups and sources, are these.
  Optional<Difference> difference(Maps maps);
}

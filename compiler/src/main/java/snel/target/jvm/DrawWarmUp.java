package snel.target.jvm;

import java.util.concurrent.atomic.AtomicBoolean;
import snel.runtime.kernel.VectorLoops;
import snel.runtime.kernel.WarmUp;
import snel.runtime.rng.NormalsVector;
import snel.runtime.rng.PhiloxVector;
import snel.runtime.rng.SynapseDraws;
import snel.runtime.rng.SynapseDrawsVector;

/// Gets what draws for synapses compiled for vectors, where so much will be drawn that it pays. In
/// a thread of its own: until it is done draws are made without, the same.
final class DrawWarmUp implements VectorLoops {
  /// Without vectors two processors take a tenth of a second for so many.
  private static final double LEAST = 8e6;

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private DrawWarmUp() {}

  /// @param draws for synapses of a network that is about to be built
  static void begin(double draws) {
    if (draws >= LEAST && VectorHardware.bits() > 0 && BEGUN.compareAndSet(false, true)) {
      WarmUp.aside(() -> WarmUp.of(new DrawWarmUp()))
          .thenAccept(ready -> {
            if (ready) {
              SynapseDraws.useVectors();
            }
          });
    }
  }

  @Override
  public int vectorLoops() {
    return 3;
  }

  @Override
  public void warmUp(int loop, int from, int to) {
    switch (loop) {
      case 0 -> SynapseDrawsVector.warmUp(SynapseDrawsVector.WORDS, from, to);
      case 1 -> NormalsVector.warmUp(NormalsVector.MAKE, from, to);
      default -> PhiloxVector.warmUp(PhiloxVector.ANY, from, to);
    }
  }
}

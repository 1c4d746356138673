package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HandoverTest {
  /// A number cannot come back sooner than light crosses a processor, nor does the measurement
  /// last.
  @Test
  void takesAMomentAndTellsSomethingPossible() {
    long start = System.nanoTime();
    double nanos = Handover.nanos();
    long took = System.nanoTime() - start;
    assertTrue(nanos > 5, nanos + " ns");
    assertTrue(nanos < 1e6 || nanos == Double.MAX_VALUE, nanos + " ns");
    assertTrue(took < 2_000_000_000L, took + " ns");
  }
}

package snel.runtime.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
  @Test
  void aClockHasNoVariation() {
    SpikeTrains clock = SpikeTrains.of(0, 50, new double[] {8, 16, 24, 32, 40});
    assertArrayEquals(new double[] {0}, Intervals.cv(clock));
  }

  @Test
  void neuronsWithFewerThanTwoIntervalsAreLeftOut() {
    SpikeTrains trains =
        SpikeTrains.of(0, 50, new double[] {1, 2}, new double[] {1, 2, 4}, new double[] {});
    // intervals 1 and 2: mean 1.5, deviation 0.5
    assertArrayEquals(new double[] {1 / 3.0}, Intervals.cv(trains), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9})
  void gammaIntervalsHaveTheirClosedForms(int order) {
    double[] train = Trains.gamma(new SplittableRandom(order), order, 10, 2e6);
    SpikeTrains trains = SpikeTrains.of(0, 2e6, train);
    assertEquals(1 / Math.sqrt(order), Intervals.cv(trains)[0], 0.01);
  }
}

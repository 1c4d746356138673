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
    assertArrayEquals(new double[] {0}, Intervals.cv2(clock));
    assertArrayEquals(new double[] {0}, Intervals.localVariation(clock));
  }

  @Test
  void neuronsWithFewerThanTwoIntervalsAreLeftOut() {
    SpikeTrains trains =
        SpikeTrains.of(0, 50, new double[] {1, 2}, new double[] {1, 2, 4}, new double[] {});
    // intervals 1 and 2: mean 1.5, deviation 0.5
    assertArrayEquals(new double[] {1 / 3.0}, Intervals.cv(trains), 1e-15);
    assertArrayEquals(new double[] {2 / 3.0}, Intervals.cv2(trains), 1e-15);
    assertArrayEquals(new double[] {1 / 3.0}, Intervals.localVariation(trains), 1e-15);
    assertArrayEquals(new double[] {1, 1, 2}, Intervals.all(trains));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9})
  void gammaIntervalsHaveTheirClosedForms(int order) {
    double[] train = Trains.gamma(new SplittableRandom(order), order, 10, 2e6);
    SpikeTrains trains = SpikeTrains.of(0, 2e6, train);
    assertEquals(1 / Math.sqrt(order), Intervals.cv(trains)[0], 0.01);
    // Shinomoto et al. (2003): 3 / (2 order + 1) for gamma intervals
    assertEquals(3.0 / (2 * order + 1), Intervals.localVariation(trains)[0], 0.01);
    if (order == 1) {
      assertEquals(1, Intervals.cv2(trains)[0], 0.01);
    }
  }

  @Test
  void slowChangesOfTheRateRaiseOnlyTheFirst() {
    double[] train = new double[2_000];
    double time = 0;
    for (int k = 0; k < train.length; k++) {
      time += 10 + 8 * Math.sin(2 * Math.PI * k / 1_000);
      train[k] = time;
    }
    SpikeTrains trains = SpikeTrains.of(0, time, train);
    assertEquals(0.8 / Math.sqrt(2), Intervals.cv(trains)[0], 1e-3);
    assertEquals(0, Intervals.cv2(trains)[0], 0.01);
  }
}

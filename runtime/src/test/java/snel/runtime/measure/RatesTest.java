package snel.runtime.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RatesTest {
  private static final SpikeTrains TRAINS =
      SpikeTrains.of(0, 10, new double[] {1, 2.5, 10}, new double[] {}, new double[] {0.3});

  @Test
  void binsAreClosedAtTheirEnds() {
    assertArrayEquals(new int[] {2, 1, 0, 0, 1}, Rates.histogram(TRAINS, 2));
    // (0, 3], (3, 6], (6, 9]: the spike at 10 is in no whole bin
    assertArrayEquals(new int[] {3, 0, 0}, Rates.histogram(TRAINS, 3));
    assertArrayEquals(new double[] {2 / 6.0, 1 / 6.0, 0, 0, 1 / 6.0}, Rates.overTime(TRAINS, 2));
  }

  @Test
  void theFirstBinHasItsBeginning() {
    SpikeTrains trains = SpikeTrains.of(30, 40, new double[] {30, 32}, new double[] {30, 34.5});
    assertArrayEquals(new int[] {3, 0, 1, 0, 0}, Rates.histogram(trains, 2));
  }

  @Test
  void aTimeOnTheGridFallsIntoTheBinItEnds() {
    double[] grid = new double[70];
    for (int k = 0; k < grid.length; k++) {
      grid[k] = (k + 1) * 0.1;
    }
    int[] counts = Rates.histogram(SpikeTrains.of(0, 7, grid), 0.7);
    assertArrayEquals(new int[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7}, counts);
    assertEquals(23, Rates.histogram(SpikeTrains.of(0, 7, grid), 0.3).length);
    assertEquals(3, Rates.histogram(SpikeTrains.of(0, 7, grid), 0.3)[6]);
  }

  @Test
  void eventsAreSortedByNeuronAndCutToTheWindow() {
    SpikeTrains trains =
        SpikeTrains.ofEvents(
            3, 1, 4, new int[] {2, 0, 2, 0, 1, 2}, new double[] {1, 2, 2, 3, 4, 4.5});
    assertArrayEquals(new double[] {2, 3}, trains.train(0));
    assertArrayEquals(new double[] {4}, trains.train(1));
    assertArrayEquals(new double[] {2}, trains.train(2));
    assertEquals(3, trains.duration());
  }
}

package snel.runtime.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignalsTest {
  @Test
  void theDeviationIsDividedByN() {
    assertEquals(2, Signals.deviation(new double[] {2, 4, 4, 4, 5, 5, 7, 9}));
    assertEquals(5, Signals.mean(new double[] {2, 4, 4, 4, 5, 5, 7, 9}));
  }

  @Test
  void peaksAreWhereASignalTurns() {
    assertArrayEquals(
        new double[] {3, 5, 2}, Signals.peaks(new double[] {9, 1, 3, 0, 5, 5, 1, 1, 2, 0, 7}));
    assertArrayEquals(new double[] {}, Signals.peaks(new double[] {1, 2, 3, 3}));
    assertEquals(5, Signals.largest(new double[] {9, 1, 5, 0, 8}, 1, 4));
  }

  @Test
  void filteredTrainsAreSumsOfExponentials() {
    double[] first = Trains.poisson(new SplittableRandom(3), 10, 100);
    SpikeTrains trains = SpikeTrains.of(0, 100, first, new double[] {20});
    double[] times = Filtered.times(trains, 5);
    assertArrayEquals(new double[] {20, 40, 60, 80, 100}, times);
    double[] state = Filtered.at(trains, 30, times);
    for (int s = 0; s < 5; s++) {
      double t = times[s];
      double sum = Arrays.stream(first).filter(x -> x <= t).map(x -> Math.exp((x - t) / 30)).sum();
      assertEquals(sum, state[2 * s], 1e-12);
    }
    assertEquals(1, state[1]);
    assertEquals(Math.exp(-80 / 30.0), state[9], 1e-15);
  }

  @Test
  void everyValueFallsIntoOneBin() {
    var random = new SplittableRandom(8);
    double[] values = random.doubles(10_000, -1, 1).toArray();
    values[0] = -1;
    values[1] = 1;
    Histogram histogram = Histogram.of(values, 7);
    assertEquals(10_000, Arrays.stream(histogram.counts()).sum());
    for (int b = 0; b < 7; b++) {
      int bin = b;
      double low = histogram.edges()[b];
      double high = histogram.edges()[b + 1];
      long expected = Arrays.stream(values).filter(v -> v >= low && (v < high || bin == 6)).count();
      assertEquals(expected, histogram.counts()[b]);
    }
  }

  @Test
  void equalOrMissingValuesStillHaveAHistogram() {
    assertEquals(3, Arrays.stream(Histogram.of(new double[] {5, 5, 5}, 4).counts()).sum());
    assertEquals(0, Arrays.stream(Histogram.of(new double[] {Double.NaN}, 4).counts()).sum());
  }

  @Test
  void binsOfWholeNumbersHoldAsManyEach() {
    double[] numbers = IntStream.rangeClosed(3, 47).asDoubleStream().toArray();
    Histogram histogram = Histogram.of(numbers, 30);
    assertEquals(2.5, histogram.edges()[0]);
    assertEquals(23, histogram.counts().length);
    assertTrue(Arrays.stream(histogram.counts(), 0, 22).allMatch(n -> n == 2));
    double[] few = {0, 1, 1, 2};
    assertArrayEquals(new long[] {1, 2, 1}, Histogram.of(few, 30).counts());
    assertArrayEquals(new double[] {-0.5, 0.5, 1.5, 2.5}, Histogram.of(few, 30).edges());
    assertEquals(2, Arrays.stream(Histogram.of(new double[] {1e300, 2}, 30).counts()).sum());
  }
}

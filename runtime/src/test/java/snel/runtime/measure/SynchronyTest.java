package snel.runtime.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SynchronyTest {
  @Test
  void independentPoissonNeuronsHaveAFanoFactorOfOne() {
    var random = new SplittableRandom(4);
    double[][] trains = new double[50][];
    Arrays.setAll(trains, _ -> Trains.poisson(random, 100, 60_000));
    SpikeTrains all = SpikeTrains.of(0, 60_000, trains);
    assertEquals(1, Synchrony.fanoFactor(all, 3), 0.03);
    assertEquals(0, Synchrony.correlation(all, 5), 0.002);
  }

  @Test
  void copiesOfOneTrainMultiplyTheFanoFactor() {
    double[] train = Trains.poisson(new SplittableRandom(5), 20, 30_000);
    SpikeTrains one = SpikeTrains.of(0, 30_000, train);
    SpikeTrains four = SpikeTrains.of(0, 30_000, train, train, train, train);
    assertEquals(4 * Synchrony.fanoFactor(one, 5), Synchrony.fanoFactor(four, 5), 1e-9);
    assertEquals(1, Synchrony.correlation(four, 5), 1e-9);
  }

  @Test
  void theCorrelationIsThatOfAllPairs() {
    var random = new SplittableRandom(6);
    double[] shared = Trains.poisson(random, 30, 5_000);
    double[][] trains = new double[8][];
    for (int i = 0; i < trains.length - 1; i++) {
      double[] own = Trains.poisson(random, 40, 5_000);
      double[] both = Arrays.copyOf(own, own.length + shared.length);
      System.arraycopy(shared, 0, both, own.length, shared.length);
      Arrays.sort(both);
      trains[i] = both;
    }
    trains[7] = new double[0]; // never varies: in no pair
    double fast = Synchrony.correlation(SpikeTrains.of(0, 5_000, trains), 7);
    assertEquals(allPairs(Arrays.copyOf(trains, 7), 7, 5_000), fast, 1e-9);
    assertTrue(fast > 0.3, "shared spikes correlate: " + fast);
  }

  @Test
  void withoutTwoNeuronsThatVaryThereIsNoCorrelation() {
    SpikeTrains trains = SpikeTrains.of(0, 10, new double[] {1}, new double[] {});
    assertTrue(Double.isNaN(Synchrony.correlation(trains, 5)));
  }

  private static double allPairs(double[][] trains, double bin, double duration) {
    int bins = (int) (duration / bin);
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < trains.length; i++) {
      for (int j = 0; j < i; j++) {
        double[] a = counts(trains[i], bin, bins);
        double[] b = counts(trains[j], bin, bins);
        double product = 0;
        for (int k = 0; k < bins; k++) {
          product += (a[k] - Signals.mean(a)) * (b[k] - Signals.mean(b)) / bins;
        }
        sum += product / (Signals.deviation(a) * Signals.deviation(b));
        pairs++;
      }
    }
    return sum / pairs;
  }

  private static double[] counts(double[] train, double bin, int bins) {
    double[] counts = new double[bins];
    for (double time : train) {
      if (time <= bins * bin) {
        counts[(int) Math.ceil(time / bin) - 1]++;
      }
    }
    return counts;
  }
}

package snel.runtime.connect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Large draws: numbers and spreads are those of the distributions, within 4 standard errors.
class StatisticsTest {
  @Test
  void bernoulliHasBinomialRowsAndColumns() {
    int n = 2_000;
    double p = 0.1;
    Csr rows = Bernoulli.of(42, 7, Ends.of(n, n), SkipTable.of(p));
    near("synapses", rows.count(), p * n * n, Math.sqrt(n * (double) n * p * (1 - p)));
    spread("rows", rowCounts(rows), n * p, n * p * (1 - p));
    spread("columns", columnCounts(rows, n), n * p, n * p * (1 - p));
    // Pairs of neighbours are as frequent as independent ones.
    long neighbours = 0;
    for (int s = 1; s < rows.count(); s++) {
      neighbours += rows.target().get(s) == rows.target().get(s - 1) + 1 ? 1 : 0;
    }
    double expected = n * (n - 1.0) * p * p;
    near("neighbours", neighbours, expected, Math.sqrt(expected));
  }

  @Test
  void indegreesSpreadOverSources() {
    int n = 1_000;
    int k = 100;
    double p = k / (double) n;
    Csr rows = FixedDegree.in(42, 7, Ends.of(n, 2 * n), k, false);
    spread("rows", rowCounts(rows), 2 * n * p, 2 * n * p * (1 - p));
    Csr absent = FixedDegree.in(42, 7, Ends.of(n, 2 * n), n - k, false);
    spread("absent", rowCounts(absent), 2 * n * (1 - p), 2 * n * p * (1 - p));
    Csr drawn = FixedDegree.in(42, 7, Ends.of(n, 2 * n), k, true);
    spread("multapses", rowCounts(drawn), 2 * n * p, 2 * n * p);
  }

  @Test
  void totalsSpreadOverBoth() {
    int n = 1_000;
    double p = 0.05;
    Csr rows = FixedTotal.of(42, 7, Ends.of(n, n), 50_000, false);
    spread("rows", rowCounts(rows), n * p, n * p * (1 - p));
    spread("columns", columnCounts(rows, n), n * p, n * p * (1 - p));
  }

  private static void spread(String what, int[] counts, double mean, double variance) {
    double sum = 0;
    double squares = 0;
    for (int count : counts) {
      sum += count;
      squares += (count - mean) * (count - mean);
    }
    int n = counts.length;
    near(what + ": mean", sum / n, mean, Math.sqrt(variance / n));
    near(what + ": variance", squares / n, variance, variance * Math.sqrt(2.0 / n));
  }

  private static void near(String what, double seen, double expected, double error) {
    double z = (seen - expected) / error;
    assertTrue(Math.abs(z) < 4, what + ": z = " + z);
  }

  private static int[] rowCounts(Csr rows) {
    int[] counts = new int[rows.sources()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = rows.rowStart()[i + 1] - rows.rowStart()[i];
    }
    return counts;
  }

  private static int[] columnCounts(Csr rows, int targets) {
    int[] counts = new int[targets];
    for (int target : rows.target().toArray()) {
      counts[target]++;
    }
    return counts;
  }
}

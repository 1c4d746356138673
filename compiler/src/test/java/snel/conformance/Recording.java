package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a model left: its states once a millisecond (`NAME.csv`: `t_ms` and a column for each
/// element such as `cell.v[0]`, in mV, ms, nA, uS) and its spikes (`NAME.spikes.csv`).
record Recording(List<Double> times, Map<String, double[]> states, List<String> spikes) {
  static Recording read(Path folder, String model) {
    List<String> lines = lines(folder.resolve(model + ".csv"));
    String[] header = lines.getFirst().split(",");
    List<double[]> rows =
        lines.stream()
            .skip(1)
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .toList();
    Map<String, double[]> states = new LinkedHashMap<>();
    for (int k = 1; k < header.length; k++) {
      int column = k;
      states.put(header[k], rows.stream().mapToDouble(row -> row[column]).toArray());
    }
    List<String> spikes = lines(folder.resolve(model + ".spikes.csv"));
    return new Recording(
        rows.stream().map(row -> row[0]).toList(),
        states,
        spikes.subList(1, spikes.size()).stream().map(Recording::spike).sorted().toList());
  }

  /// With its stamp written as Java writes numbers.
  private static String spike(String line) {
    int stamp = line.lastIndexOf(',') + 1;
    return line.substring(0, stamp) + Double.parseDouble(line.substring(stamp));
  }

  /// Asserts the same stamps and, in each column, states within `tolerance` of the largest
  /// magnitude.
  void assertEquivalent(Recording other, double tolerance) {
    assertEquals(times, other.times);
    assertEquals(states.keySet(), other.states.keySet());
    assertEquals(spikes, other.spikes);
    for (String column : states.keySet()) {
      double[] mine = states.get(column);
      double[] theirs = other.states.get(column);
      double scale = Arrays.stream(mine).map(Math::abs).max().orElse(0);
      for (int row = 0; row < mine.length; row++) {
        double error = Math.abs(mine[row] - theirs[row]);
        String where = column + " at " + times.get(row) + " ms: " + mine[row] + ", " + theirs[row];
        assertTrue(error <= tolerance * scale, where);
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

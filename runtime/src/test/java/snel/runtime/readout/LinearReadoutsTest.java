package snel.runtime.readout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import snel.runtime.data.CsvOptions;
import snel.runtime.data.CsvReader;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Table;
import snel.runtime.kernel.ProblemKind;

class LinearReadoutsTest {
  private static final Path DIGITS = Path.of("../stdlib/src/main/resources/std/data/digits8x8.csv");

  private static double[] pixels(Table table, int row) {
    double[] pixels = new double[64];
    for (int i = 0; i < 64; i++) {
      pixels[i] = table.number(row, i) / 16;
    }
    return pixels;
  }

  /// Fits every third digit of the first 1,500 and scores the last 297.
  private static double accuracy(FittedReadout readout) {
    Table table = CsvReader.read(DataFile.at(DIGITS), CsvOptions.withoutHeader());
    for (int row = 0; row < 1_500; row += 3) {
      readout.fit(Response.of(pixels(table, row)), (long) table.number(row, 64));
    }
    Tally tally = new Tally(10);
    for (int row = 1_500; row < 1_797; row++) {
      int answer = readout.predict(Response.of(pixels(table, row)));
      tally.add(answer, (long) table.number(row, 64), Tally.Scored.UNKNOWN, new Tally.Cost(0, 0));
    }
    return tally.accuracy();
  }

  @Test
  void bothReadRealDigits() {
    assertTrue(accuracy(new Ridge(64, 10, 1e-3)) > 0.82);
    assertTrue(accuracy(new LinearSvm(64, 10, 1)) > 0.86);
  }

  /// One feature an example: without a penalty every example is answered as it was fitted.
  @Test
  void aRidgeOfManyFeaturesIsSolvedInBlocks() {
    int features = 1_300;
    Ridge ridge = new Ridge(features, 2, 1e-6);
    for (int k = 0; k < features; k++) {
      ridge.fit(one(features, k), k % 2);
    }
    for (int k = 0; k < features; k += 99) {
      assertEquals(k % 2, ridge.predict(one(features, k)));
      assertEquals(1, ridge.weights()[2 * k + k % 2] + ridge.weights()[2 * features + k % 2], 1e-4);
    }
  }

  private static Response one(int features, int which) {
    double[] values = new double[features];
    values[which] = 1;
    return Response.of(values);
  }

  @Test
  void whatWasSavedAnswersAlike() {
    sameAfterRestoring(() -> new Ridge(5, 3, 1e-3), "products", "targets");
    sameAfterRestoring(() -> new LinearSvm(5, 3, 2.4), "labels", "lengths", "indices", "values");
  }

  /// @param names of what is saved, in the order in which it is written
  private static void sameAfterRestoring(Supplier<FittedReadout> made, String... names) {
    var random = new SplittableRandom(1);
    FittedReadout first = made.get();
    for (int k = 0; k < 60; k++) {
      first.fit(sample(random, k % 3), k % 3);
    }
    FittedReadout second = made.get();
    second.restore(first.state());
    assertEquals(List.of(names), List.copyOf(first.state().keySet()));
    for (int k = 0; k < 60; k++) {
      Response response = sample(random, k % 3);
      first.fit(response, k % 3);
      second.fit(response, k % 3);
    }
    for (int k = 0; k < 300; k++) {
      Response response = sample(random, k % 3);
      assertEquals(first.predict(response), second.predict(response));
    }
  }

  private static Response sample(SplittableRandom random, int label) {
    double[] values = new double[5];
    for (int i = 0; i < 5; i++) {
      values[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble() + (i == label ? 0.4 : 0);
    }
    return Response.of(values);
  }

  @Test
  void ridgeSolvesItsNormalEquations() {
    // one feature x = 0, 1, 2 with y = 0, 0, 1: least squares gives y = -1/6 + x/2
    Ridge exact = new Ridge(1, 2, 0);
    exact.fit(Response.of(0), 0);
    exact.fit(Response.of(1), 0);
    exact.fit(Response.of(2), 1);
    assertEquals(0.5, exact.weights()[1], 1e-12);
    assertEquals(-1 / 6.0, exact.weights()[3], 1e-12);
    // with a penalty of 0.6 times the mean square 5/3 times 3 examples: slope = 1 / (2 + 3)
    Ridge pulled = new Ridge(1, 2, 0.6);
    pulled.restore(exact.state());
    assertEquals(0.2, pulled.weights()[1], 1e-12);
    assertEquals(1 / 3.0 - 0.2, pulled.weights()[3], 1e-12);
  }

  @Test
  void dependentFeaturesWantAPenalty() {
    Ridge ridge = new Ridge(2, 2, 0);
    for (int k = 0; k < 5; k++) {
      ridge.fit(Response.of(k, 2 * k), k / 3);
    }
    assertThrows(DataProblem.class, () -> ridge.predict(Response.of(1, 2)));
    Ridge penalised = new Ridge(2, 2, 1e-3);
    penalised.restore(ridge.state());
    assertEquals(2, penalised.weights()[2] / penalised.weights()[0], 1e-9);
  }

  /// Of features that are always 0 the constant alone answers: by how often each class was fitted.
  @Test
  void aSilentRidgeAnswersTheMostFrequentClass() {
    Ridge silent = new Ridge(3, 3, 1e-3);
    silent.fit(Response.of(0, 0, 0), 1);
    silent.fit(Response.of(0, 0, 0), 1);
    silent.fit(Response.of(0, 0, 0), 2);
    assertEquals(1, silent.predict(Response.of(0, 0, 0)));
    assertArrayEquals(
        new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 / 3.0, 1 / 3.0}, silent.weights(), 1e-12);
    Ridge free = new Ridge(3, 3, 0);
    free.restore(silent.state());
    assertThrows(DataProblem.class, free::weights);
  }

  @Test
  void aRidgeThatWasNotFittedSaysSo() {
    DataProblem problem = assertThrows(DataProblem.class, new Ridge(3, 3, 1e-3)::weights);
    assertEquals(ProblemKind.NOT_YET, problem.problem());
  }

  @Test
  void theMachineSeparatesWhatIsSeparable() {
    LinearSvm machine = new LinearSvm(2, 2, 100);
    var random = new SplittableRandom(3);
    for (int k = 0; k < 200; k++) {
      double x = random.nextDouble(-1, 1);
      machine.fit(Response.of(x, x + (k % 2 == 0 ? 0.2 : -0.2) + 3), k % 2);
    }
    for (int k = 0; k < 200; k++) {
      double x = random.nextDouble(-1, 1);
      double side = k % 2 == 0 ? 0.2 : -0.2;
      assertEquals(k % 2, machine.predict(Response.of(x, x + side + 3)));
    }
  }
}

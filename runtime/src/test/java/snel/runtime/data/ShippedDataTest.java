package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The tables that ship, read as programs read them and held against what is published of them.
class ShippedDataTest {
  @Test
  void theDigitsThatShipAreAllThere() {
    Table digits = ShippedData.DIGITS.table(CsvOptions.guessed());
    assertEquals(1_797, digits.rows());
    // counts by digit as published with the UCI set's test part
    int[] counts = new int[10];
    double sum = 0;
    for (int row = 0; row < digits.rows(); row++) {
      counts[(int) digits.number(row, 64)]++;
      for (int i = 0; i < 64; i++) {
        sum += digits.number(row, i);
      }
    }
    assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
    assertEquals(561_718, sum); // sklearn.datasets.load_digits().data.sum()
  }

  @Test
  void irisIsStandardisedAndItsSpeciesNumbered() {
    Table iris = ShippedData.IRIS.table(CsvOptions.guessed());
    double[] values = new double[150 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = iris.number(i / 4, iris.column("sepal_length") + i % 4);
    }
    Field features = Standardised.of(NumberField.of("features", NumberArray.of(values, 150, 4)));
    double mean = 0;
    double square = 0;
    for (int row = 0; row < 150; row++) {
      mean += features.real(row, 2) / 150;
      square += features.real(row, 2) * features.real(row, 2) / 150;
    }
    assertEquals(0, mean, 1e-12);
    assertEquals(1, square, 1e-12);
    int column = iris.column("species");
    List<String> texts = IntStream.range(0, 150).mapToObj(row -> iris.text(row, column)).toList();
    Categories species = Categories.in(texts);
    assertEquals(List.of("setosa", "versicolor", "virginica"), species.names());
    assertEquals(OptionalInt.of(2), species.number(texts.get(149)));
    assertEquals(OptionalInt.of(0), species.number(texts.get(0)));
    assertEquals(OptionalInt.empty(), species.number("rose"));
  }

  @Test
  void wineAndBreastCancerHaveTheirPublishedCounts() {
    Table wine = ShippedData.WINE.table(CsvOptions.guessed());
    assertEquals(178, wine.rows());
    assertEquals(13, wine.column("cultivar"));
    Table cancer = ShippedData.BREAST_CANCER.table(CsvOptions.guessed());
    assertEquals(569, cancer.rows());
    int diagnosis = cancer.column("diagnosis");
    long malignant =
        IntStream.range(0, 569).filter(i -> cancer.text(i, diagnosis).equals("malignant")).count();
    assertEquals(212, malignant);
  }

  @Test
  void categoriesThatAreNumbersAreOrderedBySize() {
    List<String> texts = List.of("10", "9", "b", "a", "9");
    assertEquals(List.of("9", "10", "a", "b"), Categories.in(texts).names());
    assertEquals(texts.subList(0, 4), Categories.of(texts.subList(0, 4)).names());
  }

  @Test
  void aColumnThatNeverVariesIsZeroStandardised() {
    for (double number : new double[] {5, 0.1, 1.0 / 3}) {
      double[] numbers = new double[60];
      Arrays.fill(numbers, number);
      Field same = NumberField.of("x", NumberArray.of(numbers, 30, 2));
      assertEquals(0, Standardised.of(same).real(1, 1), "of " + number);
    }
  }
}

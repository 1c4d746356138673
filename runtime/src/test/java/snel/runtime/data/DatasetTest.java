package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static Dataset digits() {
    Table table = ShippedData.DIGITS.table(CsvOptions.guessed());
    Field image =
        table
            .field("image", Shape.of(8, 8), 0, 63)
            .map(pixel -> pixel / 16)
            .in(new Field.Range(0, 1, true));
    Field label = table.field("label", 64).in(new Field.Range(0, 10, false));
    return Dataset.of("digits", List.of(image, label))
        .withSplit("train", index -> index < 1_500)
        .withSplit("test", index -> index >= 1_500);
  }

  @Test
  void theDigitsThatShipAreAllThere() {
    Dataset digits = digits();
    assertEquals(1_797, digits.count());
    assertEquals(1_500, digits.split("train").count());
    assertEquals(297, digits.split("test").count());
    // counts by digit as published with the UCI set's test part
    int[] counts = new int[10];
    double sum = 0;
    for (int i = 0; i < digits.count(); i++) {
      counts[(int) digits.whole("label", i)]++;
      for (double pixel : digits.reals("image", i)) {
        sum += pixel * 16;
      }
    }
    assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
    assertEquals(561_718, sum); // sklearn.datasets.load_digits().data.sum()
  }

  @Test
  void selectionsKeepTheIndexOfTheirRecords() {
    Dataset test = digits().split("test");
    assertEquals(1_500, test.index(0));
    assertEquals(1_796, test.last(1).index(0));
    assertEquals(3, test.take(3).count());
    assertEquals(297, test.take(1_000).count());
    int[] reversed = IntStream.range(0, 297).map(i -> 296 - i).toArray();
    assertEquals(1_796, test.permuted(reversed).index(0));
    assertEquals(1_499 + 297, test.permuted(reversed).take(1).index(0));
    List<Dataset> batches = test.batches(100);
    assertEquals(List.of(100, 100, 97), batches.stream().map(Dataset::count).toList());
    assertEquals(1_600, batches.get(1).index(0));
  }

  @Test
  void fieldsAreReadAsFloatsAndDoubles() {
    Dataset digits = digits();
    Field image = digits.field("image");
    float[] floats = new float[66];
    image.read(0, floats, 2);
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 5 / 16f, 13 / 16f, 9 / 16f}, java.util.Arrays.copyOf(floats, 7));
    assertEquals(5 / 16.0, image.real(0, 2));
    assertEquals(64, image.size());
  }

  @Test
  void irisIsStandardisedAndItsSpeciesNumbered() {
    Table table = ShippedData.IRIS.table(CsvOptions.guessed());
    int first = table.column("sepal_length");
    int last = table.column("petal_width");
    Field features = Standardised.of(table.field("features", Shape.of(4), first, last));
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 150; i++) {
      mean += features.real(i, 2) / 150;
      square += features.real(i, 2) * features.real(i, 2) / 150;
    }
    assertEquals(0, mean, 1e-12);
    assertEquals(1, square, 1e-12);
    Categories species = Categories.of(table.texts("label", table.column("species")));
    assertEquals(List.of("setosa", "versicolor", "virginica"), species.names());
    assertEquals(2, species.indices().whole(149, 0));
    assertEquals(0, species.indices().whole(0, 0));
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
    Field field = new TextField("c", List.of("10", "9", "b", "a", "9"));
    assertEquals(List.of("9", "10", "a", "b"), Categories.of(field).names());
  }

  @Test
  void problemsSayWhatThereIs() {
    Dataset digits = digits();
    assertEquals(
        "data `digits` has no split `valid`; it has train, test",
        assertThrows(DataProblem.class, () -> digits.split("valid")).getMessage());
    assertEquals(
        "data `digits` has no field `picture`; it has image, label",
        assertThrows(DataProblem.class, () -> digits.field("picture")).getMessage());
    Table table = ShippedData.DIGITS.table(CsvOptions.withoutHeader());
    assertEquals(
        "record 0 of field `image`: expected numbers in 0 .. 1; found 5",
        assertThrows(
                DataProblem.class,
                () -> table.field("image", Shape.of(8, 8), 0, 63).in(new Field.Range(0, 1, true)))
            .getMessage());
    assertEquals(
        "field `image` has the shape [8, 8], which is 64 numbers, but columns 0 to 64 are 65",
        assertThrows(DataProblem.class, () -> table.field("image", Shape.of(8, 8), 0, 64))
            .getMessage());
    Field three = new TextField("three", List.of("a", "b", "c"));
    assertEquals(
        "data `d` does not fit together: `image` has 1797 records, `three` has 3",
        assertThrows(
                DataProblem.class, () -> Dataset.of("d", List.of(digits.field("image"), three)))
            .getMessage());
  }

  @Test
  void recordsThatAreMadeOneByOneAreChecked() {
    Field field =
        new RecordField(
            "sound", Shape.of(2), 3, i -> i == 2 ? new double[] {1} : new double[] {i, 7});
    assertArrayEquals(new double[] {1, 7}, field.reals(1));
    assertEquals(
        "record 2 of field `sound`: expected 2 numbers; found 1",
        assertThrows(DataProblem.class, () -> field.reals(2)).getMessage());
  }
}

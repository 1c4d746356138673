package snel.runtime.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is made of many at once is what is made one by one.
class ManyNumbersTest {
  @Test
  void aSequenceIsReadFromAnywhere() {
    Random random = new Random(4);
    for (int round = 0; round < 50; round++) {
      int end = 1 + random.nextInt(3000);
      int first = random.nextInt(end);
      int seed = random.nextInt();
      Numbers numbers = new Numbers(seed, 9);
      numbers.startLong();
      for (int n = 0; n < first; n++) {
        numbers.next();
      }
      ManyNumbers many = new ManyNumbers(seed, 9, first, end);
      for (int n = first; n < end; n++) {
        assertEquals(numbers.next(), many.next(), "number " + n + " of " + first + " to " + end);
      }
    }
  }

  @Test
  void rowsAreSorted() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      int targets = 1 + random.nextInt(round % 3 == 0 ? 100_000 : 700);
      int[] row = random.ints(random.nextInt(400), 0, targets).toArray();
      for (int k = 1; k < row.length; k += 5) {
        row[k] = row[random.nextInt(k)];
      }
      Targets sorted = Targets.of(row, row.length, targets);
      RowSort sort = new RowSort(targets);
      int middle = row.length == 0 ? 0 : random.nextInt(row.length);
      sorted.sort(0, middle, sort);
      sorted.sort(middle, row.length, sort);
      Arrays.sort(row, 0, middle);
      Arrays.sort(row, middle, row.length);
      for (int k = 0; k < row.length; k++) {
        assertEquals(row[k], sorted.get(k));
      }
    }
  }
}

package snel.runtime.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LibraryTest {
  private static final Value NONE = Value.Array.row(new double[0]);
  private static final Value SOME = Value.Array.row(new double[] {3, -1, 2});

  @Test
  void extremesAndMeanOfNoneAreNoNumber() {
    assertEquals(Double.NaN, Library.greatest(NONE));
    assertEquals(Double.NaN, Library.least(NONE));
    assertEquals(Double.NaN, Library.mean(NONE));
    assertEquals(3, Library.greatest(SOME));
    assertEquals(-1, Library.least(SOME));
  }
}

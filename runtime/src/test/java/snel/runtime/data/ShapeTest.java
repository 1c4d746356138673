package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void axesMayBeSplitOrTakenTogether() {
    assertTrue(Shape.of(28, 28).nests(Shape.of(784)));
    assertTrue(Shape.of(28, 28).nests(Shape.of(1, 28, 28)));
    assertTrue(Shape.of(28, 28).nests(Shape.of(1, 784)));
    assertTrue(Shape.of(1156, 2).nests(Shape.of(34, 34, 2)));
    assertTrue(Shape.of().nests(Shape.of(1)));
  }

  @Test
  void rowsAreNotColumns() {
    assertFalse(Shape.of(2, 3).nests(Shape.of(3, 2)));
    assertFalse(Shape.of(34, 34, 2).nests(Shape.of(2, 34, 34)));
    assertFalse(Shape.of(4, 6).nests(Shape.of(3, 8)));
    assertFalse(Shape.of(2, 3).nests(Shape.of(5)));
  }
}

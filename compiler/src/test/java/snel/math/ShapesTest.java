package snel.math;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapesTest {
  @Test
  void axesMayBeSplitOrTakenTogether() {
    assertTrue(Shapes.nest(List.of(28, 28), List.of(784)));
    assertTrue(Shapes.nest(List.of(28, 28), List.of(1, 28, 28)));
    assertTrue(Shapes.nest(List.of(28, 28), List.of(1, 784)));
    assertTrue(Shapes.nest(List.of(1156, 2), List.of(34, 34, 2)));
    assertTrue(Shapes.nest(List.of(), List.of(1)));
  }

  @Test
  void rowsAreNotColumns() {
    assertFalse(Shapes.nest(List.of(2, 3), List.of(3, 2)));
    assertFalse(Shapes.nest(List.of(34, 34, 2), List.of(2, 34, 34)));
    assertFalse(Shapes.nest(List.of(4, 6), List.of(3, 8)));
    assertFalse(Shapes.nest(List.of(2, 3), List.of(5)));
  }
}

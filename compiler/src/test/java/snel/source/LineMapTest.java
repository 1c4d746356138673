package snel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LineMapTest {
  @Test
  void countsLinesAndColumnsFromOne() {
    LineMap map = new LineMap("ab\ncd\n");
    assertEquals(3, map.lineCount());
    assertEquals(1, map.line(0));
    assertEquals(1, map.line(2));
    assertEquals(2, map.line(3));
    assertEquals(2, map.column(4));
    assertEquals(3, map.line(6));
  }

  @Test
  void knowsAllLineBreaks() {
    LineMap map = new LineMap("a\r\nb\rc\nd");
    assertEquals(4, map.lineCount());
    assertEquals(2, map.line(3));
    assertEquals(3, map.line(5));
    assertEquals(7, map.start(4));
    assertEquals(8, map.end(4));
    assertEquals(3, map.end(1));
  }

  @Test
  void manyLinesFit() {
    LineMap map = new LineMap("x\n".repeat(1_000));
    assertEquals(1_001, map.lineCount());
    assertEquals(777, map.line(2 * 776 + 1));
  }

  @Test
  void placesOutsideTheTextAreRefused() {
    LineMap map = new LineMap("a");
    assertEquals(1, map.line(1));
    assertThrows(IllegalArgumentException.class, () -> map.line(2));
    assertThrows(IllegalArgumentException.class, () -> map.line(-1));
  }
}

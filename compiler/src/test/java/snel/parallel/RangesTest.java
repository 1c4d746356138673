package snel.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Directory;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;

class RangesTest {
  private static final Buffer ONE = new Buffer("x", Cell.I32, Length.of(1), Role.QUEUE);
  private static final Buffer LONG = new Buffer("y", Cell.I64, Length.of(1), Role.QUEUE);

  private static Ranges ranges(int parts, int... sizes) {
    List<Directory.Population> populations = new ArrayList<>();
    for (int size : sizes) {
      populations.add(
          new Directory.Population(
              "p" + populations.size(),
              List.of(size),
              false,
              false,
              false,
              ONE,
              ONE,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              LONG,
              Optional.empty()));
    }
    Program empty = Program.empty(0.1);
    Directory named = new Directory(populations, List.of(), List.of(), List.of(), List.of());
    Program program = empty.laidOut(empty.buffers(), List.of(), List.of(), named);
    return Ranges.of(program, parts, 2, _ -> 0);
  }

  private static int[] lengths(Ranges ranges, int size) {
    return IntStream.range(0, ranges.parts())
        .map(part -> ranges.end(part, size) - ranges.start(part, size))
        .toArray();
  }

  @Test
  void onePopulationIsHalved() {
    int[] lengths = lengths(ranges(2, 10_000), 10_000);
    assertEquals(10_000, lengths[0] + lengths[1]);
    assertTrue(Math.abs(lengths[0] - lengths[1]) < 1_024);
  }

  @Test
  void twoPartsMeetInOnePopulation() {
    int[] sizes = {4136, 1166, 4383, 1095, 970, 213, 2879, 589};
    Ranges ranges = ranges(2, sizes);
    int shared = 0;
    int first = 0;
    for (int size : sizes) {
      int[] lengths = lengths(ranges, size);
      shared += lengths[0] > 0 && lengths[1] > 0 ? 1 : 0;
      first += lengths[0];
    }
    assertEquals(1, shared);
    assertEquals(15_431 / 2, first, 512);
  }

  @Test
  void everyNeuronBelongsToOnePart() {
    int[] sizes = {1, 7, 100, 129, 2_500, 2_500, 10_000};
    for (int parts = 1; parts <= 8; parts++) {
      Ranges ranges = ranges(parts, sizes);
      for (int size : sizes) {
        assertEquals(0, ranges.start(0, size));
        assertEquals(size, ranges.start(parts, size));
        assertTrue(IntStream.of(lengths(ranges, size)).allMatch(length -> length >= 0));
      }
    }
  }
}

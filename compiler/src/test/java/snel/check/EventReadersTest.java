package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import snel.runtime.data.EventCamera;

final class EventReadersTest {
  @Test
  void everyWordHasAReader() {
    Set<String> readers =
        Arrays.stream(EventCamera.values()).map(EventCamera::word).collect(Collectors.toSet());
    assertEquals(readers, Set.copyOf(EventReaders.WORDS));
  }
}

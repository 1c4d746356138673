package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Objects;
import snel.runtime.record.ResultLine;

/// Results as they are shown: numbers with their units.
final class ShownResults {
  private ShownResults() {}

  static void assertShown(ResultLine line, Map<String, String> expected) {
    expected.forEach((name, value) -> {
      String number = Objects.toString(line.results().get(name));
      String unit = line.units().getOrDefault(name, "");
      assertEquals(value, (number + " " + unit).strip(), name);
    });
  }
}

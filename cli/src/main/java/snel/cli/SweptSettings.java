package snel.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import snel.compiler.OpenProgram;
import snel.compiler.Options;

/// Settings of the command line that a sweep varies: one of the two would have to be dropped.
final class SweptSettings {
  private SweptSettings() {}

  static void refuse(OpenProgram program, String sweep, Options options) {
    for (Map.Entry<String, Options> given : words(options).entrySet()) {
      List<String> varied = program.variedAndSet(sweep, given.getValue());
      if (!varied.isEmpty()) {
        throw new Misuse(
            "`%s` sets `%s`, which the sweep `%s` varies; run an experiment with it instead of the"
                    .formatted(given.getKey(), varied.getFirst(), sweep)
                + " sweep, or change the values in the sweep");
      }
    }
  }

  /// Each option by itself, by its words on the command line.
  private static Map<String, Options> words(Options options) {
    Map<String, Options> each = new LinkedHashMap<>();
    new TreeMap<>(options.settings())
        .forEach((name, value) ->
            each.put(
                "--set " + name + "=" + value,
                new Options(Map.of(name, value), OptionalInt.empty())));
    options
        .seed()
        .ifPresent(seed ->
            each.put(
                "--seed " + Integer.toUnsignedString(seed),
                new Options(Map.of(), OptionalInt.of(seed))));
    return each;
  }
}

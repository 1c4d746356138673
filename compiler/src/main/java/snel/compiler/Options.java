package snel.compiler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// What is decided outside the source.
///
/// @param settings values by `Owner.name`, or by a bare name where that is unique, as text; of two
///   for the same parameter the later counts
/// @param seed in place of every experiment's own
public record Options(Map<String, String> settings, OptionalInt seed) {
  public static final Options NONE = new Options(Map.of(), OptionalInt.empty());

  public Options {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /// These options with further settings, which win.
  public Options with(Map<String, String> more) {
    var all = new LinkedHashMap<>(settings);
    more.forEach(all::putLast);
    return new Options(all, seed);
  }
}

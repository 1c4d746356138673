package snel.compiler;

import java.util.Map;
import java.util.OptionalInt;

/// What is decided outside the source.
///
/// @param settings values by `Owner.name`, or by a bare name where that is unique, as text
/// @param seed in place of every experiment's own
public record Options(Map<String, String> settings, OptionalInt seed) {
  public static final Options NONE = new Options(Map.of(), OptionalInt.empty());

  public Options {
    settings = Map.copyOf(settings);
  }

  /// These options with further settings, which win.
  public Options with(Map<String, String> more) {
    var all = new java.util.HashMap<>(settings);
    all.putAll(more);
    return new Options(all, seed);
  }
}

package snel.target.c;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// C identifiers for names of the IR, each with the prefix of its scope: `E.v` becomes `net_E_v`.
/// No two names of one scope get the same. What authors write can mean nothing else in C, because
/// neither C, its library nor the run-time library has a name with such a prefix.
final class CNames {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final String prefix;

  CNames(String prefix) {
    this.prefix = prefix;
  }

  /// Keeps an identifier from being given to a name.
  void reserve(String identifier) {
    taken.add(identifier);
  }

  /// The identifier of `name`; a new one the first time.
  String of(String name) {
    used.add(name);
    return claimed(name);
  }

  /// The same by somebody who does not use it.
  String claimed(String name) {
    return names.computeIfAbsent(name, this::fresh);
  }

  boolean isUsed(String name) {
    return used.contains(name);
  }

  private String fresh(String name) {
    String plain = prefix + CText.plain(name);
    String candidate = plain;
    for (int copy = 2; !taken.add(candidate); copy++) {
      candidate = plain + "_" + copy;
    }
    return candidate;
  }
}

package snel.target.c;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// C identifiers for names of the IR: `E.v` becomes `E_v`. No two names of one scope get the same,
/// and none gets a word that C, its library or the run-time library uses.
final class CNames {
  private static final Set<String> RESERVED =
      Set.of(
          ("auto break case char const continue default do double else enum extern float for goto"
                  + " if inline int long register restrict return short signed sizeof static struct"
                  + " switch typedef union unsigned void volatile while bool true false main argc"
                  + " argv abs acos asin atan atan2 ceil clock cos cosh div erf exp exp2 expm1 fabs"
                  + " floor fma fmax fmin fmod free gamma j0 j1 jn lgamma log log10 log1p log2"
                  + " malloc pow remainder rint round sin sinh sqrt stderr stdin stdout tan tanh"
                  + " time trunc y0 y1 yn index select signal step NAN INFINITY NULL EOF")
              .split(" "));

  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final String prefix;

  CNames(String prefix) {
    this.prefix = prefix;
  }

  /// A scope inside this one, with none of its own names yet.
  CNames inner() {
    CNames inner = new CNames("");
    inner.taken.addAll(taken);
    return inner;
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
    StringBuilder plain = new StringBuilder(prefix);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean word = c < 128 && Character.isLetterOrDigit(c);
      plain.append(word ? c : '_');
    }
    if (plain.isEmpty() || !Character.isLetter(plain.charAt(0))) {
      plain.insert(0, 'x');
    }
    String candidate = plain.toString();
    for (int copy = 2; isTaken(candidate); copy++) {
      candidate = plain + "_" + copy;
    }
    taken.add(candidate);
    return candidate;
  }

  private boolean isTaken(String name) {
    return taken.contains(name) || RESERVED.contains(name) || name.startsWith("snel_");
  }
}

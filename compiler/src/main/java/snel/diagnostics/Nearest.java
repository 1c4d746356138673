package snel.diagnostics;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds the name that was probably meant, by edit distance (with swapped neighbours as one edit).
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /// The candidate nearest to `name`, if one is near enough to be worth asking for: first one that
  /// differs in case alone; of equally near ones a plural.
  public static Optional<String> to(String name, Collection<String> candidates) {
    return to(name, candidates, candidate -> candidate.equals(name + "s"));
  }

  /// As above; among equally near candidates one that fits (has the dimension wanted, say) comes
  /// first.
  public static Optional<String> to(
      String name, Collection<String> candidates, Predicate<String> fits) {
    String best = null;
    int bestScore = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      if (candidate.equals(name) || candidate.isEmpty()) {
        continue;
      }
      int distance = distance(name, candidate);
      if (distance > allowed(name, candidate)) {
        continue;
      }
      int apart = candidate.equalsIgnoreCase(name) ? 0 : distance;
      int score = 2 * apart + (fits.test(candidate) ? 0 : 1);
      boolean earlier = best != null && score == bestScore && candidate.compareTo(best) < 0;
      if (score < bestScore || earlier) {
        best = candidate;
        bestScore = score;
      }
    }
    return Optional.ofNullable(best);
  }

  /// `; did you mean `x`?` for the end of a message, or nothing.
  public static String hint(String name, Collection<String> candidates) {
    return hint(to(name, candidates));
  }

  /// The same where the name that was probably meant is found already.
  public static String hint(Optional<String> found) {
    return found.map(name -> "; did you mean `" + name + "`?").orElse("");
  }

  /// Names that differ in case alone are 1 apart whatever their length.
  static int distance(String from, String to) {
    if (from.equalsIgnoreCase(to)) {
      return from.equals(to) ? 0 : 1;
    }
    if (Math.max(from.length(), to.length()) > LONGEST) {
      return Integer.MAX_VALUE / 4;
    }
    return alignment(from.toLowerCase(Locale.ROOT), to.toLowerCase(Locale.ROOT));
  }

  private static int alignment(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        char a = from.charAt(i - 1);
        char b = to.charAt(j - 1);
        int changed = last[j - 1] + (a == b ? 0 : 1);
        row[j] = Math.min(changed, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a == to.charAt(j - 2) && b == from.charAt(i - 2);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }

  /// A third of the longer name may differ; a name of one letter is near by case only, or when it
  /// was typed twice. `V_m` and `C_m` are two quantities and no slip.
  private static int allowed(String from, String to) {
    if (from.equalsIgnoreCase(to)) {
      return 1;
    }
    if (from.length() > 1 && to.length() > 1 && from.charAt(1) == '_' && areAlikeBehind(from, to)) {
      return 0;
    }
    int longer = Math.max(from.length(), to.length());
    int shorter = Math.min(from.length(), to.length());
    if (from.equals(to + to)) {
      return 1;
    }
    return shorter < 2 ? 0 : Math.max(1, longer / 3);
  }

  /// Whether two names are the same but for their first letters.
  private static boolean areAlikeBehind(String from, String to) {
    return from.substring(1).equalsIgnoreCase(to.substring(1));
  }
}

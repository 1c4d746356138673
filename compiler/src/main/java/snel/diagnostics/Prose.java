package snel.diagnostics;

import java.util.Collection;
import java.util.List;

/// Small pieces of English that messages are made of.
public final class Prose {
  private Prose() {}

  /// `name` as source text inside a message.
  public static String code(String name) {
    return "`" + name + "`";
  }

  /// "`a`", "`a` and `b`", "`a`, `b` and `c`"; "none" for no names.
  public static String codes(Collection<String> names) {
    return listed(names.stream().map(Prose::code).toList(), "and");
  }

  /// "a", "a or b", "a, b or c" with the given word before the last.
  public static String listed(List<String> items, String word) {
    int last = items.size() - 1;
    return switch (items.size()) {
      case 0 -> "none";
      case 1 -> items.getFirst();
      default -> String.join(", ", items.subList(0, last)) + " " + word + " " + items.get(last);
    };
  }

  /// "1 error", "2 errors".
  public static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /// `noun` behind "a" or "an", as it is spoken.
  public static String withArticle(String noun) {
    boolean vowel = !noun.isEmpty() && "aeioAEIO".indexOf(noun.charAt(0)) >= 0;
    return (vowel ? "an " : "a ") + noun;
  }
}

package snel.parse;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import snel.grammar.SnnLexer;

/// Characters that the language does not know, and what their author probably wanted.
final class Characters {
  /// A character and the word that is written instead.
  record Substitute(int type, String text) {}

  private static final Map<Character, Substitute> SIGNS =
      Map.ofEntries(
          Map.entry('\u2212', new Substitute(SnnLexer.MINUS, "-")),
          Map.entry('\u2013', new Substitute(SnnLexer.MINUS, "-")),
          Map.entry('\u2014', new Substitute(SnnLexer.MINUS, "-")),
          Map.entry('\u00D7', new Substitute(SnnLexer.STAR, "*")),
          Map.entry('\u00B7', new Substitute(SnnLexer.STAR, "*")),
          Map.entry('\u22C5', new Substitute(SnnLexer.STAR, "*")),
          Map.entry('\u00F7', new Substitute(SnnLexer.SLASH, "/")),
          Map.entry('\u2264', new Substitute(SnnLexer.LESS_OR_EQUAL, "<=")),
          Map.entry('\u2265', new Substitute(SnnLexer.GREATER_OR_EQUAL, ">=")),
          Map.entry('\u2260', new Substitute(SnnLexer.NOT_EQUAL, "!=")),
          Map.entry('\u2192', new Substitute(SnnLexer.ARROW, "->")),
          Map.entry('\u2208', new Substitute(SnnLexer.IN, "in")),
          Map.entry('\u2032', new Substitute(SnnLexer.PRIME, "'")),
          Map.entry('\u2019', new Substitute(SnnLexer.PRIME, "'")),
          Map.entry('\u2026', new Substitute(SnnLexer.CLOSED_RANGE, "..")),
          Map.entry('&', new Substitute(SnnLexer.AND, "and")),
          Map.entry('!', new Substitute(SnnLexer.NOT, "not")));

  private static final String GREEK = "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ";
  private static final String[] GREEK_NAMES = {
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
    "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"
  };

  private Characters() {}

  static @Nullable Substitute sign(char c) {
    return SIGNS.get(c);
  }

  /// The name of a Greek letter in ordinary letters.
  static @Nullable String letter(char c) {
    int i = GREEK.indexOf(c);
    return i < 0 ? null : GREEK_NAMES[i];
  }

  /// How a unit spells this character: the micro sign (and mu) as `u`, ohm (and omega) as `Ohm`.
  static @Nullable String inUnit(char c) {
    return switch (c) {
      case '\u00B5', '\u03BC' -> "u";
      case '\u2126', '\u03A9' -> "Ohm";
      default -> null;
    };
  }

  /// A character as a message shows it.
  static String shown(String character) {
    int code = character.codePointAt(0);
    boolean visible =
        !Character.isISOControl(code)
            && !Character.isSpaceChar(code)
            && Character.isDefined(code)
            && Character.getType(code) != Character.SURROGATE
            && Character.getType(code) != Character.FORMAT;
    return visible ? "`" + character + "`" : "the invisible character U+%04X".formatted(code);
  }
}

package snel.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import snel.parse.Lexers;

/// Spoils programs, always in the same way for the same seed: words are lost, doubled, exchanged
/// and put in, characters as well, lines go astray, brackets pile up.
public final class Mutator {
  private static final String CHARACTERS =
      "{}[]()<>=+-*/^|;:,.'\"\\!&%#@~`?$_ \t\n\r\0\uFEFF\u00A0µτΩ−×≤“”²\uD83D\uDE00\uD800abEIv019";
  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          ",",
          ";",
          ":",
          "=",
          "==",
          "->",
          "..",
          "..<",
          "'",
          "^",
          "-",
          "|",
          "not",
          "if",
          "then",
          "else",
          "for",
          "in",
          "let",
          "all",
          "import",
          "20 mV",
          "5 %",
          "3",
          "1e999",
          "99999999999999999999",
          "0",
          "\"x{y}\"",
          "v",
          "spike",
          "when",
          "connect",
          "weight",
          "every",
          "neuron",
          "network",
          "1 ms/h",
          "2 mV^(1/0)",
          "infinity",
          "while",
          "like w");

  private final Random random;

  private Mutator(long seed) {
    this.random = new Random(seed);
  }

  /// A spoilt form of `program`.
  public static String mutate(String program, long seed) {
    Mutator mutator = new Mutator(seed);
    String text = program;
    int changes = 1 + mutator.random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      text = mutator.random.nextInt(3) == 0 ? mutator.characters(text) : mutator.words(text);
    }
    return mutator.random.nextInt(400) == 0 ? mutator.pile(text) : text;
  }

  private String words(String text) {
    List<? extends Token> tokens = Lexers.of(text).getAllTokens();
    if (tokens.isEmpty()) {
      return any(WORDS);
    }
    Token one = any(tokens);
    Token other = any(tokens);
    return switch (random.nextInt(7)) {
      case 0 -> replaced(text, one, "");
      case 1 -> replaced(text, one, one.getText() + " " + one.getText());
      case 2 -> replaced(text, one, other.getText());
      case 3 -> replaced(text, one, any(WORDS));
      case 4 -> replaced(text, one, any(WORDS) + " " + one.getText());
      case 5 -> exchanged(text, one, other);
      default -> line(text);
    };
  }

  private static String replaced(String text, Token token, String by) {
    return text.substring(0, token.getStartIndex()) + by + text.substring(token.getStopIndex() + 1);
  }

  private static String exchanged(String text, Token one, Token other) {
    Token first = one.getStartIndex() <= other.getStartIndex() ? one : other;
    Token second = first == one ? other : one;
    return first.getStartIndex() == second.getStartIndex()
        ? text
        : replaced(replaced(text, second, first.getText()), first, second.getText());
  }

  /// A line goes, comes twice, or lands elsewhere.
  private String line(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int at = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(at));
      default -> lines.add(random.nextInt(lines.size()), lines.remove(at));
    }
    return String.join("\n", lines);
  }

  private String characters(String text) {
    if (text.isEmpty()) {
      return character();
    }
    int at = random.nextInt(text.length());
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at) + text.substring(at + 1);
      case 1 -> text.substring(0, at) + character() + text.substring(at + 1);
      case 2 -> text.substring(0, at) + character() + text.substring(at);
      case 3 -> text.substring(0, at);
      default ->
          text.substring(0, at) + text.substring(Math.min(text.length(), at + random.nextInt(40)));
    };
  }

  private String character() {
    return random.nextInt(20) == 0
        ? String.valueOf((char) random.nextInt(0x10000))
        : String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
  }

  /// Far more of one thing than any stack takes.
  private String pile(String text) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    String piece =
        any(
            List.of(
                "(", "[", "{", "-", "not ", "if x { ", "1 + ", "x^", "f(", ".x", "[0]", "else "));
    return text.substring(0, at) + piece.repeat(20_000) + text.substring(at);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}

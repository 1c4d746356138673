package snel.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import snel.diagnostics.Prose;
import snel.grammar.SnnLexer;

/// Puts words of the grammar into words of the reader.
final class Wording {
  private static final int LONGEST = 40;

  /// What may follow any value and so tells nothing.
  private static final Set<Integer> AFTER_ANY_VALUE =
      Set.of(
          SnnLexer.DOT,
          SnnLexer.LBRACKET,
          SnnLexer.LPAREN,
          SnnLexer.CARET,
          SnnLexer.STAR,
          SnnLexer.SLASH,
          SnnLexer.PLUS,
          SnnLexer.MINUS,
          SnnLexer.CLOSED_RANGE,
          SnnLexer.OPEN_RANGE,
          SnnLexer.LESS,
          SnnLexer.LESS_OR_EQUAL,
          SnnLexer.GREATER,
          SnnLexer.GREATER_OR_EQUAL,
          SnnLexer.EQUAL,
          SnnLexer.NOT_EQUAL,
          SnnLexer.IN,
          SnnLexer.AND,
          SnnLexer.OR,
          SnnLexer.BAR,
          SnnLexer.SEMI,
          SnnLexer.MISSING_NAME,
          SnnLexer.MISSING_VALUE);

  private final TokenList tokens;

  Wording(TokenList tokens) {
    this.tokens = tokens;
  }

  static String literal(int type) {
    String quoted = SnnLexer.VOCABULARY.getLiteralName(type);
    return quoted == null ? "" : quoted.substring(1, quoted.length() - 1).replace("\\'", "'");
  }

  static boolean isAssignment(int type) {
    return switch (type) {
      case SnnLexer.ASSIGN, SnnLexer.PLUS_ASSIGN, SnnLexer.MINUS_ASSIGN -> true;
      default -> false;
    };
  }

  static boolean isOperator(int type) {
    return AFTER_ANY_VALUE.contains(type);
  }

  /// What may follow any name.
  private static boolean isJoint(int type) {
    return type == SnnLexer.DOT || type == SnnLexer.LBRACKET || type == SnnLexer.SEMI;
  }

  static boolean isKeyword(int type) {
    return type >= SnnLexer.ALL && type < SnnLexer.NAME;
  }

  /// Names, numbers, texts and the words of the language, but no signs and no words inside
  /// expressions.
  static boolean mayBeginStatement(int type) {
    return switch (type) {
      case SnnLexer.ALL, SnnLexer.AND, SnnLexer.AS, SnnLexer.ELSE, SnnLexer.IN, SnnLexer.LIKE ->
          false;
      case SnnLexer.OR, SnnLexer.THEN -> false;
      default -> type >= SnnLexer.ALL && type <= SnnLexer.TEXT;
    };
  }

  static boolean beginsDeclaration(int type) {
    return switch (type) {
      case SnnLexer.NEURON, SnnLexer.SYNAPSE, SnnLexer.NETWORK, SnnLexer.DATA -> true;
      case SnnLexer.EXPERIMENT, SnnLexer.SWEEP, SnnLexer.DEPLOYMENT, SnnLexer.TEST -> true;
      case SnnLexer.FUNCTION, SnnLexer.LET, SnnLexer.IMPORT -> true;
      default -> false;
    };
  }

  static boolean isReserved(String word) {
    return IntStream.rangeClosed(SnnLexer.ALL, SnnLexer.WHILE)
        .anyMatch(type -> literal(type).equals(word));
  }

  static boolean isReserved(int type) {
    return type >= SnnLexer.ALL && type <= SnnLexer.WHILE;
  }

  /// Word `i` as a message shows it.
  String found(int i) {
    if (tokens.type(i) == Token.EOF) {
      return "the end of the file";
    }
    boolean statement = tokens.beginsLine(i) && Character.isLetter(tokens.text(i).charAt(0));
    return statement ? "the statement `" + beginning(i) + "`" : shown(tokens.text(i));
  }

  /// The first two words of what begins at `i`, or one if the second is no word of the language.
  String beginning(int i) {
    boolean two = tokens.type(i + 1) != Token.EOF && !tokens.beginsLine(i + 1);
    boolean prime = two && tokens.type(i + 1) == SnnLexer.PRIME;
    boolean word = two && isKeyword(tokens.type(i + 1));
    return prime
        ? tokens.text(i) + "'"
        : word ? tokens.text(i) + " " + tokens.text(i + 1) : tokens.text(i);
  }

  static String shown(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST
        ? "`" + line + "`"
        : "`… " + line.substring(line.length() - LONGEST) + "`";
  }

  /// "after `x` comes `:` or `=`" for what is wanted, "a name should begin here" and the like.
  String wanted(int i, Map<Wanted, IntervalSet> wanted) {
    List<String> things = new ArrayList<>();
    for (Map.Entry<Wanted, IntervalSet> entry : wanted.entrySet()) {
      if (entry.getKey() == Wanted.WORD) {
        boolean afterValue = entry.getValue().contains(SnnLexer.STAR);
        for (int type : entry.getValue().toList()) {
          if (!literal(type).isEmpty() && !(afterValue ? isOperator(type) : isJoint(type))) {
            things.add("`" + literal(type) + "`");
          } else if (type == SnnLexer.TEXT) {
            things.add("a text");
          } else if (type == SnnLexer.NUMBER) {
            things.add("a number");
          }
        }
      } else {
        things.add(entry.getKey().phrase());
      }
    }
    if (things.isEmpty()) {
      things.add("an operator");
    }
    String list = Prose.listed(things, "or");
    return i == 0
        ? list + " should begin the file"
        : "after " + shown(tokens.text(i - 1)) + " comes " + list;
  }
}

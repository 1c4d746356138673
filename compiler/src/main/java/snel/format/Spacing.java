package snel.format;

import static snel.grammar.SnnParser.*;

import snel.format.Word.Beginning;
import snel.grammar.SnnLexer;

/// How many blanks stand between two words of one line.
final class Spacing {
  private Spacing() {}

  static int between(Word left, Word right) {
    if (right.isComment()) {
      return 2;
    }
    if (isGlued(left, right)) {
      return 0;
    }
    boolean clause = right.begins() == Beginning.CLAUSE && right.type() != SnnLexer.WHERE;
    boolean driven = right.type() == SnnLexer.WEIGHT && right.rule() == RULE_drive;
    return clause || driven ? 2 : 1;
  }

  private static boolean isGlued(Word left, Word right) {
    if (left.type() == SnnLexer.QUANTITY && right.type() == SnnLexer.CARET) {
      return false; // `20 mV^2` would be another unit
    }
    return sticksToTheRight(left) || sticksToTheLeft(right) || isTight(left) || isTight(right);
  }

  private static boolean sticksToTheRight(Word word) {
    return switch (word.type()) {
      case SnnLexer.LPAREN, SnnLexer.LBRACKET, SnnLexer.DOT -> true;
      case SnnLexer.MINUS -> word.rule() == RULE_unary || word.rule() == RULE_exponent;
      case SnnLexer.LBRACE -> word.rule() == RULE_importDeclaration;
      default -> false;
    };
  }

  private static boolean sticksToTheLeft(Word word) {
    return switch (word.type()) {
      case SnnLexer.RPAREN, SnnLexer.RBRACKET, SnnLexer.COMMA, SnnLexer.DOT, SnnLexer.PRIME -> true;
      case SnnLexer.RBRACE -> word.rule() == RULE_importDeclaration;
      case SnnLexer.COLON -> word.rule() == RULE_argument;
      case SnnLexer.LPAREN -> word.rule() != RULE_atom && word.rule() != RULE_pattern;
      case SnnLexer.LBRACKET -> word.rule() != RULE_atom;
      default -> false;
    };
  }

  /// Powers, and products inside types and units.
  private static boolean isTight(Word word) {
    return switch (word.type()) {
      case SnnLexer.CARET -> true;
      case SnnLexer.SLASH, SnnLexer.STAR -> word.rule() != RULE_product;
      default -> false;
    };
  }
}

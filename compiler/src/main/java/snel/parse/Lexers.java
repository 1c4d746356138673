package snel.parse;

import java.nio.CharBuffer;
import org.antlr.v4.runtime.CodePointBuffer;
import org.antlr.v4.runtime.CodePointCharStream;
import snel.grammar.SnnLexer;

/// Makes lexers.
public final class Lexers {
  private Lexers() {}

  /// A lexer whose positions count UTF-16 code units, as spans do.
  public static SnnLexer of(String text) {
    CodePointBuffer units = CodePointBuffer.withChars(CharBuffer.wrap(text.toCharArray()));
    SnnLexer lexer = new SnnLexer(CodePointCharStream.fromBuffer(units));
    lexer.removeErrorListeners();
    return lexer;
  }
}

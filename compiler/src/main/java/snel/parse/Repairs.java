package snel.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser.DeclarationContext;
import snel.grammar.SnnParser.FileContext;
import snel.source.SourceFile;
import snel.source.Span;

/// Parses, and at a word that does not fit reports it, changes the words so that it does, and
/// parses again.
final class Repairs {
  private static final int MOST_ERRORS = 50;

  private final SourceFile source;
  private final TokenList tokens;
  private final Diagnostics diagnostics;
  private final List<Span> skipped = new ArrayList<>();
  private int errors;
  private int lastPlace = -1;

  Repairs(SourceFile source, TokenList tokens, Diagnostics diagnostics) {
    this.source = source;
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  /// What was passed over.
  List<Span> skipped() {
    return List.copyOf(skipped);
  }

  /// A tree without errors.
  FileContext parse() {
    new LexicalFaults(tokens, diagnostics).mend();
    new Braces(tokens, diagnostics).mend();
    while (true) {
      BoundedParser parser = new BoundedParser(tokens.stream());
      try {
        FileContext file = parser.file();
        new SameLine(source, diagnostics).check(file);
        return file;
      } catch (ParseCancellationException cancelled) {
        if (!(cancelled.getCause() instanceof RecognitionException error)) {
          throw new CompilerBug("the parser gave up without an error", cancelled);
        }
        mend(error);
      } catch (BoundedParser.TooDeep tooDeep) {
        skipDeclaration(parser.getContext(), tooDeep.at());
      }
    }
  }

  private void mend(RecognitionException error) {
    errors++;
    if (errors > MOST_ERRORS) {
      skip(0, tokens.size() - 1);
      return;
    }
    int offending = error.getOffendingToken().getTokenIndex();
    Trial trial = new Trial(tokens, declarationStart(error.getCtx(), offending));
    int fault = trial.fault() < tokens.size() ? trial.fault() : offending;
    ParserRuleContext item = Place.item(error.getCtx());
    int statement = statementStart(item, fault);
    Place place = Place.around(item == null ? error.getCtx() : item.parent);
    if (trial.fault() == tokens.size()) {
      diagnostics.report(
          Diagnostic.of(
              Code.UNEXPECTED_TEXT,
              "this cannot be read: " + new Wording(tokens).found(fault),
              tokens.span(fault)));
      skipStatement(trial, statement, fault);
      return;
    }
    Diagnosis.Explanation explanation = new Diagnosis(tokens, trial, statement, place).explain();
    diagnostics.report(explanation.diagnostic());
    int position = tokens.get(fault).getStartIndex();
    if (explanation.edit() == null || position == lastPlace) {
      skipStatement(trial, statement, fault);
    } else {
      apply(explanation.edit());
    }
    lastPlace = position;
  }

  private void apply(Edit edit) {
    switch (edit) {
      case Edit.Insert(int at, int type, String text) -> tokens.insert(at, type, text);
      case Edit.Replace(int at, int type, String text) -> tokens.replace(at, at, type, text);
      case Edit.Remove(int at, int end) -> skip(at, end);
    }
  }

  private static int declarationStart(@Nullable RuleContext context, int offending) {
    int start = offending;
    for (RuleContext c = context; c != null; c = c.parent) {
      if (c instanceof DeclarationContext declaration) {
        start = declaration.getStart().getTokenIndex();
      } else if (c instanceof FileContext file && start == offending) {
        start = afterLastChild(file);
      }
    }
    return start;
  }

  private static int afterLastChild(FileContext file) {
    int next = 0;
    for (int i = 0; i < file.getChildCount(); i++) {
      boolean whole =
          file.getChild(i) instanceof ParserRuleContext child && child.exception == null;
      if (whole && ((ParserRuleContext) file.getChild(i)).getStop() != null) {
        next = ((ParserRuleContext) file.getChild(i)).getStop().getTokenIndex() + 1;
      }
    }
    return next;
  }

  private static int statementStart(@Nullable ParserRuleContext item, int fault) {
    int start = item == null ? fault : item.getStart().getTokenIndex();
    return Math.min(start, fault);
  }

  /// Passes over the statement: up to the next line that begins with something that may stand
  /// there.
  private void skipStatement(Trial trial, int statement, int fault) {
    int end = statement;
    int depth = 0;
    while (tokens.type(end) != Token.EOF) {
      int type = tokens.type(end);
      boolean beyond = end > fault || end == fault && fault > statement;
      if (depth == 0 && end > statement && beyond) {
        boolean closes = type == SnnLexer.RBRACE;
        boolean begins = tokens.beginsLine(end) && beginsItem(trial, statement, end);
        if (closes || begins || type == SnnLexer.SEMI) {
          break;
        }
      }
      if (depth == 0 && type == SnnLexer.RBRACE) {
        break;
      }
      depth += type == SnnLexer.LBRACE ? 1 : type == SnnLexer.RBRACE ? -1 : 0;
      end++;
    }
    skip(statement, Math.max(end, Math.min(statement + 1, tokens.size() - 1)));
  }

  /// Whether the two words from `at` on may stand where the statement stood.
  private boolean beginsItem(Trial trial, int statement, int at) {
    return trial.fitsWithout(statement, at, at + 1);
  }

  private void skipDeclaration(@Nullable RuleContext context, Token deep) {
    diagnostics.report(
        Diagnostic.of(
            Code.NESTED_TOO_DEEPLY,
            "this is nested too deeply to be read",
            new Span(source, deep.getStartIndex(), deep.getStopIndex() + 1)));
    int start = declarationStart(context, 0);
    int end = start + 1;
    int depth = 0;
    while (tokens.type(end) != Token.EOF) {
      int type = tokens.type(end);
      if (depth <= 0 && tokens.beginsLine(end) && beginsDeclaration(end)) {
        break;
      }
      depth += type == SnnLexer.LBRACE ? 1 : type == SnnLexer.RBRACE ? -1 : 0;
      end++;
    }
    skip(start, Math.min(end, tokens.size() - 1));
  }

  private boolean beginsDeclaration(int i) {
    return new Trial(tokens, i).fault() > i + 1;
  }

  private void skip(int from, int end) {
    if (end > from) {
      skipped.add(tokens.span(from, end - 1));
      tokens.remove(from, end);
    }
  }
}

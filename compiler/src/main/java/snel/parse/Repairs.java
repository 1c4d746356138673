package snel.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;

/// Parses, and at a word that does not fit reports it, changes the words so that it does, and
/// parses again.
final class Repairs {
  private static final int MOST_ERRORS = 50;

  private final SourceFile source;
  private final TokenList tokens;
  private final Diagnostics diagnostics;
  private final Viability viability = new Viability();
  private final List<Span> skipped = new ArrayList<>();
  private final LineMap lines;
  private final Set<Integer> faultyLines = new HashSet<>();
  private int errors;
  private int lastPlace = -1;

  Repairs(SourceFile source, TokenList tokens, Diagnostics diagnostics) {
    this.source = source;
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.lines = new LineMap(source.text());
  }

  /// What was passed over.
  List<Span> skipped() {
    return List.copyOf(skipped);
  }

  /// A tree without errors.
  FileContext parse() {
    new Tolerances(tokens, diagnostics).mend();
    new LexicalFaults(tokens, diagnostics).mend();
    skipped.addAll(new Nesting(tokens, diagnostics).mend());
    skipped.addAll(new Braces(viability, tokens, diagnostics).mend());
    diagnostics.sorted().forEach(this::remember);
    while (true) {
      BoundedParser parser = new BoundedParser(tokens.stream());
      try {
        FileContext file = parser.file();
        new SameLine(source, this::report).check(file);
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

  /// One slip is told once: a line with an error is not looked at for what follows from it.
  private void report(Diagnostic diagnostic) {
    if (remember(diagnostic)) {
      diagnostics.report(diagnostic);
    }
  }

  private boolean remember(Diagnostic diagnostic) {
    Span span = diagnostic.primary().span();
    return !span.file().equals(source) || faultyLines.add(lines.line(span.start()));
  }

  private void mend(RecognitionException error) {
    errors++;
    if (errors > MOST_ERRORS) {
      skip(0, tokens.size() - 1);
      return;
    }
    int offending = error.getOffendingToken().getTokenIndex();
    int start = declarationStart(error.getCtx(), offending);
    Trial trial = new Trial(viability, tokens, start, hasDeclarations(error.getCtx(), start));
    int fault = trial.fault() < tokens.size() ? trial.fault() : offending;
    int statement = statementStart(trial, fault);
    Place place = Place.around(outside(error.getCtx(), statement));
    if (trial.fault() == tokens.size()) {
      report(
          Diagnostic.of(
              Code.UNEXPECTED_TEXT,
              "this cannot be read: " + new Wording(tokens).found(fault),
              tokens.span(fault)));
      skipStatement(trial, statement, fault);
      return;
    }
    Diagnosis.Explanation explanation = new Diagnosis(tokens, trial, statement, place).explain();
    report(explanation.diagnostic());
    int position = tokens.get(fault).getStartIndex();
    boolean stuck = position == lastPlace && tokens.type(fault) != Token.EOF;
    if (explanation.edit() == null || stuck) {
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
      case Edit.Rewrite(int at, int end, var words) -> tokens.replace(at, end, words);
      case Edit.Enclose(int at, int from, int end) -> {
        tokens.insert(end, SnnLexer.RBRACE, "}");
        skip(at, from);
        tokens.insert(at, SnnLexer.LBRACE, "{");
      }
    }
  }

  private static int declarationStart(@Nullable RuleContext context, int offending) {
    int start = offending;
    for (RuleContext c = context; c != null; c = c.parent) {
      if (c instanceof DeclarationContext declaration) {
        start = declaration.getStart().getTokenIndex();
      } else if (c instanceof FileContext file && start == offending) {
        start = lastChild(file);
      }
    }
    return start;
  }

  private static int lastChild(FileContext file) {
    int next = 0;
    for (int i = 0; i < file.getChildCount(); i++) {
      boolean whole =
          file.getChild(i) instanceof ParserRuleContext child && child.exception == null;
      if (whole && ((ParserRuleContext) file.getChild(i)).getStop() != null) {
        next = ((ParserRuleContext) file.getChild(i)).getStart().getTokenIndex();
      }
    }
    return next;
  }

  private static boolean hasDeclarations(@Nullable RuleContext context, int start) {
    for (RuleContext c = context; c != null; c = c.parent) {
      if (c instanceof FileContext file) {
        return file.declaration().stream().anyMatch(d -> d.getStart().getTokenIndex() < start);
      }
    }
    return false;
  }

  /// The last place up to the fault at which a line, or what follows `{` or `;`, begins something
  /// new.
  private int statementStart(Trial trial, int fault) {
    for (int i = fault; i > trial.first(); i--) {
      int before = tokens.type(i - 1);
      boolean fresh =
          tokens.beginsLine(i)
              || before == SnnLexer.LBRACE
              || before == SnnLexer.RBRACE
              || before == SnnLexer.SEMI;
      if (fresh && trial.mayBeginAt(i)) {
        return i;
      }
    }
    return Math.min(trial.first(), fault);
  }

  /// The innermost of the contexts that begins before word `statement`.
  private static @Nullable RuleContext outside(@Nullable RuleContext context, int statement) {
    RuleContext c = context;
    while (c instanceof ParserRuleContext rule && rule.getStart().getTokenIndex() >= statement) {
      c = c.parent;
    }
    return c;
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
        boolean begins =
            tokens.beginsLine(end)
                && (tokens.column(end) <= tokens.column(statement)
                    || beginsItem(trial, statement, end));
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
      if (depth <= 0 && tokens.beginsLine(end) && Wording.beginsDeclaration(type)) {
        break;
      }
      depth += type == SnnLexer.LBRACE ? 1 : type == SnnLexer.RBRACE ? -1 : 0;
      end++;
    }
    skip(start, Math.min(end, tokens.size() - 1));
  }

  private void skip(int from, int end) {
    if (end > from) {
      skipped.add(tokens.span(from, end - 1));
      tokens.remove(from, end);
    }
  }
}

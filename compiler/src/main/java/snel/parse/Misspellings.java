package snel.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.misc.IntervalSet;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Words that are nearly those of the language.
final class Misspellings {
  private final TokenList tokens;
  private final Trial trial;
  private final Wording wording;
  private final int fault;
  private final int statement;
  private final Place place;

  Misspellings(Fault fault) {
    this.tokens = fault.tokens();
    this.trial = fault.trial();
    this.wording = new Wording(tokens);
    this.fault = fault.at();
    this.statement = fault.statement();
    this.place = fault.place();
  }

  Optional<Explanation> explain() {
    return misspeltStatement().or(() -> misspeltWord(fault)).or(() -> misspeltWord(fault - 1));
  }

  /// `stat v : voltage`: the first word of the statement is nearly one that begins statements.
  private Optional<Explanation> misspeltStatement() {
    if (tokens.type(statement) != SnnLexer.NAME || fault - statement > 2) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (Map.Entry<Wanted, IntervalSet> entry : trial.wanted(statement).entrySet()) {
      if (entry.getKey().beginsAnew()) {
        entry.getValue().toList().stream()
            .map(Wording::literal)
            .filter(word -> !word.isEmpty())
            .forEach(words::add);
      }
    }
    String message = "nothing begins with `" + tokens.text(statement) + "` " + place.phrase();
    return misspelt(statement, words, message);
  }

  /// `spike wen v > 3`, `refractory 2 ms holdng v`.
  private Optional<Explanation> misspeltWord(int at) {
    if (at <= statement || tokens.type(at) != SnnLexer.NAME || tokens.beginsLine(at)) {
      return Optional.empty();
    }
    Map<Wanted, IntervalSet> wanted = trial.wanted(at);
    List<String> telling =
        Stream.of(Wanted.WORD, Wanted.CLAUSE)
            .flatMap(thing -> Optional.ofNullable(wanted.get(thing)).stream())
            .flatMap(words -> words.toList().stream())
            .filter(Wording::isKeyword)
            .map(Wording::literal)
            .toList();
    String message =
        trial.couldEndBefore(at)
            ? "nothing here is called `" + tokens.text(at) + "`"
            : wording.wanted(at, trial.wanted(at));
    return misspelt(at, telling, message);
  }

  private Optional<Explanation> misspelt(int at, List<String> words, String message) {
    String word = tokens.text(at);
    return Nearest.to(word, words)
        .filter(meant -> trial.helps(new Edit.Replace(at, type(meant), meant)))
        .map(meant -> {
          String text = message + "; did you mean `" + meant + "`?";
          Span span = tokens.span(at);
          Diagnostic diagnostic =
              Diagnostic.of(Code.UNEXPECTED_TEXT, text, span)
                  .fix("write `" + meant + "`", span, meant);
          return new Explanation(diagnostic, new Edit.Replace(at, type(meant), meant));
        });
  }

  private static int type(String word) {
    return Lexers.of(word).nextToken().getType();
  }
}

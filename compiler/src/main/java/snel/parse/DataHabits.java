package snel.parse;

import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Data sets written as elsewhere.
final class DataHabits {
  private static final Set<String> PARTS =
      Set.of("train", "training", "test", "testing", "validation", "validate", "valid", "val");

  /// What others say before a field.
  private static final Set<String> FIELDS =
      Set.of("field", "column", "columns", "feature", "features", "attribute");

  private static final String SPLITS =
      "a part is told by a condition: `split train where index < 1_000`, or `split test where"
          + " mod(index, 5) == 0` for each fifth sample";

  private final Fault fault;
  private final TokenList tokens;

  DataHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    if (fault.begins(SnnLexer.DATA)) {
      return Explanation.firstOf(this::otherThanFrom, this::fromNothing, this::withoutFields);
    }
    return fault.place() == Place.DATA
        ? Explanation.firstOf(
            this::splitOtherwise,
            this::unannouncedSplit,
            this::announcedField,
            this::fieldWithoutType,
            this::fieldWithoutSource,
            this::severalSources)
        : Optional.empty();
  }

  /// `data rows = csv("…")`.
  private Optional<Explanation> otherThanFrom() {
    int sign = fault.statement() + 2;
    boolean other =
        fault.at() == sign
            && (tokens.type(sign) == SnnLexer.ASSIGN
                || tokens.type(sign) == SnnLexer.COLON
                || tokens.type(sign) == SnnLexer.IN);
    if (!other) {
      return Optional.empty();
    }
    Span span = tokens.span(sign);
    return fault.mended(
        said("data come `from` a file", span).fix("write `from`", span, "from"),
        new Edit.Replace(sign, SnnLexer.FROM, "from"));
  }

  /// `data rows { … }`.
  private Optional<Explanation> fromNothing() {
    int name = fault.statement() + 1;
    boolean bare =
        fault.at() == name + 1
            && tokens.type(name) == SnnLexer.NAME
            && tokens.type(name + 1) == SnnLexer.LBRACE;
    if (!bare) {
      return Optional.empty();
    }
    String from = " from csv(\"" + tokens.text(name) + ".csv\")";
    return fault.mended(
        said("what samples are read from is missing", tokens.span(name))
            .help("write `data " + tokens.text(name) + from + " { … }`, for example"),
        Fault.rewrite(
            name + 1,
            name + 1,
            Fault.word(SnnLexer.FROM, "from"),
            Fault.word(SnnLexer.MISSING_VALUE, "")));
  }

  /// `data rows from csv("…")`, and no more.
  private Optional<Explanation> withoutFields() {
    int from = fault.statement() + 2;
    boolean ends =
        tokens.type(from) == SnnLexer.FROM
            && fault.at() > from + 1
            && tokens.beginsLine(fault.at())
            && fault.type(0) != SnnLexer.LBRACE;
    if (!ends) {
      return Optional.empty();
    }
    Span span = tokens.span(fault.statement(), fault.at() - 1);
    return Fault.told(
        said("what a sample has is missing", span)
            .help(
                "write it in braces: `data "
                    + tokens.text(from - 1)
                    + " from … { x : real = column(0) }`, for example"));
  }

  /// `split train 70 %`, `split train, test`.
  private Optional<Explanation> splitOtherwise() {
    int at = fault.statement() + 1;
    return fault.begins(SnnLexer.SPLIT) && fault.at() >= at && fault.at() <= at + 1
        ? Fault.told(said("a `split` names samples of the data", tokens.span(at - 1)).help(SPLITS))
        : Optional.empty();
  }

  /// `train 0 .. 100`.
  private Optional<Explanation> unannouncedSplit() {
    int name = fault.statement();
    boolean part = fault.depth() <= 1 && PARTS.contains(tokens.text(name));
    return part && (fault.type(0) != SnnLexer.COLON || fault.depth() == 0)
        ? Fault.told(said("samples are divided by `split`", tokens.span(name)).help(SPLITS))
        : Optional.empty();
  }

  /// `field x : real = column(0)`.
  private Optional<Explanation> announcedField() {
    int word = fault.statement();
    boolean announced =
        fault.depth() == 1
            && FIELDS.contains(tokens.text(word))
            && fault.type(0) == SnnLexer.NAME
            && fault.type(1) == SnnLexer.COLON;
    return announced
        ? fault.mended(
            said("nothing is written before the name of a field", tokens.span(word))
                .fix("leave it out", tokens.span(word), ""),
            new Edit.Remove(word, word + 1))
        : Optional.empty();
  }

  /// `x = column(0)`.
  private Optional<Explanation> fieldWithoutType() {
    int name = fault.statement();
    boolean bare = tokens.type(name) == SnnLexer.NAME && fault.at() <= name + 1;
    if (!bare || tokens.type(name + 1) != SnnLexer.ASSIGN) {
      return Optional.empty();
    }
    String type = tokens.text(name + 2).equals("columns") ? "real[4]" : "real";
    return fault.mended(
        said("the type of a field is missing", tokens.span(name))
            .help("write `" + tokens.text(name) + " : " + type + " = …`, for example"),
        Fault.rewrite(
            name + 1,
            name + 1,
            Fault.word(SnnLexer.COLON, ":"),
            Fault.word(SnnLexer.MISSING_NAME, "")));
  }

  /// `x : real`, and no more.
  private Optional<Explanation> fieldWithoutSource() {
    int name = fault.statement();
    boolean ends =
        tokens.type(name) == SnnLexer.NAME
            && tokens.type(name + 1) == SnnLexer.COLON
            && fault.at() > name + 2
            && (tokens.beginsLine(fault.at()) || fault.type(0) == SnnLexer.RBRACE);
    if (!ends || holdsSign(name)) {
      return Optional.empty();
    }
    return fault.mended(
        said("where a field comes from is missing", tokens.span(name, fault.at() - 1))
            .help(
                "write `"
                    + tokens.source(name, fault.at() - 1)
                    + " = column(\""
                    + tokens.text(name)
                    + "\")`, for example"),
        Fault.rewrite(
            fault.at(),
            fault.at(),
            Fault.word(SnnLexer.ASSIGN, "="),
            Fault.word(SnnLexer.MISSING_VALUE, "")));
  }

  private boolean holdsSign(int from) {
    for (int i = from; i < fault.at(); i++) {
      if (tokens.type(i) == SnnLexer.ASSIGN) {
        return true;
      }
    }
    return false;
  }

  /// `x : real[2] = column(0), column(1)`.
  private Optional<Explanation> severalSources() {
    int name = fault.statement();
    if (fault.type(0) != SnnLexer.COMMA || !holdsSign(name)) {
      return Optional.empty();
    }
    int sign = name;
    while (tokens.type(sign) != SnnLexer.ASSIGN) {
      sign++;
    }
    int end = fault.endOfLine(fault.at());
    String right = "[" + tokens.source(sign + 1, end - 1) + "]";
    Span span = tokens.span(sign + 1, end - 1);
    return fault.mended(
        said("several values of one field stand in square brackets", span)
            .fix("write `" + right + "`", span, right),
        new Edit.Remove(fault.at(), end));
  }

  private static Diagnostic said(String message, Span span) {
    return Diagnostic.of(Code.UNEXPECTED_TEXT, message, span);
  }
}

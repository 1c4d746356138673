package snel.parse;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Populations written as elsewhere.
final class PopulationHabits {
  private final Fault fault;
  private final TokenList tokens;

  PopulationHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    return inNetwork()
        ? Explanation.firstOf(
            this::sizeInRoundBrackets,
            this::sizeBehindParameters,
            this::sizeTimesModel,
            this::neuronsAsInput,
            this::unannouncedPopulation,
            this::severalAtOnce,
            this::stateSetBehind,
            this::parametersInBraces)
        : Optional.empty();
  }

  private boolean inNetwork() {
    return fault.place() == Place.NETWORK || fault.place() == Place.TEST;
  }

  /// `population A : Lif(100)(v: …)`.
  private Optional<Explanation> sizeInRoundBrackets() {
    int at = fault.at();
    int open = fault.opener(SnnLexer.LPAREN, SnnLexer.RPAREN);
    boolean twice =
        fault.type(0) == SnnLexer.LPAREN
            && fault.type(-1) == SnnLexer.RPAREN
            && open > fault.statement();
    if (!twice) {
      return Optional.empty();
    }
    String right = "[" + tokens.source(open + 1, at - 2) + "]";
    Span span = tokens.span(open, at - 1);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a size stands in square brackets", span)
            .fix("write `" + right + "`", span, right),
        new Edit.Remove(open, at));
  }

  /// `population A : Lif(tau: 20 ms)[10]`.
  private Optional<Explanation> sizeBehindParameters() {
    int open = fault.opener(SnnLexer.LPAREN, SnnLexer.RPAREN);
    int end = fault.closer(fault.at(), SnnLexer.LBRACKET, SnnLexer.RBRACKET);
    boolean behind =
        fault.type(0) == SnnLexer.LBRACKET
            && fault.type(-1) == SnnLexer.RPAREN
            && open > fault.statement();
    if (!behind || end < 0) {
      return Optional.empty();
    }
    String right = tokens.source(fault.at(), end) + tokens.source(open, fault.at() - 1);
    Span span = tokens.span(open, end);
    return fault.mended(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "the size of a population stands before what it differs in",
                span)
            .fix("write `" + right + "`", span, right),
        new Edit.Remove(fault.at(), end + 1));
  }

  /// `population A : 10 * Lif`.
  private Optional<Explanation> sizeTimesModel() {
    int at = fault.at();
    boolean times =
        fault.begins(SnnLexer.POPULATION)
            && fault.type(-1) == SnnLexer.COLON
            && fault.type(0) == SnnLexer.NUMBER
            && fault.type(1) == SnnLexer.STAR
            && at + 2 < tokens.size();
    if (!times) {
      return Optional.empty();
    }
    String right = fault.text(2) + "[" + fault.text(0) + "]";
    Span span = tokens.span(at, at + 2);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a size stands in square brackets", span)
            .fix("write `" + right + "`", span, right),
        new Edit.Remove(at, at + 2));
  }

  /// `input N : Poisson[50](rate: 20 Hz)`.
  private Optional<Explanation> neuronsAsInput() {
    boolean instance = fault.type(0) == SnnLexer.LPAREN && fault.type(-1) == SnnLexer.RBRACKET;
    if (!fault.begins(SnnLexer.INPUT) || !instance) {
      return Optional.empty();
    }
    Span span = tokens.span(fault.statement());
    return fault.mended(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "an input is a value; neurons that spike by themselves are a population",
                span)
            .fix("write `population`", span, "population"),
        new Edit.Replace(fault.statement(), SnnLexer.POPULATION, "population"));
  }

  /// `A : Lif[10]`.
  private Optional<Explanation> unannouncedPopulation() {
    int name = fault.statement();
    if (fault.depth() != 1 || fault.type(0) != SnnLexer.COLON) {
      return Optional.empty();
    }
    String right = "population " + tokens.text(name);
    Span span = tokens.span(name);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a population begins with `population`", span)
            .fix("write `" + right + "`", span, right),
        new Edit.Insert(name, SnnLexer.POPULATION, "population"));
  }

  /// `population A, B : Lif[10]`.
  private Optional<Explanation> severalAtOnce() {
    return fault.begins(SnnLexer.POPULATION)
            && fault.depth() == 2
            && fault.type(0) == SnnLexer.COMMA
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "each population has a line of its own",
                    tokens.span(fault.at()))
                .help(
                    "write `population "
                        + fault.text(-1)
                        + " : Lif[100]` and `population "
                        + fault.text(1)
                        + " : Lif[100]`, for example"))
        : Optional.empty();
  }

  /// `A.v = -50 mV`; weights, `f.w`, are no states of a population.
  private Optional<Explanation> stateSetBehind() {
    int first = fault.statement();
    boolean sets =
        first + 3 < tokens.size()
            && tokens.type(first + 1) == SnnLexer.DOT
            && tokens.type(first + 3) == SnnLexer.ASSIGN
            && !tokens.text(first + 2).equals("w")
            && fault.depth() <= 3;
    return sets
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "what the states of a population begin with stands in round brackets",
                    tokens.span(first, first + 3))
                .help(
                    "write `population "
                        + tokens.text(first)
                        + " : Lif[100]("
                        + tokens.text(first + 2)
                        + ": …)`, or set it in an experiment"))
        : Optional.empty();
  }

  /// `population A : Lif[10] { tau = 3 ms }`.
  private Optional<Explanation> parametersInBraces() {
    return fault.begins(SnnLexer.POPULATION)
            && fault.depth() > 2
            && fault.type(0) == SnnLexer.LBRACE
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "what a population differs in stands in round brackets",
                    tokens.span(fault.at()))
                .help("write `(tau: 10 ms)`, for example"))
        : Optional.empty();
  }
}

package snel.parse;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Models, equations and functions written as elsewhere.
final class ModelHabits {
  private final Fault fault;
  private final TokenList tokens;

  ModelHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::derivative,
        this::secondDerivative,
        this::addedDerivative,
        this::parametersInHeader,
        this::chosenInBraces,
        this::functionBody,
        this::returned,
        this::initialValue,
        this::spikeThen,
        this::assignedByArrow,
        this::unlessRefractory,
        this::receivedEvent,
        this::receivedAsSpike);
  }

  /// `dv/dt = …`.
  private Optional<Explanation> derivative() {
    int statement = fault.statement();
    String left = tokens.text(statement);
    boolean quotient =
        fault.depth() == 1 && fault.type(0) == SnnLexer.SLASH && fault.text(1).equals("dt");
    if (!quotient || left.length() < 2 || !left.startsWith("d")) {
      return Optional.empty();
    }
    String name = left.substring(1);
    Span span = tokens.span(statement, fault.at() + 1);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "an equation is written `" + name + "' = …`", span)
            .fix("write `" + name + "'`", span, name + "'"),
        Fault.rewrite(
            statement,
            fault.at() + 2,
            Fault.word(SnnLexer.NAME, name),
            Fault.word(SnnLexer.PRIME, "'")));
  }

  /// `v'' = …`.
  private Optional<Explanation> secondDerivative() {
    boolean twice =
        fault.depth() > 0 && fault.type(0) == SnnLexer.PRIME && fault.type(-1) == SnnLexer.PRIME;
    return twice
        ? fault.mended(
            said("an equation gives a first derivative")
                .help("write two equations, such as `x' = y` and `y' = …`"),
            removed(1))
        : Optional.empty();
  }

  /// `v' += …`.
  private Optional<Explanation> addedDerivative() {
    boolean adds = fault.depth() > 0 && fault.type(-1) == SnnLexer.PRIME;
    boolean sign =
        switch (fault.type(0)) {
          case SnnLexer.PLUS_ASSIGN, SnnLexer.MINUS_ASSIGN -> true;
          default -> false;
        };
    String name = adds && sign ? fault.text(-2) : "";
    return adds && sign
        ? fault.mended(
            said("there is one equation for `" + name + "`, with all its terms")
                .fix("write `=`", tokens.span(fault.at()), "="),
            new Edit.Replace(fault.at(), SnnLexer.ASSIGN, "="))
        : Optional.empty();
  }

  /// `neuron Cell(tau : time) {`.
  private Optional<Explanation> parametersInHeader() {
    int at = fault.at();
    boolean model = fault.begins(SnnLexer.NEURON, SnnLexer.SYNAPSE, SnnLexer.NETWORK);
    if (!model
        || fault.type(0) != SnnLexer.LPAREN
        || !fault.trial().wantsWord(at, SnnLexer.LBRACE)) {
      return Optional.empty();
    }
    int end = at;
    while (end < fault.trial().goal() && tokens.type(end) != SnnLexer.LBRACE) {
      end++;
    }
    return fault.mended(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "a model's parameters stand in its body",
                tokens.span(at, end - 1))
            .help("write `param tau = 20 ms`, for example, between the braces"),
        new Edit.Remove(at, end));
  }

  /// `v' = if v > 2 { 3 } else { 4 }`.
  private Optional<Explanation> chosenInBraces() {
    boolean chosen =
        fault.head() != SnnLexer.IF
            && fault.depth() > 0
            && fault.type(0) == SnnLexer.LBRACE
            && fault.trial().wantsWord(fault.at(), SnnLexer.THEN);
    return chosen
        ? Fault.told(said("a choice between values is written `if c then a else b`"))
        : Optional.empty();
  }

  /// `function f(x : real) : real { return x }`, with or without `=`.
  private Optional<Explanation> functionBody() {
    int at = fault.at();
    if (!fault.begins(SnnLexer.FUNCTION)
        || fault.type(0) != SnnLexer.LBRACE
        || fault.place() != Place.FILE) {
      return Optional.empty();
    }
    int end = fault.closer(at, SnnLexer.LBRACE, SnnLexer.RBRACE);
    boolean returns = fault.text(1).equals("return");
    int from = at + (returns ? 2 : 1);
    boolean assigned = fault.type(-1) == SnnLexer.ASSIGN;
    if (end <= from) {
      return Optional.empty();
    }
    String value = (assigned ? "" : "= ") + tokens.source(from, end - 1);
    Span span = tokens.span(at, end);
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNEXPECTED_TEXT, "a function is one expression, `… = x`, without braces", span);
    Edit edit =
        Fault.rewrite(
            at,
            end + 1,
            assigned
                ? new Edit.Word[] {Fault.word(SnnLexer.MISSING_VALUE, "")}
                : new Edit.Word[] {
                  Fault.word(SnnLexer.ASSIGN, "="), Fault.word(SnnLexer.MISSING_VALUE, "")
                });
    boolean oneLine = tokens.line(at) == tokens.line(end);
    return Optional.of(
        new Explanation(
            oneLine ? diagnostic.fix("write `" + value + "`", span, value) : diagnostic, edit));
  }

  /// `function f(x : real) : real = return x`.
  private Optional<Explanation> returned() {
    boolean returned =
        fault.begins(SnnLexer.FUNCTION) && fault.depth() > 0 && fault.text(-1).equals("return");
    if (!returned || fault.at() < 2 || fault.type(-2) != SnnLexer.ASSIGN) {
      return Optional.empty();
    }
    Span span = tokens.span(fault.at() - 1);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a function is an expression: nothing returns", span)
            .fix("leave out `return`", span, ""),
        new Edit.Remove(fault.at() - 1, fault.at()));
  }

  /// `v(0) = 3`.
  private Optional<Explanation> initialValue() {
    boolean initial =
        fault.depth() == 1
            && fault.type(0) == SnnLexer.LPAREN
            && fault.type(2) == SnnLexer.RPAREN
            && fault.type(3) == SnnLexer.ASSIGN;
    boolean model = fault.place() == Place.NEURON || fault.place() == Place.SYNAPSE;
    return initial && model
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a state is declared with its initial value",
                    tokens.span(fault.statement(), fault.at() + 2))
                .help("write `state " + fault.text(-1) + " : real = …`, for example"))
        : Optional.empty();
  }

  /// `spike when v > 1 then { v = 0 }`, `spike when v > 1 { v = 0 }`.
  private Optional<Explanation> spikeThen() {
    int at = fault.at();
    int open = fault.type(0) == SnnLexer.THEN ? at + 1 : at;
    boolean body =
        fault.begins(SnnLexer.SPIKE)
            && fault.depth() > 2
            && open < tokens.size()
            && tokens.type(open) == SnnLexer.LBRACE;
    if (!body) {
      return Optional.empty();
    }
    Diagnostic diagnostic = said("what a spike does stands in `reset { … }`");
    Edit edit =
        Fault.rewrite(
            at,
            open + 1,
            Fault.word(SnnLexer.SEMI, ";"),
            Fault.word(SnnLexer.RESET, "reset"),
            Fault.word(SnnLexer.LBRACE, "{"));
    return fault.mended(
        open > at
            ? diagnostic.fix("write `; reset`", tokens.span(at), "; reset")
            : diagnostic.fix("write `; reset {`", tokens.span(at), "; reset {"),
        edit);
  }

  /// `reset { v -> 0 mV }`.
  private Optional<Explanation> assignedByArrow() {
    return fault.place() == Place.HANDLER && fault.depth() == 1 && fault.type(0) == SnnLexer.ARROW
        ? fault.mended(
            said("a value is given by `=`").fix("write `=`", tokens.span(fault.at()), "="),
            new Edit.Replace(fault.at(), SnnLexer.ASSIGN, "="))
        : Optional.empty();
  }

  /// `v' = … (unless refractory)`.
  private Optional<Explanation> unlessRefractory() {
    return fault.depth() > 1
            && fault.text(-1).equals("unless")
            && fault.type(0) == SnnLexer.REFRACTORY
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "what stands still is told by the refractory period",
                    tokens.span(fault.at() - 1, fault.at()))
                .help("write `refractory 2 ms holding v`, for example, on a line of its own"))
        : Optional.empty();
  }

  /// `on receive exc(w : real) { … }`.
  private Optional<Explanation> receivedEvent() {
    int statement = fault.statement();
    Span span = tokens.span(statement);
    return fault.begins(SnnLexer.ON) && fault.depth() == 2 && fault.type(-1) == SnnLexer.RECEIVE
        ? fault.mended(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "`receive` stands without `on`", span)
                .fix("leave out `on`", span, ""),
            new Edit.Remove(statement, statement + 1))
        : Optional.empty();
  }

  /// `on spike(w) { v += w }`.
  private Optional<Explanation> receivedAsSpike() {
    boolean named = fault.begins(SnnLexer.ON) && fault.text(-1).equals("spike");
    return named && fault.depth() == 2 && fault.type(0) == SnnLexer.LPAREN
        ? Fault.told(
            said("`on spike { … }` is what a spike of the neuron itself does")
                .help("what arrives is received: `receive syn(w : real) { v += w }`"))
        : Optional.empty();
  }

  private Edit removed(int words) {
    return new Edit.Remove(fault.at(), fault.at() + words);
  }

  private Diagnostic said(String message) {
    return Diagnostic.of(Code.UNEXPECTED_TEXT, message, tokens.span(fault.at()));
  }
}

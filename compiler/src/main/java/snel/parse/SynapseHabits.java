package snel.parse;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Weights and traces written as elsewhere, which would be taken for slips of a sign.
final class SynapseHabits {
  private final Fault fault;
  private final TokenList tokens;

  SynapseHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::handlerWithoutOn, this::givenWeight, this::traceWithoutEvent, this::traceWithoutTau);
  }

  /// `pre { … }`.
  private Optional<Explanation> handlerWithoutOn() {
    String event = fault.depth() == 1 ? fault.text(-1) : "";
    if (fault.place() != Place.SYNAPSE
        || fault.type(0) != SnnLexer.LBRACE
        || !(event.equals("pre") || event.equals("post"))) {
      return Optional.empty();
    }
    int at = fault.statement();
    Span span = tokens.span(at);
    return fault.mended(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT, "what a synapse does at an event stands behind `on`", span)
            .fix("write `on " + event + "`", span, "on " + event),
        Fault.rewrite(
            at, at + 1, Fault.word(SnnLexer.ON, "on"), Fault.word(tokens.type(at), event)));
  }

  /// `weight w : real = 0.5`, `weight w = 0.5`, `delay d : time = 1 ms`.
  private Optional<Explanation> givenWeight() {
    int at = fault.at();
    if (!fault.begins(SnnLexer.WEIGHT, SnnLexer.DELAY)
        || fault.place() != Place.SYNAPSE
        || fault.type(0) != SnnLexer.ASSIGN
        || fault.depth() < 2) {
      return Optional.empty();
    }
    int end = fault.endOfLine(at + 1);
    if (end == at + 1) {
      return Optional.empty();
    }
    String word = tokens.text(fault.statement());
    String name = tokens.text(fault.statement() + 1);
    String value = tokens.source(at + 1, end - 1);
    boolean untyped = fault.depth() == 2;
    Span span = tokens.span(at, end - 1);
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNEXPECTED_TEXT,
            "`" + name + "` gets its value where it is used, in the `connect`",
            span);
    String there = "write `" + word + " " + value + "` in the `connect`";
    return untyped
        ? fault.mended(
            diagnostic.help(there + ", and its type here: `" + word + " " + name + " : …`"),
            Fault.rewrite(
                at, end, Fault.word(SnnLexer.COLON, ":"), Fault.word(SnnLexer.MISSING_NAME, "")))
        : fault.mended(
            diagnostic.fix(there + ", and leave out `= " + value + "` here", span, ""),
            new Edit.Remove(at, end));
  }

  /// `trace x tau 20 ms`, `trace x : real = 0`, `trace x on pre tau 20 ms`.
  private Optional<Explanation> traceWithoutEvent() {
    int at = fault.at();
    if (!fault.begins(SnnLexer.TRACE)
        || fault.depth() != 2
        || !fault.trial().wantsWord(at, SnnLexer.OF)) {
      return Optional.empty();
    }
    String name = fault.text(-1);
    Span span = tokens.span(at);
    if (fault.type(0) == SnnLexer.ON || fault.type(0) == SnnLexer.FROM) {
      return fault.mended(
          Diagnostic.of(Code.UNEXPECTED_TEXT, "a trace is `of` an event", span)
              .fix("write `of`", span, "of"),
          new Edit.Replace(at, SnnLexer.OF, "of"));
    }
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "the trace `" + name + "` does not say which spikes it follows",
                tokens.span(fault.statement(), at - 1))
            .help("write `trace " + name + " of pre tau 20 ms`, for example");
    Edit event =
        Fault.rewrite(at, at, Fault.word(SnnLexer.OF, "of"), Fault.word(SnnLexer.NAME, "pre"));
    return fault.trial().helps(event)
        ? Optional.of(new Explanation(diagnostic, event))
        : traceSkipped(diagnostic, at);
  }

  /// `trace x of pre = 20 ms`, `trace x of pre 20 ms`, `trace x of pre`.
  private Optional<Explanation> traceWithoutTau() {
    int at = fault.at();
    if (!fault.begins(SnnLexer.TRACE)
        || fault.depth() < 4
        || !fault.trial().wantsWord(at, SnnLexer.TAU)) {
      return Optional.empty();
    }
    String name = tokens.text(fault.statement() + 1);
    boolean ends = fault.endsBefore(at);
    boolean assigned = fault.type(0) == SnnLexer.ASSIGN || fault.type(0) == SnnLexer.COLON;
    boolean value = fault.type(0) == SnnLexer.QUANTITY;
    if (ends) {
      Diagnostic diagnostic =
          Diagnostic.of(
                  Code.UNEXPECTED_TEXT,
                  "the trace `" + name + "` does not say how it decays",
                  tokens.span(fault.statement(), at - 1))
              .help("write `tau 20 ms` behind it, or `window 20 ms` to count, for example");
      return traceSkipped(diagnostic, at);
    }
    if (!assigned && !value) {
      return Optional.empty();
    }
    Span span = assigned ? tokens.span(at) : tokens.spanAfter(at - 1);
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "how the trace `" + name + "` decays follows the word `tau`",
                tokens.span(at))
            .fix("write `tau`", span, assigned ? "tau" : " tau");
    return fault.mended(
        diagnostic,
        assigned
            ? new Edit.Replace(at, SnnLexer.TAU, "tau")
            : new Edit.Insert(at, SnnLexer.TAU, "tau"));
  }

  /// The rest of the line is replaced by what a trace wants, so that its name is known.
  private Optional<Explanation> traceSkipped(Diagnostic diagnostic, int at) {
    int end = fault.endOfLine(at);
    Edit.Word tau = Fault.word(SnnLexer.TAU, "tau");
    Edit.Word value = Fault.word(SnnLexer.MISSING_VALUE, "");
    Edit edit =
        fault.depth() == 2
            ? Fault.rewrite(
                at,
                end,
                Fault.word(SnnLexer.OF, "of"),
                Fault.word(SnnLexer.NAME, "pre"),
                tau,
                value)
            : Fault.rewrite(at, end, tau, value);
    return Optional.of(new Explanation(diagnostic, fault.trial().helps(edit) ? edit : null));
  }
}

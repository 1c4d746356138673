package snel.parse;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Connections written as elsewhere.
final class NetworkHabits {
  private static final Set<String> LEARNING =
      Set.of("learn", "learned", "learnt", "learnable", "trainable", "trained", "plastic");

  private static final Set<String> CHANCES = Set.of("probability", "prob", "p", "density");

  private static final Set<String> WITHOUT_ITSELF =
      Set.of("no_self", "noself", "no_autapses", "without_self", "without_autapses");

  private final Fault fault;
  private final TokenList tokens;

  NetworkHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::unannouncedConnection,
        this::arrowAsWord,
        this::dropoutOfSynapses,
        this::connectionAsCall,
        this::probability,
        this::withoutItself,
        this::clauseBySign,
        this::commaBeforeClause,
        this::withBeforeClause,
        this::clauseOfDrive,
        this::driveWithoutWeight,
        this::conditionByIf,
        this::lateName);
  }

  /// `A -> B all weight 1`.
  private Optional<Explanation> unannouncedConnection() {
    if (fault.type(0) != SnnLexer.ARROW) {
      return Optional.empty();
    }
    String right = "connect " + tokens.text(fault.statement());
    Span span = tokens.span(fault.statement());
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a connection begins with `connect`", span)
            .fix("write `" + right + "`", span, right),
        Fault.rewrite(
            fault.statement(),
            fault.statement() + 1,
            Fault.word(SnnLexer.CONNECT, "connect"),
            Fault.word(fault.head(), tokens.text(fault.statement()))));
  }

  /// `connect A to B all`.
  private Optional<Explanation> arrowAsWord() {
    boolean isFirst =
        IntStream.range(fault.statement(), fault.at())
            .noneMatch(i -> tokens.type(i) == SnnLexer.ARROW);
    if (!fault.begins(SnnLexer.CONNECT) || fault.type(0) != SnnLexer.TO || !isFirst) {
      return Optional.empty();
    }
    Span span = tokens.span(fault.at());
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a connection is written `A -> B`", span)
            .fix("write `->`", span, "->");
    return Optional.of(
        new Explanation(diagnostic, new Edit.Replace(fault.at(), SnnLexer.ARROW, "->")));
  }

  /// `connect A -> B all weight 1 dropout 0.2`.
  private Optional<Explanation> dropoutOfSynapses() {
    int at = fault.text(0).equals("dropout") ? fault.at() : fault.at() - 1;
    boolean dropout = fault.begins(SnnLexer.CONNECT) && tokens.text(at).equals("dropout");
    return dropout && at > fault.statement()
        ? Fault.told(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "it is neurons that drop out", tokens.span(at))
                .help(
                    "write `population h : DroppedLif[100]`, of `std.neurons.unit.Dropped`, and `h.keep = 0.8` in the experiment that"
                        + " trains"))
        : Optional.empty();
  }

  /// `weight learn kaiming()`, `delay learn uniform(1 ms, 5 ms)`.
  Optional<Explanation> learningInClause() {
    for (int at = fault.at(); fault.begins(SnnLexer.CONNECT) && at > fault.statement() + 1; at--) {
      int clause = tokens.type(at - 1);
      boolean learns = clause == SnnLexer.WEIGHT || clause == SnnLexer.DELAY;
      if (learns && LEARNING.contains(tokens.text(at))) {
        return fault.mended(learning(clause, at), new Edit.Remove(at, at + 1));
      }
    }
    return Optional.empty();
  }

  private Diagnostic learning(int clause, int at) {
    Span span = tokens.span(at);
    return clause == SnnLexer.WEIGHT
        ? Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "weights learn wherever a synapse or `train by` changes them",
                span)
            .fix("leave out `" + tokens.text(at) + "`", span, "")
        : Diagnostic.of(Code.UNEXPECTED_TEXT, "a delay that learns is declared in a synapse", span)
            .help(
                "write `delay d : time in 0 ms .. 15 ms` in a `synapse`, and that one's name behind `synapse` in the connection");
  }

  /// `connect(A, B, …)`.
  private Optional<Explanation> connectionAsCall() {
    return fault.begins(SnnLexer.CONNECT) && fault.depth() == 1 && fault.type(0) == SnnLexer.LPAREN
        ? Fault.told(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "`connect` is no function", tokens.span(fault.at()))
                .help("write `connect A -> B.exc bernoulli(10 %) weight …`, for example"))
        : Optional.empty();
  }

  /// `connect A -> B all weight 1 probability 0.1`, `connect A -> B with probability 0.1`.
  private Optional<Explanation> probability() {
    int at = CHANCES.contains(fault.text(0)) ? fault.at() : fault.at() - 1;
    boolean chance =
        fault.begins(SnnLexer.CONNECT)
            && at > fault.statement() + 3
            && CHANCES.contains(tokens.text(at));
    return chance
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "pairs by chance have a rule of their own",
                    tokens.span(at))
                .help("write `connect A -> B bernoulli(10 %) weight …`, for example"))
        : Optional.empty();
  }

  /// `connect A -> A all no_self weight 1`.
  private Optional<Explanation> withoutItself() {
    int at = WITHOUT_ITSELF.contains(fault.text(0)) ? fault.at() : fault.at() - 1;
    if (!fault.begins(SnnLexer.CONNECT)
        || at <= fault.statement()
        || !WITHOUT_ITSELF.contains(tokens.text(at))) {
      return Optional.empty();
    }
    String right = "where pre.index != post.index";
    Span span = tokens.span(at);
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNEXPECTED_TEXT, "which pairs follows `where`", span)
            .fix("write `" + right + "`", span, right);
    return fault.mended(diagnostic, new Edit.Remove(at, at + 1)).or(() -> Fault.told(diagnostic));
  }

  /// `connect A -> B all weight = 1 nA, delay = 1 ms`, where the grammar sees an assignment.
  private Optional<Explanation> clauseBySign() {
    for (int at = fault.at() - 1; fault.begins(SnnLexer.CONNECT) && at > fault.statement(); at--) {
      if (beginsClause(at) && tokens.type(at + 1) == SnnLexer.ASSIGN) {
        return Optional.of(
            new Explanation(
                clauseBySign(tokens.text(at), tokens.span(at + 1)),
                new Edit.Remove(at + 1, at + 2)));
      }
    }
    return Optional.empty();
  }

  /// That the value of a clause follows it without the `=` at `sign`.
  static Diagnostic clauseBySign(String clause, Span sign) {
    return Diagnostic.of(
            Code.UNEXPECTED_TEXT, "the value of `" + clause + "` follows without `=`", sign)
        .fix("leave out `=`", sign, "");
  }

  /// `connect A -> B all, weight 1, delay 1 ms`.
  private Optional<Explanation> commaBeforeClause() {
    return fault.begins(SnnLexer.CONNECT)
            && fault.type(0) == SnnLexer.COMMA
            && beginsClause(fault.at() + 1)
        ? Optional.of(oneTooMany("between the clauses of a connection stands nothing", fault.at()))
        : Optional.empty();
  }

  /// `connect A -> B all with weight 1`.
  private Optional<Explanation> withBeforeClause() {
    int at = fault.type(-1) == SnnLexer.WITH ? fault.at() - 1 : fault.at();
    return fault.begins(SnnLexer.CONNECT)
            && at > fault.statement()
            && (tokens.type(at) == SnnLexer.WITH || tokens.type(at) == SnnLexer.AND)
            && beginsClause(at + 1)
        ? Optional.of(oneTooMany("a clause of a connection begins with its own word", at))
        : Optional.empty();
  }

  private boolean beginsClause(int i) {
    return isClause(tokens.type(i));
  }

  static boolean isClause(int type) {
    return switch (type) {
      case SnnLexer.WHERE, SnnLexer.WEIGHT, SnnLexer.TIED, SnnLexer.DELAY, SnnLexer.AXONAL -> true;
      case SnnLexer.DENDRITIC, SnnLexer.BACKPROP, SnnLexer.INSTANT, SnnLexer.SYNAPSE -> true;
      case SnnLexer.NORMALISE, SnnLexer.GROW -> true;
      default -> false;
    };
  }

  private Explanation oneTooMany(String message, int at) {
    Span span = tokens.span(at);
    return new Explanation(
        Diagnostic.of(Code.UNEXPECTED_TEXT, message, span)
            .fix("leave out `" + tokens.text(at) + "`", span, ""),
        new Edit.Remove(at, at + 1));
  }

  /// `drive A.exc by poisson(100 Hz) weight 1 nA delay 1 ms`.
  private Optional<Explanation> clauseOfDrive() {
    int by = fault.statement() + 1;
    while (by < fault.at() && tokens.type(by) != SnnLexer.BY) {
      by++;
    }
    int at = by;
    while (at <= fault.at() && (tokens.type(at) == SnnLexer.WEIGHT || !beginsClause(at))) {
      at++;
    }
    if (!fault.begins(SnnLexer.DRIVE) || at > fault.at() || at == by) {
      return Optional.empty();
    }
    int end = fault.endOfLine(at + 1);
    Span span = tokens.span(at, end - 1);
    String clause = tokens.source(at, end - 1);
    return fault.mended(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "a `drive` has a rate and a weight; clauses like this one are of connections",
                span)
            .fix(
                "leave out `"
                    + clause
                    + "`, or connect a population of `std.encode.Poisson` neurons",
                span,
                ""),
        new Edit.Remove(at, end));
  }

  /// `drive A.exc by poisson(100 Hz), 1 mV`.
  private Optional<Explanation> driveWithoutWeight() {
    int by = fault.statement() + 1;
    while (by < fault.at() && tokens.type(by) != SnnLexer.BY) {
      by++;
    }
    boolean isDrawn = by + 2 < fault.at() && tokens.type(fault.at() - 1) == SnnLexer.RPAREN;
    return fault.begins(SnnLexer.DRIVE) && isDrawn && fault.type(0) == SnnLexer.COMMA
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a `drive` has a weight, which each of its spikes adds",
                    tokens.span(by + 1, fault.at() - 1),
                    "no `weight` behind it")
                .help(
                    "write `"
                        + tokens.source(by + 1, fault.at() - 1)
                        + "  weight 1 mV`, in the unit of the port"))
        : Optional.empty();
  }

  /// `connect A -> B all weight 1 if pre != post`.
  private Optional<Explanation> conditionByIf() {
    for (int i = fault.statement() + 1; fault.begins(SnnLexer.CONNECT) && i <= fault.at(); i++) {
      if (tokens.type(i) == SnnLexer.IF && !tokens.beginsLine(i)) {
        Span span = tokens.span(i);
        return fault.mended(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "which pairs follows `where`, not `if`", span)
                .fix("write `where`", span, "where"),
            new Edit.Replace(i, SnnLexer.WHERE, "where"));
      }
    }
    return Optional.empty();
  }

  /// `connect A -> B all weight 1 as f`.
  private Optional<Explanation> lateName() {
    for (int i = fault.statement() + 1; fault.begins(SnnLexer.CONNECT) && i <= goal(); i++) {
      if (tokens.type(i) != SnnLexer.AS || tokens.beginsLine(i)) {
        continue;
      }
      Optional<Explanation> mended =
          fault.mended(
              Diagnostic.of(
                      Code.UNEXPECTED_TEXT,
                      "the name of a connection stands before its rule",
                      tokens.span(i, i + 1))
                  .help(
                      "write `connect A -> B " + tokens.source(i, i + 1) + " all …`, for example"),
              new Edit.Remove(i, i + 2));
      if (mended.isPresent()) {
        return mended;
      }
    }
    return Optional.empty();
  }

  private int goal() {
    return Math.max(fault.at(), fault.trial().goal());
  }
}

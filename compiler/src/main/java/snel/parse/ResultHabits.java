package snel.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// What is recorded, reported and saved, written as elsewhere.
final class ResultHabits {
  /// What is worked out of spikes and states, and is none itself.
  private static final Set<Integer> MOMENT = Set.of(SnnLexer.AT, SnnLexer.WHEN);

  private static final Set<String> MEASURES =
      Set.of(
          "rate",
          "cv_isi",
          "correlation",
          "synchrony",
          "fano_factor",
          "sum",
          "mean",
          "deviation",
          "peak",
          "filtered",
          "raster",
          "traces",
          "histogram");

  private static final Set<String> PRINTING =
      Set.of("print", "println", "printf", "echo", "disp", "plot");

  private static final Set<String> UPDATING = Set.of("backward", "step", "zero_grad", "fit");

  private static final Set<String> GROWING = Set.of("append", "extend", "push", "add");

  private final Fault fault;
  private final TokenList tokens;

  ResultHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::resultInQuotes,
        this::lateName,
        this::nameBeforeColon,
        this::printed,
        this::recordedAll,
        this::recordedMeasure,
        this::recordedCall,
        this::recordedInBrackets,
        this::recordedOf,
        this::measureWithoutBrackets,
        this::latePeriod,
        this::moment,
        this::savedSpikes,
        this::moreThanFile);
  }

  /// `report "rate" = rate(E)`, `report "rate": rate(E)`.
  private Optional<Explanation> resultInQuotes() {
    int name = fault.at() - 1;
    if (fault.begins(SnnLexer.REPORT)
        && fault.type(0) == SnnLexer.COLON
        && tokens.type(name) == SnnLexer.TEXT) {
      String right = name(tokens.text(name)) + " =";
      return Fault.told(
          said("a result is named by `name = …`", tokens.span(name, fault.at()))
              .fix("write `" + right + "`", tokens.span(name, fault.at()), right));
    }
    boolean named =
        fault.begins(SnnLexer.REPORT)
            && fault.type(0) == SnnLexer.ASSIGN
            && tokens.type(name) == SnnLexer.TEXT;
    return named
        ? fault.mended(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a result is named by a word, without quotation marks",
                    tokens.span(name))
                .help("write `report rate_of_e = …`, for example"),
            new Edit.Replace(name, SnnLexer.MISSING_NAME, ""))
        : Optional.empty();
  }

  /// `report rate(E) as r`.
  private Optional<Explanation> lateName() {
    int as = fault.at();
    if (!fault.begins(SnnLexer.REPORT) || fault.type(0) != SnnLexer.AS) {
      return Optional.empty();
    }
    int first = as - 1;
    int depth = 0;
    while (first > fault.statement() + 1
        && (depth > 0 || tokens.type(first - 1) != SnnLexer.COMMA)) {
      depth += closes(first) ? 1 : opens(first) ? -1 : 0;
      first--;
    }
    String right = fault.text(1).replace("\"", "") + " = " + tokens.source(first, as - 1);
    return fault.mended(
        said("the name of a result stands before it", tokens.span(as, as + 1))
            .fix("write `" + right + "`", tokens.span(first, as + 1), right),
        new Edit.Remove(as, as + 2));
  }

  private boolean closes(int at) {
    return tokens.type(at) == SnnLexer.RPAREN || tokens.type(at) == SnnLexer.RBRACKET;
  }

  private boolean opens(int at) {
    return tokens.type(at) == SnnLexer.LPAREN || tokens.type(at) == SnnLexer.LBRACKET;
  }

  /// `report r: rate(E)`.
  private Optional<Explanation> nameBeforeColon() {
    return fault.begins(SnnLexer.REPORT) && fault.type(0) == SnnLexer.COLON
        ? fault.mended(
            said("a result is named by `name = …`", tokens.span(fault.at()))
                .fix("write `=`", tokens.span(fault.at()), " ="),
            new Edit.Replace(fault.at(), SnnLexer.ASSIGN, "="))
        : Optional.empty();
  }

  /// `print("rate", rate(E))`, `plot(raster(E))`, `plot raster(E)`.
  private Optional<Explanation> printed() {
    int word = fault.statement();
    if (!inProtocol() || !PRINTING.contains(tokens.text(word))) {
      return Optional.empty();
    }
    int end = fault.endOfLine(word + 1);
    boolean enclosed =
        end > word + 1
            && tokens.type(word + 1) == SnnLexer.LPAREN
            && fault.closer(word + 1, SnnLexer.LPAREN, SnnLexer.RPAREN) == end - 1;
    int first = enclosed ? word + 2 : word + 1;
    int last = enclosed ? end - 2 : end - 1;
    boolean figure = tokens.isCall(first);
    if (last < first || tokens.text(word).equals("plot") && !figure) {
      return Optional.empty();
    }
    boolean named = tokens.type(first) == SnnLexer.TEXT && tokens.type(first + 1) == SnnLexer.COMMA;
    String right =
        named && first + 2 <= last
            ? "report " + name(tokens.text(first)) + " = " + tokens.source(first + 2, last)
            : "report " + tokens.source(first, last);
    return Fault.told(
        said(
                "nothing begins with `" + tokens.text(word) + "` " + fault.place().phrase(),
                tokens.span(word))
            .fix("write `" + right + "`", tokens.span(word, end - 1), right));
  }

  /// A name such as `rate_of_E`, of the text that stands before a value.
  private static String name(String quoted) {
    String words = quoted.replaceAll("\\W+", " ").strip().replace(' ', '_');
    return words.matches("[A-Za-z]\\w*")
            && !Wording.isReserved(Lexers.of(words).nextToken().getType())
        ? words
        : "result";
  }

  /// `record all`.
  private Optional<Explanation> recordedAll() {
    return fault.begins(SnnLexer.RECORD)
            && (fault.type(0) == SnnLexer.ALL || fault.type(0) == SnnLexer.STAR)
        ? Fault.told(
            said("what is recorded is named", tokens.span(fault.at()))
                .help("write `record A.spikes, A.v`, for example"))
        : Optional.empty();
  }

  /// `record rate(E)`.
  private Optional<Explanation> recordedMeasure() {
    boolean measure = recordsCall() && MEASURES.contains(fault.text(-1));
    int end = measure ? fault.closer(fault.at(), SnnLexer.LPAREN, SnnLexer.RPAREN) : -1;
    return end < 0
        ? Optional.empty()
        : Fault.told(
            said(
                    "what is worked out is reported; `record` keeps spikes and states",
                    tokens.span(fault.at() - 1, end))
                .help(
                    "write `report " + tokens.source(fault.at() - 1, end) + "` behind the `run`"));
  }

  /// `record spikes(A, B), v(C)`.
  private Optional<Explanation> recordedCall() {
    int at = fault.at();
    int last = recordsCall() ? closer(at) : -1;
    if (last < 0) {
      return Optional.empty();
    }
    List<String> right = new ArrayList<>(named(at, last));
    for (int next = closer(last + 3);
        tokens.type(last + 1) == SnnLexer.COMMA && next > 0;
        next = closer(last + 3)) {
      right.addAll(named(last + 3, next));
      last = next;
    }
    Span span = tokens.span(at - 1, last);
    String all = String.join(", ", right);
    Diagnostic diagnostic =
        said("what is recorded is named by its population first", span)
            .fix("write `" + all + "`", span, all);
    return fault
        .mended(diagnostic, new Edit.Rewrite(at, fault.endOfLine(at), withoutCalls(at)))
        .or(() -> Fault.told(diagnostic));
  }

  /// `record(A.v)`.
  private Optional<Explanation> recordedInBrackets() {
    int open = fault.statement() + 1;
    int end = fault.endOfLine(open);
    boolean enclosed =
        fault.begins(SnnLexer.RECORD)
            && fault.at() == open
            && fault.type(0) == SnnLexer.LPAREN
            && end > open + 2
            && fault.closer(open, SnnLexer.LPAREN, SnnLexer.RPAREN) == end - 1;
    if (!enclosed) {
      return Optional.empty();
    }
    String right = "record " + tokens.source(open + 1, end - 2);
    Span span = tokens.span(fault.statement(), end - 1);
    return Fault.told(
        said("what is recorded follows without brackets", span)
            .fix("write `" + right + "`", span, right));
  }

  /// `record spikes of A`.
  private Optional<Explanation> recordedOf() {
    int of = fault.statement() + 2;
    boolean named =
        fault.begins(SnnLexer.RECORD)
            && fault.at() >= of
            && tokens.text(of).equals("of")
            && tokens.type(of - 1) == SnnLexer.NAME
            && tokens.type(of + 1) == SnnLexer.NAME;
    if (!named) {
      return Optional.empty();
    }
    String right = tokens.text(of + 1) + "." + tokens.text(of - 1);
    Span span = tokens.span(of - 1, of + 1);
    return fault.mended(
        said("what is recorded is named by its population first", span)
            .fix("write `" + right + "`", span, right),
        new Edit.Remove(of, of + 2));
  }

  /// `report raster A`, `report mean rate(A)`.
  private Optional<Explanation> measureWithoutBrackets() {
    if (!fault.begins(SnnLexer.REPORT)) {
      return Optional.empty();
    }
    int end = fault.endOfLine(fault.statement() + 1);
    for (int at = fault.statement() + 2; at < end; at++) {
      if (standsBare(at)) {
        return Optional.of(bracketed(at));
      }
    }
    return Optional.empty();
  }

  /// Whether a word stands alone behind a measure with which a result begins.
  private boolean standsBare(int at) {
    int before = tokens.type(at - 2);
    return tokens.type(at) == SnnLexer.NAME
        && MEASURES.contains(tokens.text(at - 1))
        && (before == SnnLexer.REPORT || before == SnnLexer.COMMA || before == SnnLexer.ASSIGN);
  }

  private Explanation bracketed(int at) {
    int end = tokens.isCall(at) ? fault.closer(at + 1, SnnLexer.LPAREN, SnnLexer.RPAREN) : at;
    String measure = tokens.text(at - 1);
    String right = measure + "(" + tokens.source(at, Math.max(at, end)) + ")";
    Span span = tokens.span(at - 1, Math.max(at, end));
    return new Explanation(
        said("what `" + measure + "` is of stands in brackets", span)
            .fix("write `" + right + "`", span, right),
        null);
  }

  /// Where the bracket ends that opens here, if it holds names alone and stands behind one that can
  /// be recorded; else -1.
  private int closer(int open) {
    if (tokens.type(open - 1) != SnnLexer.NAME
        || MEASURES.contains(tokens.text(open - 1))
        || tokens.type(open) != SnnLexer.LPAREN) {
      return -1;
    }
    int at = open + 1;
    while (tokens.type(at) == SnnLexer.NAME && tokens.type(at + 1) == SnnLexer.COMMA) {
      at += 2;
    }
    return tokens.type(at) == SnnLexer.NAME && tokens.type(at + 1) == SnnLexer.RPAREN ? at + 1 : -1;
  }

  private List<String> named(int open, int close) {
    List<String> names = new ArrayList<>();
    for (int i = open + 1; i < close; i += 2) {
      names.add(tokens.text(i) + "." + tokens.text(open - 1));
    }
    return names;
  }

  private List<Edit.Word> withoutCalls(int from) {
    List<Edit.Word> words = new ArrayList<>();
    for (int i = from; !fault.endsBefore(i); i++) {
      int close = closer(i);
      if (close > 0) {
        i = close;
      } else {
        words.add(Fault.word(tokens.type(i), tokens.text(i)));
      }
    }
    return words;
  }

  private boolean recordsCall() {
    int before = fault.type(-2);
    return fault.begins(SnnLexer.RECORD)
        && fault.type(0) == SnnLexer.LPAREN
        && (before == SnnLexer.RECORD || before == SnnLexer.COMMA);
  }

  /// `record E.v at deliver every 1 ms`, where the fault lies in the next statement.
  private Optional<Explanation> latePeriod() {
    int every = fault.at();
    while (every > fault.statement() && tokens.type(every) != SnnLexer.EVERY) {
      every--;
    }
    if (!fault.begins(SnnLexer.RECORD) || tokens.type(every - 1) != SnnLexer.DELIVER) {
      return Optional.empty();
    }
    int end = fault.endOfLine(every + 1);
    String right = tokens.source(every, end - 1) + " at deliver";
    Span span = tokens.span(every - 2, end - 1);
    return Fault.told(
        said("`at deliver` stands behind the period", span)
            .fix("write `" + right + "`", span, right));
  }

  /// `record E.v at end`, `record E.v when spike`, `report rate(E) at end`.
  private Optional<Explanation> moment() {
    int at = fault.at();
    while (at > fault.statement() && !MOMENT.contains(tokens.type(at))) {
      at--;
    }
    if (!fault.begins(SnnLexer.RECORD, SnnLexer.REPORT)
        || at == fault.statement()
        || tokens.type(at + 1) == SnnLexer.DELIVER) {
      return Optional.empty();
    }
    int end = fault.endOfLine(at + 1);
    Span span = tokens.span(at, end - 1);
    String message =
        fault.begins(SnnLexer.RECORD)
            ? "samples are taken at the end of each step, `every 10 ms` or `at deliver`"
            : "a `report` tells what there is where it stands";
    return fault.mended(
        said(message, span).fix("leave out `" + tokens.source(at, end - 1) + "`", span, ""),
        new Edit.Remove(at, end));
  }

  /// `save spikes to "spikes.csv"`, `save E.spikes "spikes.csv"`.
  private Optional<Explanation> savedSpikes() {
    int first = fault.statement() + 1;
    boolean spikes =
        IntStream.range(first, fault.endOfLine(first))
            .anyMatch(i -> tokens.text(i).equals("spikes"));
    return fault.begins(SnnLexer.SAVE) && spikes
        ? Fault.told(
            said(
                    "`save` writes weights; what is recorded is written by itself",
                    tokens.span(fault.statement()))
                .help(
                    "write `record E.spikes` before the `run`: `spikes.csv` and `spikes.h5` in the folder of"
                        + " the run have the spikes"))
        : Optional.empty();
  }

  /// `save feed.w to "w.npz"`.
  private Optional<Explanation> moreThanFile() {
    int first = fault.statement() + 1;
    if (!fault.begins(SnnLexer.SAVE, SnnLexer.LOAD) || fault.depth() < 1) {
      return Optional.empty();
    }
    int end = fault.endOfLine(first);
    String word = tokens.text(fault.statement());
    String right = word + " " + fileName(first, end);
    Span span = tokens.span(fault.statement(), end - 1);
    return fault.mended(
        said("`" + word + "` takes the name of a file alone, of all weights", span)
            .fix("write `" + right + "`", span, right),
        Fault.rewrite(first, end, Fault.word(SnnLexer.TEXT, fileName(first, end))));
  }

  /// What is in quotation marks, else what ends so.
  private String fileName(int from, int end) {
    for (int i = from; i < end; i++) {
      if (tokens.type(i) == SnnLexer.TEXT) {
        return tokens.text(i);
      }
    }
    for (int i = from + 1; i < end - 1; i++) {
      if (tokens.type(i) == SnnLexer.DOT && tokens.text(i + 1).equals("npz")) {
        return "\"" + tokens.source(i - 1, i + 1) + "\"";
      }
    }
    return "\"weights.npz\"";
  }

  /// `rate(E)`, `E.v`, `E.exc(5 nA)` or `show(x)` alone. Whatever else may be meant has been tried
  /// before.
  Optional<Explanation> valueAlone() {
    int first = fault.statement();
    boolean opens = fault.type(0) == SnnLexer.LPAREN;
    boolean call = fault.depth() == 1 && opens;
    boolean member = fault.depth() > 1 && tokens.type(first + 1) == SnnLexer.DOT;
    if (!inProtocol() || !call && !member) {
      return Optional.empty();
    }
    if (member && opens && UPDATING.contains(fault.text(-1))) {
      return Fault.told(
          said("gradients and updates are no calls", tokens.span(first, fault.at() - 1))
              .help(
                  "write `minimise cross_entropy(…)` in the loop: `train by` says how weights change"));
    }
    if (member && opens && GROWING.contains(fault.text(-1))) {
      return Fault.told(
          said("a list does not grow", tokens.span(first, fault.at() - 1))
              .help(
                  "what a `report` in a loop says is kept of each pass: `report over_time(x)` draws it, `report table(x)` tells it"));
    }
    return call && tokens.declaredBy(SnnLexer.PROTOCOL).contains(tokens.text(first))
        ? headed(SnnLexer.DO, "do", "a protocol is carried out by `do`")
        : member && opens
            ? headed(SnnLexer.SEND, "send", "an event is sent by `send`")
            : headed(SnnLexer.REPORT, "report", "a value alone does nothing");
  }

  private boolean inProtocol() {
    return fault.place() == Place.EXPERIMENT || fault.place() == Place.TEST;
  }

  /// The word is no more than told: put before the statement it would stand on the line before.
  private Optional<Explanation> headed(int type, String word, String message) {
    int first = fault.statement();
    Span span = tokens.span(first, fault.endOfLine(first + 1) - 1);
    String right = word + " " + span.text();
    return fault.trial().helps(new Edit.Insert(first, type, word))
        ? Fault.told(said(message, span).fix("write `" + right + "`", span, right))
        : Optional.empty();
  }

  private static Diagnostic said(String message, Span span) {
    return Diagnostic.of(Code.UNEXPECTED_TEXT, message, span);
  }
}

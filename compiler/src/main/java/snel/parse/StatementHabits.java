package snel.parse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Imports, experiments and their statements written as elsewhere.
final class StatementHabits {
  private static final Set<String> ASSIGNING = Set.of("set", "assign", "update", "global");

  private final Fault fault;
  private final TokenList tokens;
  private final Trial trial;

  StatementHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
    this.trial = fault.trial();
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::everythingImported,
        this::severalImports,
        this::lateImport,
        this::severalNames,
        this::nameInQuotes,
        this::namelessExperiment,
        this::experimentOfNothing,
        this::sweepOverNothing,
        this::sweepOverPairs,
        this::severalPeriods,
        this::repeatedWord,
        this::resetAlone,
        this::wordBeforeAssignment,
        this::runUntil,
        this::runFor,
        this::sendAt,
        this::trainWith,
        this::namedBeside,
        this::between);
  }

  /// `import std.neurons.*`, `import "std/neurons"`.
  private Optional<Explanation> everythingImported() {
    int type = fault.type(0);
    boolean whole = type == SnnLexer.STAR || type == SnnLexer.TEXT;
    return fault.begins(SnnLexer.IMPORT) && whole
        ? fault.mended(
            said("an import names what it takes")
                .help("write `import std.neurons.{Lif, AdEx}`, for example"),
            new Edit.Replace(fault.at(), SnnLexer.MISSING_NAME, ""))
        : Optional.empty();
  }

  /// `import std.neurons.Lif, std.encode.Poisson`.
  private Optional<Explanation> severalImports() {
    int comma = fault.at();
    boolean path =
        fault.begins(SnnLexer.IMPORT)
            && fault.type(0) == SnnLexer.COMMA
            && fault.type(2) == SnnLexer.DOT;
    return path
        ? fault.mended(
            said("an import names one path: write one import a line")
                .fix("write `import` before the next", tokens.span(comma), "; import"),
            Fault.rewrite(
                comma,
                comma + 1,
                Fault.word(SnnLexer.SEMI, ";"),
                Fault.word(SnnLexer.IMPORT, "import")))
        : Optional.empty();
  }

  /// `import` behind a declaration.
  private Optional<Explanation> lateImport() {
    if (fault.type(0) != SnnLexer.IMPORT || fault.place() != Place.FILE || fault.depth() > 0) {
      return Optional.empty();
    }
    int end = fault.at() + 1;
    while (tokens.type(end) != Token.EOF && !tokens.beginsLine(end)) {
      end++;
    }
    String whole = tokens.source(fault.at(), end - 1);
    return Fault.told(
        said("imports stand before all declarations")
            .help("move `" + whole + "` to the beginning of the file"));
  }

  /// `let x = 1, y = 2`.
  private Optional<Explanation> severalNames() {
    int comma = fault.at();
    boolean another =
        (fault.begins(SnnLexer.LET) || fault.begins(SnnLexer.VAR))
            && fault.type(0) == SnnLexer.COMMA
            && fault.type(1) == SnnLexer.NAME
            && fault.type(2) == SnnLexer.ASSIGN;
    if (!another) {
      return Optional.empty();
    }
    String word = tokens.text(fault.statement());
    Diagnostic several =
        said("a `" + word + "` names one expression")
            .fix("write `; " + word + "` before the next", tokens.span(comma), "; " + word);
    return fault
        .mended(
            several,
            Fault.rewrite(
                comma,
                comma + 1,
                Fault.word(SnnLexer.SEMI, ";"),
                Fault.word(tokens.type(fault.statement()), word)))
        .or(() -> Fault.told(several));
  }

  /// `experiment "first" on Net`.
  private Optional<Explanation> nameInQuotes() {
    String text = fault.at() < tokens.size() ? fault.text(0) : "";
    if (fault.type(0) != SnnLexer.TEXT || text.length() < 3) {
      return Optional.empty();
    }
    String name = text.substring(1, text.length() - 1);
    return name.matches("[A-Za-z_][A-Za-z_0-9]*")
        ? fault.mended(
            said("a name stands without quotation marks")
                .fix("write `" + name + "`", tokens.span(fault.at()), name),
            new Edit.Replace(fault.at(), SnnLexer.NAME, name))
        : Optional.empty();
  }

  /// `experiment on Net {`: here `on` is taken for the name.
  private Optional<Explanation> namelessExperiment() {
    int name = fault.statement() + 1;
    return fault.begins(SnnLexer.EXPERIMENT)
            && fault.depth() == 2
            && tokens.type(name) == SnnLexer.ON
        ? fault.mended(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "the experiment has no name",
                    tokens.span(fault.statement()))
                .help("write `experiment first on …`, for example"),
            new Edit.Insert(name, SnnLexer.MISSING_NAME, ""))
        : Optional.empty();
  }

  /// `experiment first {`, as if a network stood within.
  private Optional<Explanation> experimentOfNothing() {
    if (!fault.begins(SnnLexer.EXPERIMENT)
        || fault.depth() != 2
        || fault.type(0) != SnnLexer.LBRACE) {
      return Optional.empty();
    }
    List<String> networks = tokens.declaredBy(SnnLexer.NETWORK);
    Optional<String> network = networks.stream().filter(_ -> networks.size() == 1).findFirst();
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNEXPECTED_TEXT,
            "the experiment does not say which network it runs",
            tokens.span(fault.statement(), fault.at() - 1));
    return fault.mended(
        network.isPresent()
            ? diagnostic.fix(
                "write `on " + network.get() + "`",
                tokens.spanAfter(fault.at() - 1),
                " on " + network.get())
            : diagnostic.help(
                "write `experiment %s on Net { … }`; the populations stand in `network Net { … }`"
                    .formatted(fault.text(-1))),
        Fault.rewrite(
            fault.at(),
            fault.at() + 1,
            Fault.word(SnnLexer.ON, "on"),
            network
                .map(name -> Fault.word(SnnLexer.NAME, name))
                .orElse(Fault.word(SnnLexer.MISSING_NAME, "")),
            Fault.word(SnnLexer.LBRACE, "{")));
  }

  /// `sweep gain {`, as if what is varied stood within.
  private Optional<Explanation> sweepOverNothing() {
    return fault.begins(SnnLexer.SWEEP) && fault.depth() == 2 && fault.type(0) == SnnLexer.LBRACE
        ? Fault.told(
            said("a `sweep` says first what it varies")
                .help(
                    "write `sweep "
                        + fault.text(-1)
                        + " over Net.g in [1, 2, 3] {`, for example; it has a `run …` within"))
        : Optional.empty();
  }

  /// `sweep regimes over (Net.g, Net.eta) in [(3, 2), (5, 2)] {`.
  private Optional<Explanation> sweepOverPairs() {
    return fault.begins(SnnLexer.SWEEP) && fault.type(0) == SnnLexer.LPAREN
        ? Fault.told(
            said("a `sweep` varies each of its parameters by itself, in all combinations")
                .help(
                    "for pairs vary a number that picks from lists: `param k = 0; let a = [3, 5][k]; let"
                        + " b = [2, 4][k]` in the network and `over Net.k in 0 .. 1` here"))
        : Optional.empty();
  }

  /// `record A.v every 1 ms, f.w every 10 ms`, `record A.v at deliver, B.v at deliver`.
  private Optional<Explanation> severalPeriods() {
    if (!fault.begins(SnnLexer.RECORD)) {
      return Optional.empty();
    }
    String last = "";
    for (int comma = fault.statement() + 1; comma < trial.goal(); comma++) {
      last =
          switch (tokens.type(comma)) {
            case SnnLexer.EVERY -> "every";
            case SnnLexer.DELIVER -> "at deliver";
            default -> last;
          };
      if (last.isEmpty() || tokens.type(comma) != SnnLexer.COMMA) {
        continue;
      }
      Diagnostic diagnostic =
          Diagnostic.of(
                  Code.UNEXPECTED_TEXT,
                  "`" + last + "` ends what one `record` records",
                  tokens.span(comma))
              .fix("write a second `record` for what follows", tokens.span(comma), "; record");
      Edit edit =
          Fault.rewrite(
              comma,
              comma + 1,
              Fault.word(SnnLexer.SEMI, ";"),
              Fault.word(SnnLexer.RECORD, "record"));
      if (comma == fault.at() || trial.helps(edit)) {
        return Optional.of(new Explanation(diagnostic, edit));
      }
    }
    return Optional.empty();
  }

  /// `report a, report b`: here the second `report` is taken for a name, so that the fault is
  /// noticed somewhere behind it.
  private Optional<Explanation> repeatedWord() {
    for (int comma = fault.at() - 1; comma > fault.statement(); comma--) {
      int word = tokens.type(comma + 1);
      boolean isListed = word == SnnLexer.REPORT || word == SnnLexer.RECORD;
      if (isListed && tokens.type(comma) == SnnLexer.COMMA && isOf(word, comma - 1)) {
        return Optional.of(repeatedWord(comma + 1));
      }
    }
    return Optional.empty();
  }

  private Explanation repeatedWord(int again) {
    Diagnostic once = takesList(tokens.text(again), tokens.span(again));
    return fault
        .mended(once, new Edit.Remove(again, again + 1))
        .orElse(new Explanation(once, null));
  }

  /// That `word`, written a second time at `again`, stands once before all that it tells of.
  static Diagnostic takesList(String word, Span again) {
    return Diagnostic.of(
            Code.UNEXPECTED_TEXT, "one `%s` takes a list: `%s a, b`".formatted(word, word), again)
        .fix("leave out `" + word + "`", again, "");
  }

  /// `set f.w = 2 mV`.
  private Optional<Explanation> wordBeforeAssignment() {
    int word = fault.statement();
    if (fault.depth() != 1 || !ASSIGNING.contains(tokens.text(word))) {
      return Optional.empty();
    }
    Span span = tokens.span(word);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "an assignment has no word before it: `x = …`", span)
            .fix("leave out `" + tokens.text(word) + "`", span, ""),
        new Edit.Remove(word, word + 1));
  }

  /// Whether `word` begins the statement that the word at `last` belongs to.
  private boolean isOf(int word, int last) {
    int at = last;
    while (at > trial.first()
        && tokens.type(at) != word
        && tokens.type(at) != SnnLexer.SEMI
        && tokens.type(at) != SnnLexer.LBRACE) {
      at--;
    }
    return tokens.type(at) == word;
  }

  /// `reset` on a line of its own: the first word of the next line is then taken for its name, or
  /// the bracket behind it is met.
  private Optional<Explanation> resetAlone() {
    int next = fault.statement() + 1;
    boolean alone =
        fault.begins(SnnLexer.RESET)
            && (tokens.beginsLine(next) || tokens.type(next) == SnnLexer.RBRACE)
            && fault.at() <= next + 1;
    if (!alone) {
      return Optional.empty();
    }
    Span span = tokens.span(fault.statement());
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a `reset` says what it resets", span)
            .fix("write `reset all`, or a population", span, "reset all"),
        new Edit.Insert(next, SnnLexer.ALL, "all"));
  }

  /// `run until c`.
  private Optional<Explanation> runUntil() {
    boolean until =
        fault.begins(SnnLexer.RUN)
            && (fault.depth() == 2 || fault.depth() == 3)
            && tokens.type(fault.statement() + 1) == SnnLexer.UNTIL
            && !tokens.beginsLine(fault.at());
    return until
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a `run` says how long it lasts at most",
                    tokens.span(fault.statement(), fault.statement() + 1))
                .help("write `run 1 s until …`, for example"))
        : Optional.empty();
  }

  /// `run for 1 s`.
  private Optional<Explanation> runFor() {
    boolean runs =
        fault.begins(SnnLexer.RUN) && fault.depth() == 1 && fault.type(0) == SnnLexer.FOR;
    Span span = runs ? tokens.span(fault.at()) : tokens.span(fault.statement());
    return runs
        ? fault.mended(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "how long follows `run` at once", span)
                .fix("leave out `for`", span, ""),
            new Edit.Remove(fault.at(), fault.at() + 1))
        : Optional.empty();
  }

  /// `send A.exc(1) at 5 ms`, where a name could stand.
  private Optional<Explanation> sendAt() {
    return fault.begins(SnnLexer.SEND) && fault.type(-1) == SnnLexer.AT
        ? fault.after(fault.at() - 1, "an event is sent now, or `after` a time from now")
        : Optional.empty();
  }

  /// `train with adam(1e-3)`.
  private Optional<Explanation> trainWith() {
    return fault.begins(SnnLexer.TRAIN) && fault.depth() == 1 && fault.type(0) == SnnLexer.WITH
        ? Fault.told(
            said("a training says first how it comes by derivatives")
                .help(
                    "write `train by bptt(surrogate: fast_sigmoid(slope: 5)) with adam(1e-3)`, for example"))
        : Optional.empty();
  }

  /// `train by bptt() with adam(1e-3), clip_norm: 1`.
  private Optional<Explanation> namedBeside() {
    int colon = fault.type(0) == SnnLexer.COLON ? fault.at() : fault.at() + 1;
    if (!fault.begins(SnnLexer.TRAIN)
        || colon - 2 <= fault.statement()
        || fault.endsBefore(colon)
        || tokens.type(colon) != SnnLexer.COLON
        || tokens.type(colon - 2) != SnnLexer.COMMA
        || fault.endOfLine(colon) != colon + 2) {
      return Optional.empty();
    }
    String call = tokens.text(colon - 1) + "(" + tokens.text(colon + 1) + ")";
    return Fault.told(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "what stands beside an optimiser is a call",
                tokens.span(colon - 1, colon + 1))
            .fix("write `" + call + "`", tokens.span(colon - 1, colon + 1), call));
  }

  /// `expect x between a and b`.
  private Optional<Explanation> between() {
    int at = fault.type(0) == SnnLexer.NAME ? fault.at() : fault.at() - 1;
    if (at <= fault.statement()
        || tokens.type(at) != SnnLexer.NAME
        || !tokens.text(at).equals("between")) {
      return Optional.empty();
    }
    int end = fault.endOfLine(at + 1);
    int and = at + 1;
    while (and < end && tokens.type(and) != SnnLexer.AND) {
      and++;
    }
    if (and == end || and == at + 1 || and == end - 1) {
      return Optional.empty();
    }
    String right =
        "in " + lower(at + 1, and - 1, end - 1) + " .. " + tokens.source(and + 1, end - 1);
    Span span = tokens.span(at, end - 1);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "between two values is written `in a .. b`", span)
            .fix("write `" + right + "`", span, right),
        Fault.rewrite(
            at,
            and + 1,
            Fault.word(SnnLexer.IN, "in"),
            Fault.word(SnnLexer.MISSING_VALUE, ""),
            Fault.word(SnnLexer.CLOSED_RANGE, "..")));
  }

  /// The lower bound, with the unit of the upper one if it has none: `between 5 and 10 Hz`.
  private String lower(int first, int last, int upper) {
    String text = tokens.source(first, last);
    boolean unitBehind =
        tokens.type(last) == SnnLexer.NUMBER && tokens.type(upper) == SnnLexer.QUANTITY;
    return unitBehind ? text + " " + tokens.text(upper).split("[ \\t]+", 2)[1] : text;
  }

  private Diagnostic said(String message) {
    return Diagnostic.of(Code.UNEXPECTED_TEXT, message, tokens.span(fault.at()));
  }
}

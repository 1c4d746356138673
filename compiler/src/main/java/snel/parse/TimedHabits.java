package snel.parse;

import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;

/// Values that are given at a time, for a time or throughout, written as elsewhere.
final class TimedHabits {
  private static final Set<String> HOLDING = Set.of("clamp", "hold", "pin", "fix");

  /// What stands between the state that is held and its value.
  private static final Set<String> TO = Set.of("=", "to", "at");

  private final Fault fault;
  private final TokenList tokens;
  private final int first;
  private final int end;

  TimedHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
    this.first = fault.depth() == 0 ? fault.at() : tokens.lineStart(fault.at() - 1);
    this.end = fault.endOfLine(first + 1);
  }

  Optional<Explanation> explain() {
    boolean runs = fault.place() == Place.EXPERIMENT || fault.place() == Place.TEST;
    return runs
        ? Explanation.firstOf(
            this::assignedAt,
            this::blockAt,
            this::heldState,
            this::runWith,
            this::presentedAlone,
            this::functionOfTime)
        : Optional.empty();
  }

  /// `A.I = 5 mV at 50 ms`, `A.I = 5 mV for 50 ms`.
  private Optional<Explanation> assignedAt() {
    int sign = find(SnnLexer.ASSIGN);
    int word = find(SnnLexer.AT, SnnLexer.AFTER, SnnLexer.FOR, SnnLexer.FROM);
    if (tokens.type(first) != SnnLexer.NAME || sign < 0 || word <= sign + 1 || word + 1 >= end) {
      return Optional.empty();
    }
    String assignment = tokens.source(first, word - 1);
    String time = tokens.source(word + 1, end - 1);
    Diagnostic now =
        Diagnostic.of(
            Code.UNEXPECTED_TEXT,
            "a value is assigned at once, and stays until another is",
            tokens.span(word));
    return switch (tokens.type(word)) {
      case SnnLexer.FROM -> {
        String[] ends = time.split("\\s+to\\s+", 2);
        String back = tokens.source(first, sign - 1) + " = …";
        String until = ends.length == 2 ? " and `after " + ends[1] + " { " + back + " }`" : "";
        yield Fault.told(
            now.help(
                "write `after "
                    + ends[0]
                    + " { "
                    + assignment
                    + " }`"
                    + until
                    + " before the `run`"));
      }
      case SnnLexer.FOR -> written(now, "present " + assignment + " for " + time);
      default -> written(now, "after " + time + " { " + assignment + " }");
    };
  }

  /// `at 50 ms { A.I = 5 mV }`.
  private Optional<Explanation> blockAt() {
    return tokens.type(first) == SnnLexer.AT && find(SnnLexer.LBRACE) >= first + 2
        ? fault.after(first, "what happens at a time stands in `after TIME { … }`")
        : Optional.empty();
  }

  /// `clamp A.v to -70 mV`.
  private Optional<Explanation> heldState() {
    int to = first + 1;
    while (to < end && !TO.contains(tokens.text(to))) {
      to++;
    }
    if (!HOLDING.contains(tokens.text(first)) || to < first + 2 || to + 1 >= end) {
      return Optional.empty();
    }
    return written(
        Diagnostic.of(
            Code.UNEXPECTED_TEXT,
            "a state is held by assigning it in each step",
            tokens.span(first)),
        "every dt { "
            + tokens.source(first + 1, to - 1)
            + " = "
            + tokens.source(to + 1, end - 1)
            + " }");
  }

  /// `present image for 50 ms`, `present sample.image for 50 ms`, `present 5 mV for 50 ms`.
  private Optional<Explanation> presentedAlone() {
    int present = fault.statement();
    int word = fault.at();
    int end = fault.endOfLine(word);
    boolean isValue = word == present + 1 && tokens.type(word) != SnnLexer.NAME;
    while (isValue && word < end && tokens.type(word) != SnnLexer.FOR) {
      word++;
    }
    boolean alone =
        fault.begins(SnnLexer.PRESENT)
            && tokens.type(word) == SnnLexer.FOR
            && word > present + 1
            && !fault.endsBefore(word + 1);
    if (!alone) {
      return Optional.empty();
    }
    Diagnostic unnamed =
        Diagnostic.of(
            Code.UNEXPECTED_TEXT,
            "`present` gives values to inputs of the network",
            tokens.span(present + 1, word - 1));
    String value = tokens.source(present + 1, word - 1);
    String input = value.substring(value.lastIndexOf('.') + 1);
    String given = value.equals(input) ? "sample." + input : value;
    return Fault.told(
        tokens.type(word - 1) == SnnLexer.NAME
            ? unnamed.help("write `present " + input + " = " + given + " for …`, for example")
            : unnamed.help("write `present drive = " + value + " for …`, for example"));
  }

  /// `run 100 ms with A.I = 5 mV`.
  private Optional<Explanation> runWith() {
    int with = find(SnnLexer.WITH);
    if (tokens.type(first) != SnnLexer.RUN || with < first + 2 || with + 1 >= end) {
      return Optional.empty();
    }
    return written(
        Diagnostic.of(
            Code.UNEXPECTED_TEXT, "what a run is given stands in `present`", tokens.span(with)),
        "present "
            + tokens.source(with + 1, end - 1)
            + " for "
            + tokens.source(first + 1, with - 1));
  }

  /// `A.I(t) = 5 mV * sin(t / 1 ms)`.
  private Optional<Explanation> functionOfTime() {
    int open = find(SnnLexer.LPAREN);
    boolean ofTime =
        open > first
            && open + 3 < end
            && tokens.text(open + 1).equals("t")
            && tokens.type(open + 2) == SnnLexer.RPAREN
            && tokens.type(open + 3) == SnnLexer.ASSIGN;
    return ofTime && tokens.type(first) == SnnLexer.NAME
        ? written(
            Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "what follows the time is assigned in each step",
                tokens.span(open, open + 2)),
            "every dt { "
                + tokens.source(first, open - 1)
                + " "
                + tokens.source(open + 3, end - 1)
                + " }")
        : Optional.empty();
  }

  private Optional<Explanation> written(Diagnostic diagnostic, String right) {
    return Fault.told(diagnostic.fix("write `" + right + "`", tokens.span(first, end - 1), right));
  }

  /// The first word of one of these types on the line; -1 if there is none.
  private int find(int... types) {
    for (int i = first; i < end; i++) {
      for (int type : types) {
        if (tokens.type(i) == type) {
          return i;
        }
      }
    }
    return -1;
  }
}

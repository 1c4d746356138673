package snel.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// Explains the first word that does not fit, and finds the change after which the rest of its line
/// does. Explanations are tried from the most to the least particular; the first whose change helps
/// is taken.
final class Diagnosis {
  /// A fault and what to do about it; without a change that helps, the statement is passed over.
  record Explanation(Diagnostic diagnostic, @Nullable Edit edit) {
    /// Looks for one kind of mistake.
    interface Way {
      Optional<Explanation> explain();
    }

    /// That of the first way that finds one; they go from the most to the least particular.
    static Optional<Explanation> firstOf(Way... ways) {
      return Arrays.stream(ways).flatMap(way -> way.explain().stream()).findFirst();
    }
  }

  private static final Set<Integer> COMPARISONS =
      Set.of(
          SnnLexer.LESS,
          SnnLexer.LESS_OR_EQUAL,
          SnnLexer.GREATER,
          SnnLexer.GREATER_OR_EQUAL,
          SnnLexer.EQUAL,
          SnnLexer.NOT_EQUAL,
          SnnLexer.IN);

  private static final Set<Integer> BEFORE_OTHER_RULES =
      Set.of(SnnLexer.BY, SnnLexer.SYNAPSE, SnnLexer.GROW, SnnLexer.NORMALISE, SnnLexer.TARGET);

  private final TokenList tokens;
  private final Trial trial;
  private final Wording wording;
  private final int fault;
  private final int statement;
  private final Place place;

  /// @param statement the first word of the statement in which the fault lies
  Diagnosis(TokenList tokens, Trial trial, int statement, Place place) {
    this.tokens = tokens;
    this.trial = trial;
    this.wording = new Wording(tokens);
    this.fault = trial.fault();
    this.statement = statement;
    this.place = place;
  }

  Explanation explain() {
    var all = new Fault(tokens, trial, statement, place);
    List<Optional<Explanation>> tried = new ArrayList<>();
    tried.add(unclosedBody());
    tried.add(chainedComparison());
    tried.add(new NetworkHabits(all).learningInClause());
    tried.add(new LooseBody(tokens, trial, statement).explain());
    tried.add(new SynapseHabits(all).explain());
    tried.add(new Signs(tokens, trial, statement).explain());
    tried.add(new Habits(all).explain());
    tried.add(unit());
    tried.add(missingRule());
    for (int at : new int[] {tokens.lineStart(fault), fault}) {
      tried.add(unfinished(at));
    }
    tried.add(reservedWord());
    tried.add(new Brackets(tokens, trial, statement).explain());
    tried.add(new Misspellings(all).explain());
    tried.add(commaBetweenStatements());
    tried.add(missingName());
    tried.add(misplaced());
    tried.add(new ResultHabits(all).valueAlone());
    tried.add(twoStatements());
    tried.add(missingWord());
    return tried.stream().flatMap(Optional::stream).findFirst().orElseGet(this::unexpected);
  }

  private Optional<Explanation> unit() {
    Edit edit = new Edit.Remove(fault, fault + 1);
    return fault > statement && trial.wantsWord(fault, SnnLexer.STAR) && trial.helps(edit)
        ? new UnitBehindValue(tokens, statement)
            .explain(fault)
            .map(diagnostic -> new Explanation(diagnostic, edit))
        : Optional.empty();
  }

  private Optional<Explanation> unclosedBody() {
    if (tokens.type(fault) != Token.EOF || !trial.wantsWord(fault, SnnLexer.RBRACE)) {
      return Optional.empty();
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNBALANCED_BRACKET, "a `}` is missing at the end of the file", tokens.span(fault));
    return Optional.of(new Explanation(diagnostic, new Edit.Insert(fault, SnnLexer.RBRACE, "}")));
  }

  private Optional<Explanation> chainedComparison() {
    if (!COMPARISONS.contains(tokens.type(fault)) || !trial.wantsWord(fault, SnnLexer.AND)) {
      return Optional.empty();
    }
    int before = fault - 1;
    while (before > statement && !COMPARISONS.contains(tokens.type(before))) {
      before--;
    }
    if (before <= statement) {
      return Optional.empty();
    }
    String text = "comparisons cannot be chained: join two with `and`";
    Diagnostic diagnostic =
        Diagnostic.of(Code.CHAINED_COMPARISON, text, tokens.span(fault))
            .label(tokens.span(before), "the first comparison");
    return Optional.of(new Explanation(diagnostic, removal(fault)));
  }

  /// `v = 0, u += 1`.
  private Optional<Explanation> commaBetweenStatements() {
    Edit edit = new Edit.Replace(fault, SnnLexer.SEMI, ";");
    return tokens.type(fault) == SnnLexer.COMMA && trial.couldEndBefore(fault) && trial.helps(edit)
        ? Optional.of(
            new Explanation(
                Diagnostic.of(
                        Code.UNEXPECTED_TEXT,
                        "statements on one line have a `;` between them",
                        tokens.span(fault))
                    .fix("write `;`", tokens.span(fault), ";"),
                edit))
        : Optional.empty();
  }

  /// A `connect` whose rule was forgotten reads the next word as one.
  private Optional<Explanation> missingRule() {
    for (int at = fault; at > statement; at--) {
      Edit edit = new Edit.Insert(at, SnnLexer.ALL, "all");
      boolean inConnect = !BEFORE_OTHER_RULES.contains(tokens.type(at - 1));
      if (inConnect && trial.wants(at, Wanted.RULE) && trial.helps(edit)) {
        String text =
            "this connection has no rule: after "
                + Wording.shown(tokens.text(at - 1))
                + " comes one, such as `all`, `one_to_one` or `bernoulli(10 %)`";
        return Optional.of(
            new Explanation(Diagnostic.of(Code.RULE_MISSING, text, tokens.span(at - 1)), edit));
      }
    }
    return Optional.empty();
  }

  private Optional<Explanation> unfinished(int at) {
    Edit edit = new Edit.Insert(at, SnnLexer.MISSING_VALUE, "");
    if (at <= statement || !trial.wants(at, Wanted.VALUE) || !trial.helps(edit)) {
      return Optional.empty();
    }
    int from = Math.min(Math.max(statement, tokens.lineStart(at - 1)), at - 1);
    String before = Wording.shown(tokens.source(from, at - 1));
    String last = Wording.shown(tokens.text(at - 1));
    String text =
        "%s is unfinished: a value should follow %s, not %s"
            .formatted(before, last, wording.found(at));
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNFINISHED, text, tokens.span(at - 1), "a value should follow this");
    return Optional.of(new Explanation(diagnostic, edit));
  }

  private Optional<Explanation> reservedWord() {
    String word = tokens.text(fault);
    Edit edit = new Edit.Replace(fault, SnnLexer.NAME, word);
    if (!Wording.isReserved(tokens.type(fault)) || !trial.helps(edit)) {
      return Optional.empty();
    }
    String text = "`" + word + "` is a reserved word and cannot be a name";
    Diagnostic diagnostic =
        Diagnostic.of(Code.RESERVED_WORD, text, tokens.span(fault))
            .help("choose another name, such as `" + word + "_`");
    return Optional.of(new Explanation(diagnostic, edit));
  }

  private Optional<Explanation> misplaced() {
    for (Place other : Place.values()) {
      int end = other == place ? statement : trial.endOf(other.rule(), statement);
      if (end > fault) {
        String text = "`%s` belongs %s, not %s".formatted(what(), other.phrase(), place.phrase());
        Diagnostic diagnostic =
            Diagnostic.of(Code.MISPLACED_STATEMENT, text, tokens.span(statement));
        if (isAssignment() && other == Place.HANDLER) {
          diagnostic = diagnostic.help(declared(tokens.text(statement)));
        }
        if (tokens.type(statement) == SnnLexer.EVERY && place == Place.NETWORK) {
          diagnostic =
              diagnostic.help(
                  "a state of a network follows an equation, `x' = …`, or is assigned in an"
                      + " experiment: `every 10 ms { x += 1 }`");
        }
        return Optional.of(new Explanation(diagnostic, new Edit.Remove(statement, end)));
      }
    }
    return Optional.empty();
  }

  private String declared(String name) {
    String others = "a constant is `let x = …`, an equation `x' = …`";
    return place == Place.NEURON || place == Place.SYNAPSE
        ? "a state is `state " + name + " : voltage = …`, " + others
        : others;
  }

  private boolean isAssignment() {
    return Wording.isAssignment(tokens.type(statement + 1));
  }

  private String what() {
    return isAssignment()
        ? tokens.text(statement) + " " + tokens.text(statement + 1) + " …"
        : wording.beginning(statement);
  }

  private Optional<Explanation> missingWord() {
    IntervalSet words = trial.wanted(fault).get(Wanted.WORD);
    if (words == null || fault == statement || beginsNext()) {
      return Optional.empty();
    }
    List<Edit.Insert> helping =
        words.toList().stream()
            .filter(type -> !Wording.isOperator(type))
            .map(type -> new Edit.Insert(fault, type, Wording.literal(type)))
            .filter(edit -> !edit.text().isEmpty() && !edit.text().equals("}"))
            .filter(trial::helps)
            .limit(2)
            .toList();
    if (helping.isEmpty()) {
      return Optional.empty();
    }
    String word = helping.getFirst().text();
    return Optional.of(
        new Explanation(
            helping.size() == 1
                ? general().fix("write `" + word + "`", tokens.spanAfter(fault - 1), " " + word)
                : general(),
            helping.getFirst()));
  }

  /// Whether a line begins at the fault that is not indented more than the statement.
  private boolean beginsNext() {
    return tokens.beginsLine(fault)
        && Wording.mayBeginStatement(tokens.type(fault))
        && tokens.column(fault) <= tokens.lineColumn(statement);
  }

  /// `v' = a b`: something new begins on a line on which a statement could have ended.
  private Optional<Explanation> twoStatements() {
    int start = tokens.lineStart(Math.max(fault - 1, trial.first()));
    for (int at = fault; at > Math.max(start, statement); at--) {
      boolean sameLine = !tokens.beginsLine(at);
      boolean separated =
          tokens.type(at - 1) == SnnLexer.SEMI || tokens.type(at - 1) == SnnLexer.LBRACE;
      boolean value = Wording.mayBeginStatement(tokens.type(at));
      if (sameLine && !separated && value && trial.couldEndBefore(at)) {
        Edit comma = new Edit.Insert(at, SnnLexer.COMMA, ",");
        if (trial.wantsWord(at, SnnLexer.COMMA) && trial.helps(comma)) {
          return Optional.of(missingComma(at, comma));
        }
        Optional<Diagnostic> unit = new UnitBehindValue(tokens, statement).explain(at);
        if (unit.isPresent()) {
          return Optional.of(new Explanation(unit.get(), new Edit.Remove(at, at + 1)));
        }
        String text =
            "two statements on one line: write `;` or an operator before "
                + Wording.shown(tokens.text(at));
        return Optional.of(
            new Explanation(
                Diagnostic.of(Code.TWO_STATEMENTS_ON_ONE_LINE, text, tokens.span(at)),
                removal(at)));
      }
    }
    return Optional.empty();
  }

  private Explanation missingComma(int at, Edit comma) {
    Span span = tokens.span(at);
    String text = "a `,` is missing before " + Wording.shown(tokens.text(at));
    return new Explanation(
        Diagnostic.of(Code.UNEXPECTED_TEXT, text, span)
            .fix("write `,`", tokens.spanAfter(at - 1), ","),
        comma);
  }

  private Optional<Explanation> missingName() {
    Edit edit = new Edit.Insert(fault, SnnLexer.MISSING_NAME, "");
    return fault > statement && trial.helps(edit)
        ? Optional.of(new Explanation(general(), edit))
        : Optional.empty();
  }

  private Explanation unexpected() {
    if (fault > statement && beginsNext()) {
      return new Explanation(brokenOff(), null);
    }
    Edit edit = fault > statement ? removal(fault) : null;
    Diagnostic diagnostic = general();
    boolean one = edit instanceof Edit.Remove(int at, int end) && end == at + 1;
    return new Explanation(
        one
            ? diagnostic.fix("leave out `" + tokens.text(fault) + "`", tokens.span(fault), "")
            : diagnostic,
        edit);
  }

  /// The statement ends with its line, though more should follow.
  private Diagnostic brokenOff() {
    String text =
        "this is unfinished: "
            + wording.wanted(fault, trial.wanted(fault))
            + ", not "
            + wording.found(fault);
    return Diagnostic.of(Code.UNEXPECTED_TEXT, text, tokens.span(fault - 1));
  }

  private Diagnostic general() {
    Map<Wanted, IntervalSet> wanted = trial.wanted(fault);
    Span span = tokens.span(fault);
    if (fault == statement && trial.mayBeginAt(fault)) {
      String found =
          tokens.type(fault) == Token.EOF ? "the end" : Wording.shown(tokens.text(fault));
      Diagnostic diagnostic =
          Diagnostic.of(
              Code.UNEXPECTED_TEXT, "nothing begins with " + found + " " + place.phrase(), span);
      return switch (tokens.type(fault)) {
        case SnnLexer.WHILE -> diagnostic.help("a loop is `repeat until condition { … }`");
        case SnnLexer.IMPORT -> diagnostic.help("imports stand before all declarations");
        default -> diagnostic;
      };
    }
    return Diagnostic.of(
        Code.UNEXPECTED_TEXT,
        wording.wanted(fault, wanted) + ", not " + wording.found(fault),
        span);
  }

  /// The shortest removal from `at` on that helps.
  private @Nullable Edit removal(int at) {
    for (int end = at + 1; end <= trial.goal(); end++) {
      Edit edit = new Edit.Remove(at, end);
      int type = tokens.type(end - 1);
      boolean joinsLines = tokens.beginsLine(end) && !trial.couldEndBefore(at);
      if (type == SnnLexer.LBRACE || type == SnnLexer.RBRACE || joinsLines) {
        return null;
      }
      if (trial.helps(edit)) {
        return edit;
      }
    }
    return null;
  }
}

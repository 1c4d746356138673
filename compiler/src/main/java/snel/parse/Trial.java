package snel.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser;
import snel.parse.Viability.Readings;

/// One stretch of words up to the first that fits no reading, with all readings before each word,
/// so that changes can be tried from any place in it.
final class Trial {
  /// More words behind the fault are not looked at.
  private static final int LONGEST_LINE = 120;

  private static final int LONGEST_STATEMENT = 2_000;
  private static final int[] SHORTEST_DECLARATION = {
    SnnLexer.LET, SnnLexer.NAME, SnnLexer.ASSIGN, SnnLexer.NUMBER, SnnLexer.SEMI
  };

  private static final Edit.Word OPENER = new Edit.Word(SnnLexer.LBRACE, "{");

  private final TokenList tokens;
  private final Viability viability;
  private final int first;
  private final List<Readings> before = new ArrayList<>();
  private final int fault;
  private final int goal;

  /// @param first a word at which a declaration may begin
  /// @param afterDeclarations whether a declaration stands before, so that imports are too late
  Trial(Viability viability, TokenList tokens, int first, boolean afterDeclarations) {
    this.viability = viability;
    this.tokens = tokens;
    this.first = first;
    Readings readings = viability.begin(SnnParser.RULE_file);
    for (int type : afterDeclarations ? SHORTEST_DECLARATION : new int[0]) {
      readings = viability.advance(readings, type);
    }
    int i = first;
    while (!readings.none() && i < tokens.size()) {
      before.add(readings);
      readings = viability.advance(readings, tokens.type(i));
      i++;
    }
    fault = readings.none() ? i - 1 : tokens.size();
    goal = fault < tokens.size() ? goalAfter(fault) : fault;
  }

  private int goalAfter(int fault) {
    int i = fault;
    int last = fault + LONGEST_LINE;
    while (i < last && tokens.type(i) != Token.EOF && (i == fault || !tokens.beginsLine(i))) {
      i++;
    }
    return i;
  }

  /// The first word that fits no reading; the number of words if all fit.
  int fault() {
    return fault;
  }

  int first() {
    return first;
  }

  /// The last word that must fit for a change to be good: the one that begins the line after the
  /// fault.
  int goal() {
    return goal;
  }

  /// What is wanted at word `i`, which is not behind the fault.
  Map<Wanted, IntervalSet> wanted(int i) {
    return viability.wanted(before.get(i - first));
  }

  boolean wants(int i, Wanted thing) {
    return isKnown(i) && wanted(i).containsKey(thing);
  }

  /// Whether a statement, declaration or import may begin at word `i`.
  boolean mayBeginAt(int i) {
    return isKnown(i) && wanted(i).keySet().stream().anyMatch(Wanted::beginsAnew);
  }

  /// Whether exactly the word or sign `type` is wanted at `i`.
  boolean wantsWord(int i, int type) {
    IntervalSet words = wanted(i).get(Wanted.WORD);
    return words != null && words.contains(type);
  }

  /// Whether what stands before word `i` could be the end of a statement or declaration.
  boolean couldEndBefore(int i) {
    return wantsWord(i, SnnLexer.SEMI) || wantsWord(i, SnnLexer.RBRACE);
  }

  /// Whether after the change every word up to the goal, and the goal itself, fits. If the change
  /// mends an earlier line, it need not answer for the rest of the line on which the fault was
  /// noticed.
  boolean helps(Edit edit) {
    boolean earlierLine = edit.at() <= tokens.lineStart(fault);
    int last = earlierLine ? Math.min(goal, fault + 1) : goal;
    return switch (edit) {
      case Edit.Insert(int at, int type, String _) -> fits(at, type, at, last);
      case Edit.Replace(int at, int type, String _) -> fits(at, type, at + 1, goal);
      case Edit.Remove(int at, int end) -> fitsWithout(at, end, Math.max(goal, end));
      case Edit.Rewrite(int at, int end, var words) ->
          isKnown(at) && fits(after(at, words), end, Math.max(last, end));
      case Edit.Enclose(int at, int from, int end) ->
          isKnown(at) && enclosedFit(after(at, List.of(OPENER)), from, end);
    };
  }

  /// Whether without words `at` up to but without `end` the words from there to `last` would fit.
  boolean fitsWithout(int at, int end, int last) {
    return isKnown(at) && fits(before.get(at - first), end, last);
  }

  private boolean fits(int at, int type, int next, int last) {
    return isKnown(at) && fits(viability.advance(before.get(at - first), type), next, last);
  }

  private Readings after(int at, List<Edit.Word> words) {
    Readings readings = before.get(at - first);
    for (Edit.Word word : words) {
      readings = viability.advance(readings, word.type());
    }
    return readings;
  }

  /// Whether the words of a body fit up to the goal; those behind it may have faults of their own.
  private boolean enclosedFit(Readings opened, int from, int end) {
    if (end > goal) {
      return fits(opened, from, goal);
    }
    Readings readings = opened;
    for (int i = from; i < end; i++) {
      readings = viability.advance(readings, tokens.type(i));
    }
    return fits(viability.advance(readings, SnnLexer.RBRACE), end, goal);
  }

  private boolean fits(Readings start, int next, int last) {
    Readings readings = start;
    for (int i = next; !readings.none() && i <= last && i < tokens.size(); i++) {
      readings = viability.advance(readings, tokens.type(i));
    }
    return !readings.none();
  }

  private boolean isKnown(int i) {
    return i >= first && i <= fault;
  }

  /// Where `rule`, begun at word `i`, ends at the latest before a new line, `;` or `}`; `i` if it
  /// fits nowhere.
  int endOf(int rule, int i) {
    Readings readings = viability.begin(rule);
    int end = i;
    int next = i;
    int last = Math.min(tokens.size(), i + LONGEST_STATEMENT);
    while (!readings.none() && next < last) {
      readings = viability.advance(readings, tokens.type(next));
      next++;
      if (viability.complete(readings) && next < tokens.size() && mayEndBefore(next)) {
        end = next;
      }
    }
    return end;
  }

  private boolean mayEndBefore(int i) {
    return switch (tokens.type(i)) {
      case SnnLexer.SEMI, SnnLexer.RBRACE, Token.EOF -> true;
      default -> tokens.beginsLine(i);
    };
  }
}

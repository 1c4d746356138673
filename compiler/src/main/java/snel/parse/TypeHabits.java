package snel.parse;

import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;
import snel.units.Dimension;

/// Types and bounds written as elsewhere.
final class TypeHabits {
  private static final Set<Integer> ENDS_OF_TYPES =
      Set.of(SnnLexer.OF, SnnLexer.ASSIGN, SnnLexer.SEMI, SnnLexer.RBRACE, Token.EOF);

  private final Fault fault;
  private final TokenList tokens;

  TypeHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::typeBehindValue,
        this::typeBeforeName,
        this::typeWithoutWord,
        this::typeOfEquation,
        this::severalInputs,
        this::missingType,
        this::listAsBounds);
  }

  /// `state v = 0 mV : voltage`.
  private Optional<Explanation> typeBehindValue() {
    boolean declares =
        fault.begins(
            SnnLexer.STATE,
            SnnLexer.PARAM,
            SnnLexer.LET,
            SnnLexer.INPUT,
            SnnLexer.PLASTIC,
            SnnLexer.SHARED);
    return declares && fault.type(0) == SnnLexer.COLON && fault.type(1) != SnnLexer.EOF
        ? fault.mended(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "the type stands before the value",
                    tokens.span(fault.at(), fault.at() + 1))
                .help("write `x : " + fault.text(1) + " = …`"),
            removed(2))
        : Optional.empty();
  }

  /// `state real u = 3`.
  private Optional<Explanation> typeBeforeName() {
    boolean declares = fault.begins(SnnLexer.STATE, SnnLexer.PARAM, SnnLexer.INPUT, SnnLexer.LET);
    int first = fault.statement() + 1;
    boolean two =
        declares
            && (fault.depth() == 2 || fault.depth() == 3)
            && tokens.type(first) == SnnLexer.NAME
            && tokens.type(first + 1) == SnnLexer.NAME
            && !tokens.beginsLine(first + 1);
    if (!two) {
      return Optional.empty();
    }
    String one = tokens.text(first);
    String other = tokens.text(first + 1);
    return isType(one)
        ? typeFirst(one, other, first)
        : isType(other) ? missingColon(first) : Optional.empty();
  }

  private Optional<Explanation> typeFirst(String type, String name, int at) {
    String right = name + " : " + type;
    Span span = tokens.span(at, at + 1);
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "the name stands before its type", span)
            .fix("write `" + right + "`", span, right),
        Fault.rewrite(
            at,
            at + 2,
            Fault.word(SnnLexer.NAME, name),
            Fault.word(SnnLexer.COLON, ":"),
            Fault.word(SnnLexer.NAME, type)));
  }

  /// `state u real = 3`.
  private Optional<Explanation> missingColon(int name) {
    return fault.mended(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "a `:` is missing between `" + tokens.text(name) + "` and its type",
                tokens.span(name + 1))
            .fix("write `:`", tokens.spanAfter(name), " :"),
        new Edit.Insert(name + 1, SnnLexer.COLON, ":"));
  }

  private static boolean isType(String word) {
    return switch (word) {
      case "real", "int", "bool", "string", "spikes", "any" -> true;
      default -> Dimension.named(word).isPresent();
    };
  }

  /// `real u = 3`, `u : real = 3`.
  private Optional<Explanation> typeWithoutWord() {
    boolean model = fault.place() == Place.NEURON || fault.place() == Place.SYNAPSE;
    if (!model || fault.depth() != 1 || fault.head() != SnnLexer.NAME) {
      return Optional.empty();
    }
    boolean typeFirst =
        isType(fault.text(-1))
            && fault.type(0) == SnnLexer.NAME
            && fault.type(1) == SnnLexer.ASSIGN
            && !tokens.beginsLine(fault.at());
    boolean nameFirst = fault.type(0) == SnnLexer.COLON && fault.type(1) == SnnLexer.NAME;
    if (!typeFirst && !nameFirst) {
      return Optional.empty();
    }
    String name = typeFirst ? fault.text(0) : fault.text(-1);
    String type = typeFirst ? fault.text(-1) : fault.text(1);
    return Fault.told(
        Diagnostic.of(
                Code.UNEXPECTED_TEXT,
                "`" + name + "` is declared without saying what it is",
                tokens.span(fault.statement(), fault.at() + (typeFirst ? 0 : 1)))
            .help(
                "what changes is `state %s : %s = …`, what stays `param %s : %s = …`"
                    .formatted(name, type, name, type)));
  }

  /// `v' = -v / tau : voltage`.
  private Optional<Explanation> typeOfEquation() {
    boolean equation = fault.depth() > 2 && tokens.type(fault.statement() + 1) == SnnLexer.PRIME;
    if (!equation || fault.type(0) != SnnLexer.COLON || fault.type(1) == SnnLexer.EOF) {
      return Optional.empty();
    }
    Span span = tokens.span(fault.at(), fault.at() + 1);
    String name = tokens.text(fault.statement());
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "an equation has no type of its own", span)
            .help("the state has one: `state " + name + " : " + fault.text(1) + " = …`"),
        removed(2));
  }

  /// `input a, b : real`, `input a : real, b : real`.
  private Optional<Explanation> severalInputs() {
    if (!fault.begins(SnnLexer.INPUT)
        || fault.depth() < 2
        || fault.type(0) != SnnLexer.COMMA
        || fault.type(1) != SnnLexer.NAME) {
      return Optional.empty();
    }
    boolean isTyped = fault.depth() > 2;
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNEXPECTED_TEXT, "an `input` declares one name", tokens.span(fault.at()))
            .help("write `input " + fault.text(1) + " : …` on a line of its own");
    Edit.Word input = Fault.word(SnnLexer.INPUT, "input");
    return fault.mended(
        diagnostic,
        isTyped
            ? Fault.rewrite(fault.at(), fault.at() + 1, input)
            : Fault.rewrite(
                fault.at(),
                fault.at() + 1,
                Fault.word(SnnLexer.COLON, ":"),
                Fault.word(SnnLexer.MISSING_NAME, ""),
                input));
  }

  /// `input I`, `receive exc(w)`, `weight w in 0 .. 1`.
  private Optional<Explanation> missingType() {
    int at = fault.at();
    boolean wantsType =
        fault.begins(
            SnnLexer.INPUT,
            SnnLexer.RECEIVE,
            SnnLexer.WEIGHT,
            SnnLexer.DELAY,
            SnnLexer.FUNCTION,
            SnnLexer.PROTOCOL);
    if (!wantsType || fault.depth() < 2 || !fault.trial().wantsWord(at, SnnLexer.COLON)) {
      return Optional.empty();
    }
    String name = fault.text(-1);
    String help =
        presentedAs(name)
            .map(input -> "write `" + name + " : " + input + "`, as the input has it")
            .orElse(
                "write `%1$s : real`, or `%1$s : voltage` and the like where it has a unit"
                    .formatted(name));
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.UNEXPECTED_TEXT, "the type of `" + name + "` is missing", tokens.span(at - 1))
            .help(help);
    Edit type =
        Fault.rewrite(
            at, at, Fault.word(SnnLexer.COLON, ":"), Fault.word(SnnLexer.MISSING_NAME, ""));
    // Those that follow mostly lack theirs as well: the text reads no further then.
    return fault.type(0) == SnnLexer.COMMA
        ? Optional.of(new Explanation(diagnostic, type))
        : fault.mended(diagnostic, type);
  }

  /// The type of the input that a protocol gives its parameter to, `present image = picture …`.
  private Optional<String> presentedAs(String parameter) {
    if (!fault.begins(SnnLexer.PROTOCOL)) {
      return Optional.empty();
    }
    for (int at = fault.at(); isInThisProtocol(at); at++) {
      if (tokens.type(at) == SnnLexer.ASSIGN && tokens.text(at + 1).equals(parameter)) {
        return typeOfInput(tokens.text(at - 1));
      }
    }
    return Optional.empty();
  }

  private boolean isInThisProtocol(int at) {
    return tokens.type(at) != SnnLexer.PROTOCOL && tokens.type(at) != Token.EOF;
  }

  private Optional<String> typeOfInput(String name) {
    for (int at = 0; at + 3 < tokens.size(); at++) {
      if (tokens.type(at) == SnnLexer.INPUT
          && tokens.text(at + 1).equals(name)
          && tokens.type(at + 2) == SnnLexer.COLON) {
        int end = at + 3;
        while (!ENDS_OF_TYPES.contains(tokens.type(end)) && !tokens.beginsLine(end)) {
          end++;
        }
        return end == at + 3 ? Optional.empty() : Optional.of(tokens.source(at + 3, end - 1));
      }
    }
    return Optional.empty();
  }

  /// `w : real in [0, 1]`, where bounds are wanted and no list.
  private Optional<Explanation> listAsBounds() {
    int at = fault.at();
    if (fault.depth() <= 1 || fault.type(-1) != SnnLexer.RBRACKET) {
      return Optional.empty();
    }
    int open = fault.opener(SnnLexer.LBRACKET, SnnLexer.RBRACKET);
    if (open <= fault.statement()) {
      return Optional.empty();
    }
    int comma = open;
    while (comma < at && tokens.type(comma) != SnnLexer.COMMA) {
      comma++;
    }
    if (comma >= at - 2
        || tokens.type(open - 1) != SnnLexer.IN
        || !fault.trial().wantsWord(at, SnnLexer.CLOSED_RANGE)) {
      return Optional.empty();
    }
    String range = tokens.source(open + 1, comma - 1) + " .. " + tokens.source(comma + 1, at - 2);
    Span span = tokens.span(open, at - 1);
    return Optional.of(
        new Explanation(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "bounds are written `a .. b`", span)
                .fix("write `" + range + "`", span, range),
            new Edit.Remove(open - 1, at)));
  }

  private Edit removed(int words) {
    return new Edit.Remove(fault.at(), fault.at() + words);
  }
}

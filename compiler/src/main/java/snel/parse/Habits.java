package snel.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// What people write who are used to another language.
final class Habits {
  private static final Map<String, String> NEURON =
      Map.of(
          "threshold", "a neuron spikes by `spike when v > …`",
          "init", "a state is declared with its initial value: `state v : voltage = …`",
          "initial", "a state is declared with its initial value: `state v : voltage = …`",
          "equations", "an equation is written `v' = …`",
          "equation", "an equation is written `v' = …`",
          "const", "a constant is `let x = …`",
          "var", "what changes is `state v : voltage = …`",
          "parameter", "write `param`",
          "parameters", "write `param`");

  private static final Map<String, String> HANDLER =
      Map.of(
          "elif", "write `else if`",
          "elsif", "write `else if`",
          "elseif", "write `else if`",
          "return", "a synapse delivers by `deliver …`",
          "print", "an experiment reports by `report …`",
          "const", "a constant is `let x = …`");

  private static final Map<String, String> NETWORK =
      Map.of(
          "layer", "write `population A : Model[100]`",
          "group", "write `population A : Model[100]`",
          "neurons", "write `population A : Model[100]`",
          "synapses", "write `connect A -> B …`",
          "projection", "write `connect A -> B …`",
          "monitor", "an experiment records by `record A.spikes`",
          "run", "an experiment runs: `experiment e on Net { step 0.1 ms; run 1 s }`");

  private static final Map<String, String> EXPERIMENT =
      Map.of(
          "elif", "write `else if`",
          "elseif", "write `else if`",
          "simulate", "write `run 1 s`",
          "print", "write `report …`",
          "plot", "write `report raster(A)`, for example",
          "monitor", "write `record A.spikes`, for example",
          "assert", "write `expect …`",
          "wait", "write `rest …`",
          "sleep", "write `rest …`");

  private static final Map<String, String> FILE =
      Map.of(
          "def", "a function is `function f(x : real) : real = …`, a model `neuron` or `synapse`",
          "fn", "a function is `function f(x : real) : real = …`",
          "class", "a model is `neuron` or `synapse`",
          "model", "a model is `neuron` or `synapse`",
          "const", "a constant is `let x = …`",
          "from", "write `import std.neurons.Lif`, for example",
          "population", "populations stand in a `network`",
          "connect", "connections stand in a `network`");

  private final TokenList tokens;
  private final Trial trial;
  private final int fault;
  private final int statement;
  private final Place place;

  Habits(TokenList tokens, Trial trial, int statement, Place place) {
    this.tokens = tokens;
    this.trial = trial;
    this.fault = trial.fault();
    this.statement = statement;
    this.place = place;
  }

  Optional<Explanation> explain() {
    return Stream.<Supplier<Optional<Explanation>>>of(
            this::derivative,
            this::secondDerivative,
            this::listAsBounds,
            this::sizeInRoundBrackets,
            this::everythingImported,
            this::nameInQuotes,
            this::parametersInHeader,
            this::namelessExperiment,
            this::unannouncedConnection,
            this::connectionAsCall,
            this::typeBehindValue,
            this::missingType,
            this::severalPeriods,
            this::foreignWord)
        .flatMap(habit -> habit.get().stream())
        .findFirst();
  }

  /// `dv/dt = …`.
  private Optional<Explanation> derivative() {
    String left = tokens.text(statement);
    boolean quotient =
        fault == statement + 1
            && tokens.type(fault) == SnnLexer.SLASH
            && tokens.text(fault + 1).equals("dt");
    if (!quotient || left.length() < 2 || !left.startsWith("d")) {
      return Optional.empty();
    }
    String name = left.substring(1);
    Edit edit =
        new Edit.Rewrite(
            statement,
            fault + 2,
            List.of(new Edit.Word(SnnLexer.NAME, name), new Edit.Word(SnnLexer.PRIME, "'")));
    Span span = tokens.span(statement, fault + 1);
    return trial.helps(edit)
        ? explained(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "an equation is written `" + name + "' = …`", span)
                .fix("write `" + name + "'`", span, name + "'"),
            edit)
        : Optional.empty();
  }

  /// `v'' = …`.
  private Optional<Explanation> secondDerivative() {
    Edit edit = new Edit.Remove(fault, fault + 1);
    boolean twice =
        fault > statement
            && tokens.type(fault) == SnnLexer.PRIME
            && tokens.type(fault - 1) == SnnLexer.PRIME;
    return twice && trial.helps(edit)
        ? explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "an equation gives a first derivative",
                    tokens.span(fault))
                .help("write two equations, such as `x' = y` and `y' = …`"),
            edit)
        : Optional.empty();
  }

  /// `w : real in [0, 1]`, where bounds are wanted and no list.
  private Optional<Explanation> listAsBounds() {
    if (fault <= statement + 1 || tokens.type(fault - 1) != SnnLexer.RBRACKET) {
      return Optional.empty();
    }
    int open = opener(SnnLexer.LBRACKET, SnnLexer.RBRACKET);
    if (open <= statement) {
      return Optional.empty();
    }
    int comma = open;
    while (comma < fault && tokens.type(comma) != SnnLexer.COMMA) {
      comma++;
    }
    if (comma >= fault - 2
        || tokens.type(open - 1) != SnnLexer.IN
        || !trial.wantsWord(fault, SnnLexer.CLOSED_RANGE)) {
      return Optional.empty();
    }
    String range =
        tokens.source(open + 1, comma - 1) + " .. " + tokens.source(comma + 1, fault - 2);
    Span span = tokens.span(open, fault - 1);
    Edit edit = new Edit.Remove(open - 1, fault);
    return explained(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "bounds are written `a .. b`", span)
            .fix("write `" + range + "`", span, range),
        edit);
  }

  /// `population A : Lif(100)(v: …)`.
  private Optional<Explanation> sizeInRoundBrackets() {
    int open = opener(SnnLexer.LPAREN, SnnLexer.RPAREN);
    boolean twice =
        place == Place.NETWORK || place == Place.TEST
            ? tokens.type(fault) == SnnLexer.LPAREN
                && tokens.type(fault - 1) == SnnLexer.RPAREN
                && open > statement
            : false;
    Edit edit = new Edit.Remove(open, fault);
    if (!twice || !trial.helps(edit)) {
      return Optional.empty();
    }
    String right = "[" + tokens.source(open + 1, fault - 2) + "]";
    Span span = tokens.span(open, fault - 1);
    return explained(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a size stands in square brackets", span)
            .fix("write `" + right + "`", span, right),
        edit);
  }

  /// The bracket that the one before the fault closes; -1 if there is none in the statement.
  private int opener(int opening, int closing) {
    int depth = 0;
    for (int i = fault - 1; i > statement; i--) {
      depth += tokens.type(i) == closing ? 1 : tokens.type(i) == opening ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// `import std.neurons.*`, `import "std/neurons"`.
  private Optional<Explanation> everythingImported() {
    int type = tokens.type(fault);
    boolean whole = type == SnnLexer.STAR || type == SnnLexer.TEXT;
    Edit edit = new Edit.Replace(fault, SnnLexer.MISSING_NAME, "");
    return tokens.type(statement) == SnnLexer.IMPORT && whole && trial.helps(edit)
        ? explained(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "an import names what it takes", tokens.span(fault))
                .help("write `import std.neurons.{Lif, AdaptiveLif}`, for example"),
            edit)
        : Optional.empty();
  }

  /// `experiment "first" on Net`.
  private Optional<Explanation> nameInQuotes() {
    String text = tokens.text(fault);
    if (tokens.type(fault) != SnnLexer.TEXT || text.length() < 3) {
      return Optional.empty();
    }
    String name = text.substring(1, text.length() - 1);
    Edit edit = new Edit.Replace(fault, SnnLexer.NAME, name);
    Span span = tokens.span(fault);
    return name.matches("[A-Za-z_][A-Za-z_0-9]*") && trial.helps(edit)
        ? explained(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "a name stands without quotation marks", span)
                .fix("write `" + name + "`", span, name),
            edit)
        : Optional.empty();
  }

  /// `neuron Cell(tau : time) {`.
  private Optional<Explanation> parametersInHeader() {
    int type = tokens.type(statement);
    boolean model = type == SnnLexer.NEURON || type == SnnLexer.SYNAPSE || type == SnnLexer.NETWORK;
    if (!model
        || tokens.type(fault) != SnnLexer.LPAREN
        || !trial.wantsWord(fault, SnnLexer.LBRACE)) {
      return Optional.empty();
    }
    int end = fault;
    while (end < trial.goal() && tokens.type(end) != SnnLexer.LBRACE) {
      end++;
    }
    Edit edit = new Edit.Remove(fault, end);
    return trial.helps(edit)
        ? explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a model's parameters stand in its body",
                    tokens.span(fault, end - 1))
                .help("write `param tau = 20 ms`, for example, between the braces"),
            edit)
        : Optional.empty();
  }

  /// `experiment on Net {`: here `on` is taken for the name.
  private Optional<Explanation> namelessExperiment() {
    int name = statement + 1;
    Edit edit = new Edit.Insert(name, SnnLexer.MISSING_NAME, "");
    return tokens.type(statement) == SnnLexer.EXPERIMENT
            && fault == statement + 2
            && tokens.type(name) == SnnLexer.ON
            && trial.helps(edit)
        ? explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT, "the experiment has no name", tokens.span(statement))
                .help("write `experiment first on …`, for example"),
            edit)
        : Optional.empty();
  }

  /// `A -> B all weight 1`.
  private Optional<Explanation> unannouncedConnection() {
    Edit edit = new Edit.Insert(statement, SnnLexer.CONNECT, "connect");
    return tokens.type(fault) == SnnLexer.ARROW && trial.helps(edit)
        ? explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a connection begins with `connect`",
                    tokens.span(statement))
                .fix(
                    "write `connect " + tokens.text(statement) + "`",
                    tokens.span(statement),
                    "connect " + tokens.text(statement)),
            edit)
        : Optional.empty();
  }

  /// `connect(A, B, …)`.
  private Optional<Explanation> connectionAsCall() {
    return tokens.type(statement) == SnnLexer.CONNECT
            && fault == statement + 1
            && tokens.type(fault) == SnnLexer.LPAREN
        ? Optional.of(
            new Explanation(
                Diagnostic.of(Code.UNEXPECTED_TEXT, "`connect` is no function", tokens.span(fault))
                    .help("write `connect A -> B.exc bernoulli(10 %) weight …`, for example"),
                null))
        : Optional.empty();
  }

  /// `state v = 0 mV : voltage`.
  private Optional<Explanation> typeBehindValue() {
    boolean declares =
        switch (tokens.type(statement)) {
          case SnnLexer.STATE, SnnLexer.PARAM, SnnLexer.LET, SnnLexer.INPUT -> true;
          case SnnLexer.PLASTIC, SnnLexer.SHARED -> true;
          default -> false;
        };
    Edit edit = new Edit.Remove(fault, fault + 2);
    return declares && tokens.type(fault) == SnnLexer.COLON && trial.helps(edit)
        ? explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "the type stands before the value",
                    tokens.span(fault, fault + 1))
                .help("write `x : " + tokens.text(fault + 1) + " = …`"),
            edit)
        : Optional.empty();
  }

  /// `input I`, `receive exc(w)`, `weight w in 0 .. 1`.
  private Optional<Explanation> missingType() {
    boolean wantsType =
        switch (tokens.type(statement)) {
          case SnnLexer.INPUT, SnnLexer.RECEIVE, SnnLexer.WEIGHT, SnnLexer.DELAY -> true;
          case SnnLexer.FUNCTION, SnnLexer.PROTOCOL -> true;
          default -> false;
        };
    if (!wantsType || fault < statement + 2 || !trial.wantsWord(fault, SnnLexer.COLON)) {
      return Optional.empty();
    }
    Edit edit =
        new Edit.Rewrite(
            fault,
            fault,
            List.of(new Edit.Word(SnnLexer.COLON, ":"), new Edit.Word(SnnLexer.MISSING_NAME, "")));
    String name = tokens.text(fault - 1);
    return trial.helps(edit)
        ? explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "the type of `" + name + "` is missing",
                    tokens.span(fault - 1))
                .help("write `" + name + " : voltage`, for example"),
            edit)
        : Optional.empty();
  }

  /// `record A.v every 1 ms, f.w every 10 ms`.
  private Optional<Explanation> severalPeriods() {
    if (tokens.type(statement) != SnnLexer.RECORD) {
      return Optional.empty();
    }
    for (int comma = statement + 1; comma < trial.goal(); comma++) {
      Edit edit =
          new Edit.Rewrite(
              comma,
              comma + 1,
              List.of(new Edit.Word(SnnLexer.SEMI, ";"), new Edit.Word(SnnLexer.RECORD, "record")));
      boolean afterPeriod =
          tokens.type(comma) == SnnLexer.COMMA && within(statement, comma, SnnLexer.EVERY);
      if (afterPeriod && trial.helps(edit)) {
        return explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "`every` ends what one `record` records",
                    tokens.span(comma))
                .fix("write a second `record` for what follows", tokens.span(comma), "; record"),
            edit);
      }
    }
    return Optional.empty();
  }

  private boolean within(int from, int until, int type) {
    for (int i = from; i < until; i++) {
      if (tokens.type(i) == type) {
        return true;
      }
    }
    return false;
  }

  private Optional<Explanation> foreignWord() {
    String word = tokens.text(statement);
    String help = words().get(word);
    boolean written = tokens.type(statement) == SnnLexer.NAME || trial.fault() == statement;
    return help == null || !written || fault - statement > 1
        ? Optional.empty()
        : Optional.of(
            new Explanation(
                Diagnostic.of(
                        Code.UNEXPECTED_TEXT,
                        "nothing begins with `" + word + "` " + place.phrase(),
                        tokens.span(statement))
                    .help(help),
                null));
  }

  private Map<String, String> words() {
    return switch (place) {
      case NEURON, SYNAPSE -> NEURON;
      case HANDLER -> HANDLER;
      case NETWORK -> NETWORK;
      case EXPERIMENT, TEST -> EXPERIMENT;
      case FILE -> FILE;
      case DATA, DEPLOYMENT -> Map.of();
    };
  }

  private static Optional<Explanation> explained(Diagnostic diagnostic, Edit edit) {
    return Optional.of(new Explanation(diagnostic, edit));
  }
}

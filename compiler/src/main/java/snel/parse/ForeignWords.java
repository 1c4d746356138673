package snel.parse;

import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Words of other languages, and what is written instead.
final class ForeignWords {
  private static final String STATE = "a state is declared with its value: `state v : voltage = …`";
  private static final String CONSTANT = "a constant is `let x = …`";
  private static final String POPULATION = "write `population A : Model[100]`";
  private static final String CONNECT = "write `connect A -> B …`";
  private static final String EQUATION = "an equation is written `v' = …`";
  private static final String ELSE_IF = "write `else if`";
  private static final String REPORT = "write `report raster(A)`, for example";
  private static final String PICTURE =
      "a picture is reported: `report raster(A)`, `traces(A.v)` or `histogram(x)`, for example";
  private static final String SAVE = "write `save \"weights.npz\"`";
  private static final String DO = "write `do …`";
  private static final String STIMULUS =
      "a current is an `input` of the neuron, assigned as in `A.drive = 2 nA`; an event is sent by `send A.exc(1 nA)`";
  private static final String LOOP = "write `repeat 10 times { … }` or `for k in 1 .. 10 { … }`";
  private static final String STEP = "the time step is `step 0.1 ms`";
  private static final String RUN = "write `run 1 s`";
  private static final String RECORD = "write `record A.spikes`, for example";
  private static final String EXPECT = "write `expect …`";
  private static final String THREADS = "the command says how many: `snel run --threads 2 …`";
  private static final String REST = "write `rest …`";
  private static final String WARM_UP =
      "rates and counts are of the latest `run`: a `run 100 ms` before it is not counted";
  private static final String IMPORT = "write `import std.neurons.Lif`, for example";
  private static final String FUNCTION = "a function is `function f(x : real) : real = …`";

  private static final String EPOCHS =
      "a loop goes over the data: `for epoch in 1 .. 5 { for batch in mnist.train | batch(64) { … } }`";

  private static final String APART =
      "what is held apart is shown by a loop of its own: `for batch in mnist.test | batch(100) { …; score digit against batch.label }`";

  private static final String TRAINED = "write `train by bptt() with adam(1e-3)`, for example";

  private static final String LARGEST =
      "what should become large is minimised with a minus before it: `minimise -mean(y.count)`, for example";

  private static final String STALLED =
      "write `stop when stalled(accuracy(digit), epochs: 3)` in the loop, for example";

  private static final String EXPERIMENT_RUNS =
      "an experiment runs: `experiment e on Net { step 0.1 ms; run 1 s }`";

  private static final Map<String, String> MODEL =
      Map.ofEntries(
          Map.entry("threshold", "a neuron spikes by `spike when v > …`"),
          Map.entry(
              "if",
              "a neuron spikes by `spike when v > …`; other choices stand in handlers, such as `reset { … }`"),
          Map.entry("when", "an event of one's own is `event name when v > … { … }`"),
          Map.entry("on_spike", "what a spike does stands in `reset { … }` or `on spike { … }`"),
          Map.entry("on_pre", "what a spike of the source does stands in `on pre { … }`"),
          Map.entry("on_post", "what a spike of the target does stands in `on post { … }`"),
          Map.entry("init", STATE),
          Map.entry("initial", STATE),
          Map.entry("equations", EQUATION),
          Map.entry("equation", EQUATION),
          Map.entry("const", CONSTANT),
          Map.entry("var", "what changes is `state v : voltage = …`"),
          Map.entry("parameter", "write `param`"),
          Map.entry("parameters", "write `param`"));

  private static final Map<String, String> HANDLER =
      Map.of(
          "elif", ELSE_IF,
          "elsif", ELSE_IF,
          "elseif", ELSE_IF,
          "return", "a synapse delivers by `deliver …`",
          "print", "an experiment reports by `report …`",
          "const", CONSTANT);

  private static final Map<String, String> NETWORK =
      Map.of(
          "layer", POPULATION,
          "group", POPULATION,
          "neurons", POPULATION,
          "synapse", CONNECT,
          "synapses", CONNECT,
          "projection", CONNECT,
          "monitor", "an experiment records by `record A.spikes`",
          "run", EXPERIMENT_RUNS);

  private static final Map<String, String> EXPERIMENT =
      Map.ofEntries(
          Map.entry("elif", ELSE_IF),
          Map.entry("elseif", ELSE_IF),
          Map.entry("simulate", RUN),
          Map.entry("duration", RUN),
          Map.entry("timestep", STEP),
          Map.entry("dt", STEP),
          Map.entry("print", REPORT),
          Map.entry("return", REPORT),
          Map.entry("plot", PICTURE),
          Map.entry("const", CONSTANT),
          Map.entry("export", SAVE),
          Map.entry("dump", SAVE),
          Map.entry("call", DO),
          Map.entry("execute", DO),
          Map.entry("inject", STIMULUS),
          Map.entry("stimulate", STIMULUS),
          Map.entry("loop", LOOP),
          Map.entry("monitor", RECORD),
          Map.entry("break", "a loop ends where `stop when …` says so"),
          Map.entry("continue", "put what is to be passed over into `if … { }`"),
          Map.entry("epochs", EPOCHS),
          Map.entry("epoch", EPOCHS),
          Map.entry("batch_size", EPOCHS),
          Map.entry("test", APART),
          Map.entry("evaluate", APART),
          Map.entry("validate", APART),
          Map.entry("optimizer", TRAINED),
          Map.entry("optimiser", TRAINED),
          Map.entry("learning_rate", TRAINED),
          Map.entry("maximise", LARGEST),
          Map.entry("maximize", LARGEST),
          Map.entry("loss", "write `minimise cross_entropy(…)`, for example"),
          Map.entry("early", STALLED),
          Map.entry("early_stop", STALLED),
          Map.entry("early_stopping", STALLED),
          Map.entry("patience", STALLED),
          Map.entry("assert", EXPECT),
          Map.entry("threads", THREADS),
          Map.entry("num_threads", THREADS),
          Map.entry("warmup", WARM_UP),
          Map.entry("warm_up", WARM_UP),
          Map.entry("discard", WARM_UP),
          Map.entry("transient", WARM_UP),
          Map.entry("settle", WARM_UP),
          Map.entry("wait", REST),
          Map.entry("sleep", REST));

  private static final Map<String, String> FILE =
      Map.ofEntries(
          Map.entry("def", FUNCTION + ", a model `neuron` or `synapse`"),
          Map.entry("fn", FUNCTION),
          Map.entry("class", "a model is `neuron` or `synapse`"),
          Map.entry("model", "a model is `neuron` or `synapse`"),
          Map.entry("const", CONSTANT),
          Map.entry("from", IMPORT),
          Map.entry("use", IMPORT),
          Map.entry("using", IMPORT),
          Map.entry("include", IMPORT),
          Map.entry("require", IMPORT),
          Map.entry("run", EXPERIMENT_RUNS),
          Map.entry("simulate", EXPERIMENT_RUNS),
          Map.entry("population", "populations stand in a `network`"),
          Map.entry("connect", "connections stand in a `network`"));

  /// Within a statement: the word that is written in place of another.
  private static final Map<String, Integer> WITHIN =
      Map.ofEntries(
          Map.entry("tolerance", SnnLexer.WITHIN),
          Map.entry("tol", SnnLexer.WITHIN),
          Map.entry("using", SnnLexer.WITH),
          Map.entry("during", SnnLexer.FOR),
          Map.entry("decay", SnnLexer.TAU),
          Map.entry("w", SnnLexer.WEIGHT),
          Map.entry("strength", SnnLexer.WEIGHT),
          Map.entry("latency", SnnLexer.DELAY),
          Map.entry("condition", SnnLexer.WHERE),
          Map.entry("model", SnnLexer.SYNAPSE));

  /// What is begun by another word, and else written alike.
  private static final Map<String, Integer> SAME =
      Map.of(
          CONSTANT, SnnLexer.LET,
          DO, SnnLexer.DO,
          STEP, SnnLexer.STEP,
          RUN, SnnLexer.RUN,
          RECORD, SnnLexer.RECORD,
          REPORT, SnnLexer.REPORT,
          EXPECT, SnnLexer.EXPECT,
          REST, SnnLexer.REST);

  private final Fault fault;

  ForeignWords(Fault fault) {
    this.fault = fault;
  }

  Optional<Explanation> explain() {
    return beginning().or(() -> within(0)).or(() -> within(-1));
  }

  private Optional<Explanation> beginning() {
    TokenList tokens = fault.tokens();
    int at = fault.statement();
    String word = tokens.text(at);
    String help = words().get(word);
    boolean named = fault.begins(SnnLexer.NAME, SnnLexer.TEST, SnnLexer.SYNAPSE);
    boolean written = named || fault.depth() == 0;
    boolean alone = fault.endsBefore(at + 1);
    if (help == null || !written && !alone || fault.depth() > 1) {
      return Optional.empty();
    }
    Diagnostic nothing =
        Diagnostic.of(
            Code.UNEXPECTED_TEXT,
            "nothing begins with `" + word + "` " + fault.place().phrase(),
            tokens.span(at));
    return Optional.ofNullable(SAME.get(help))
        .flatMap(type -> replaced(at, fault.endOfLine(at + 1), type, nothing))
        .or(() -> Fault.told(nothing.help(help)));
  }

  /// Another word for word `at`, told with those behind it up to but without `end`.
  private Optional<Explanation> replaced(int at, int end, int type, Diagnostic diagnostic) {
    String right = Wording.literal(type);
    Span word = fault.tokens().span(at);
    String rest = fault.tokens().span(at, end - 1).text().substring(word.text().length());
    return fault.mended(
        diagnostic.fix("write `" + right + rest + "`", word, right),
        new Edit.Replace(at, type, right));
  }

  private Optional<Explanation> within(int n) {
    int at = fault.at() + n;
    if (at <= fault.statement() || fault.type(n) != SnnLexer.NAME) {
      return Optional.empty();
    }
    Integer type = WITHIN.get(fault.text(n));
    if (type == null || fault.tokens().beginsLine(at)) {
      return Optional.empty();
    }
    return replaced(
        at,
        at + 1,
        type,
        Diagnostic.of(
            Code.UNEXPECTED_TEXT,
            "`" + fault.text(n) + "` is written `" + Wording.literal(type) + "`",
            fault.tokens().span(at)));
  }

  private Map<String, String> words() {
    return switch (fault.place()) {
      case NEURON, SYNAPSE -> MODEL;
      case HANDLER -> HANDLER;
      case NETWORK -> NETWORK;
      case EXPERIMENT, TEST -> EXPERIMENT;
      case FILE -> FILE;
      case DATA, DEPLOYMENT -> Map.of();
    };
  }
}

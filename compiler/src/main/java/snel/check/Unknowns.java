package snel.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.model.Population;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.AssignmentOperator;
import snel.syntax.Name;
import snel.types.Type;
import snel.units.Dimension;
import snel.units.UnitReading;
import snel.units.Units;

/// Names that nothing declares. They are kept to the end of the check, when it is known what
/// dimension each should have and which declared names are used nowhere. E0108.
final class Unknowns {
  private static final String SQUARES = "write `mean((y.count - wanted)^2)`, for example";
  private static final String ENTROPY = "write `cross_entropy(mean_over_time(y.v), label)`";

  private static final String SOFT_MAXIMUM =
      "`cross_entropy(r, label)` takes the soft maximum of the readings itself; elsewhere write"
          + " `exp(r) / sum(exp(r))`";

  private static final String SUM_OVER_TIME =
      "the sum over the steps is their number times the mean: `25 * mean_over_time(y.v)` where 25 steps are"
          + " shown";

  private static final String SMALLEST =
      "the smallest value is that of the largest with the other sign: let a state be `-v`, and read"
          + " `-max_over_time(y.u)` of it";

  private static final String FIRST_WEIGHTS =
      "first weights are drawn by `kaiming()`, `normal(0, 1 / sqrt(fan_in))` or"
          + " `uniform(-1, 1) / sqrt(fan_in)`, for example";

  private static final String INTERVALS =
      "`cv_isi(A)` is the coefficient of variation of the intervals, one number a neuron;"
          + " `record A.spikes` keeps all spikes";
  private static final String OF_RECORDS =
      "that is worked out of the files of a run: `record A.v every 1 ms` writes `samples/A.v.npy`, `record"
          + " A.spikes` writes `spikes.h5` and `spikes.csv`";
  private static final String CORRELATION = "write `correlation(A, bin: 5 ms)`";
  private static final String ALIKE =
      "where an array is wanted, one number goes for all its elements";

  private static final String WINNER =
      "which neuron spiked most is told by a read-out: `readout answer : MaxCount(A)` in the network and"
          + " `answer.label` in the experiment";

  private static final String STEP = "write `(if x > 0 then 1 else 0)`";
  private static final String COUNT = "write `count(A)`";
  private static final String RATE = "write `rate(A)`";
  private static final String DECAY =
      "weights decay by `train by bptt() with adam(1e-3, weight_decay: 1e-4)`";
  private static final String MEAN = "write `mean(x)`";

  private static final String GATHERED =
      "what a `report` in a loop says is kept of each pass: `over_time(x)` draws it, `table(x)` tells it";

  private static final String FIELDS =
      "write `import std.encode.GaussianField.{GaussianField, centres, field_width}` at the top of"
          + " the file";

  /// What other languages, or files of the library, have a function for.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("range", "a range is written `0 ..< 10`"),
          Map.entry("arange", "a range is written `0 ..< 10`"),
          Map.entry("where", "a choice is written `if c then a else b`"),
          Map.entry("heaviside", STEP),
          Map.entry("step", STEP),
          Map.entry("zeros", ALIKE),
          Map.entry("ones", ALIKE),
          Map.entry("full", ALIKE),
          Map.entry("len", "write `size(…)` or `count(…)`"),
          Map.entry("length", "write `size(…)` or `count(…)`"),
          Map.entry("print", "write `report …` in an experiment"),
          Map.entry("pow", "a power is written `x^2`"),
          Map.entry("ln", "the natural logarithm is `log`"),
          Map.entry("std", "write `deviation(x)`"),
          Map.entry("stdev", "write `deviation(x)`"),
          Map.entry("var", "write `deviation(x)^2`"),
          Map.entry("variance", "write `deviation(x)^2`"),
          Map.entry("average", MEAN),
          Map.entry("avg", MEAN),
          Map.entry("firing_rate", RATE),
          Map.entry("mean_rate", RATE),
          Map.entry("frequency", RATE),
          Map.entry("spike_count", COUNT),
          Map.entry("n_spikes", COUNT),
          Map.entry("nspikes", COUNT),
          Map.entry("num_spikes", COUNT),
          Map.entry("centres", FIELDS),
          Map.entry("field_width", FIELDS),
          Map.entry("spikes", "write `raster(A)` for a picture, or `count(A)`"),
          Map.entry("weights", "the weights of `connect … as f` are `f.w`"),
          Map.entry("append", GATHERED),
          Map.entry("confusion_matrix", "write `confusion(digit)`"),
          Map.entry("l2", DECAY),
          Map.entry("l2_norm", DECAY),
          Map.entry("isi", INTERVALS),
          Map.entry("isis", INTERVALS),
          Map.entry("diff", INTERVALS),
          Map.entry("isi_histogram", INTERVALS),
          Map.entry("intervals", INTERVALS),
          Map.entry("fft", OF_RECORDS),
          Map.entry("psd", OF_RECORDS),
          Map.entry("spectrum", OF_RECORDS),
          Map.entry("power_spectrum", OF_RECORDS),
          Map.entry("autocorrelation", OF_RECORDS),
          Map.entry("cross_correlogram", OF_RECORDS),
          Map.entry("population_rate", "`over_time(rate(A))` draws the rate in bins"),
          Map.entry("cv", INTERVALS),
          Map.entry("cv2", INTERVALS),
          Map.entry("fano", "write `fano_factor(A, bin: 50 ms)`"),
          Map.entry("corr", CORRELATION),
          Map.entry("corrcoef", CORRELATION),
          Map.entry("cross_correlation", CORRELATION),
          Map.entry("argmax", WINNER),
          Map.entry("argmin", WINNER),
          Map.entry("psth", "`raster(A)` draws the rate over time below the spikes"),
          Map.entry("mse", SQUARES),
          Map.entry("mse_loss", SQUARES),
          Map.entry("mean_squared_error", SQUARES),
          Map.entry("nll_loss", ENTROPY),
          Map.entry("softmax", SOFT_MAXIMUM),
          Map.entry("log_softmax", SOFT_MAXIMUM),
          Map.entry("softmax_cross_entropy", ENTROPY),
          Map.entry("sum_over_time", SUM_OVER_TIME),
          Map.entry("min_over_time", SMALLEST),
          Map.entry("xavier", FIRST_WEIGHTS),
          Map.entry("xavier_uniform", FIRST_WEIGHTS),
          Map.entry("xavier_normal", FIRST_WEIGHTS),
          Map.entry("glorot", FIRST_WEIGHTS),
          Map.entry("glorot_uniform", FIRST_WEIGHTS),
          Map.entry("glorot_normal", FIRST_WEIGHTS),
          Map.entry("kaiming_uniform", FIRST_WEIGHTS),
          Map.entry("kaiming_normal", FIRST_WEIGHTS),
          Map.entry("he_uniform", FIRST_WEIGHTS),
          Map.entry("he_normal", FIRST_WEIGHTS),
          Map.entry("rand", "write `uniform(0, 1)`"),
          Map.entry("random", "write `uniform(0, 1)`"),
          Map.entry("randn", "write `normal(0, 1)`"),
          Map.entry("int", "write `floor(x)` or `truncate(x)`"),
          Map.entry(
              "npz",
              "one array of a file `.npy` is read by `npy(\"…\")`; the weights of a network are"
                  + " filled from an archive by `load npz(…)` in an experiment"));

  /// What other systems call the time of the latest spike.
  private static final Set<String> LATEST_SPIKE =
      Set.of("lastspike", "last_spike", "t_last", "t_spike", "tspike");

  private static final String RATE_OF_LEARNING =
      "the rate of learning falls by `adam(1e-3, decay: 0.5, every: 100)` or `cosine(1000)`; of"
          + " rules it is a parameter of the synapse";

  /// What experiments tell without being asked, or have no name for.
  private static final Map<String, String> OF_EXPERIMENTS =
      Map.of(
          NamedMembers.LOSS,
          "where `minimise` stands in a loop over samples, the mean loss is reported and drawn by"
              + " itself, as `loss`",
          "adam",
          RATE_OF_LEARNING,
          "adamw",
          RATE_OF_LEARNING,
          "gradient_descent",
          RATE_OF_LEARNING,
          "optimizer",
          RATE_OF_LEARNING,
          "optimiser",
          RATE_OF_LEARNING);

  /// What others take their functions from.
  private static final Set<String> MODULES =
      Set.of("np", "numpy", "math", "random", "torch", "scipy", "plt", "jnp", "sim", "nest");

  /// How others number the two neurons of a pair.
  private static final List<String> NUMBERS = List.of("i", "j", "i_pre", "i_post");

  /// `5 /`, behind which a unit may stand.
  private static final Pattern ONE_OVER =
      Pattern.compile("(?<![\\w.])(\\d[\\d_.]*(?:[eE][-+]?\\d+)?) ?/ ?$");

  private static final Pattern POWER = Pattern.compile("\\^(\\d+)");

  /// `10 mV / `, behind which another unit may stand.
  private static final Pattern QUANTITY = Pattern.compile("([\\d_.]+) ?([a-zA-Z]+) ?/ ?$");

  private static final Set<String> ENDS = Set.of("pre", "post");

  private static final Pattern OF_NEURON = Pattern.compile("(\\w+)_(pre|post)");

  private static final Pattern OF_ONE_END = Pattern.compile("(\\w+?)_?(?:pre|post)");

  private static final String DATA = "std/data";

  private static final String ENCODERS = "std/encode";

  private record Pending(Scope scope, Name name, Type type, Collection<String> functions) {}

  private final List<Pending> pending = new ArrayList<>();

  /// What experiments assign, by where the name stands.
  private final Map<Span, Assign> assigned = new HashMap<>();

  /// @param type what takes the dimension that the name's surroundings ask for
  void name(Scope scope, Name name, Type type) {
    pending.add(new Pending(scope, name, type, List.of()));
  }

  /// That it is such a name to which `assign` gives a value, if it is one.
  void assigned(Assign assign) {
    assigned.put(assign.target().span(), assign);
  }

  /// @param functions the functions that are known there
  void function(Scope scope, Name name, Collection<String> functions) {
    pending.add(new Pending(scope, name, Type.UNKNOWN, List.copyOf(functions)));
  }

  /// Reports each name once a declaration.
  void report(Context context) {
    for (Pending unknown : pending) {
      if (inSkippedText(unknown.scope, unknown.name)) {
        continue;
      }
      boolean function = !unknown.functions.isEmpty();
      Object cause =
          List.of(Code.UNKNOWN_NAME, unknown.name.span().file(), unknown.name.text(), function);
      context
          .diagnostics()
          .reportOnce(cause, function ? unknownFunction(unknown) : unknownName(context, unknown));
    }
    pending.clear();
    assigned.clear();
  }

  /// Whether the name may be declared in text that could not be read.
  static boolean inSkippedText(Scope scope, Name name) {
    return scope.file().file().skipped().stream()
        .filter(span -> span.file().equals(name.span().file()))
        .anyMatch(span -> Words.contains(span, name.text()));
  }

  private static Diagnostic unknownFunction(Pending unknown) {
    String name = unknown.name.text();
    Optional<String> near =
        ELSEWHERE.containsKey(name) ? Optional.empty() : Nearest.to(name, unknown.functions);
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_NAME,
            "unknown function `" + name + "`" + Nearest.hint(near),
            unknown.name.span(),
            "not declared");
    String instead = ELSEWHERE.get(name);
    if (instead != null) {
      return diagnostic.help(instead);
    }
    if (near.isEmpty() && unknown.scope.file().namesIn(ENCODERS).contains(name)) {
      return diagnostic.help(imported(ENCODERS, name));
    }
    return near.map(n -> diagnostic.fix("write `" + n + "`", unknown.name.span(), n))
        .orElse(diagnostic);
  }

  private static String imported(String folder, String name) {
    return "write `import " + folder.replace('/', '.') + "." + name + "` at the top of the file";
  }

  private Diagnostic unknownName(Context context, Pending unknown) {
    String name = unknown.name.text();
    if (LibraryFunctions.names().contains(name)
        || unknown.scope.file().functionNames().contains(name)) {
      return Diagnostic.of(
              Code.UNKNOWN_NAME,
              "`" + name + "` is a function, not a value",
              unknown.name.span(),
              "of what?")
          .help("write `" + name + "(…)`, or declare a value of that name");
    }
    Map<String, Symbol> visible = new LinkedHashMap<>(unknown.scope.visible());
    boolean isAssigned = assigned.containsKey(unknown.name.span());
    if (isAssigned) {
      visible.values().removeIf(symbol -> !ExperimentAssignments.isAssignable(symbol));
    }
    Optional<Dimension> wanted = wanted(context, unknown);
    Optional<String> ofNeuron = ofNeuron(unknown);
    Optional<String> near =
        isNumber(unknown)
            ? Optional.empty()
            : trace(name, visible)
                .or(() ->
                    near(context, unknown.scope, name, visible, wanted)
                        .filter(found -> ofNeuron.isEmpty() || !ENDS.contains(found)))
                .or(() ->
                    ofNeuron.isPresent()
                        ? Optional.empty()
                        : unusedOfDimension(context, visible, wanted));
    Span at = unknown.name.span();
    if (near.isEmpty()) {
      Diagnostic bare =
          Diagnostic.of(Code.UNKNOWN_NAME, "unknown name `" + name + "`", at, "not declared");
      if (ofNeuron.isPresent() && !isNumber(unknown)) {
        return bare.fix("write `" + ofNeuron.get() + "`", at, ofNeuron.get());
      }
      return advice(unknown, wanted).map(bare::help).orElse(bare);
    }
    String found = near.get();
    Symbol symbol = java.util.Objects.requireNonNull(visible.get(found));
    boolean used = context.usage().isRead(symbol);
    context.usage().read(symbol);
    context.usage().readImport(unknown.scope.file(), found);
    String hint =
        used || symbol.role() == Role.GIVEN
            ? "did you mean `" + found + "`?"
            : "`"
                + found
                + "`"
                + dimension(context.type(symbol))
                + " is declared at "
                + Wording.place(symbol.span(), at)
                + " and used nowhere";
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_NAME, "unknown name `" + name + "`; " + hint, at, "not declared");
    return (symbol.role() == Role.GIVEN || Context.inLibrary(symbol.span())
            ? diagnostic
            : diagnostic.label(symbol.span(), "`" + found + "` is declared here"))
        .fix("write `" + found + "`", at, found);
  }

  /// Whether a neuron of a pair is numbered as others do.
  private static boolean isNumber(Pending unknown) {
    return unknown.scope.place() == Place.PAIR && NUMBERS.contains(unknown.name.text());
  }

  /// `v_pre`, as others call `v` of the source.
  private static Optional<String> ofNeuron(Pending unknown) {
    Place place = unknown.scope.place();
    Matcher parts = OF_NEURON.matcher(unknown.name.text());
    return (place == Place.SYNAPSE || place == Place.PAIR) && parts.matches()
        ? Optional.of(parts.group(2) + "." + parts.group(1))
        : Optional.empty();
  }

  /// `x_pre` and `ypost`, as others call the traces `x` of the source and `y` of the target.
  private static Optional<String> trace(String name, Map<String, Symbol> visible) {
    Matcher parts = OF_ONE_END.matcher(name);
    return parts.matches()
        ? Optional.of(parts.group(1))
            .filter(x -> visible.containsKey(x) && visible.get(x).role() == Role.TRACE)
        : Optional.empty();
  }

  private Optional<String> advice(Pending unknown, Optional<Dimension> wanted) {
    String name = unknown.name.text();
    Assign assign = assigned.get(unknown.name.span());
    if (assign != null) {
      return Optional.of(
          assign.operator() == AssignmentOperator.SET
              ? "declare it: `var " + name + " = " + Wording.text(assign.value().span()) + "`"
              : "declare it before: `var " + name + " = …`");
    }
    Matcher quantity = QUANTITY.matcher(before(unknown.name.span()));
    String unit = Units.withPower(name);
    if (quantity.find() && Units.read(unit) instanceof UnitReading.Known) {
      return Optional.of(
          "a unit is written in one: `%s %s/%s`"
              .formatted(quantity.group(1), quantity.group(2), unit));
    }
    Matcher number = ONE_OVER.matcher(before(unknown.name.span()));
    Optional<String> meant = unit(name);
    if (number.find() && meant.isPresent()) {
      Matcher power = POWER.matcher(behind(unknown.name.span()));
      return Optional.of(
          "one over a unit is its power: `%s %s^-%s`"
              .formatted(number.group(1), meant.get(), power.lookingAt() ? power.group(1) : "1"));
    }
    if (isUnit(name, wanted) || meant.filter(u -> !u.equals(name)).isPresent()) {
      return Optional.of("a unit stands behind its number: `1 " + meant.orElse(name) + "`");
    }
    if (MODULES.contains(name)) {
      return Optional.of(
          "functions are called by their names alone: `exp(x)`, `mean(x)`, `normal(0, 1)`");
    }
    if (unknown.scope.file().namesIn(DATA).contains(name)) {
      return Optional.of(imported(DATA, name));
    }
    if (Population.MEMBERS.contains(name)) {
      switch (unknown.scope.place()) {
        case NEURON -> {
          return Optional.of("write `self." + name + "`");
        }
        case SYNAPSE, PAIR -> {
          return Optional.of("write `pre." + name + "` or `post." + name + "`");
        }
        case EXPERIMENT -> {
          return Optional.of("it is asked of a population: `E." + name + "`, for example");
        }
        case TOP, FUNCTION, NETWORK, DATA, UNCLEAR -> {}
      }
    }
    if (unknown.scope.place() == Place.NEURON
        && (name.equals("xi") || wanted.equals(Optional.of(ModelNames.OF_NOISE)))) {
      return Optional.of("declare it: `noise " + name + "` is white noise");
    }
    if (LATEST_SPIKE.contains(name)) {
      return Optional.of(
          "the time since the latest spike is `since(spike)` in a neuron, `since(pre)` and `since(post)` in a"
              + " synapse");
    }
    return switch (unknown.scope.place()) {
      case NEURON, SYNAPSE ->
          Optional.of(
              "declare it: `input %s : %s` if it comes from outside, `param %s = …` if it stays"
                  .formatted(name, wanted.map(Dimension::toString).orElse("real"), name));
      case PAIR ->
          isNumber(unknown)
              ? Optional.of("the two neurons are numbered `pre.index` and `post.index`")
              : Optional.empty();
      case EXPERIMENT -> Optional.ofNullable(OF_EXPERIMENTS.get(name));
      case TOP, FUNCTION, NETWORK, DATA, UNCLEAR -> Optional.empty();
    };
  }

  /// The unit of that name, or the one that is written so in full: `second`.
  private static Optional<String> unit(String name) {
    return switch (Units.read(name)) {
      case UnitReading.Known _ -> Optional.of(name);
      case UnitReading.Unknown(_, _, var meant) ->
          meant.filter(unit -> name.length() > 3 && !unit.equalsIgnoreCase(name));
      case UnitReading.Malformed _ -> Optional.empty();
    };
  }

  private static String behind(Span span) {
    return span.file().text().substring(span.end());
  }

  /// What is written before it on its line.
  private static String before(Span span) {
    String text = span.file().text();
    return text.substring(text.lastIndexOf('\n', span.start() - 1) + 1, span.start());
  }

  /// One letter may be meant otherwise, unless its unit is what the surroundings ask for.
  private static boolean isUnit(String name, Optional<Dimension> wanted) {
    return Units.read(name) instanceof UnitReading.Known(var unit)
        && (name.length() > 1 || wanted.equals(Optional.of(unit.dimension())));
  }

  private Optional<Dimension> wanted(Context context, Pending unknown) {
    return pending.stream()
        .filter(p -> p.name.text().equals(unknown.name.text()))
        .filter(p -> p.name.span().file().equals(unknown.name.span().file()))
        .map(p -> Wording.dimension(context.resolved(p.type)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean fits(
      Context context, Map<String, Symbol> visible, String name, Optional<Dimension> wanted) {
    Symbol symbol = visible.get(name);
    return symbol != null
        && wanted.isPresent()
        && Wording.dimension(context.type(symbol)).equals(wanted);
  }

  /// Of another dimension than is wanted are only those where a unit may have been forgotten.
  private static Optional<String> near(
      Context context,
      Scope scope,
      String name,
      Map<String, Symbol> visible,
      Optional<Dimension> wanted) {
    List<String> candidates =
        visible.values().stream()
            .filter(symbol -> mayBeNamed(scope, symbol))
            .filter(symbol ->
                wanted.isEmpty()
                    || Wording.dimension(context.type(symbol))
                        .filter(own -> !own.isPlain() && !own.equals(wanted.get()))
                        .isEmpty())
            .map(Symbol::name)
            .toList();
    return Nearest.to(name, candidates, n -> fits(context, visible, n, wanted));
  }

  /// Only what runs experiments sees what they are called.
  private static boolean mayBeNamed(Scope scope, Symbol symbol) {
    boolean ofNetworks =
        switch (scope.place()) {
          case NEURON, SYNAPSE, PAIR, NETWORK, FUNCTION, DATA -> true;
          case TOP, EXPERIMENT, UNCLEAR -> false;
        };
    return !ofNetworks || symbol.role() != Role.DECLARED;
  }

  private static Optional<String> unusedOfDimension(
      Context context, Map<String, Symbol> visible, Optional<Dimension> wanted) {
    return visible.entrySet().stream()
        .filter(e -> wanted.filter(d -> !d.isPlain()).isPresent())
        .filter(e -> e.getValue().role() == Role.PARAMETER || e.getValue().role() == Role.CONSTANT)
        .filter(e -> !context.usage().isRead(e.getValue()))
        .filter(e -> fits(context, visible, e.getKey(), wanted))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String dimension(Type type) {
    return Wording.dimension(type).filter(d -> !d.isPlain()).map(d -> " (" + d + ")").orElse("");
  }
}

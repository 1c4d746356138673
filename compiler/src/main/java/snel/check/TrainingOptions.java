package snel.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.TrainingStatement;
import snel.types.Type;

/// `train by method(…) with optimiser(…), …`: what stands there is known, and its arguments have
/// names, places and kinds that there are. E0108, E0121, E0205, E0213, E0217.
final class TrainingOptions {
  /// @param placed how many of its arguments may be given without their names
  private record Options(LibraryFunction function, int placed) {
    List<String> names() {
      return function.parameters().stream().map(LibraryFunction.Parameter::name).toList();
    }

    List<String> required() {
      return function.parameters().stream()
          .filter(parameter -> !parameter.optional())
          .map(LibraryFunction.Parameter::name)
          .toList();
    }
  }

  /// The notation of [LibraryFunctions]. What stands behind `;` is given by name only; `surrogate`
  /// is a function, `words` are read where the network is known; a `rise` is that of a state which
  /// crosses a threshold, `weights` have the dimension of those that are rounded.
  private static final Map<String, Options> METHODS =
      read(
          """
          bptt(surrogate? : surrogate; through_reset? : bool, truncate? : time, checkpoint? : time) : none
          eprop(surrogate? : surrogate; through_reset? : bool, feedback? : words) : none
          eventprop(dv_min? : rise; wake? : real, truncate? : time, checkpoint? : time) : none
          spike_time_gradient(dv_min? : rise; wake? : real, truncate? : time, checkpoint? : time, through_reset? : bool) : none
          """);

  private static final String STEPS =
      "the rate falls in steps by `adam(1e-3, decay: 0.5, every: 10)`";

  private static final String CLIPPED =
      "write `clip_norm(1)`, which bounds the norm of the whole gradient";

  private static final String LEVELS = "write `rounded(bits: 8)`";

  /// What others call them.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("sgd", "write `gradient_descent(0.1)`, for example"),
          Map.entry("momentum", "write `gradient_descent(0.1, momentum: 0.9)`, for example"),
          Map.entry("rmsprop", "write `adam(1e-3, beta_1: 0)`, for example"),
          Map.entry("adagrad", "write `adam(1e-3)`, for example"),
          Map.entry("weight_decay", "it stands within: `adam(1e-3, weight_decay: 1e-4)`"),
          Map.entry("step", STEPS),
          Map.entry("step_lr", STEPS),
          Map.entry("exponential", "the rate falls at each update by `adam(1e-3, decay: 0.999)`"),
          Map.entry("linear", "write `cosine(5_000)`, by which the rate falls to nothing"),
          Map.entry("clip", CLIPPED),
          Map.entry("clip_value", CLIPPED),
          Map.entry("clip_grad_norm", CLIPPED),
          Map.entry("quantised", LEVELS),
          Map.entry("quantized", LEVELS),
          Map.entry("quantise", LEVELS),
          Map.entry("quantize", LEVELS));

  /// And their arguments.
  private static final Map<String, String> ARGUMENTS_ELSEWHERE =
      Map.of(
          "lr", "rate",
          "learning_rate", "rate",
          "eta", "rate",
          "eps", "epsilon",
          "l2", "weight_decay");

  /// What is no argument of an optimiser, but stands beside it.
  private static final Map<String, String> BESIDE =
      Map.of(
          "clip", "clip_norm(1)",
          "clip_value", "clip_norm(1)",
          "clip_norm", "clip_norm(1)",
          "max_norm", "clip_norm(1)",
          "schedule", "cosine(5_000)",
          "scheduler", "cosine(5_000)",
          "warmup", "warm_up(100)",
          "warm_up", "warm_up(100)",
          "bits", "rounded(8)");

  /// What there is not.
  private static final Map<String, String> LACKING =
      Map.of(
          "nesterov", "leave it out: momentum is the plain one, as `torch.optim.SGD` has it",
          "dampening", "leave it out: momentum is the plain one, as `torch.optim.SGD` has it",
          "amsgrad", "leave it out: `adam` is the plain one, as `torch.optim.Adam` has it");

  private static final Map<String, Options> OPTIMISERS =
      read(
          """
          gradient_descent(rate? : real, momentum? : real; weight_decay? : real, decay? : real, every? : real) : none
          adam(rate? : real; beta_1? : real, beta_2? : real, epsilon? : real, weight_decay? : real, decay? : real, every? : real) : none
          adamw(rate? : real; beta_1? : real, beta_2? : real, epsilon? : real, weight_decay? : real, decay? : real, every? : real) : none
          clip_norm(norm? : real) : none
          warm_up(updates : real) : none
          cosine(updates : real) : none
          rounded(bits? : real, range? : weights; of? : words) : none
          """);

  private final Context context;
  private final Scope scope;
  private final Optional<NetworkModel> network;

  /// @param network that is trained
  TrainingOptions(Context context, Scope scope, Optional<NetworkModel> network) {
    this.context = context;
    this.scope = scope;
    this.network = network;
  }

  private static Map<String, Options> read(String table) {
    Map<String, Options> known = new LinkedHashMap<>();
    for (String line : table.lines().toList()) {
      LibraryFunction function = LibraryFunction.read(line.replace(';', ','));
      int placed = line.split(";")[0].split(",").length;
      known.put(function.name(), new Options(function, placed));
    }
    return known;
  }

  void check(TrainingStatement.Train train) {
    String method = train.method().name().text();
    List<Argument> arguments = train.method().arguments();
    Optional.ofNullable(METHODS.get(method))
        .ifPresentOrElse(
            options -> arguments(options, arguments, train.method().name().span()),
            () -> context.silent().in(scope).all(arguments));
    train.optimisers().forEach(this::optimiser);
  }

  private void optimiser(Expression written) {
    if (!(written.ungrouped()
        instanceof Expression.Call(Expression.Variable(var name, _), var arguments, var span))) {
      context.report(
          Diagnostic.of(
              Code.WRONG_KIND, "an optimiser is wanted, such as `adam(1e-3)`", written.span()));
      return;
    }
    Options options = OPTIMISERS.get(name.text());
    if (options == null) {
      Optional<String> near = Nearest.to(name.text(), OPTIMISERS.keySet());
      String elsewhere = ELSEWHERE.get(name.text().toLowerCase(Locale.ROOT));
      Diagnostic unknown =
          Diagnostic.of(
                  Code.UNKNOWN_NAME,
                  "unknown optimiser `" + name.text() + "`" + Nearest.hint(near),
                  name.span(),
                  "not declared")
              .note("there are " + Prose.codes(List.copyOf(OPTIMISERS.keySet())));
      context.report(
          elsewhere != null
              ? unknown.help(elsewhere)
              : near.map(n -> unknown.fix("write `" + n + "`", name.span(), n)).orElse(unknown));
      context.silent().in(scope).all(arguments);
      return;
    }
    arguments(options, arguments, span);
  }

  private void arguments(Options options, List<Argument> arguments, Span span) {
    List<String> names = options.names();
    List<Argument> unknown =
        arguments.stream()
            .filter(argument -> argument.name() != null && !names.contains(argument.name().text()))
            .toList();
    unknown.forEach(argument -> unknown(options.function().name(), names, argument));
    Optional<GivenArguments> given =
        unknown.isEmpty()
            ? GivenArguments.match(
                context,
                names,
                options.placed(),
                options.required(),
                "",
                options.function().shown(),
                arguments,
                span)
            : Optional.empty();
    if (given.isEmpty()) {
      context.silent().in(scope).all(arguments);
      return;
    }
    fallsEvery(given.get());
    LibraryFunction function = options.function();
    for (LibraryFunction.Parameter parameter : function.parameters()) {
      List<Expression> values = given.get().of(parameter.name());
      for (Expression argument : values) {
        argument(function, parameter, argument, given.get());
      }
      if (parameter.kind().equals("weights") && values.isEmpty()) {
        plain(function.name(), parameter.name(), weights(given.get()), span);
      }
    }
  }

  /// `every` alone changes nothing.
  private void fallsEvery(GivenArguments given) {
    List<Expression> every = given.of("every");
    if (!every.isEmpty() && given.of("decay").isEmpty()) {
      Expression updates = every.getFirst();
      context.report(
          Diagnostic.of(
                  Code.ACTS_ON_NOTHING,
                  "the rate of learning stays: `every` says how often it falls, and no `decay` by"
                      + " how much",
                  updates.span(),
                  "without effect")
              .help("write `decay: 0.5` beside it, for example"));
    }
  }

  private void argument(
      LibraryFunction function,
      LibraryFunction.Parameter parameter,
      Expression argument,
      GivenArguments given) {
    switch (parameter.kind()) {
      case "surrogate" -> new SurrogateCalls(context, scope).check(argument);
      case "rise" -> amount(function, parameter, argument, rises());
      case "weights" -> amount(function, parameter, argument, weights(given));
      case "words" -> context.silent().in(scope).type(argument);
      default ->
          new LibraryCalls(context.in(scope)).argument(function, parameter, argument, argument);
    }
  }

  private List<Type> rises() {
    return network.map(new Crossings(context)::rises).orElse(List.of());
  }

  private List<Type> weights(GivenArguments given) {
    var weights = new RoundedWeights(context);
    List<Expression> of = given.of("of");
    return of.isEmpty()
        ? network.map(weights::of).orElse(List.of())
        : weights.of(of.getFirst(), scope);
  }

  /// @param measures what dimension it may have; where there are several, one of them counts
  private void amount(
      LibraryFunction function,
      LibraryFunction.Parameter parameter,
      Expression argument,
      List<Type> measures) {
    Type found = context.silent().in(scope).resolved(argument);
    var calls = new LibraryCalls(context.in(scope));
    measures.stream()
        .filter(measure -> Wording.dimension(measure).equals(Wording.dimension(found)))
        .findFirst()
        .or(() -> measures.stream().findFirst())
        .ifPresent(measure -> calls.let(parameter.kind(), measure));
    calls.argument(function, parameter, argument, argument);
  }

  /// Where nothing is given, a plain number counts.
  private void plain(String function, String parameter, List<Type> measures, Span call) {
    if (!measures.isEmpty() && measures.stream().noneMatch(Wording::isPlain)) {
      context.report(
          Diagnostic.of(
              Code.MISSING_ARGUMENT,
              "`%s` of weights that are no plain numbers wants `%s`".formatted(function, parameter),
              call,
              "`" + parameter + "` is missing"));
    }
  }

  private void unknown(String function, Collection<String> names, Argument argument) {
    Name written = Objects.requireNonNull(argument.name());
    String name = written.text();
    Optional<String> meant =
        Optional.ofNullable(ARGUMENTS_ELSEWHERE.get(name))
            .filter(names::contains)
            .or(() -> Nearest.to(name, names));
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_OPTION,
            "`" + function + "` has no `" + name + "`" + Nearest.hint(meant),
            argument.span(),
            "not known");
    context.report(
        meant
            .map(own -> diagnostic.fix("write `" + own + "`", written.span(), own))
            .orElseGet(() -> {
              Diagnostic noted = diagnostic.note("it has " + Prose.codes(List.copyOf(names)));
              String beside = BESIDE.get(name);
              String lacking = LACKING.get(name);
              return beside != null
                  ? noted.help("it stands beside: `with adam(1e-3), " + beside + "`")
                  : lacking != null ? noted.help(lacking) : noted;
            }));
  }
}

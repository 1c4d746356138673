package snel.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.TrainingStatement;

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
  /// is a function, `words` are read where the network is known.
  private static final Map<String, Options> METHODS =
      read(
          """
          bptt(surrogate? : surrogate; through_reset? : bool, truncate? : time) : none
          eprop(surrogate? : surrogate; through_reset? : bool, feedback? : words) : none
          eventprop(dv_min? : a; wake? : real, truncate? : time) : none
          spike_time_gradient(dv_min? : a; wake? : real, truncate? : time, through_reset? : bool) : none
          """);

  private static final Map<String, Options> OPTIMISERS =
      read(
          """
          gradient_descent(rate? : real, momentum? : real; weight_decay? : real, decay? : real, every? : real) : none
          adam(rate? : real; beta_1? : real, beta_2? : real, epsilon? : real, weight_decay? : real, decay? : real, every? : real) : none
          adamw(rate? : real; beta_1? : real, beta_2? : real, epsilon? : real, weight_decay? : real, decay? : real, every? : real) : none
          clip_norm(norm? : real) : none
          warm_up(updates : real) : none
          cosine(updates : real) : none
          rounded(bits? : real, range? : real; of? : words) : none
          """);

  private final Context context;
  private final Scope scope;

  TrainingOptions(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
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
      context.report(
          Diagnostic.of(
              Code.UNKNOWN_NAME,
              "unknown optimiser `"
                  + name.text()
                  + "`"
                  + Nearest.hint(name.text(), OPTIMISERS.keySet()),
              span));
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
    for (LibraryFunction.Parameter parameter : options.function().parameters()) {
      for (Expression argument : given.get().of(parameter.name())) {
        argument(options.function(), parameter, argument);
      }
    }
  }

  private void argument(
      LibraryFunction function, LibraryFunction.Parameter parameter, Expression argument) {
    switch (parameter.kind()) {
      case "surrogate" -> new SurrogateCalls(context, scope).check(argument);
      case "words" -> context.silent().in(scope).type(argument);
      default -> new LibraryCalls(context.in(scope)).argument(function, parameter, argument);
    }
  }

  private void unknown(String function, Collection<String> names, Argument argument) {
    String name = argument.name() == null ? "" : argument.name().text();
    context.report(
        Diagnostic.of(
                Code.UNKNOWN_OPTION,
                "`" + function + "` has no `" + name + "`" + Nearest.hint(name, names),
                argument.span(),
                "not known")
            .note("it has " + Prose.codes(List.copyOf(names))));
  }
}

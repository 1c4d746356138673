package snel.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// How a command is called, and what it was given when it is. Picocli is told so and not by
/// annotations, for which Java makes classes in each start: a twentieth of a short one.
final class Usage {
  private final CommandSpec spec;

  /// @param description a line each
  Usage(Callable<Integer> command, String... description) {
    this(CommandSpec.wrapWithoutInspection(command));
    spec.usageMessage().description(description);
  }

  private Usage(CommandSpec spec) {
    this.spec = spec;
    spec.version("snel " + Version.TEXT);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
  }

  /// That of a command line which names no command.
  static Usage ofNone(Runnable command) {
    return new Usage(CommandSpec.wrapWithoutInspection(command));
  }

  CommandSpec spec() {
    return spec;
  }

  void subcommand(String name, Command command) {
    spec.addSubcommand(name, new CommandLine(command.usage().spec()));
  }

  Supplier<Boolean> flag(String name, String... description) {
    OptionSpec.Builder flag = OptionSpec.builder(name).type(boolean.class);
    Supplier<Optional<Boolean>> given = given(added(flag.description(description)));
    return () -> given.get().orElse(false);
  }

  /// @param label for the value
  /// @param usual the value where none is given
  <T> Supplier<T> option(String name, String label, Class<T> type, T usual, String... description) {
    Supplier<Optional<T>> given = optional(name, label, type, description);
    return () -> given.get().orElse(usual);
  }

  <T> Supplier<Optional<T>> optional(
      String name, String label, Class<T> type, String... description) {
    OptionSpec.Builder option = OptionSpec.builder(name).paramLabel(label).type(type);
    return given(added(option.description(description)));
  }

  /// An option that may be given several times.
  ///
  /// @param between what stands between several values of one; empty if there is only one
  Supplier<List<String>> options(String name, String label, String between, String... description) {
    OptionSpec.Builder option =
        OptionSpec.builder(name)
            .paramLabel(label)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(between);
    return all(added(option.description(description)));
  }

  /// @param place among the parameters, from 0
  <T> Supplier<Optional<T>> parameter(
      int place, String arity, String label, Class<T> type, String... description) {
    PositionalParamSpec.Builder parameter =
        PositionalParamSpec.builder().index(String.valueOf(place)).arity(arity).type(type);
    return given(added(parameter.paramLabel(label).description(description)));
  }

  /// One that must be given.
  ///
  /// @param none what stands for it until it is
  <T> Supplier<T> parameter(int place, String label, Class<T> type, T none, String... description) {
    Supplier<Optional<T>> given = parameter(place, "1", label, type, description);
    return () -> given.get().orElse(none);
  }

  /// All parameters from a place on.
  ///
  /// @param arity how many of them there may be
  <T> Supplier<List<T>> parameters(
      int from, String arity, String label, Class<T> type, String... description) {
    PositionalParamSpec.Builder parameters =
        PositionalParamSpec.builder()
            .index(from + "..*")
            .arity(arity)
            .type(List.class)
            .auxiliaryTypes(type);
    return all(added(parameters.paramLabel(label).description(description)));
  }

  /// A parameter that is a list.
  Supplier<List<String>> listed(
      int place, String arity, String label, String between, String... description) {
    PositionalParamSpec.Builder parameter =
        PositionalParamSpec.builder()
            .index(String.valueOf(place))
            .arity(arity)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(between)
            .hideParamSyntax(true);
    return all(added(parameter.paramLabel(label).description(description)));
  }

  private ArgSpec added(OptionSpec.Builder option) {
    OptionSpec made = option.build();
    spec.addOption(made);
    return made;
  }

  private ArgSpec added(PositionalParamSpec.Builder parameter) {
    PositionalParamSpec made = parameter.required(parameter.arity().min() > 0).build();
    spec.addPositional(made);
    return made;
  }

  private static <T> Supplier<Optional<T>> given(ArgSpec argument) {
    return () -> {
      @Nullable T value = argument.getValue();
      return Optional.ofNullable(value);
    };
  }

  private static <T> Supplier<List<T>> all(ArgSpec argument) {
    Supplier<Optional<List<T>>> given = given(argument);
    return () -> given.get().orElse(List.of());
  }
}

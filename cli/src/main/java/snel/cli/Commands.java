package snel.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import snel.diagnostics.Nearest;

/// The commands there are.
final class Commands {
  private static final Map<String, Known> ALL = all();

  private Commands() {}

  /// @param purpose half a sentence
  record Known(String purpose, Supplier<Command> maker) {}

  private static Map<String, Known> all() {
    Map<String, Known> all = new LinkedHashMap<>();
    all.put("run", new Known("runs experiments", RunCommand::new));
    all.put(
        "compare",
        new Known("puts experiments of several programs side by side", CompareCommand::new));
    all.put("check", new Known("tells what is wrong with a program", CheckCommand::new));
    all.put("test", new Known("runs the tests of programs", TestCommand::new));
    all.put("plan", new Known("shows what the compiler decided, and why", PlanCommand::new));
    all.put("compile", new Known("compiles for a target, or dumps a pass", CompileCommand::new));
    all.put("fmt", new Known("formats programs", FmtCommand::new));
    all.put("explain", new Known("tells what a diagnostic code means", ExplainCommand::new));
    all.put("new", new Known("begins a program", NewCommand::new));
    all.put("data", new Known("fetches, adds and lists data sets", DataCommand::new));
    return all;
  }

  static @Nullable Known find(String name) {
    return ALL.get(name);
  }

  /// What answers when no command is named, or none that there is.
  static CommandLine overview() {
    CommandSpec spec = Usage.ofNone(Commands::print).spec();
    spec.name("snel");
    spec.usageMessage().customSynopsis("snel COMMAND …");
    spec.usageMessage().footerHeading("%nCommands (`snel COMMAND --help` tells more):%n");
    spec.usageMessage().footer(ALL.entrySet().stream().map(Commands::line).toArray(String[]::new));
    spec.addPositional(
        CommandLine.Model.PositionalParamSpec.builder()
            .arity("0..*")
            .hidden(true)
            .type(String[].class)
            .build());
    CommandLine line = new CommandLine(spec);
    line.setExecutionStrategy(parsed -> {
      Integer help = CommandLine.executeHelpRequest(parsed);
      if (help != null) {
        return help;
      }
      var words = parsed.matchedPositionals();
      if (words.isEmpty()) {
        line.usage(System.out);
        return Exit.USAGE.code();
      }
      String word = words.getFirst().stringValues().getFirst();
      System.err.println(
          "error: there is no command `" + word + "`" + Nearest.hint(word, ALL.keySet()));
      return Exit.USAGE.code();
    });
    return line;
  }

  private static void print() {}

  private static String line(Map.Entry<String, Known> entry) {
    return "  %-8s %s".formatted(entry.getKey(), entry.getValue().purpose());
  }
}

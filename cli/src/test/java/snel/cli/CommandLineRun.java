package snel.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import snel.runtime.record.Json;

/// What a command line printed and how it ended, run within this process.
record CommandLineRun(int exit, String out, String err) {
  static CommandLineRun of(String... args) {
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.run(args);
      return new CommandLineRun(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }

  /// The results in the last line of JSON, each as a list.
  Map<String, Object> results() {
    Map<?, ?> results = (Map<?, ?>) Json.object("line", lastLine()).get("results");
    Map<String, Object> lists = new LinkedHashMap<>();
    Objects.requireNonNull(results)
        .forEach((name, value) -> {
          List<?> numbers = value instanceof List<?> many ? many : List.of(value);
          lists.put(
              name.toString(),
              numbers.stream().map(number -> ((Number) number).doubleValue()).toList());
        });
    return lists;
  }

  String lastLine() {
    return out.lines().reduce("", (_, line) -> line);
  }
}

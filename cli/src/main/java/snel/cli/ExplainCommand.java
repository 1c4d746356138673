package snel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.runtime.file.MachineRefused;

/// `snel explain CODE`: the page on a diagnostic.
final class ExplainCommand implements Command {
  private final Usage usage =
      new Usage(this, "Tells what a diagnostic code means, with an example and its cure.");
  private final Supplier<String> given =
      usage.parameter(0, "CODE", String.class, "", "such as E0204, or the name on its page");

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    String code = given.get();
    Code known =
        Code.byId(code.toUpperCase(Locale.ROOT))
            .or(() -> Arrays.stream(Code.values()).filter(c -> c.kebab().equals(code)).findFirst())
            .orElseThrow(() ->
                new Misuse(
                    "there is no code `"
                        + code
                        + "`"
                        + Nearest.hint(code, Arrays.stream(Code.values()).map(Code::id).toList())));
    System.out.print(page(known));
    return Exit.DONE.code();
  }

  private static String page(Code code) {
    String path = "snel/errors/" + code.id() + ".md";
    try (InputStream in = ExplainCommand.class.getClassLoader().getResourceAsStream(path)) {
      return in == null
          ? code.id() + ": " + code.title() + "\n"
          : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw MachineRefused.reading(path, problem);
    }
  }
}

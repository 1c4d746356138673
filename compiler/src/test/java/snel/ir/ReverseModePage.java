package snel.ir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// The pieces of IR on the page about reverse mode, each in a fence with its name.
final class ReverseModePage {
  private static final Path PAGE = Path.of("../docs/decisions/0052-reverse-mode.md");
  private static final Pattern FENCE =
      Pattern.compile("^```ir ([a-z-]+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private ReverseModePage() {}

  /// A program of the pieces named, each list separated by blanks; of kernels of one name the last
  /// one counts.
  static String program(
      String buffers, String step, String demand, UnaryOperator<String> replaced) {
    Map<String, String> pieces = pieces();
    var text = new StringBuilder("program \"reverse\" step 1.0 real f64 seed 1\n\nbuffers\n");
    for (String name : buffers.split(" ")) {
      text.append(pieces.get(name));
    }
    text.append("\nstep\n").append(kernels(pieces, step));
    text.append("\ndemand\n").append(kernels(pieces, demand));
    return replaced.apply(text.toString());
  }

  static Network build(String text) {
    Program program = ProgramReader.read(text);
    ProgramVerifier.verify(program);
    Program again = ProgramReader.read(ProgramPrinter.print(program));
    if (!again.equals(program)) {
      throw new AssertionError("printed and read again, it is another program");
    }
    return new JvmTarget().build(program);
  }

  private static String kernels(Map<String, String> pieces, String names) {
    Map<String, String> kernels = new LinkedHashMap<>();
    for (String name : names.split(" ")) {
      String piece = pieces.get(name);
      if (piece == null) {
        throw new AssertionError("no piece " + name + " on the page");
      }
      for (String kernel : piece.split("(?m)^(?=kernel )")) {
        kernels.put(kernel.split(" ")[1], kernel);
      }
    }
    return String.join("", kernels.values());
  }

  private static Map<String, String> pieces() {
    Map<String, String> pieces = new LinkedHashMap<>();
    try {
      Matcher fences = FENCE.matcher(Files.readString(PAGE));
      while (fences.find()) {
        pieces.put(fences.group(1), fences.group(2));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pieces;
  }
}

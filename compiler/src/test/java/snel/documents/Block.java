package snel.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program in a Markdown document. A fence marked `snn` holds a whole file, one marked `snn
/// neuron`, `snn synapse`, `snn network` or `snn experiment` what stands between the braces of one.
record Block(Path document, int line, String context, String text) {
  private static final Pattern FENCE =
      Pattern.compile("^```snn(?: (\\w+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  static List<Block> in(Path document, String markdown) {
    List<Block> blocks = new ArrayList<>();
    Matcher fences = FENCE.matcher(markdown);
    while (fences.find()) {
      int line = 1 + (int) markdown.substring(0, fences.start()).lines().count();
      String context = fences.group(1) == null ? "" : fences.group(1);
      blocks.add(new Block(document, line, context, fences.group(2)));
    }
    return blocks;
  }

  String program() {
    return switch (context) {
      case "" -> text;
      case "neuron", "synapse", "network" -> context + " Excerpt {\n" + text + "}\n";
      case "experiment" -> "experiment excerpt on Net {\n" + text + "}\n";
      default -> throw new IllegalStateException(this + ": unknown kind of excerpt");
    };
  }

  @Override
  public String toString() {
    return document.getFileName() + ":" + line;
  }
}

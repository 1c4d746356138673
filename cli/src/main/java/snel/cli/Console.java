package snel.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.JsonRenderer;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.runtime.record.Json;
import snel.runtime.record.ResultLine;

/// The two streams: results go to `out`, everything said about them to `err`.
///
/// @param json whether tools read what is printed
/// @param colours whether a person at a terminal reads `err`
record Console(PrintStream out, PrintStream err, boolean json, boolean colours) {

  /// The console of this process. The launcher says which streams are terminals.
  static Console of(boolean json) {
    boolean terminal =
        System.getProperty("snel.terminals", "").contains("2")
            && System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM"));
    return new Console(System.out, System.err, json, terminal);
  }

  /// Prints what was found in a source, and how much of it.
  void show(Diagnostics diagnostics) {
    List<Diagnostic> sorted = diagnostics.sorted();
    if (json) {
      JsonRenderer renderer = new JsonRenderer();
      sorted.forEach(diagnostic -> out.println(renderer.render(diagnostic)));
      return;
    }
    TextRenderer renderer = new TextRenderer(palette());
    err.print(renderer.render(sorted));
    String summary = renderer.summary(sorted);
    if (!summary.isEmpty()) {
      err.println(summary);
    }
    err.flush();
  }

  /// Prints what is doubtful in a source that is run all the same.
  void advise(Diagnostics diagnostics) {
    if (json) {
      JsonRenderer renderer = new JsonRenderer();
      diagnostics.sorted().forEach(diagnostic -> err.println(renderer.render(diagnostic)));
    } else {
      show(diagnostics);
    }
  }

  private Palette palette() {
    return colours ? Palette.ANSI : Palette.PLAIN;
  }

  /// One sentence about what went wrong, from outside any source.
  void fail(String sentence) {
    if (json) {
      out.println(Json.line(Map.of("error", sentence)));
    } else {
      err.println(coloured("31;1", "error") + ": " + sentence);
    }
  }

  /// The same, of a kind that has a page.
  ///
  /// @param code under which `snel explain` tells of it
  void fail(String code, String sentence) {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("code", code);
      line.put("error", sentence);
      out.println(Json.line(line));
    } else {
      err.println(coloured("31;1", "error[" + code + "]") + ": " + sentence);
    }
  }

  /// One sentence about what may not have been meant.
  void warn(String sentence) {
    if (json) {
      remark("warning", sentence);
    } else {
      err.println(coloured("33;1", "warning") + ": " + sentence);
    }
  }

  /// A line about how things go.
  void say(String line) {
    if (json) {
      remark("notice", line.strip());
    } else {
      err.println(line);
    }
  }

  /// An expectation that did not hold.
  void unmet(String experiment, ResultLine.Unmet unmet) {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("unmet", experiment);
      line.putAll(unmet.toMap());
      err.println(Json.line(line));
    } else {
      err.println(
          "failed: %s:%d: `%s`: %s"
              .formatted(unmet.file(), unmet.line(), unmet.statement(), unmet.found()));
    }
  }

  private void remark(String kind, String sentence) {
    err.println(Json.line(Map.of(kind, sentence)));
  }

  private String coloured(String style, String text) {
    return colours ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
  }
}

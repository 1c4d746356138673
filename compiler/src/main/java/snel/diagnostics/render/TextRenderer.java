package snel.diagnostics.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Label;
import snel.diagnostics.Prose;
import snel.diagnostics.Severity;
import snel.source.SourceFile;
import snel.source.Span;

/// Prints diagnostics for people: the message, the source with carets under it, notes and help.
public record TextRenderer(Palette palette) {
  /// All of `diagnostics` in the order given, an empty line after each.
  public String render(List<Diagnostic> diagnostics) {
    var out = new StringBuilder();
    var maps = new LinkedHashMap<SourceFile, Lines>();
    for (Diagnostic diagnostic : diagnostics) {
      append(out, diagnostic, maps);
      out.append('\n');
    }
    return out.toString();
  }

  /// One diagnostic, ended by a line break.
  public String render(Diagnostic diagnostic) {
    var out = new StringBuilder();
    append(out, diagnostic, new LinkedHashMap<>());
    return out.toString();
  }

  /// The last line of a check: "2 errors, 1 warning"; empty for none.
  public String summary(List<Diagnostic> diagnostics) {
    var parts = new ArrayList<String>();
    for (Severity severity : Severity.values()) {
      long count = diagnostics.stream().filter(d -> d.severity() == severity).count();
      if (count > 0) {
        parts.add(palette.severity(severity, Prose.counted(count, severity.word())));
      }
    }
    return String.join(", ", parts);
  }

  private void append(StringBuilder out, Diagnostic d, Map<SourceFile, Lines> maps) {
    String head = d.severity().word() + "[" + d.code().id() + "]";
    out.append(palette.severity(d.severity(), head)).append(palette.strong(": " + d.message()));
    out.append('\n');
    var labels = labelsByFile(d);
    int gutter = gutter(labels, maps);
    String arrow = "-->";
    for (var entry : labels.entrySet()) {
      SourceFile file = entry.getKey();
      Lines lines = maps.computeIfAbsent(file, Lines::of);
      appendPlace(out, entry.getValue().getFirst().span(), lines, gutter, arrow);
      if (!file.text().isEmpty()) {
        var marks =
            entry.getValue().stream().map(l -> Mark.of(l, lines, l == d.primary())).toList();
        out.append(palette.quiet(" ".repeat(gutter) + " |")).append('\n');
        new Snippet(lines, marks, palette, d.severity(), gutter).appendTo(out);
      }
      arrow = ":::";
    }
    d.notes().forEach(note -> appendRemark(out, gutter, "note", note));
    d.helps().forEach(help -> appendRemark(out, gutter, "help", help));
    d.fix().ifPresent(fix -> appendRemark(out, gutter, "help", fix.description()));
  }

  /// The width of the largest line number shown.
  private static int gutter(Map<SourceFile, List<Label>> labels, Map<SourceFile, Lines> maps) {
    int last = 1;
    for (var entry : labels.entrySet()) {
      Lines lines = maps.computeIfAbsent(entry.getKey(), Lines::of);
      for (Label label : entry.getValue()) {
        last = Math.max(last, Mark.of(label, lines, false).endLine());
      }
    }
    return String.valueOf(last).length();
  }

  private static Map<SourceFile, List<Label>> labelsByFile(Diagnostic d) {
    var labels = new LinkedHashMap<SourceFile, List<Label>>();
    var all = new ArrayList<Label>();
    all.add(d.primary());
    all.addAll(d.secondary());
    for (Label label : all) {
      labels.computeIfAbsent(label.span().file(), file -> new ArrayList<>()).add(label);
    }
    return labels;
  }

  private void appendPlace(StringBuilder out, Span span, Lines lines, int gutter, String arrow) {
    out.append(palette.quiet(" ".repeat(gutter) + arrow)).append(' ').append(span.file().name());
    if (!span.file().text().isEmpty()) {
      out.append(':').append(lines.line(span.start()));
      out.append(':').append(lines.column(span.start()));
    }
    out.append('\n');
  }

  private void appendRemark(StringBuilder out, int gutter, String kind, String text) {
    String indent = " ".repeat(gutter + 1);
    String[] rows = text.split("\n", -1);
    out.append(indent).append(palette.quiet("=")).append(' ');
    out.append(palette.strong(kind + ":")).append(' ').append(rows[0]).append('\n');
    for (int i = 1; i < rows.length; i++) {
      out.append(indent).append(" ".repeat(kind.length() + 4));
      out.append(rows[i]).append('\n');
    }
  }
}

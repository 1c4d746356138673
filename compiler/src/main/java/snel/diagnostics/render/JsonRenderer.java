package snel.diagnostics.render;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Fix;
import snel.diagnostics.Label;
import snel.source.SourceFile;
import snel.source.Span;

/// Writes diagnostics for tools: one JSON object each. Lines and columns count from 1 (columns in
/// characters), offsets from 0 in UTF-16 code units.
public final class JsonRenderer {
  private final Map<SourceFile, Lines> lines = new HashMap<>();

  /// One object on one line.
  public String render(Diagnostic d) {
    var out = new StringBuilder("{");
    text(out, "code", d.code().id()).append(',');
    text(out, "name", d.code().kebab()).append(',');
    text(out, "severity", d.severity().word()).append(',');
    text(out, "message", d.message()).append(',');
    out.append("\"primary\":");
    label(out, d.primary());
    out.append(",\"secondary\":[");
    String comma = "";
    for (Label label : d.secondary()) {
      out.append(comma);
      label(out, label);
      comma = ",";
    }
    out.append("],");
    texts(out, "notes", d.notes()).append(',');
    texts(out, "helps", d.helps());
    d.fix().ifPresent(fix -> fix(out, fix));
    return out.append('}').toString();
  }

  /// An array with one object a line.
  public String render(List<Diagnostic> diagnostics) {
    return diagnostics.isEmpty()
        ? "[]\n"
        : "[\n" + String.join(",\n", diagnostics.stream().map(this::render).toList()) + "\n]\n";
  }

  private void label(StringBuilder out, Label label) {
    out.append('{');
    span(out, label.span()).append(',');
    text(out, "text", label.text()).append('}');
  }

  private void fix(StringBuilder out, Fix fix) {
    out.append(",\"fix\":{");
    text(out, "description", fix.description()).append(',');
    span(out, fix.span()).append(',');
    text(out, "replacement", fix.replacement()).append('}');
  }

  private StringBuilder span(StringBuilder out, Span span) {
    Lines of = lines.computeIfAbsent(span.file(), Lines::of);
    text(out, "file", span.file().name());
    place(out.append(','), "start", of, span.start());
    place(out.append(','), "end", of, span.end());
    return out;
  }

  private static void place(StringBuilder out, String name, Lines lines, int offset) {
    out.append('"').append(name).append("\":{\"line\":").append(lines.line(offset));
    out.append(",\"column\":").append(lines.column(offset));
    out.append(",\"offset\":").append(offset).append('}');
  }

  private static StringBuilder texts(StringBuilder out, String name, List<String> values) {
    out.append('"').append(name).append("\":[");
    String comma = "";
    for (String value : values) {
      out.append(comma);
      string(out, value);
      comma = ",";
    }
    return out.append(']');
  }

  private static StringBuilder text(StringBuilder out, String name, String value) {
    out.append('"').append(name).append("\":");
    return string(out, value);
  }

  private static StringBuilder string(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) && !paired(value, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"');
  }

  private static boolean paired(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }
}

package snel.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Severity;
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;

/// Where the text itself could not be read, what follows from that is not told.
final class SyntaxFirst {
  private record Line(SourceFile file, int line) {}

  private SyntaxFirst() {}

  /// Files in which something could not be read.
  static Set<SourceFile> unreadable(List<Diagnostic> before) {
    Set<SourceFile> files = new HashSet<>();
    for (Diagnostic diagnostic : before) {
      if (diagnostic.severity() == Severity.ERROR) {
        files.add(diagnostic.primary().span().file());
      }
    }
    return files;
  }

  /// What was found, but for lines with an error that was told before.
  static List<Diagnostic> filtered(List<Diagnostic> found, List<Diagnostic> before) {
    Map<SourceFile, LineMap> maps = new HashMap<>();
    Set<Line> faulty = new HashSet<>();
    for (Diagnostic diagnostic : before) {
      if (diagnostic.severity() == Severity.ERROR) {
        faulty.add(line(diagnostic, maps));
      }
    }
    return found.stream().filter(d -> !faulty.contains(line(d, maps))).toList();
  }

  private static Line line(Diagnostic diagnostic, Map<SourceFile, LineMap> maps) {
    Span span = diagnostic.primary().span();
    LineMap lines = maps.computeIfAbsent(span.file(), file -> new LineMap(file.text()));
    return new Line(span.file(), lines.line(span.start()));
  }
}

package snel.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Severity;
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
    Set<Line> faulty = new HashSet<>();
    for (Diagnostic diagnostic : before) {
      if (diagnostic.severity() == Severity.ERROR) {
        faulty.add(line(diagnostic.primary().span()));
      }
    }
    return found.stream().filter(d -> !faulty.contains(line(d.primary().span()))).toList();
  }

  private static Line line(Span span) {
    return new Line(span.file(), Wording.line(span));
  }
}

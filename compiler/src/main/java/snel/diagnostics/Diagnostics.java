package snel.diagnostics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.source.Span;

/// Collects the diagnostics of one compilation. One cause gives one message: the same code at the
/// same place is kept once, and so is everything reported for an equal `cause`.
public final class Diagnostics {
  private record Place(Code code, Span span) {}

  private final List<Diagnostic> reported = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();

  public void report(Diagnostic diagnostic) {
    if (seen.add(new Place(diagnostic.code(), diagnostic.primary().span()))) {
      reported.add(diagnostic);
    }
  }

  /// Reports `diagnostic` unless something was already reported for a `cause` equal to this one, as
  /// when one unknown name is used in many places. Causes are compared by `equals`.
  public void reportOnce(Object cause, Diagnostic diagnostic) {
    if (seen.add(List.of(cause))) {
      report(diagnostic);
    }
  }

  public void reportAll(Iterable<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      report(diagnostic);
    }
  }

  public boolean hasErrors() {
    return count(Severity.ERROR) > 0;
  }

  public int count(Severity severity) {
    int count = 0;
    for (Diagnostic diagnostic : reported) {
      count += diagnostic.severity() == severity ? 1 : 0;
    }
    return count;
  }

  public boolean isEmpty() {
    return reported.isEmpty();
  }

  /// All diagnostics by file and place in it.
  public List<Diagnostic> sorted() {
    return reported.stream().sorted(Diagnostics::byPlace).toList();
  }

  private static int byPlace(Diagnostic one, Diagnostic other) {
    Span first = one.primary().span();
    Span second = other.primary().span();
    int order = first.file().name().compareTo(second.file().name());
    order = order == 0 ? Integer.compare(first.start(), second.start()) : order;
    order = order == 0 ? Integer.compare(first.end(), second.end()) : order;
    return order == 0 ? one.code().compareTo(other.code()) : order;
  }
}

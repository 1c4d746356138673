package snel.cli;

import java.util.HashSet;
import java.util.Set;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.source.Span;

/// What is doubtful, told once however many points of a sweep and experiments of a chain meet it.
final class Advice {
  private final Console console;
  private final Set<Remark> told = new HashSet<>();

  Advice(Console console) {
    this.console = console;
  }

  private record Remark(String file, int start, String text) {
    static Remark of(Diagnostic diagnostic) {
      Span at = diagnostic.primary().span();
      return new Remark(
          at.file().name(), at.start(), diagnostic.code().id() + diagnostic.message());
    }
  }

  /// Of a source that is run all the same.
  void tell(Diagnostics diagnostics) {
    console.advise(fresh(diagnostics));
  }

  /// Of a source that is compiled, or is wrong.
  void show(Diagnostics diagnostics) {
    console.show(fresh(diagnostics));
  }

  private Diagnostics fresh(Diagnostics diagnostics) {
    Diagnostics fresh = new Diagnostics();
    diagnostics.sorted().stream()
        .filter(diagnostic -> told.add(Remark.of(diagnostic)))
        .forEach(fresh::report);
    return fresh;
  }

  /// Of a run.
  void tell(String sentence) {
    if (told.add(new Remark("", 0, sentence))) {
      console.warn(sentence);
    }
  }
}

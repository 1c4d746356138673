package snel.compiler;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Severity;
import snel.ir.protocol.Plan;
import snel.source.Span;
import snel.syntax.Declaration;

/// Checks the values of a sweep where they are used, one axis after the other, the rest as the
/// program and its options have it: a time off the grid, or a size that cannot be, is found before
/// anything runs.
final class SweepValues {
  /// Further values are seen when the sweep reaches them.
  private static final int MOST_VALUES = 24;

  private final OpenProgram program;
  private final Options given;
  private final Diagnostics diagnostics;
  private final Set<String> told = new HashSet<>();

  SweepValues(OpenProgram program, Options given, Diagnostics diagnostics) {
    this.program = program;
    this.given = given;
    this.diagnostics = diagnostics;
  }

  void check(Declaration.Sweep sweep, Plan.Sweep plan) {
    List<String> last =
        program.runBy(plan.name()).stream()
            .filter(name -> program.refusal(name).isEmpty())
            .toList();
    int values = 0;
    for (int k = 0; k < plan.axes().size(); k++) {
      Plan.Axis axis = plan.axes().get(k);
      Span span = sweep.axes().get(k).values().span();
      for (Plan.Value value : axis.values()) {
        values++;
        if (values <= MOST_VALUES) {
          value(axis.path(), value, last, span);
        }
      }
    }
  }

  private void value(String path, Plan.Value value, List<String> experiments, Span span) {
    Options options = given.with(Map.of(path, value.written()));
    Diagnostics written = new Diagnostics();
    program.check(options, written);
    tell(written, path, value.shown(), span);
    for (String experiment : written.hasErrors() ? List.<String>of() : experiments) {
      Diagnostics found = new Diagnostics();
      program.experiment(experiment, options, found);
      tell(found, path, value.shown(), span);
    }
  }

  private void tell(Diagnostics found, String path, String value, Span span) {
    for (Diagnostic fault : found.sorted()) {
      if (fault.severity() != Severity.ERROR
          || isOfFiles(fault.code())
          || !told.add(fault.message())) {
        continue;
      }
      var diagnostic =
          Diagnostic.of(
              fault.code(), fault.message(), span, "when `" + path + "` is `" + value + "`");
      Span at = fault.primary().span();
      boolean here = at.file().equals(span.file());
      diagnostics.report(here ? diagnostic.label(at, "used here") : diagnostic);
    }
  }

  private static boolean isOfFiles(Code code) {
    return code.id().startsWith("E09");
  }
}

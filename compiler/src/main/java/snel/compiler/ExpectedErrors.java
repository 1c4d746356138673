package snel.compiler;

import java.util.List;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.ir.protocol.Place;
import snel.ir.protocol.Plan;
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.TestItem;

/// Checks the declarations of `expect error CODE { … }` where they stand, as if they were declared
/// at the top level of the file, instead of its tests.
final class ExpectedErrors {
  private final OpenProgram program;

  ExpectedErrors(OpenProgram program) {
    this.program = program;
  }

  Plan.Refusal refusal(TestItem.ExpectError expected) {
    SourceFile file = expected.span().file();
    var lines = new LineMap(file.text());
    int begin = file.text().indexOf('{', expected.code().span().end()) + 1;
    int end = expected.span().end() - 1;
    Diagnostics found = new Diagnostics();
    Compiler.check(
        new SourceFile(file.name(), alone(expected, begin, end)),
        program.loader(),
        program.files(),
        found);
    List<Plan.Refusal.Given> given =
        found.sorted().stream()
            .filter(fault -> begin <= start(fault) && start(fault) < end)
            .map(fault ->
                new Plan.Refusal.Given(
                    fault.code().id(), fault.message(), lines.line(start(fault))))
            .toList();
    return new Plan.Refusal(
        expected.code().text(),
        given,
        new Place(
            file.name(),
            lines.line(expected.span().start()),
            "expect error " + expected.code().text()));
  }

  private static int start(Diagnostic fault) {
    return fault.primary().span().start();
  }

  /// The file without its tests, all but the block at hand. Experiments stay only where the block
  /// may start from one of them.
  private String alone(TestItem.ExpectError expected, int begin, int end) {
    SourceFile file = expected.span().file();
    boolean runs =
        expected.declarations().stream().anyMatch(d -> d instanceof Declaration.Experiment);
    var text = new StringBuilder(file.text());
    for (Declaration declaration : program.scope().file().declarations()) {
      boolean experiment =
          declaration instanceof Declaration.Experiment
              || declaration instanceof Declaration.Sweep
              || declaration instanceof Declaration.Deployment;
      if (declaration instanceof Declaration.Test || experiment && !runs) {
        blank(text, declaration.span());
      }
    }
    return text.replace(begin, end, file.text().substring(begin, end)).toString();
  }

  private static void blank(StringBuilder text, Span span) {
    for (int k = span.start(); k < span.end(); k++) {
      if (text.charAt(k) != '\n') {
        text.setCharAt(k, ' ');
      }
    }
  }
}

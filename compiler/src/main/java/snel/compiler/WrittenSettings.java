package snel.compiler;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import snel.check.Checker;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Fix;
import snel.diagnostics.Severity;
import snel.resolve.FileScope;
import snel.source.SourceFile;
import snel.source.Span;

/// Checks settings from outside as if the author had written them: the program's text with each
/// value in the place of the one it replaces. So a wrong unit, or a value out of its range, is told
/// as it would be there.
final class WrittenSettings {
  private final OpenProgram program;
  private final Options options;
  private final Diagnostics diagnostics;

  WrittenSettings(OpenProgram program, Options options, Diagnostics diagnostics) {
    this.program = program;
    this.options = options;
    this.diagnostics = diagnostics;
  }

  void check() {
    Map<String, String> settings = options.settings();
    List<snel.syntax.Declaration> declarations = program.scope().file().declarations();
    if (settings.isEmpty() || declarations.isEmpty()) {
      return;
    }
    Diagnostics own = new Diagnostics();
    var open = new OpenSettings(program.scope(), own);
    open.check(settings);
    if (!own.hasErrors()) {
      open.values(settings, OptionalInt.empty(), program.files());
    }
    if (own.hasErrors()) {
      own.sorted().forEach(fault -> diagnostics.report(outside(fault)));
      return;
    }
    SourceFile main = declarations.getFirst().span().file();
    Map<Span, String> replaced =
        new TreeMap<>((a, b) -> Integer.compare(b.start(), a.start())); // from the end of the text
    settings.forEach((name, text) ->
        open.place(name, text)
            .filter(span -> span.file().equals(main))
            .ifPresent(span -> replaced.put(span, text)));
    String text = main.text();
    for (Map.Entry<Span, String> each : replaced.entrySet()) {
      Span span = each.getKey();
      text = text.substring(0, span.start()) + each.getValue() + text.substring(span.end());
    }
    String names = String.join(", ", settings.keySet().stream().sorted().toList());
    String given =
        String.join(
            ", ",
            settings.entrySet().stream()
                .map(each -> "`--set " + each.getKey() + "=" + each.getValue() + "`")
                .sorted()
                .toList());
    checkText(new SourceFile(main.name() + " with --set " + names, text), "given: " + given);
  }

  private void checkText(SourceFile source, String note) {
    Diagnostics found = new Diagnostics();
    FileScope scope = program.scope().readAgain(source, found);
    Checker.checkAlone(scope, OpenSettings.given(scope, options), found);
    for (Diagnostic diagnostic : found.sorted()) {
      if (diagnostic.severity() == Severity.ERROR) {
        diagnostics.report(outside(diagnostic.note(note)));
      }
    }
  }

  /// A change of the program's text that mends a setting is one of the command line.
  private Diagnostic outside(Diagnostic diagnostic) {
    if (diagnostic.fix().isEmpty()) {
      return diagnostic;
    }
    Fix fix = diagnostic.fix().get();
    Span span = fix.span();
    String changed = span.file().text().substring(span.start(), span.end());
    Diagnostic plain = diagnostic.withoutFix();
    return options.settings().entrySet().stream()
        .filter(each -> each.getValue().equals(changed))
        .findFirst()
        .map(each -> each.getKey() + "=" + fix.replacement())
        .map(setting -> plain.help("give `--set " + quoted(setting) + "`"))
        .orElse(plain.help(fix.description()));
  }

  /// As a shell takes it for one word.
  private static String quoted(String word) {
    return word.contains("\"") ? "'" + word + "'" : "\"" + word + "\"";
  }
}

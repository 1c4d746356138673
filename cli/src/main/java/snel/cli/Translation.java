package snel.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.compiler.Compiled;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Place;
import snel.runtime.file.DurableFile;
import snel.runtime.run.Left;
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;
import snel.target.Artifact;
import snel.target.Link;
import snel.target.Refusal;
import snel.target.c.CTarget;

/// Writes an experiment, with those that it starts from, as a C program.
final class Translation {
  private Translation() {}

  /// What the program begins with, and the folder of the run that left it.
  record Began(Left left, Path folder) {}

  /// @param chain the first experiment first
  static void write(
      Optional<Began> began, List<Compiled> chain, ProgramOptions.Opened opened, Path folder) {
    List<Link> links =
        chain.stream().map(each -> new Link(each.experiment(), each.program())).toList();
    List<DataSet> dataSets =
        chain.stream().flatMap(each -> each.dataSets().stream()).distinct().toList();
    double stepMs = chain.getLast().experiment().stepMs();
    var inputs = new TranslationInputs(opened.files(), dataSets, stepMs, began.map(Began::folder));
    Optional<Left> left = began.map(Began::left);
    for (Artifact.File file : CTarget.translate(left, links, inputs).files()) {
      DurableFile.write(folder.resolve(file.path()), out -> write(file, out));
    }
  }

  private static void write(Artifact.File file, OutputStream out) throws IOException {
    try (Stream<byte[]> pieces = file.pieces().get()) {
      for (byte[] piece : (Iterable<byte[]>) pieces::iterator) {
        out.write(piece);
      }
    }
  }

  /// Shows what stands against it.
  static WrongProgram refused(
      List<Refusal> refusals, ProgramOptions.Opened opened, Console console) {
    Diagnostics diagnostics = new Diagnostics();
    refusals.forEach(refusal -> diagnostics.report(diagnostic(refusal, opened)));
    console.show(diagnostics);
    return new WrongProgram();
  }

  private static Diagnostic diagnostic(Refusal refusal, ProgramOptions.Opened opened) {
    Place place = refusal.place();
    SourceFile source =
        place.file().equals(opened.source().name())
            ? opened.source()
            : opened
                .files()
                .loader()
                .load(place.file())
                .orElseGet(() -> new SourceFile(place.file(), place.text()));
    return Diagnostic.of(
            Code.TARGET_CANNOT,
            "a C program " + refusal.what(),
            span(source, place),
            "cannot be translated")
        .help(
            refusal.elsewhere()
                ? "let an experiment of its own do this, and start this one `from` it: the C program"
                    + " begins with what it left"
                : "`snel run` runs the experiment");
  }

  /// What stands there, or the line where the source has changed meanwhile.
  private static Span span(SourceFile source, Place place) {
    LineMap lines = new LineMap(source.text());
    int line = Math.min(place.line(), lines.lineCount());
    Matcher written =
        Pattern.compile(
                Stream.of(place.text().replaceAll("…$", "").split(" "))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("\\s+")))
            .matcher(source.text())
            .region(lines.start(line), source.text().length());
    if (written.find() && written.start() < lines.end(line)) {
      return new Span(source, written.start(), written.end());
    }
    String text = source.text().substring(lines.start(line), lines.end(line));
    int start = lines.start(line) + text.length() - text.stripLeading().length();
    return new Span(source, start, start + text.strip().length());
  }
}

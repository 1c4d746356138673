package snel.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.protocol.Place;
import snel.ir.protocol.Plan;
import snel.lower.protocol.ExperimentLowering;
import snel.lower.protocol.Header;
import snel.resolve.Entity;
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Instance;
import snel.syntax.NetworkItem;
import snel.syntax.Statement;
import snel.syntax.TestItem;
import snel.syntax.TextPart;

/// Compiles tests.
final class TestCompiler {
  private final OpenProgram program;
  private final Diagnostics diagnostics;

  TestCompiler(OpenProgram program, Diagnostics diagnostics) {
    this.program = program;
    this.diagnostics = diagnostics;
  }

  static String title(Declaration.Test test) {
    var text = new StringBuilder();
    for (TextPart part : test.title().parts()) {
      switch (part) {
        case TextPart.Plain(String characters, _) -> text.append(characters);
        case TextPart.Placeholder(var name, _) -> text.append('{').append(name.text()).append('}');
      }
    }
    return text.toString();
  }

  CompiledTest compile(Declaration.Test test, Map<String, Val> overrides) {
    List<Plan.Refusal> refusals = new ArrayList<>();
    for (TestItem item : test.body()) {
      if (item instanceof TestItem.ExpectError expected) {
        refusals.add(refusal(expected));
      }
    }
    boolean runs = test.body().stream().anyMatch(item -> item instanceof Statement);
    if (!runs) {
      return new CompiledTest(title(test), refusals, Optional.empty(), false);
    }
    Diagnostics own = new Diagnostics();
    Optional<Compiled> compiled = run(test, overrides, own);
    diagnostics.reportAll(own.sorted());
    return new CompiledTest(title(test), refusals, compiled, own.hasErrors());
  }

  private Optional<Compiled> run(
      Declaration.Test test, Map<String, Val> overrides, Diagnostics own) {
    String name = title(test);
    var compiler =
        new ExperimentCompiler(program, new Pipeline(Pipeline.Observer.NONE, false), own);
    Header header = compiler.header(name, test.body(), overrides);
    if (test.from() != null) {
      Chain base = Chain.of(test.from().text(), program.experimentDeclarations(), own);
      header = header.over(compiler.header(base, overrides));
    }
    if (header.step().isEmpty()) {
      compiler.missingStep(test.title().span());
      return Optional.empty();
    }
    Settings settings = compiler.settings(header, overrides, List.of(test.body()));
    Context context = new Context(header.step().get(), own, program.files());
    Optional<Elaborated> elaborated = elaborated(test, context, settings, own);
    if (elaborated.isEmpty()) {
      return Optional.empty();
    }
    var source =
        new ExperimentLowering.Source(
            name,
            test.from() == null ? Optional.empty() : Optional.of(test.from().text()),
            test.body(),
            program.scope(),
            test.title().span());
    var lowered = ExperimentLowering.lower(source, elaborated.get(), context, settings);
    return own.hasErrors()
        ? Optional.empty()
        : Optional.of(
            compiler.finished(
                elaborated.get().network(), lowered.needs(), lowered.observed(), lowered));
  }

  private Optional<Elaborated> elaborated(
      Declaration.Test test, Context context, Settings settings, Diagnostics own) {
    Env place = Env.of(program.scope());
    var elaborator = new NetworkElaborator(context, settings);
    Instance on = test.network();
    if (on != null) {
      Optional<Entity.Declared> network = program.network(on.model(), own);
      return network.map(declared -> elaborator.elaborate(declared, on.arguments(), place));
    }
    List<NetworkItem> items = new ArrayList<>();
    for (TestItem item : test.body()) {
      switch (item) {
        case Connect connect -> items.add(connect);
        case NetworkItem.Population population -> items.add(population);
        case NetworkItem.Part part -> items.add(part);
        case NetworkItem.Drive drive -> items.add(drive);
        case NetworkItem.Readout readout -> items.add(readout);
        case Statement _, TestItem.ExpectError _ -> {}
      }
    }
    return Optional.of(elaborator.elaborate(items, place));
  }

  // expect error

  /// Checks the declarations as if they stood at the end of the file, instead of its tests and
  /// experiments.
  private Plan.Refusal refusal(TestItem.ExpectError expected) {
    SourceFile file = expected.span().file();
    var text = new StringBuilder(file.text());
    for (Declaration declaration : program.scope().file().declarations()) {
      if (declaration instanceof Declaration.Test
          || declaration instanceof Declaration.Experiment
          || declaration instanceof Declaration.Sweep
          || declaration instanceof Declaration.Deployment) {
        blank(text, declaration.span());
      }
    }
    int begin = text.length() + 1;
    text.append('\n').append(block(expected));
    Diagnostics found = new Diagnostics();
    Compiler.check(
        new SourceFile(file.name(), text.toString()), program.loader(), program.files(), found);
    List<String> codes =
        found.sorted().stream()
            .filter(diagnostic -> diagnostic.primary().span().start() >= begin)
            .map(diagnostic -> diagnostic.code().id())
            .distinct()
            .toList();
    int line = new LineMap(file.text()).line(expected.span().start());
    return new Plan.Refusal(
        expected.code().text(),
        codes,
        new Place(file.name(), line, "expect error " + expected.code().text()));
  }

  private static void blank(StringBuilder text, Span span) {
    for (int k = span.start(); k < span.end(); k++) {
      if (text.charAt(k) != '\n') {
        text.setCharAt(k, ' ');
      }
    }
  }

  private static String block(TestItem.ExpectError expected) {
    String text = expected.span().file().text();
    int open = text.indexOf('{', expected.code().span().end());
    return text.substring(open + 1, expected.span().end() - 1);
  }
}

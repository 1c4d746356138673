package snel.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.EndlessRates;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.protocol.Plan;
import snel.lower.Needs;
import snel.lower.protocol.ExperimentLowering;
import snel.lower.protocol.Header;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Instance;
import snel.syntax.NetworkItem;
import snel.syntax.QualifiedName;
import snel.syntax.Statement;
import snel.syntax.TestItem;
import snel.syntax.TextPart;
import snel.units.Rational;

/// Compiles tests.
final class TestCompiler {
  private final OpenProgram program;
  private final Diagnostics diagnostics;
  private final FileScope scope;

  /// What calls of `stdp_window` add to the network of a test.
  private final List<? extends NetworkItem> windows;

  TestCompiler(OpenProgram program, Diagnostics diagnostics) {
    this(program, diagnostics, program.scope(), List.of());
  }

  private TestCompiler(
      OpenProgram program,
      Diagnostics diagnostics,
      FileScope scope,
      List<? extends NetworkItem> windows) {
    this.program = program;
    this.diagnostics = diagnostics;
    this.scope = scope;
    this.windows = List.copyOf(windows);
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
        refusals.add(new ExpectedErrors(program).refusal(expected));
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
    var compiler =
        new ExperimentCompiler(
            program, new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS), own);
    Header header = compiler.header(title(test), test.body(), overrides);
    Header base = Header.NOTHING;
    if (test.from() != null) {
      Chain chain = Chain.of(test.from().text(), program.experimentDeclarations(), own);
      base = compiler.header(chain.links(), overrides);
      header = header.over(base);
    }
    Header wanted = header;
    Beginning beginning =
        new Beginning(
            title(test),
            Optional.ofNullable(test.from()).map(QualifiedName::text),
            test.body(),
            test.title().span(),
            header,
            base);
    if (header.step().isEmpty()) {
      compiler.missingStep(test.title().span());
      return Optional.empty();
    }
    Rational step = header.step().get();
    Settings settings =
        compiler.settings(
            header, overrides, relatives(test).map(Relatives::bodies).orElse(List.of(test.body())));
    Diagnostics first = new Diagnostics();
    SeededDraws chance = new SeededDraws(settings.seed());
    Optional<Read> read = read(test, new Context(step, first, program.files(), chance), settings);
    List<Span> windows = read.map(r -> r.lowered().windows().calls()).orElse(List.of());
    if (windows.isEmpty()) {
      own.reportAll(first.sorted());
    } else if (test.network() != null) {
      windows.forEach(call -> own.report(ExperimentCompiler.misplacedWindow(call)));
    } else {
      // What the calls need is known only now: the network is made again with it.
      String declarations = read.orElseThrow().lowered().windows().declarations();
      Context again = new Context(step, own, program.files(), chance);
      read = with(declarations).read(test, again, settings);
    }
    read.ifPresent(r -> {
      compiler.preciseTimes(wanted, r.elaborated().network());
      EndlessRates.check(r.elaborated().network(), own);
    });
    return own.hasErrors()
        ? Optional.empty()
        : read.flatMap(r ->
            compiler.from(
                beginning,
                chance,
                r.elaborated().network(),
                r.lowered().needs().and(needsOfRelatives(test, r, step, settings)),
                r.lowered().observed(),
                r.lowered()));
  }

  private Needs needsOfRelatives(
      Declaration.Test test, Read read, Rational step, Settings settings) {
    return relatives(test)
        .map(relatives -> relatives.needs(List.of(), read.elaborated(), step, settings))
        .orElse(Needs.NOTHING);
  }

  private Optional<Relatives> relatives(Declaration.Test test) {
    if (test.from() == null) {
      return Optional.empty();
    }
    var experiments = program.experimentDeclarations();
    Chain base = Chain.of(test.from().text(), experiments, new Diagnostics());
    return base.isBroken()
        ? Optional.empty()
        : Optional.of(new Relatives(program, base.links().getFirst()));
  }

  private record Read(Elaborated elaborated, ExperimentLowering.Lowered lowered) {}

  private Optional<Read> read(Declaration.Test test, Context context, Settings settings) {
    var source =
        new ExperimentLowering.Source(
            title(test),
            test.from() == null ? Optional.empty() : Optional.of(test.from().text()),
            test.body(),
            scope,
            test.title().span());
    return elaborated(test, context, settings)
        .map(elaborated ->
            new Read(elaborated, ExperimentLowering.lower(source, elaborated, context, settings)));
  }

  /// The same for a file that has the declarations too.
  private TestCompiler with(String declarations) {
    SourceFile file = program.scope().file().span().file();
    var longer = new SourceFile(file.name(), file.text() + "\n" + declarations);
    FileScope scope = Library.read(longer, program.loader(), new Diagnostics());
    List<? extends NetworkItem> items =
        scope.file().declarations().getLast() instanceof Declaration.Network network
            ? network.items()
            : List.of();
    return new TestCompiler(program, diagnostics, scope, items);
  }

  private Optional<Elaborated> elaborated(
      Declaration.Test test, Context context, Settings settings) {
    Env place = Env.of(scope);
    var elaborator = new NetworkElaborator(context, settings);
    Instance on = test.network();
    if (on != null) {
      Optional<Entity.Declared> network = program.network(on.model(), context.diagnostics());
      return network.map(declared -> elaborator.elaborate(declared, on.arguments(), place));
    }
    List<NetworkItem> items = new ArrayList<>(windows);
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
}

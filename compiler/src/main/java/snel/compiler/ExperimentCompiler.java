package snel.compiler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Doubts;
import snel.elaborate.Elaborated;
import snel.elaborate.EndlessRates;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.Program;
import snel.ir.Training;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.ProtocolPrinter;
import snel.ir.text.ProgramPrinter;
import snel.lower.Needs;
import snel.lower.PreciseTimes;
import snel.lower.StreamBook;
import snel.lower.protocol.ExperimentLowering;
import snel.lower.protocol.Header;
import snel.lower.protocol.Prescan;
import snel.model.Network;
import snel.recall.Recall;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.Statement;
import snel.syntax.TestItem;
import snel.units.Rational;

/// From an experiment and those it starts from to a program: elaborates the network, lowers the
/// protocol, lowers the network to what the protocol needs of it.
final class ExperimentCompiler {
  private final OpenProgram program;
  private final Pipeline pipeline;
  private final Diagnostics diagnostics;

  ExperimentCompiler(OpenProgram program, Pipeline pipeline, Diagnostics diagnostics) {
    this.program = program;
    this.pipeline = pipeline;
    this.diagnostics = diagnostics;
  }

  Optional<Compiled> compile(Chain chain, Map<String, Val> overrides) {
    StreamBook streams = new StreamBook();
    Optional<Compiled> compiled = streams.during(() -> inStreams(chain, overrides));
    streams.collisions().stream()
        .findFirst()
        .ifPresent(two -> diagnostics.report(sameStream(two, chain.last().name().span())));
    return streams.collisions().isEmpty() ? compiled : Optional.empty();
  }

  private static Diagnostic sameStream(StreamBook.Collision two, Span span) {
    return Diagnostic.of(
            Code.STREAM_COLLISION,
            "the random streams `%s` and `%s` have the same key"
                .formatted(two.first(), two.second()),
            span,
            "both would draw the same numbers")
        .help("rename one of the two");
  }

  private Optional<Compiled> inStreams(Chain chain, Map<String, Val> overrides) {
    Declaration.Experiment experiment = chain.last();
    Header header = header(chain.links(), overrides);
    if (header.step().isEmpty()) {
      missingStep(experiment.name().span());
      return Optional.empty();
    }
    Optional<Entity.Declared> network = program.network(experiment.network().model(), diagnostics);
    if (network.isEmpty() || !sameNetwork(chain)) {
      return Optional.empty();
    }
    var relatives = new Relatives(program, chain.links().getFirst());
    Settings settings = settings(header, overrides, relatives.bodies());
    SeededDraws draws = new SeededDraws(settings.seed());
    Context context = new Context(header.step().get(), diagnostics, program.files(), draws);
    Elaborated elaborated =
        new NetworkElaborator(context, settings)
            .elaborate(network.get(), experiment.network().arguments(), Env.of(program.scope()));
    preciseTimes(header, elaborated.network());
    EndlessRates.check(elaborated.network(), diagnostics);
    doubts(chain, elaborated);
    Needs needs = Needs.NOTHING;
    ExperimentLowering.Lowered lowered = null;
    Beginning beginning = Beginning.of(chain, header, base(chain, overrides));
    for (Declaration.Experiment link : chain.links()) {
      Context there =
          link == experiment || !beginning.hasOtherStep()
              ? context
              : alone(chain.upTo(link), overrides, settings);
      lowered = ExperimentLowering.lower(source(link), elaborated, there, settings);
      needs = needs.and(lowered.needs());
      lowered.windows().calls().forEach(call -> diagnostics.report(misplacedWindow(call)));
    }
    if (diagnostics.hasErrors() || lowered == null) {
      return Optional.empty();
    }
    needs = needs.and(relatives.needs(chain.names(), elaborated, header.step().get(), settings));
    Set<String> observed = new LinkedHashSet<>(lowered.observed());
    if (program.isBase(experiment.name().text())) {
      observed.addAll(States.of(elaborated.network()));
    }
    return from(beginning, draws, elaborated.network(), needs, observed, lowered);
  }

  /// The same where the experiment may start from another.
  Optional<Compiled> from(
      Beginning beginning,
      SeededDraws draws,
      Network network,
      Needs needs,
      Set<String> observed,
      ExperimentLowering.Lowered lowered) {
    beginning.checkNumerics(diagnostics);
    beginning.checkStep(lowered.experiment(), diagnostics);
    ExperimentLowering.Lowered begun = beginning.hasOtherStep() ? lowered.beginningAnew() : lowered;
    Optional<Compiled> made = finished(network, needs, observed, begun);
    made.ifPresent(compiled -> beginning.checkSeed(compiled.program(), draws.drew(), diagnostics));
    return diagnostics.hasErrors() ? Optional.empty() : made;
  }

  /// Where the steps of an experiment before the last one have another length.
  private Context alone(
      List<Declaration.Experiment> links, Map<String, Val> overrides, Settings settings) {
    return program.silent(header(links, overrides).step().orElse(Rational.ONE), settings);
  }

  /// What the experiments before the last one say of their runs.
  private Header base(Chain chain, Map<String, Val> overrides) {
    return header(chain.links().subList(0, chain.links().size() - 1), overrides);
  }

  private void doubts(Chain chain, Elaborated elaborated) {
    if (!diagnostics.hasErrors()) {
      List<List<Statement>> bodies =
          new ArrayList<>(chain.links().stream().map(Declaration.Experiment::body).toList());
      elaborated.protocols().values().forEach(protocol -> bodies.add(protocol.body()));
      Doubts.check(elaborated.network(), bodies, diagnostics);
    }
  }

  /// Refuses spike times within the step where something in the network hinders them.
  void preciseTimes(Header header, Network network) {
    if (header.preciseTimes().isEmpty()) {
      return;
    }
    PreciseTimes.hindrance(network)
        .ifPresent(why ->
            diagnostics.report(
                Diagnostic.of(
                        Code.PRECISE_TIMES_IMPOSSIBLE,
                        "spike times cannot be precise: " + why.what(),
                        header.preciseTimes().get(),
                        "asked for here")
                    .help(why.help())));
  }

  /// @param observed buffers that stay though nothing in the network reads them; all states among
  ///   them where another experiment goes on from here
  /// @return empty, and reported, if the network cannot be trained though it should be
  private Optional<Compiled> finished(
      Network whole, Needs needs, Set<String> observed, ExperimentLowering.Lowered lowered) {
    Network network =
        lowered.training().map(taught -> held(whole, taught.training())).orElse(whole);
    Pipeline passes = lowered.training().isPresent() ? pipeline.apart() : pipeline;
    Needs recalling = needs.recalling(lowered.recallable());
    Program made = passes.run(network, recalling, observed);
    List<String> recalled =
        Recall.of(made, recalling.recallable()).map(Recall::names).orElse(List.of());
    Experiment plain = lowered.experiment().recalling(recalled);
    String text =
        ProgramPrinter.print(made) + ProtocolPrinter.printExperiment(plain) + lowered.dataSets();
    Compiled compiled =
        new Compiled(plain.withFingerprint(sha256(text)), made, network, needs, lowered.dataSets());
    return new TrainingCompiler(diagnostics).trained(compiled, lowered);
  }

  /// What training holds from its beginning to its end does not change by itself either.
  private static Network held(Network network, Training training) {
    return network.joinedBy(
        network.projections().stream()
            .map(projection ->
                projection.changesWeight() && training.holds(projection.weightPath())
                    ? projection.holdingWeight()
                    : projection)
            .toList());
  }

  static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new CompilerBug("no SHA-256", impossible);
    }
  }

  static Diagnostic misplacedWindow(Span call) {
    return Diagnostic.of(
            Code.NO_MEANING_HERE,
            "`stdp_window` measures a synapse by itself, beside no network",
            call,
            "cannot be measured here")
        .help("write it in a `test` without `on`");
  }

  void missingStep(Span span) {
    diagnostics.report(
        Diagnostic.of(Code.STEP_MISSING, "the experiment has no step: write `step 0.1 ms`", span));
  }

  /// Step, seed and numerics of a chain of experiments.
  Header header(List<Declaration.Experiment> links, Map<String, Val> overrides) {
    Header header = Header.NOTHING;
    for (Declaration.Experiment link : links) {
      header = header(link.name().text(), link.body(), overrides).over(header);
    }
    return header;
  }

  /// Step, seed and numerics that one body of statements names.
  Header header(String name, List<? extends TestItem> body, Map<String, Val> overrides) {
    Settings known = new Settings(0, Network.Numerics.F32, overrides, Set.of());
    return Header.read(name, body, Env.of(program.scope()), known, diagnostics, program.files());
  }

  /// @param bodies the statements that can assign parameters
  Settings settings(
      Header header, Map<String, Val> overrides, List<? extends List<? extends TestItem>> bodies) {
    Prescan scan = new Prescan();
    scan.protocols(program.scope().entities());
    bodies.forEach(scan::body);
    return new Settings(
        header.seed().orElse(0),
        header.numerics().orElse(Network.Numerics.F32),
        header.fast().orElse(false),
        header.preciseTimes().isPresent(),
        overrides,
        scan.assigned(),
        scan.apart());
  }

  private boolean sameNetwork(Chain chain) {
    List<Declaration.Experiment> links = chain.links();
    for (int k = 1; k < links.size(); k++) {
      String own = links.get(k).network().model().text();
      String base = links.get(k - 1).network().model().text();
      if (!own.equals(base)) {
        diagnostics.report(
            Diagnostic.of(
                    Code.OTHER_NETWORK,
                    "`"
                        + links.get(k).name().text()
                        + "` starts from an experiment on `"
                        + base
                        + "`, but is on `"
                        + own
                        + "`",
                    links.get(k).network().model().span())
                .label(links.get(k - 1).network().model().span(), "the other network"));
        return false;
      }
    }
    return true;
  }

  private ExperimentLowering.Source source(Declaration.Experiment experiment) {
    return new ExperimentLowering.Source(
        experiment.name().text(),
        experiment.from() == null ? Optional.empty() : Optional.of(experiment.from().text()),
        experiment.body(),
        program.scope(),
        experiment.name().span());
  }
}

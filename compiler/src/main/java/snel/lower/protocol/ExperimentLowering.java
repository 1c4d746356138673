package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.Training;
import snel.ir.protocol.Action;
import snel.ir.protocol.Books;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.ReadOut;
import snel.ir.protocol.Recallable;
import snel.ir.protocol.Unit;
import snel.lower.Needs;
import snel.math.Expr;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// Lowers one experiment or test on its elaborated network.
public final class ExperimentLowering {
  /// Of a list of parameters, in what is written of a run.
  private static final int MOST_SHOWN = 100;

  private ExperimentLowering() {}

  /// An experiment or test as written.
  ///
  /// @param from the experiment it starts from, if any
  /// @param scope the file that it stands in
  public record Source(
      String name,
      Optional<String> from,
      List<? extends TestItem> body,
      FileScope scope,
      Span span) {
    public Source {
      body = List.copyOf(body);
    }
  }

  /// @param recallable whose spikes are worth keeping
  /// @param needs what the experiment asks of its network
  /// @param observed names of the states it reads or assigns
  /// @param dataSets those it reads
  /// @param training how it trains the network, if it does
  /// @param keepsBest whether it keeps the best weights
  /// @param windows its calls of `stdp_window`; the network must have what they need
  public record Lowered(
      Experiment experiment,
      Recallable recallable,
      Needs needs,
      Set<String> observed,
      List<DataSet> dataSets,
      Optional<Taught> training,
      boolean keepsBest,
      SynapseWindows windows) {
    public Lowered {
      observed = Set.copyOf(observed);
      dataSets = List.copyOf(dataSets);
    }

    /// The same of an experiment that takes over only what lasts.
    public Lowered beginningAnew() {
      return new Lowered(
          experiment.beginningAnew(),
          recallable,
          needs,
          observed,
          dataSets,
          training,
          keepsBest,
          windows);
    }
  }

  /// Why the network cannot be trained, at a place of the program.
  public record Hindrance(Span span, String what) {}

  /// A training and who is told what stands against it.
  public record Taught(Training training, Lesson lesson) {
    /// Reports one diagnostic with all reasons why the network cannot be trained.
    public void refuse(List<Hindrance> reasons, Diagnostics diagnostics) {
      reasons.forEach(reason -> lesson.hindrance(reason.span, reason.what));
      lesson.report(diagnostics);
    }
  }

  public static Lowered lower(
      Source source, Elaborated elaborated, Context context, Settings settings) {
    Changes changes = new Changes(elaborated, source.body());
    Work work =
        new Work(source.name(), context, elaborated, settings, changes, new Courses(source.body()));
    Frame frame = Frame.of(elaborated.scope().env().inner(source.scope()));
    List<ReadOut> readOuts = new ArrayList<>();
    var readOutLowering = new ReadOutLowering(work);
    elaborated
        .network()
        .readouts()
        .forEach(readout -> readOutLowering.lower(readout).ifPresent(readOuts::add));
    List<Statement> statements =
        source.body().stream()
            .filter(item -> item instanceof Statement)
            .map(item -> (Statement) item)
            .toList();
    List<Action> body =
        Lessons.complete(work, StatementLowering.lower(statements, Block.of(work, frame)), source);
    work.lesson().report(context.diagnostics());
    Experiment experiment =
        new Experiment(
            source.name(),
            elaborated.network().name(),
            source.name(),
            source.from(),
            false,
            settings.seed(),
            work.stepMs(),
            work.slots(),
            withRanges(work, body),
            work.demands().episodeSpikes(),
            work.demands().episodeSamples(),
            readOuts,
            List.of(),
            parameters(work, frame),
            "",
            work.place(source.span()));
    Recallable recallable =
        work.lesson().training().isPresent()
            ? Recallable.NONE
            : ShownAgain.recallable(elaborated.network(), body);
    return new Lowered(
        experiment,
        recallable,
        work.demands().needs(Books.of(experiment)),
        work.demands().observed(),
        work.demands().dataSets(),
        work.lesson().training().map(training -> new Taught(training, work.lesson())),
        work.lesson().keepsBest(),
        SynapseWindow.Bench.windows(work.benches()));
  }

  /// What is drawn or made of indices is looked at before anything runs.
  private static List<Action> withRanges(Work work, List<Action> body) {
    List<Action> all = new ArrayList<>(new GivenParameters(work).checks());
    all.addAll(body);
    return all;
  }

  /// What the parameters of the network and of the experiment are, as text.
  private static List<Experiment.Setting> parameters(Work work, Frame frame) {
    Elaborated elaborated = work.elaborated();
    var written = new WrittenUnit(work, frame);
    List<Experiment.Setting> all = new ArrayList<>();
    elaborated
        .scope()
        .parameters()
        .forEach(name ->
            elaborated
                .scope()
                .env()
                .find(name)
                .flatMap(
                    value -> shown(value, ExpressionReader.unit(written.named(name).orElse(""))))
                .ifPresent(text ->
                    all.add(
                        new Experiment.Setting(elaborated.network().name() + "." + name, text))));
    frame
        .locals()
        .forEach((name, meaning) -> {
          if (meaning instanceof Meaning.Fixed(var value, String unit)) {
            shown(value, ExpressionReader.unit(unit))
                .ifPresent(text -> all.add(new Experiment.Setting(name, text)));
          }
        });
    return all;
  }

  private static Optional<String> shown(Val value, Unit unit) {
    return switch (value) {
      case Val.Num(Expr.Num(var number), _) ->
          Optional.of(
              number.toDouble() / unit.factor() + (unit.text().isEmpty() ? "" : " " + unit.text()));
      case Val.Num(Expr.Truth(var truth), _) -> Optional.of(Boolean.toString(truth));
      case Val.Text(var text) -> Optional.of(text);
      case Val.Items(var items) -> list(items, unit);
      default -> Optional.empty();
    };
  }

  /// Element by element, or of a long one how many there are.
  private static Optional<String> list(List<Val> items, Unit unit) {
    if (items.size() > MOST_SHOWN) {
      return Optional.of(items.size() + " elements");
    }
    List<String> elements = items.stream().flatMap(item -> shown(item, unit).stream()).toList();
    return elements.size() == items.size() ? Optional.of(elements.toString()) : Optional.empty();
  }
}

package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Settings;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.lower.Laziness;
import snel.lower.StreamNames;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Readout;
import snel.model.Variable;
import snel.source.SourceFile;
import snel.source.Span;

/// What the lowering of one experiment shares: its network, where faults go, and the numbers it has
/// given out.
final class Work {
  private final String experiment;
  private final Context context;
  private final Elaborated elaborated;
  private final Settings settings;
  private final Map<String, Meaning> axes = new LinkedHashMap<>();
  private Function<String, Map<String, Action.Item>> reported = _ -> Map.of();
  private boolean sweeps;
  private final Demands demands = new Demands();
  private final Lesson lesson = new Lesson();
  private final Places places = new Places();
  private final ReportNames reportNames = new ReportNames();
  private final Courses courses;
  private int slots;
  private int loops;
  private int timers;
  private int items;
  private int draws;
  private final Map<Span, SynapseWindow.Bench> benches = new LinkedHashMap<>();
  private final TimeDependence times = new TimeDependence();
  private final NetworkDependence dependence = new NetworkDependence(this);
  private final Changes changes;
  private final List<Action> before = new ArrayList<>();
  private final Map<Integer, List<Action>> entering = new HashMap<>();
  private boolean mayPresent;

  /// @param changes what may change within its presentations
  Work(
      String experiment,
      Context context,
      Elaborated elaborated,
      Settings settings,
      Changes changes,
      Courses courses) {
    this.experiment = experiment;
    this.context = context;
    this.elaborated = elaborated;
    this.settings = settings;
    this.changes = changes;
    this.courses = courses;
  }

  String experiment() {
    return experiment;
  }

  Context context() {
    return context;
  }

  Elaborated elaborated() {
    return elaborated;
  }

  Settings settings() {
    return settings;
  }

  Demands demands() {
    return demands;
  }

  /// What is said about training.
  Lesson lesson() {
    return lesson;
  }

  Place place(Span span) {
    return places.of(span);
  }

  /// Statements of a text that is not the author's are told at the words they were made for.
  void standsFor(SourceFile generated, Span written) {
    places.standsFor(generated, written);
  }

  ReportNames reportNames() {
    return reportNames;
  }

  /// Which figures over time are drawn whole.
  Courses courses() {
    return courses;
  }

  Meaning fault(Code code, String message, Span span) {
    return fault(Diagnostic.of(code, message, span));
  }

  Meaning fault(Diagnostic diagnostic) {
    context.fault(diagnostic);
    return Meaning.FAULTY;
  }

  /// Which names hold a moment of what changes in time.
  TimeDependence times() {
    return times;
  }

  /// What other weights would change.
  NetworkDependence dependence() {
    return dependence;
  }

  /// What may change while something is presented.
  Changes changes() {
    return changes;
  }

  /// A new slot.
  Term.Variable variable(String name, Type type) {
    return new Term.Variable(slots++, name, type);
  }

  int slots() {
    return slots;
  }

  /// The number that the next loop gets.
  int loops() {
    return loops;
  }

  int nextLoop() {
    return loops++;
  }

  /// What is done whenever this loop is entered.
  void onEntering(int loop, Action action) {
    entering.computeIfAbsent(loop, _ -> new ArrayList<>()).add(action);
  }

  List<Action> onEntering(int loop) {
    return entering.getOrDefault(loop, List.of());
  }

  int nextTimer() {
    return timers++;
  }

  int nextItem() {
    return items++;
  }

  /// The stream of the next random expression of the experiment.
  int nextStream() {
    return StreamNames.of(experiment, "draw", draws++);
  }

  /// Where the synapse of one call of `stdp_window` is measured.
  SynapseWindow.Bench bench(String synapse, Span call) {
    return benches.computeIfAbsent(
        call,
        span -> new SynapseWindow.Bench("stdp_window_" + (benches.size() + 1), synapse, span));
  }

  List<SynapseWindow.Bench> benches() {
    return List.copyOf(benches.values());
  }

  /// Whether the expression at hand may have something presented before its statement.
  boolean mayPresent() {
    return mayPresent;
  }

  void mayPresent(boolean may) {
    mayPresent = may;
  }

  /// What is done before the statement at hand.
  void before(List<Action> actions) {
    before.addAll(actions);
  }

  List<Action> takeBefore() {
    List<Action> taken = List.copyOf(before);
    before.clear();
    return taken;
  }

  double stepMs() {
    return context.step().toDouble();
  }

  /// An axis of a sweep: what `Owner.name` is at the present point.
  void axis(String path, Meaning value) {
    axes.put(path, value);
  }

  /// Whether what experiments report is known here: only in a sweep.
  boolean sweeps() {
    return sweeps;
  }

  /// Makes known what each experiment reports, by the names that it is reported under.
  void reports(Function<String, Map<String, Action.Item>> items) {
    reported = items;
    sweeps = true;
  }

  /// In a sweep, `owner.name`: the value of an axis at the present point, or what an experiment
  /// reported there.
  Meaning resultOf(String owner, String name) {
    Meaning axis = axes.get(owner + "." + name);
    if (axis != null) {
      return axis;
    }
    Action.Item item = reported.apply(owner).get(name);
    return item == null
        ? Meaning.of(new Term.ResultOf(owner, name, Type.REAL))
        : Meaning.of(new Term.ResultOf(owner, name, item.value().type()), item.unit().text());
  }

  /// How constants are rounded that stand beside what the network keeps.
  StoredPrecision precision() {
    return new StoredPrecision(elaborated.network().numerics());
  }

  Optional<Population> population(String path) {
    return elaborated.network().populations().stream()
        .filter(population -> population.path().equals(path))
        .findFirst();
  }

  Optional<Projection> projection(String path) {
    return elaborated.network().projections().stream()
        .filter(projection -> projection.path().equals(path))
        .findFirst();
  }

  Optional<Readout> readOut(String name) {
    return elaborated.network().readouts().stream()
        .filter(readout -> readout.name().equals(name))
        .findFirst();
  }

  /// The buffer that holds what is recorded of a state.
  String recorded(String path) {
    return Laziness.recorded(elaborated.network(), path);
  }

  /// A state or assigned parameter of the network itself.
  Optional<Variable> networkVariable(String path) {
    return elaborated.network().states().stream()
        .filter(variable -> variable.name().equals(path))
        .findFirst()
        .or(() ->
            elaborated.network().parameters().stream()
                .filter(variable -> variable.name().equals(path))
                .findFirst());
  }
}

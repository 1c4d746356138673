package snel.lower;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Length;
import snel.ir.Role;
import snel.model.Firing;
import snel.model.Population;
import snel.model.Variable;

/// The buffers of one population, declared on first use.
final class Cells {
  final Population population;
  final int size;
  final Buffer spikes;
  final Buffer spikeCount;
  final Buffer total;
  final Buffer counts;
  final Buffer firstSpike;
  final Buffer logging;
  final Buffer logIndex;
  final Buffer logStep;
  final Buffer logCount;

  /// Whether its spikes are located within their steps.
  final boolean isPrecise;

  private final Buffers buffers;
  private final Map<String, Buffer> variables = new LinkedHashMap<>();
  private final java.util.Set<String> shared = new java.util.HashSet<>();
  private final Map<String, EventList> events = new HashMap<>();
  private final Map<String, Integer> history = new HashMap<>();

  /// Spikes or user events stamped with the present instant: indices and their number.
  record EventList(Buffer list, Buffer count) {}

  Cells(Population population, Buffers buffers, boolean preciseTimes) {
    this.population = population;
    this.isPrecise = preciseTimes && population.firing() instanceof Firing.When;
    this.buffers = buffers;
    this.size = population.size();
    String path = population.path();
    spikes = buffers.declare(path + ".spikes", Cell.I32, Math.max(1, size), Role.QUEUE);
    spikeCount = buffers.declare(path + ".spikes.count", Cell.I32, 1, Role.QUEUE);
    total = buffers.declare(path + ".spikes.total", Cell.I64, 1, Role.LOG);
    counts = buffers.declare(path + ".count", Cell.I32, Math.max(1, size), Role.LOG);
    firstSpike = buffers.declare(path + ".first_spike", Cell.I64, Math.max(1, size), Role.LOG);
    logging = buffers.declare(path + ".spikes.log", Cell.I32, 1, Role.PARAMETER);
    int capacity = logCapacity(size);
    logIndex = buffers.declare(path + ".spikes.log.index", Cell.I32, capacity, Role.LOG);
    logStep = buffers.declare(path + ".spikes.log.step", Cell.I64, capacity, Role.LOG);
    logCount = buffers.declare(path + ".spikes.log.count", Cell.I32, 1, Role.LOG);
    events.put("", new EventList(spikes, spikeCount));
    population.parameters().forEach(v -> declare(v, Role.PARAMETER));
    population.states().forEach(v -> declare(v, v.plastic() ? Role.PLASTIC : Role.STATE));
    population.inputs().forEach(v -> declare(v, Role.INPUT));
  }

  /// How many spikes or events of so many neurons are noted down before they are taken away: so
  /// many that this is seldom, and few where there are few neurons, so that small populations stay
  /// small.
  static int logCapacity(int size) {
    return Math.max(4 * size, Math.clamp(64L * size, 1 << 10, 1 << 14));
  }

  /// How much of a step each neuron's last spike came before its stamp.
  Buffer early() {
    return buffers.declare(population.path() + ".spikes.early", Cell.F64, room(), Role.STATE);
  }

  private boolean keepsEarly = false;

  /// Asks for the same of past spikes; see [#keepHistory].
  void keepEarly() {
    keepsEarly = true;
  }

  /// The same of the spikes in `history`, in the places of their neurons.
  Optional<Buffer> earlyOf(History history) {
    String name = population.path() + ".spikes.history.early";
    return keepsEarly
        ? Optional.of(buffers.declare(name, Cell.F64, history.lists().length(), Role.QUEUE))
        : Optional.empty();
  }

  /// The same of the first spike of the episode.
  Buffer firstEarly() {
    return buffers.declare(population.path() + ".first_spike.early", Cell.F64, room(), Role.LOG);
  }

  /// The potential at that spike, before what the spike did to it.
  Buffer firstPotential() {
    String name = Needs.firstPotential(population.path());
    return buffers.like(variable(Needs.POTENTIAL), name, Role.LOG);
  }

  /// The same of the spikes in the log.
  Buffer logEarly() {
    String name = population.path() + ".spikes.log.early";
    return buffers.declare(name, Cell.F64, logIndex.length(), Role.LOG);
  }

  private int room() {
    return Math.max(1, size);
  }

  private void declare(Variable variable, Role role) {
    boolean single = variable.shared();
    if (single) {
      shared.add(variable.name());
    }
    variables.put(
        variable.name(),
        buffers.of(
            variable.kind(),
            population.path() + "." + variable.name(),
            Length.of(single ? 1 : Math.max(1, size)),
            role));
  }

  Buffer variable(String name) {
    Buffer buffer = variables.get(name);
    if (buffer == null) {
      throw new CompilerBug("no variable " + name + " in " + population.path());
    }
    return buffer;
  }

  /// A coefficient that is computed for each neuron from its parameters; read like a variable.
  Buffer coefficient(String name) {
    return variables.computeIfAbsent(
        name, n -> buffers.real(population.path() + "." + n, Math.max(1, size), Role.WIRING));
  }

  /// Whether the variable is one for the whole population.
  boolean isShared(String name) {
    return shared.contains(name);
  }

  boolean has(String name) {
    return variables.containsKey(name);
  }

  /// Whether its spikes come from outside and are stamped with the start of the step they act in.
  boolean isOutside() {
    return population.isInput() || population.firing().isSource();
  }

  /// The list of a user event (or of spikes, with an empty name).
  EventList event(String name) {
    return events.computeIfAbsent(
        name,
        n ->
            new EventList(
                buffers.declare(path(n), Cell.I32, Math.max(1, size), Role.QUEUE),
                buffers.declare(path(n) + ".count", Cell.I32, 1, Role.QUEUE)));
  }

  private static String nameOf(String event) {
    return event.isEmpty() ? "spikes" : event;
  }

  private String path(String event) {
    return population.path() + "." + event;
  }

  /// Asks for the lists of the last `steps` instants of an event to be kept: before any kernel
  /// reads them ([Histories]).
  void keepHistory(String event, int steps) {
    history.merge(event, steps, Math::max);
  }

  /// Past lists of an event: slot `stamp & (slots - 1)` holds the events of that stamp.
  record History(Buffer lists, Buffer counts, int slots) {}

  Optional<History> history(String event) {
    return Optional.ofNullable(history.get(event)).map(s -> history(event, s - 1));
  }

  /// The history that reaches `back` instants back.
  History history(String event, int back) {
    int steps = history.getOrDefault(event, 0);
    if (steps <= back) {
      throw new CompilerBug(path(nameOf(event)) + " is kept for " + steps + " instants");
    }
    int slots = Integer.highestOneBit(Math.max(1, steps)) << 1;
    String name = population.path() + "." + nameOf(event) + ".history";
    return new History(
        buffers.declare(name, Cell.I32, (long) slots * Math.max(1, size), Role.QUEUE),
        buffers.declare(name + ".count", Cell.I32, slots, Role.QUEUE),
        slots);
  }

  /// Stamp (`I64`) of each neuron's last event; -1 before the first. Declared when a rule asks.
  Buffer last(String event) {
    lastUsed.add(event);
    String name = population.path() + "." + nameOf(event) + ".last";
    return buffers.declare(name, Cell.I64, Math.max(1, size), Role.STATE);
  }

  private final java.util.Set<String> lastUsed = new java.util.LinkedHashSet<>();
  private boolean countsAreRead;

  /// The counts of the episode, for a body that reads them.
  Buffer countsRead() {
    countsAreRead = true;
    return counts;
  }

  /// Whether some body reads how often or when a neuron has spiked.
  boolean countsAreRead() {
    return countsAreRead;
  }

  /// The events whose last stamps somebody reads.
  java.util.Set<String> lastUsed() {
    return lastUsed;
  }

  /// 1 of those that spiked within the step, before what arrives later in it.
  Buffer spikedWithin() {
    return buffers.declare(population.path() + ".spikes.within", Cell.I32, room(), Role.STATE);
  }

  /// 1 while a neuron is free, 0 while it is refractory.
  Buffer free() {
    return buffers.declare(population.path() + ".spikes.free", Cell.U8, room(), Role.STATE);
  }

  /// First step at which a neuron with a refractory time of its own is free again.
  Buffer freeAgain() {
    return buffers.declare(
        population.path() + ".spikes.free_again", Cell.I64, Math.max(1, size), Role.STATE);
  }

  /// Whether each neuron was over the threshold that it is to cross when the step began.
  Buffer above() {
    return buffers.declare(population.path() + ".spikes.above", Cell.U8, size, Role.STATE);
  }

  Buffer won() {
    return buffers.declare(population.path() + ".won", Cell.I32, Math.max(1, size), Role.STATE);
  }

  Buffer scratchWords(String name) {
    return buffers.declare(
        population.path() + "." + name + ".words", Cell.I32, (size + 3) / 4 * 4L, Role.SCRATCH);
  }

  /// What a state was before a kernel that assigns it, for those that read it of their peers.
  Buffer copyForPeers(String state) {
    Buffer own = variable(state);
    return buffers.declare(own.name() + ".before", own.cell(), size, Role.SCRATCH);
  }
}

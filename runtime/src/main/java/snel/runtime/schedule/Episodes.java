package snel.runtime.schedule;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Population;

/// Drives the network: through episodes and rests, stopping where an input spike, a sample, a timer
/// or a full log wants it to.
public final class Episodes {
  private static final long FIRST_CHUNK = 64;
  private static final long PATIENCE_NANOS = 150_000_000;

  /// What is going on.
  enum Kind {
    RUN,
    PRESENT,
    REST,
    IDLE
  }

  private final NetworkView view;
  private final Inputs inputs;
  private final Taps taps;
  private final Timers timers;
  private final Mailbox mailbox;
  private final SampleMemory memory;
  private final Map<Population, SpikeSource> playing = new LinkedHashMap<>();
  private Kind kind = Kind.IDLE;
  private long began;
  private long end;
  private long presentations;
  private long experimentBegan;
  private boolean untilHolds;
  private long episodeBegan;
  private long episodeSteps;
  private final Map<String, int[]> keptCounts = new LinkedHashMap<>();
  private final Map<String, long[]> keptFirst = new LinkedHashMap<>();
  private final Map<String, double[]> keptEarly = new LinkedHashMap<>();
  private boolean countsKept;
  private long chunk = FIRST_CHUNK;

  Episodes(
      NetworkView view,
      Inputs inputs,
      Taps taps,
      Timers timers,
      Mailbox mailbox,
      SampleMemory memory) {
    this.view = view;
    this.inputs = inputs;
    this.taps = taps;
    this.timers = timers;
    this.mailbox = mailbox;
    this.memory = memory;
    countFromNone();
  }

  public long step() {
    return view.clock()[NetworkView.STEP];
  }

  /// Time in ms since the present episode began.
  public double time() {
    return view.time(view.clock()[NetworkView.TIME]);
  }

  Kind kind() {
    return kind;
  }

  void beginRun(long steps) {
    memory.before();
    view.clock()[NetworkView.PRESENTATION] = 0;
    view.clock()[NetworkView.EPISODE_STEP] = step();
    begin(Kind.RUN, steps);
    view.network().expect(steps);
    beginEpisode();
    inputs.bind();
  }

  void beginPresent(long steps, List<Inputs.Hold> holds, List<SpikeSource> sources) {
    memory.before();
    presentations++;
    view.clock()[NetworkView.PRESENTATION] = presentations;
    view.clock()[NetworkView.EPISODE_STEP] = 0;
    begin(Kind.PRESENT, steps);
    beginEpisode();
    inputs.hold(holds);
    for (SpikeSource source : sources) {
      playing.merge(source.population(), source, SpikeSource::with);
    }
    inputs.bind();
    view.network().presentationStart();
    if (playing.isEmpty() && !inputs.vary() && timers.next() == Long.MAX_VALUE) {
      memory.begin(steps, mailbox);
      view.network().presentAlone(mailbox.isEmpty() ? steps : 0);
    }
  }

  void beginRest(long steps) {
    memory.beforeRest(mailbox);
    keepCounts();
    begin(Kind.REST, steps);
    taps.pauseEpisode();
    inputs.silence();
    inputs.bind();
    if (timers.next() == Long.MAX_VALUE) {
      memory.beginRest(steps, mailbox);
    }
  }

  private void begin(Kind newKind, long steps) {
    if (steps < 0) {
      throw new ProtocolProblem(
          ProblemKind.BAD_VALUE, "a duration is negative: " + steps + " steps");
    }
    kind = newKind;
    view.network().presentAlone(0);
    view.clock()[NetworkView.TIME] = 0;
    began = step();
    end = Timers.later(began, steps);
    untilHolds = false;
  }

  private void beginEpisode() {
    episodeBegan = began;
    view.clock()[NetworkView.EPISODE_BEGAN] = began;
    countsKept = false;
    countFromNone();
    taps.beginEpisode();
  }

  private void countFromNone() {
    for (Population population : view.populations().values()) {
      if (population.counts() != null) {
        Arrays.fill(population.counts(), 0);
      }
      if (population.firstSpike() != null) {
        Arrays.fill(population.firstSpike(), -1);
      }
    }
  }

  /// Goes on to the end, or to the step at which a timer is due; true at the end. Ends early after
  /// the first step after which `until` holds.
  boolean advance(Machine machine, @Nullable Evaluation until) {
    for (boolean first = true; ; first = false) {
      long now = step();
      if (timers.next() <= now) {
        return false;
      }
      if (now >= end || untilHolds) {
        finish();
        return true;
      }
      machine.pause(kind != Kind.PRESENT);
      long next = stop(machine, now);
      runTo(until == null ? next : Math.min(next, now + 1), first);
      if (until != null && until.evaluate(machine).truth()) {
        untilHolds = true;
      }
    }
  }

  /// Prepares the step at hand; the step at which somebody wants to be asked again.
  private long stop(Machine machine, long now) {
    long next = Math.min(Math.min(end, timers.next()), now + chunk);
    next = Math.min(next, mailbox.deliver(now));
    for (SpikeSource source : playing.values()) {
      next = Math.min(next, source.play(now));
    }
    if (inputs.vary()) {
      inputs.update(machine);
    }
    inputs.bind();
    return inputs.vary() ? now + 1 : next;
  }

  /// @param first whether others may have written states since the last step
  private void runTo(long next, boolean first) {
    boolean isWhole = next - step() == chunk;
    long started = isWhole ? System.nanoTime() : 0;
    boolean changed = first;
    for (long now = step(); now < next; now = step()) {
      long steps = Math.min(next, taps.nextSample(now)) - now;
      if (changed) {
        view.network().run(steps);
      } else {
        view.network().goOn(steps);
      }
      changed = false;
      if (view.halt()[0] != 0) {
        view.halt()[0] = 0;
        taps.drain();
      }
      taps.sample(step());
    }
    if (isWhole && System.nanoTime() - started < PATIENCE_NANOS) {
      chunk *= 2;
    }
  }

  /// Leaves an episode that went wrong.
  void abandon() {
    if (kind != Kind.IDLE) {
      kind = Kind.IDLE;
      playing.clear();
      inputs.restore();
    }
  }

  private void finish() {
    if (kind != Kind.RUN) {
      memory.end();
    }
    if (kind == Kind.PRESENT) {
      view.network().presentationEnd();
    }
    taps.drain();
    view.network().checkStates();
    if (kind != Kind.REST) {
      episodeSteps = step() - episodeBegan;
    }
    playing.clear();
    if (kind != Kind.RUN) {
      inputs.restore();
    }
    kind = Kind.IDLE;
  }

  /// Counts of the latest episode are kept before the network goes on without one.
  private void keepCounts() {
    if (countsKept) {
      return;
    }
    countsKept = true;
    for (Population population : view.populations().values()) {
      if (population.counts() != null) {
        keptCounts.put(population.name(), population.counts().clone());
      }
      if (population.firstSpike() != null) {
        keptFirst.put(population.name(), population.firstSpike().clone());
      }
      if (population.firstEarly() != null) {
        keptEarly.put(population.name(), population.firstEarly().clone());
      }
    }
  }

  /// Spikes of each neuron in the latest episode.
  public int[] counts(Population population) {
    int[] live = wanted(population.counts(), population);
    return countsKept ? keptCounts.getOrDefault(population.name(), live) : live;
  }

  /// Steps from the beginning of the latest episode to each neuron's first spike; -1 for none.
  public long[] firstSpikes(Population population) {
    long[] live = wanted(population.firstSpike(), population);
    return countsKept ? keptFirst.getOrDefault(population.name(), live) : live;
  }

  /// How much of a step each of those spikes came before; null where all come at ends of steps.
  double @Nullable [] firstEarly(Population population) {
    double @Nullable [] kept = countsKept ? keptEarly.get(population.name()) : null;
    return kept == null ? population.firstEarly() : kept;
  }

  private static <T> T wanted(@Nullable T array, Population population) {
    if (array == null) {
      throw new IllegalStateException("spikes of " + population.name() + " are not counted");
    }
    return array;
  }

  /// The step at which the latest episode began.
  public long episodeBegan() {
    return episodeBegan;
  }

  /// Steps of the latest episode so far.
  public long episodeSteps() {
    return kind == Kind.RUN || kind == Kind.PRESENT ? step() - episodeBegan : episodeSteps;
  }

  /// Number of presentations so far along the chain of experiments.
  public long presentations() {
    return presentations;
  }

  /// Goes on after so many presentations.
  void present(long soFar) {
    presentations = soFar;
  }

  /// Steps since the experiment began, which may go on from another.
  public long experimentSteps() {
    return step() - experimentBegan;
  }

  /// Goes on, as another experiment, from where the clock stands.
  void startAt(long presentationsSoFar) {
    presentations = presentationsSoFar;
    experimentBegan = step();
  }

  /// What a checkpoint keeps, beside the kept counts.
  record State(
      Kind kind,
      long began,
      long end,
      long presentations,
      long experimentBegan,
      boolean untilHolds,
      long episodeBegan,
      long episodeSteps,
      boolean countsKept) {}

  State state() {
    return new State(
        kind,
        began,
        end,
        presentations,
        experimentBegan,
        untilHolds,
        episodeBegan,
        episodeSteps,
        countsKept);
  }

  void state(
      State kept,
      Map<String, int[]> counts,
      Map<String, long[]> first,
      Map<String, double[]> early) {
    kind = kept.kind;
    began = kept.began;
    end = kept.end;
    presentations = kept.presentations;
    experimentBegan = kept.experimentBegan;
    untilHolds = kept.untilHolds;
    episodeBegan = kept.episodeBegan;
    episodeSteps = kept.episodeSteps;
    countsKept = kept.countsKept;
    keptCounts.putAll(counts);
    keptFirst.putAll(first);
    keptEarly.putAll(early);
  }

  Map<String, int[]> keptCounts() {
    return keptCounts;
  }

  Map<String, double[]> keptEarly() {
    return keptEarly;
  }

  Map<String, long[]> keptFirst() {
    return keptFirst;
  }
}

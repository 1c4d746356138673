package snel.runtime.schedule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Script.Spot;

/// Runs one [Script] over one network.
public final class Machine {
  private static final Value UNSET = new Value.Whole(0);

  private final Script script;
  private final NetworkView view;
  private final Host host;
  private final Inputs inputs;
  private final Taps taps;
  private final Timers timers = new Timers();
  private final Mailbox mailbox;
  private final SampleMemory memory;
  private final Episodes episodes;
  private final Results results;
  private final ReadOuts readOuts;
  private final Learner learner;
  private final InOrder order = new InOrder();
  private final Value[] slots;
  private int assigned;
  private int counter;
  private int[] returns = new int[4];
  private int depth;
  private boolean checkpointAsked;
  private final Undelivered undelivered;
  private Optional<SampleThreads> beside = Optional.empty();

  public Machine(Script script, NetworkView view, Host host, Recording recording, Setup setup) {
    this(script, view, host, recording, setup, new ReadOuts(setup.readOuts()));
  }

  private Machine(
      Script script,
      NetworkView view,
      Host host,
      Recording recording,
      Setup setup,
      ReadOuts readOuts) {
    this.script = script;
    this.view = view;
    this.host = host;
    this.undelivered = new Undelivered(host);
    this.inputs = new Inputs(view);
    this.taps = new Taps(view, recording, setup.episodeSpikes(), setup.episodeSamples());
    this.mailbox = new Mailbox(view);
    this.memory = new SampleMemory(view.network().recalling(setup.recalled()));
    this.episodes = new Episodes(view, inputs, taps, timers, mailbox, memory);
    this.results = new Results();
    this.readOuts = readOuts;
    this.learner = new Learner(view, order);
    this.slots = new Value[script.slots()];
    Arrays.fill(slots, UNSET);
  }

  /// What an experiment needs besides its code.
  ///
  /// @param episodeSpikes populations whose spikes of the latest episode are asked for one by one
  /// @param episodeSamples states whose samples of the latest episode are asked for
  /// @param recalled those whose spikes are kept for each sample, if the network can do so
  public record Setup(
      List<String> episodeSpikes,
      Set<String> episodeSamples,
      List<ReadOuts.Declaration> readOuts,
      List<String> recalled) {
    public Setup {
      episodeSpikes = List.copyOf(episodeSpikes);
      episodeSamples = Set.copyOf(episodeSamples);
      recalled = List.copyOf(recalled);
      readOuts = List.copyOf(readOuts);
    }
  }

  /// One that shows some samples to a network of its own and adds what they leave to what this one
  /// has.
  public Machine helper(Script sameScript, NetworkView twin, Setup setup) {
    Host quiet = new LonelyHost("asked while samples are shown side by side");
    return new Machine(sameScript, twin, quiet, Recording.NONE, setup, readOuts);
  }

  /// From here on samples are shown side by side where that can be and is worth it.
  ///
  /// @param most networks
  /// @param always also where one proves faster
  /// @param maker of a [#helper] of this machine, if there can be one
  public void help(int most, boolean always, Supplier<Optional<Machine>> maker) {
    beside = Optional.of(new SampleThreads(this, most, always, maker));
  }

  /// Runs from where it stands to the end of the script.
  public void run() {
    List<Instruction> code = script.code();
    while (counter < code.size()) {
      if (episodes.kind() == Episodes.Kind.IDLE) {
        pause(true);
      }
      Instruction instruction = code.get(counter++);
      instruction.execute(this);
    }
    taps.drain();
    undelivered.look(this, mailbox.letters());
  }

  /// The statement at hand.
  public Spot spot() {
    List<Spot> lines = script.lines();
    return lines.get(Math.clamp(counter - 1L, 0, lines.size() - 1));
  }

  void pause(boolean legal) {
    if (legal && !learner.isWaiting() && (checkpointAsked || host.checkpointIsDue())) {
      checkpointAsked = false;
      host.checkpoint(this);
    }
    host.breathe(this);
  }

  /// Whether a run could go on from here: anywhere but in the middle of a presentation, or between
  /// one and the gradient of it.
  public boolean isResumable() {
    return episodes.kind() != Episodes.Kind.PRESENT && !learner.isWaiting();
  }

  // What instructions do.

  public void jump(int target) {
    counter = target;
  }

  /// Ends the script.
  public void end() {
    counter = script.code().size();
    depth = 0;
  }

  public Value slot(int index) {
    return slots[index];
  }

  public void slot(int index, Value value) {
    slots[index] = value;
  }

  /// How many elements are about to be assigned.
  public void assigned(int elements) {
    assigned = elements;
  }

  public int assigned() {
    return assigned;
  }

  /// The integer in a slot, which then grows by one.
  public int count(int index) {
    long count = slots[index].whole();
    slots[index] = new Value.Whole(count + 1);
    return (int) count;
  }

  /// Before pass `pass` of a loop: does so many of `left` passes side by side as it returns.
  public int ahead(SampleThreads.Loop loop, int pass, int left) {
    int here = counter;
    int done = beside.isPresent() ? beside.get().ahead(loop, pass, left) : 0;
    counter = here;
    return done;
  }

  /// Whether nothing looks at what the network does in between.
  boolean isUnobserved() {
    return taps.isQuiet() && timers.pending().isEmpty() && mailbox.isEmpty();
  }

  /// Is ready to begin a sample, with the settings and variables of another.
  void follow(Machine other) {
    episodes.abandon();
    learner.forget();
    order.end();
    if (other != this) {
      System.arraycopy(other.slots, 0, slots, 0, slots.length);
      inputs.follow(other.inputs);
    }
  }

  /// Does one pass of a loop.
  void show(SampleThreads.Loop loop, int pass) {
    slots[loop.passes()] = new Value.Whole(pass + 1L);
    element(loop.slots(), slots[loop.list()].element(pass));
    counter = loop.body();
    while (counter < loop.end()) {
      script.code().get(counter++).execute(this);
    }
  }

  /// An element of what a loop goes through: one slot takes it, several take its parts.
  public void element(List<Integer> targets, Value element) {
    for (int k = 0; k < targets.size(); k++) {
      slots[targets.get(k)] = targets.size() == 1 ? element : element.element(k);
    }
  }

  InOrder order() {
    return order;
  }

  /// A loop begins a pass.
  public void pass(int depth, long done, long left) {
    host.pass(depth, done, left);
  }

  public void beginRun(long steps) {
    episodes.beginRun(steps);
  }

  public void beginPresent(long steps, List<Inputs.Hold> holds, List<SpikeSource> sources) {
    undelivered.look(this, steps, sources);
    episodes.beginPresent(steps, holds, sources);
  }

  public void beginRest(long steps) {
    episodes.beginRest(steps);
  }

  /// Goes on with the episode. While a timer is due, its code runs first and returns to the
  /// instruction at hand.
  public void advance(@Nullable Evaluation until) {
    if (!episodes.advance(this, until)) {
      Timers.Pending due = timers.take(episodes.step());
      if (due != null) {
        for (int k = 0; k < due.slots().length; k++) {
          slots[due.slots()[k]] = due.captured()[k];
        }
        push(counter - 1);
        counter = due.handler();
      }
    }
  }

  private void push(int target) {
    if (depth == returns.length) {
      returns = Arrays.copyOf(returns, depth * 2);
    }
    returns[depth++] = target;
  }

  /// Ends the code of a timer.
  public void comeBack() {
    counter = returns[--depth];
  }

  public void every(int timer, long steps, int handler) {
    if (steps <= 0) {
      throw new ProtocolProblem(ProblemKind.BAD_VALUE, "`every` wants at least one step");
    }
    timers.every(timer, episodes.step(), steps, handler);
  }

  public void after(int timer, long steps, int handler, int[] from, int[] to) {
    Value[] captured = new Value[from.length];
    for (int k = 0; k < from.length; k++) {
      captured[k] = slots[from[k]];
    }
    timers.after(timer, Timers.later(episodes.step(), Math.max(0, steps)), handler, to, captured);
  }

  public void send(String port, int[] indices, List<double[]> arguments, long after) {
    mailbox.post(
        new Mailbox.Letter(Timers.later(episodes.step(), after), port, indices, arguments));
  }

  public void assign(String path, Picked picked, Value value) {
    NetworkView.Variable variable = view.variable(path);
    int[] indices = picked.indices(this, Cells.length(variable.array()));
    if (variable.isInput()) {
      inputs.assign(variable, indices, value);
    } else {
      Inputs.store(path, variable.array(), indices, value);
      memory.written(variable.array());
      inputs.touched();
    }
  }

  public void assignCells(String path, int[] indices, Value value) {
    Inputs.store(path, view.variable(path).array(), indices, value);
    memory.written(view.variable(path).array());
    inputs.touched();
  }

  /// @param all whether everything is meant but `paths`, or only `paths`
  public void freeze(boolean all, List<String> paths, boolean held) {
    view.flags()
        .forEach((flag, cell) -> {
          if (isUnder(flag, paths) != all) {
            cell[0] = held ? 1 : 0;
          }
        });
    if (!held) {
      memory.forget();
    }
  }

  private static boolean isUnder(String name, List<String> paths) {
    return paths.stream()
        .anyMatch(path ->
            name.equals(path) || name.startsWith(path + ".") || name.startsWith(path + "["));
  }

  /// Restores initial values. What is not meant is kept while the network resets itself.
  ///
  /// @param all whether everything is meant but `paths`, or only `paths`
  public void reset(boolean all, List<String> paths) {
    taps.drain();
    boolean whole = all && paths.isEmpty();
    if (!whole) {
      memory.settle();
    }
    Map<String, Object> spared = new HashMap<>();
    for (String buffer : view.dynamic()) {
      if (isUnder(buffer, paths) == all) {
        spared.put(buffer, Cells.copy(view.network().array(buffer)));
      }
    }
    view.network().reset();
    spared.forEach((buffer, kept) -> {
      Object array = view.network().array(buffer);
      System.arraycopy(kept, 0, array, 0, Cells.length(array));
    });
    if (whole) {
      mailbox.clear();
    } else {
      memory.touched();
    }
    inputs.touched();
  }

  public void recordSpikes(String population, Picked picked) {
    taps.recordSpikes(population, picked.indices(this, view.population(population).size()));
  }

  public void recordSamples(
      String path, String buffer, int[] indices, long every, boolean atDeliver) {
    if (every <= 0) {
      throw new ProtocolProblem(ProblemKind.BAD_VALUE, "`record … every` wants at least one step");
    }
    taps.recordSamples(sampler(path, buffer, indices, every, atDeliver, true));
  }

  /// Samples a state for the latest episode only.
  public void watchSamples(
      String path, String buffer, int[] indices, long every, boolean atDeliver) {
    taps.watchSamples(sampler(path, buffer, indices, every, atDeliver, false));
  }

  private Sampler sampler(
      String path, String buffer, int[] indices, long every, boolean atDeliver, boolean kept) {
    Object array = view.cells(path, buffer);
    return new Sampler(path, buffer, array, indices, every, episodes.step(), atDeliver, kept);
  }

  /// Asks for a checkpoint, at once or when the presentation at hand is over.
  public void askCheckpoint() {
    checkpointAsked = true;
  }

  /// An experiment tells a result, of item `id`.
  public void report(int id, String name, Results.Shown shown) {
    results.report(id, name, shown, view.time(episodes.step()));
    shown.brief().ifPresent(text -> host.told(name, text));
  }

  public Results results() {
    return results;
  }

  public ReadOuts readOuts() {
    return readOuts;
  }

  public Learner learner() {
    return learner;
  }

  public NetworkView view() {
    return view;
  }

  public Episodes episodes() {
    return episodes;
  }

  public Taps taps() {
    return taps;
  }

  public Host host() {
    return host;
  }

  Inputs inputs() {
    return inputs;
  }

  Timers timers() {
    return timers;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Value[] slots() {
    return slots;
  }

  /// Where to go on: at an unfinished episode, if there is one.
  int counter() {
    return episodes.kind() == Episodes.Kind.IDLE ? counter : counter - 1;
  }

  int[] returns() {
    return Arrays.copyOf(returns, depth);
  }

  /// The network's buffers were changed from outside.
  public void changed() {
    memory.forget();
    inputs.touched();
  }

  /// What an experiment leaves to those that start from it, beside the network's state.
  public byte[] legacy() {
    return new Legacy(episodes.presentations(), readOuts.learnt()).bytes();
  }

  /// Starts with what another experiment left.
  public void inherit(byte[] legacy) {
    Legacy left = Legacy.of(legacy);
    episodes.startAt(left.presentations());
    readOuts.learnt(left.learnt());
    inputs.touched();
  }

  /// Where the experiment stands, for a checkpoint.
  public byte[] position() {
    taps.drain();
    learner.goBack();
    return Position.of(this).bytes();
  }

  /// Takes up what [#position] gave, the network's buffers being as they were then.
  public void restore(byte[] position) {
    Position.of(position, name -> host.open(this, name)).restore(this);
  }

  void stand(int newCounter, int[] newReturns, Value[] newSlots) {
    if (newSlots.length != slots.length) {
      throw new ProtocolProblem(
          ProblemKind.OTHER_CHECKPOINT, "the checkpoint belongs to another program");
    }
    counter = newCounter;
    returns = Arrays.copyOf(newReturns, Math.max(4, newReturns.length));
    depth = newReturns.length;
    System.arraycopy(newSlots, 0, slots, 0, slots.length);
  }
}

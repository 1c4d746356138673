package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import snel.runtime.kernel.Crew;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.Team;
import snel.runtime.kernel.WarmUp;

/// Shows samples of a loop to several networks at a time, each with states of its own. What they
/// leave, derivatives, tallies and counts of spikes, is added up in the order of the samples, so it
/// is the same to the last bit as if one network had been shown all.
///
/// The last sample of a stretch is the machine's own, so its network is then as it would be.
public final class SampleThreads {
  /// Threads that were asked for are waited for so long.
  private static final long PATIENCE_MILLIS = 1_000;

  private final Machine machine;
  private final int most;
  private final boolean always;
  private final Supplier<Optional<Machine>> maker;
  private final SamplePace pace;

  /// So many samples are gone back over together.
  private final int together;

  private final Turns turns = new Turns();
  private final List<Shower> showers = new ArrayList<>();
  private boolean impossible;

  /// Whether the other networks could be had as fast as the machine's, once that is known: it may
  /// take seconds, in which samples are shown alone.
  private CompletableFuture<Boolean> warm = CompletableFuture.completedFuture(true);

  private Optional<Team> team = Optional.empty();

  /// What each thread does, which it is given the number of.
  private IntConsumer work = this::show;

  private Passes last = Passes.NONE;
  private Stretch stretch = new Stretch(Loop.NONE, 0, 0, new long[0], 0);

  /// Of the latest pass.
  private long beganStep;

  private long beganPresentations;

  /// Steps and presentations of a pass.
  private long steps;

  private long each;
  private long[] counts = new long[0];

  /// A loop whose passes have nothing to do with each other but for what is added up.
  ///
  /// @param list slot with what it goes through
  /// @param passes slot with the number of the present pass, from 1
  /// @param slots that take the element
  /// @param body the first instruction of a pass
  /// @param end the instruction after the last that belongs to the sample
  public record Loop(int list, int passes, List<Integer> slots, int body, int end) {
    static final Loop NONE = new Loop(0, 0, List.of(), 0, 0);

    public Loop {
      slots = List.copyOf(slots);
    }
  }

  /// The latest pass.
  ///
  /// @param nanos when it began
  private record Passes(Loop loop, int pass, long nanos, boolean wasAlone) {
    static final Passes NONE = new Passes(Loop.NONE, 0, 0, false);
  }

  /// Passes that are done side by side.
  ///
  /// @param clock at their beginning
  private record Stretch(Loop loop, int from, int count, long[] clock, long presentations) {}

  /// A machine, with the counts that go on from sample to sample.
  private static final class Shower {
    final Machine machine;
    final List<long[]> counters;

    Shower(Machine machine) {
      this.machine = machine;
      NetworkView view = machine.view();
      this.counters =
          Stream.concat(
                  view.populations().values().stream().map(NetworkView.Population::total),
                  view.projections().values().stream()
                      .flatMap(p ->
                          Stream.of(
                              Optional.ofNullable(p.delivered()), Optional.ofNullable(p.updates())))
                      .flatMap(Optional::stream))
              .toList();
    }

    long[] counted() {
      return counters.stream().mapToLong(counter -> counter[0]).toArray();
    }

    void count(long[] all) {
      for (int k = 0; k < all.length; k++) {
        counters.get(k)[0] = all[k];
      }
    }
  }

  /// @param most networks
  /// @param always also where one proves faster
  /// @param maker of another machine with a network of its own, if that can be
  SampleThreads(Machine machine, int most, boolean always, Supplier<Optional<Machine>> maker) {
    this.machine = machine;
    this.most = most;
    this.always = always;
    this.maker = maker;
    this.pace = new SamplePace(always);
    this.together = machine.view().learning().beside();
    this.impossible = most < 2;
  }

  /// Before pass `pass` of a loop: does as many of `left` passes as are worth it, and returns how
  /// many.
  int ahead(Loop loop, int pass, int left) {
    long now = System.nanoTime();
    if (impossible || !note(loop, pass, now)) {
      return 0;
    }
    int count = pace.next(left, most);
    count -= count < left ? count % together : 0;
    boolean isShared = count > together && machine.isUnobserved() && isReady();
    machine.learner().help(isShared ? this::all : Crew.ALONE);
    if (!isShared) {
      return 0;
    }
    machine.learner().goBack();
    long[] clock = machine.view().clock().clone();
    stretch = new Stretch(loop, pass, count, clock, machine.episodes().presentations());
    int done = share();
    machine.slot(loop.passes(), new Value.Whole((long) pass + done));
    pace.together(done, System.nanoTime() - now);
    last = done < count ? Passes.NONE : new Passes(loop, pass + count - 1, now, false);
    return done;
  }

  /// Notes what the pass before took, if there was one; false if not.
  private boolean note(Loop loop, int pass, long now) {
    Passes before = last;
    long step = machine.episodes().step();
    long presentations = machine.episodes().presentations();
    boolean follows = before.loop.equals(loop) && before.pass == pass - 1;
    if (follows && before.wasAlone) {
      steps = step - beganStep;
      each = presentations - beganPresentations;
      pace.alone(now - before.nanos);
    }
    beganStep = step;
    beganPresentations = presentations;
    last = new Passes(loop, pass, now, true);
    return follows;
  }

  private boolean isReady() {
    if (showers.isEmpty()) {
      showers.add(new Shower(machine));
      for (int k = 1; k < most && !impossible; k++) {
        Optional<Machine> made = maker.get();
        made.ifPresent(other -> showers.add(new Shower(other)));
        impossible = made.isEmpty();
      }
      team = Optional.of(new Team(number -> work.accept(number), most));
      warm = warmUp();
      if (always) {
        var enough = new CompletableFuture<Boolean>();
        enough.completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(warm, enough).join();
      }
    }
    impossible |= warm.isDone() && !warm.join();
    return !impossible && warm.isDone();
  }

  private CompletableFuture<Boolean> warmUp() {
    List<Network> others =
        showers.stream().skip(1).map(shower -> shower.machine.view().network()).toList();
    return WarmUp.aside(() -> others.stream().allMatch(Network::warmUp));
  }

  private int share() {
    int groups = groups();
    counts = showers.getFirst().counted();
    turns.begin(groups);
    for (Shower shower : showers) {
      shower.machine.follow(machine);
    }
    together(this::show);
    showers.forEach(shower -> shower.machine.order().end());
    int done = turns.passed();
    if (done == groups) {
      return stretch.count;
    }
    machine.follow(machine);
    standAt(showers.getFirst(), done * together);
    showers.getFirst().count(counts);
    return done * together;
  }

  private void together(IntConsumer each) {
    work = each;
    Team all = team.orElseThrow();
    all.wake();
    try {
      all.together();
    } finally {
      all.rest();
    }
  }

  /// Each thread does the next piece that is left.
  private void all(int pieces, IntConsumer piece) {
    if (pieces == 1) {
      piece.accept(0);
      return;
    }
    var next = new AtomicInteger();
    together(_ -> {
      for (int k = next.getAndIncrement(); k < pieces; k = next.getAndIncrement()) {
        piece.accept(k);
      }
    });
  }

  private int groups() {
    return (stretch.count + together - 1) / together;
  }

  /// The groups of one machine: the last is the first one's, the last but one the second one's …
  private void show(int number) {
    Shower shower = showers.get(number);
    int first = Math.floorMod(groups() - 1 - number, showers.size());
    for (int group = first; group < turns.end(); group += showers.size()) {
      try {
        show(shower, group);
      } catch (Turns.Stopped _) {
        return;
      } catch (Interrupted interrupted) {
        turns.stop(group);
        throw interrupted;
      } catch (RuntimeException | Error _) {
        turns.stop(group); // shown again by the machine alone, which tells what is wrong
        return;
      }
    }
  }

  private void show(Shower shower, int group) {
    int first = group * together;
    standAt(shower, first);
    long[] before = shower.counted();
    InOrder order = shower.machine.order();
    order.begin(() -> take(shower, group, before));
    for (int k = first; k < Math.min(first + together, stretch.count); k++) {
      shower.machine.show(stretch.loop, stretch.from + k);
    }
    shower.machine.learner().goBack();
    order.now();
    counts = shower.counted();
    turns.pass();
  }

  /// @param passed samples of the stretch that came before
  private void standAt(Shower shower, int passed) {
    long[] clock = shower.machine.view().clock();
    System.arraycopy(stretch.clock, 0, clock, 0, clock.length);
    clock[NetworkView.STEP] += passed * steps;
    clock[NetworkView.EPISODE_BEGAN] += passed * steps;
    clock[NetworkView.PRESENTATION] += passed * each;
    shower.machine.episodes().present(stretch.presentations + passed * each);
  }

  /// Waits until the samples before are done, and counts on from them.
  private void take(Shower shower, int group, long[] before) {
    turns.await(group);
    NetworkView view = shower.machine.view();
    long operations = Measures.synapticOperations(view);
    long[] now = shower.counted();
    for (int k = 0; k < now.length; k++) {
      now[k] += counts[k] - before[k];
    }
    shower.count(now);
    shower.machine.order().carry(Measures.synapticOperations(view) - operations);
  }
}

package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Log;
import snel.runtime.schedule.NetworkView.Population;

/// What is taken from the network as it runs: spikes from its logs, samples of its states.
public final class Taps {
  private final NetworkView view;
  private final Recording recording;
  private final Map<String, SpikeTap> spikeTaps = new LinkedHashMap<>();
  private final List<Sampler> samplers = new ArrayList<>();
  private final Set<String> episodeSamples;
  private boolean inEpisode;

  /// @param recorded the neurons whose spikes are recorded, or null while none are
  private static final class SpikeTap {
    final Population population;
    final Log log;
    final SpikeList episode;
    boolean @Nullable [] recorded;

    SpikeTap(Population population, Log log) {
      this.population = population;
      this.log = log;
      this.episode = new SpikeList(log.early() != null);
      log.logging()[0] = 1;
    }

    /// Moves the spikes of recorded neurons to the front of the log; how many there are.
    int keepRecorded(int count) {
      boolean @Nullable [] wanted = recorded;
      double @Nullable [] early = log.early();
      int kept = 0;
      for (int k = 0; wanted != null && k < count; k++) {
        if (wanted[log.index()[k]]) {
          log.step()[kept] = log.step()[k];
          if (early != null) {
            early[kept] = early[k];
          }
          log.index()[kept++] = log.index()[k];
        }
      }
      return kept;
    }
  }

  /// @param episodeSpikes populations whose spikes of the latest episode are asked for
  /// @param episodeSamples states whose samples of it are
  Taps(
      NetworkView view,
      Recording recording,
      Collection<String> episodeSpikes,
      Set<String> episodeSamples) {
    this.view = view;
    this.recording = recording;
    this.episodeSamples = episodeSamples;
    episodeSpikes.forEach(this::tap);
  }

  private SpikeTap tap(String name) {
    return spikeTaps.computeIfAbsent(
        name,
        key -> {
          Population population = view.population(key);
          Log log = population.log();
          if (log == null) {
            throw new IllegalStateException("spikes of " + key + " are not logged");
          }
          return new SpikeTap(population, log);
        });
  }

  void recordSpikes(String name, int[] indices) {
    drain();
    SpikeTap tap = tap(name);
    boolean[] recorded = tap.recorded == null ? new boolean[tap.population.size()] : tap.recorded;
    for (int index : indices) {
      recorded[index] = true;
    }
    tap.recorded = recorded;
    recording.openSpikes(name, indices);
  }

  /// Recorded again in the same way, a state goes on as it is.
  void recordSamples(Sampler sampler) {
    for (Sampler other : samplers) {
      if (other.path().equals(sampler.path()) && other.recorded()) {
        if (!other.isLike(sampler)) {
          throw new ProtocolProblem(
              ProblemKind.NOT_YET, sampler.path() + " is recorded already, in another way");
        }
        return;
      }
    }
    samplers.removeIf(other -> other.path().equals(sampler.path()));
    samplers.add(sampler);
    if (sampler.recorded()) {
      recording.openSamples(sampler);
    }
  }

  /// Samples for the latest episode only; nothing if the state is recorded already.
  void watchSamples(Sampler sampler) {
    if (samplers.stream().noneMatch(other -> other.path().equals(sampler.path()))) {
      samplers.add(sampler);
    }
  }

  void beginEpisode() {
    drain();
    spikeTaps.values().forEach(tap -> tap.episode.clear());
    samplers.forEach(Sampler::beginEpisode);
    inEpisode = true;
  }

  /// What comes from now on belongs to no episode.
  void pauseEpisode() {
    drain();
    inEpisode = false;
  }

  long nextSample(long now) {
    long next = Long.MAX_VALUE;
    for (Sampler sampler : samplers) {
      next = Math.min(next, sampler.next(now));
    }
    return next;
  }

  void sample(long now) {
    for (Sampler sampler : samplers) {
      if (sampler.isDue(now)) {
        if (inEpisode && episodeSamples.contains(sampler.path())) {
          sampler.keep(now);
        }
        if (sampler.recorded()) {
          recording.sample(sampler, sampler.label(now), sampler.sample());
        }
      }
    }
  }

  /// Whether nothing is recorded.
  boolean isQuiet() {
    return samplers.stream().noneMatch(Sampler::recorded)
        && spikeTaps.values().stream().allMatch(tap -> tap.recorded == null);
  }

  /// Empties the logs.
  void drain() {
    for (SpikeTap tap : spikeTaps.values()) {
      int count = tap.log.count()[0];
      if (inEpisode) {
        tap.episode.add(tap.log.step(), tap.log.early(), tap.log.index(), count);
      }
      int kept = tap.keepRecorded(count);
      if (kept > 0) {
        recording.spikes(
            tap.population.name(), tap.log.step(), tap.log.early(), tap.log.index(), kept);
      }
      tap.log.count()[0] = 0;
    }
  }

  /// Spikes of the latest episode.
  public SpikeList episodeSpikes(String population) {
    drain();
    return tap(population).episode;
  }

  /// The recorder of a state.
  public Sampler sampler(String path) {
    return samplers.stream()
        .filter(sampler -> sampler.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new ProtocolProblem(ProblemKind.NOT_YET, path + " is not recorded yet"));
  }

  Map<String, SpikeList> episodeLists() {
    Map<String, SpikeList> lists = new LinkedHashMap<>();
    spikeTaps.forEach((name, tap) -> lists.put(name, tap.episode));
    return lists;
  }

  List<Sampler> samplers() {
    return samplers;
  }

  boolean inEpisode() {
    return inEpisode;
  }

  /// Takes up what a checkpoint kept; the recording already knows of it.
  void restore(
      boolean wasInEpisode,
      Map<String, long[]> spikes,
      Map<String, int[]> recorded,
      List<Sampler.Kept> kept) {
    inEpisode = wasInEpisode;
    spikes.forEach((name, packed) -> tap(name).episode.unpack(packed));
    recorded.forEach(this::recordSpikes);
    kept.forEach(sampler -> recordSamples(sampler.restored(view)));
  }

  /// Which neurons of each population are recorded.
  Map<String, int[]> recordedNeurons() {
    Map<String, int[]> all = new LinkedHashMap<>();
    spikeTaps.forEach((name, tap) -> {
      boolean @Nullable [] recorded = tap.recorded;
      if (recorded != null) {
        var indices = new TreeSet<Integer>();
        for (int k = 0; k < recorded.length; k++) {
          if (recorded[k]) {
            indices.add(k);
          }
        }
        all.put(name, indices.stream().mapToInt(Integer::intValue).toArray());
      }
    });
    return all;
  }
}

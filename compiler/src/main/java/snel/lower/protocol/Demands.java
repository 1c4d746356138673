package snel.lower.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.protocol.Action;
import snel.ir.protocol.Books;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Recallable;
import snel.ir.protocol.Selection;
import snel.lower.Needs;

/// What a protocol turns out to need of its network and of the machine that runs it.
final class Demands {
  private final Set<String> sentPorts = new LinkedHashSet<>();
  private final Set<String> touchedWeights = new LinkedHashSet<>();
  private final Set<String> atDeliver = new LinkedHashSet<>();
  private final Set<String> inspected = new LinkedHashSet<>();
  private final Set<String> assigned = new LinkedHashSet<>();
  private final Set<String> episodeSpikes = new LinkedHashSet<>();
  private final Map<String, Action.Target.Samples> episodeSamples = new LinkedHashMap<>();
  private final Map<String, Action.Target.Samples> recorded = new LinkedHashMap<>();
  private final Set<String> observed = new LinkedHashSet<>();
  private final Set<String> resetApart = new LinkedHashSet<>();
  private boolean loads;
  private boolean trains;
  private boolean cutsResets;
  private boolean countsUpdates;
  private final Map<String, DataSet> dataSets = new LinkedHashMap<>();

  /// A state is read or assigned, so it must be there.
  void observes(String path) {
    observed.add(path);
  }

  Set<String> observed() {
    return observed;
  }

  /// A variable is assigned, so what is computed from it must be computed again.
  void assigns(String path) {
    assigned.add(path);
  }

  /// A file is loaded, with the synapses that it has.
  void loads() {
    loads = true;
  }

  /// Gradients change weights, so synapses come and go between samples.
  void trains() {
    trains = true;
  }

  /// Derivatives do not pass by what a reset sets.
  void cutsResets() {
    cutsResets = true;
  }

  /// What learning does is counted.
  void countsUpdates() {
    countsUpdates = true;
  }

  void sends(String port) {
    sentPorts.add(port);
  }

  void touches(String projection) {
    touchedWeights.add(projection);
  }

  /// Single synapses of the projection are looked at.
  void inspects(String projection) {
    inspected.add(projection);
  }

  /// A `reset` parts the projection from what is on its way to it.
  void resetsApart(String projection) {
    resetApart.add(projection);
  }

  void samplesAtDeliver(String path) {
    atDeliver.add(path);
  }

  void spikes(String population) {
    episodeSpikes.add(population);
  }

  /// What is recorded of a state so far, if it is not what is wanted now.
  Optional<Action.Target.Samples> recordedOtherwise(Action.Target.Samples wanted) {
    return Optional.ofNullable(recorded.get(wanted.path()))
        .filter(known ->
            !known.selection().equals(wanted.selection())
                || !known.post().equals(wanted.post())
                || !known.everySteps().equals(wanted.everySteps())
                || known.atDeliver() != wanted.atDeliver());
  }

  void records(Action.Target.Samples samples) {
    observed.add(samples.path());
    observed.add(samples.buffer());
    recorded.put(samples.path(), samples);
  }

  /// Whether a statement records the state.
  boolean isRecorded(String path) {
    return recorded.containsKey(path);
  }

  /// Whether all of a state is there where all of it is read.
  boolean isWholeRecorded(String path) {
    Action.Target.Samples known = recorded.get(path);
    return known == null || known.selection() instanceof Selection.All;
  }

  /// The recorder that a state has, or the one it gets for the latest episode only.
  Action.Target.Samples sampled(Action.Target.Samples wanted) {
    Action.Target.Samples known = recorded.get(wanted.path());
    if (known != null) {
      return known;
    }
    observed.add(wanted.path());
    observed.add(wanted.buffer());
    return episodeSamples.merge(
        wanted.path(), isKnown(wanted) ? wanted : whole(wanted), Demands::both);
  }

  /// Whether it is known when the experiment begins which elements are meant.
  private static boolean isKnown(Action.Target.Samples samples) {
    return !(samples.selection() instanceof Selection.At || samples.post() instanceof Selection.At);
  }

  private static Action.Target.Samples both(Action.Target.Samples a, Action.Target.Samples b) {
    return a.equals(b) ? a : whole(a);
  }

  private static Action.Target.Samples whole(Action.Target.Samples part) {
    return new Action.Target.Samples(
        part.path(),
        part.buffer(),
        part.projection(),
        Selection.ALL,
        Selection.ALL,
        part.everySteps(),
        part.atDeliver(),
        part.unit());
  }

  void reads(DataSet dataSet) {
    dataSets.put(dataSet.name(), dataSet);
  }

  DataSet dataSet(String name) {
    DataSet known = dataSets.get(name);
    if (known == null) {
      throw new IllegalStateException("not used: " + name);
    }
    return known;
  }

  boolean knows(String dataSet) {
    return dataSets.containsKey(dataSet);
  }

  /// @param books that the protocol asks for
  Needs needs(Books books) {
    return new Needs(
        sentPorts,
        touchedWeights,
        atDeliver,
        inspected,
        assigned,
        observed,
        resetApart,
        loads,
        trains,
        cutsResets,
        countsUpdates,
        books,
        Recallable.NONE);
  }

  List<String> episodeSpikes() {
    return List.copyOf(episodeSpikes);
  }

  List<Action.Target.Samples> episodeSamples() {
    return List.copyOf(episodeSamples.values());
  }

  List<DataSet> dataSets() {
    return new ArrayList<>(dataSets.values());
  }
}

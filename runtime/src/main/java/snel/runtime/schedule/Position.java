package snel.runtime.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Where an experiment stands: everything about it that is not in the network's buffers
/// (semantics.md §14).
///
/// @param counter number of the next instruction
/// @param spikes of the latest episode, by population: neuron, stamp, neuron, stamp, …
/// @param bases of the inputs, by path
record Position(
    int counter,
    int[] returns,
    List<Value> slots,
    List<Timers.Pending> timers,
    List<Mailbox.Letter> letters,
    Episodes.State episode,
    Map<String, int[]> keptCounts,
    Map<String, long[]> keptFirst,
    Map<String, double[]> keptEarly,
    boolean inEpisode,
    Map<String, long[]> spikes,
    Map<String, int[]> recorded,
    List<Sampler.Kept> samplers,
    Map<String, double[]> bases,
    Map<String, Results.Shown> values,
    Map<String, Results.Figure> figures,
    List<Results.Failure> failures,
    long passed,
    List<String> counted,
    Map<String, Map<String, double[]>> learnt,
    Map<String, Map<String, int[]>> tallies) {

  static Position of(Machine machine) {
    Map<String, long[]> spikes = new LinkedHashMap<>();
    machine.taps().episodeLists().forEach((name, list) -> spikes.put(name, list.packed()));
    Map<String, double[]> bases = new LinkedHashMap<>();
    machine.inputs().bases().forEach((path, array) -> bases.put(path, doubles(array)));
    return new Position(
        machine.counter(),
        machine.returns(),
        List.of(machine.slots()),
        machine.timers().pending(),
        machine.mailbox().letters(),
        machine.episodes().state(),
        machine.episodes().keptCounts(),
        machine.episodes().keptFirst(),
        machine.episodes().keptEarly(),
        machine.taps().inEpisode(),
        spikes,
        machine.taps().recordedNeurons(),
        machine.taps().samplers().stream().map(Sampler::kept).toList(),
        bases,
        machine.results().values(),
        machine.results().figures(),
        machine.results().failures(),
        machine.results().passed(),
        machine.results().counted(),
        machine.readOuts().learnt(),
        machine.readOuts().tallies());
  }

  /// Puts a fresh machine there. Recordings go on where they were.
  void restore(Machine machine) {
    machine.stand(counter, returns, slots.toArray(Value[]::new));
    machine.timers().pending(timers);
    letters.forEach(machine.mailbox()::post);
    machine.episodes().state(episode, keptCounts, keptFirst, keptEarly);
    machine.taps().restore(inEpisode, spikes, recorded, samplers);
    machine.inputs().bases(bases);
    machine.results().restore(values, figures, failures, passed, counted);
    machine.readOuts().learnt(learnt);
    machine.readOuts().tallies(tallies);
  }

  byte[] bytes() {
    return RecordCodec.bytes(Position.class, this);
  }

  static Position of(byte[] bytes, Function<String, Records> open) {
    return (Position) RecordCodec.of(Position.class, bytes, open);
  }

  private static double[] doubles(Object array) {
    double[] all = new double[Cells.length(array)];
    for (int k = 0; k < all.length; k++) {
      all[k] = Cells.get(array, k);
    }
    return all;
  }
}

package snel.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one experiment of a program came to, on whichever target.
///
/// @param hashes of the state after every step
/// @param last hash of the state when all statements are done
/// @param results by name: numbers, or a text
/// @param failures of expectations, as `FILE:LINE: found`
/// @param spikes of recorded neurons, by population: `step,neuron`, and `,early` where they are
///   located within their steps
/// @param samples of recorded states, by path: the step and the values
record ProgramRun(
    String experiment,
    List<String> hashes,
    String last,
    Map<String, Object> results,
    Map<String, Long> spikeCounts,
    long synapticOperations,
    long passed,
    List<String> failures,
    Map<String, List<String>> spikes,
    Map<String, List<List<Double>>> samples) {
  static ProgramRun of(String experiment) {
    return new ProgramRun(
        experiment,
        new ArrayList<>(),
        "",
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        0,
        0,
        new ArrayList<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>());
  }

  ProgramRun with(String newLast, long operations, long newPassed) {
    return new ProgramRun(
        experiment,
        hashes,
        newLast,
        results,
        spikeCounts,
        operations,
        newPassed,
        failures,
        spikes,
        samples);
  }

  void spike(String population, long step, int neuron, Optional<Double> early) {
    spikes
        .computeIfAbsent(population, _ -> new ArrayList<>())
        .add(step + "," + neuron + early.map(share -> "," + share).orElse(""));
  }

  void sample(String path, List<Double> row) {
    samples.computeIfAbsent(path, _ -> new ArrayList<>()).add(row);
  }
}

package snel.runtime.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;

/// What a run came to: the line that `--format json` ends with and that `result.json` keeps.
///
/// @param results what the program reported, by name: numbers, texts, truth values or lists of them
/// @param units of results that have one, as the program writes it
/// @param spikes of each population over the whole experiment
/// @param synapticOperations spikes times the synapses they met
public record ResultLine(
    String experiment,
    State state,
    Map<String, Object> results,
    Map<String, String> units,
    Map<String, Long> spikes,
    long synapticOperations,
    Times times,
    Expectations expectations) {
  public ResultLine {
    units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    spikes = Collections.unmodifiableMap(new LinkedHashMap<>(spikes));
  }

  /// A line whose results are plain numbers.
  public ResultLine(
      String experiment,
      State state,
      Map<String, Object> results,
      Map<String, Long> spikes,
      long synapticOperations,
      Times times,
      Expectations expectations) {
    this(experiment, state, results, Map.of(), spikes, synapticOperations, times, expectations);
  }

  /// How a run ended.
  public enum State {
    DONE,
    /// Stopped by the user; the results so far are kept.
    INTERRUPTED,
    /// Stopped by an error in the program, such as NaN; the results so far are kept.
    FAILED;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How long it took, in ms.
  ///
  /// @param runCpu processor time of all threads during the run, those that compile Java bytecode
  ///   included; of a run that was taken up again, since it was
  /// @param runThreadCpu the same of the thread that runs the experiment alone, 0 where the system
  ///   does not tell
  public record Times(
      double compile, double build, double run, double runCpu, double runThreadCpu) {}

  /// How many `expect`s held and how many did not.
  public record Expectations(int passed, int failed) {}

  /// The line, without a line break.
  public String toJson() {
    return Json.line(toMap());
  }

  /// The same as a map in the order of the line.
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("experiment", experiment);
    map.put("state", state.text());
    map.put("results", results);
    map.put("spikes", spikes);
    map.put("synaptic_operations", synapticOperations);
    map.put("compile_ms", times.compile());
    map.put("build_ms", times.build());
    map.put("run_ms", times.run());
    map.put("run_cpu_ms", times.runCpu());
    map.put("run_thread_cpu_ms", times.runThreadCpu());
    var counted = new LinkedHashMap<String, Object>();
    counted.put("passed", expectations.passed());
    counted.put("failed", expectations.failed());
    map.put("expectations", counted);
    if (!units.isEmpty()) {
      map.put("units", units);
    }
    return map;
  }

  /// Reads what [#toJson] wrote; `place` names it in a problem.
  public static ResultLine parse(String place, String json) {
    Map<String, Object> map = Json.object(place, json);
    Map<String, Object> expectations = part(place, map, "expectations");
    Map<String, Long> spikes = new LinkedHashMap<>();
    part(place, map, "spikes").forEach((name, count) -> spikes.put(name, whole(place, count)));
    return new ResultLine(
        String.valueOf(map.get("experiment")),
        state(place, map.get("state")),
        part(place, map, "results"),
        units(map),
        spikes,
        whole(place, map.get("synaptic_operations")),
        new Times(
            real(place, map.get("compile_ms")),
            real(place, map.get("build_ms")),
            real(place, map.get("run_ms")),
            real(place, map.get("run_cpu_ms")),
            real(place, map.getOrDefault("run_thread_cpu_ms", 0))),
        new Expectations(
            (int) whole(place, expectations.get("passed")),
            (int) whole(place, expectations.get("failed"))));
  }

  private static Map<String, String> units(Map<String, Object> map) {
    Map<String, String> units = new LinkedHashMap<>();
    if (map.get("units") instanceof Map<?, ?> written) {
      written.forEach((name, unit) -> units.put(String.valueOf(name), String.valueOf(unit)));
    }
    return units;
  }

  private static State state(String place, @Nullable Object text) {
    for (State state : State.values()) {
      if (state.text().equals(text)) {
        return state;
      }
    }
    throw DataProblem.found(place, "how a run ended", String.valueOf(text));
  }

  @SuppressWarnings("unchecked") // JSON objects are read as maps from texts
  private static Map<String, Object> part(String place, Map<String, Object> map, String name) {
    if (map.get(name) instanceof Map<?, ?> inner) {
      return (Map<String, Object>) inner;
    }
    throw DataProblem.found(place, "a result with \"" + name + "\"", "none");
  }

  private static long whole(String place, @Nullable Object value) {
    return (long) real(place, value);
  }

  private static double real(String place, @Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw DataProblem.found(place, "a number in a result", String.valueOf(value));
  }
}

package snel.runtime.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// What a run came to: the line that `--format json` ends with and that `result.json` keeps.
///
/// @param results what the program reported, by name: numbers, texts, truth values or lists of them
/// @param units of results that have one, as the program writes it
/// @param spikes of each population over the whole experiment
/// @param answers of each read-out that was scored
/// @param operations what the network did
public record ResultLine(
    String experiment,
    State state,
    Map<String, Object> results,
    Map<String, String> units,
    Map<String, Long> spikes,
    Map<String, Answers> answers,
    Operations operations,
    Times times,
    Expectations expectations) {
  private static final String ANSWERS = "answers";
  private static final String SYNAPTIC = "synaptic_operations";
  private static final String NEURONS = "neuron_updates";
  private static final String UNMET = "unmet";
  private static final String PLASTIC = "plastic_updates";
  private static final String REPORTED = "reported";

  public ResultLine {
    units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    spikes = Collections.unmodifiableMap(new LinkedHashMap<>(spikes));
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
  }

  /// A line whose results are plain numbers.
  public ResultLine(
      String experiment,
      State state,
      Map<String, Object> results,
      Map<String, Long> spikes,
      Operations operations,
      Times times,
      Expectations expectations) {
    this(experiment, state, results, Map.of(), spikes, Map.of(), operations, times, expectations);
  }

  /// How much a network did during the experiment.
  ///
  /// @param synaptic spikes times the synapses they met
  /// @param neurons every neuron once a step
  /// @param plastic how often learning gave something of a synapse a new value, where the program
  ///   asks for it
  public record Operations(long synaptic, long neurons, OptionalLong plastic) {}

  /// How a read-out answered in the latest loop that scored it.
  ///
  /// @param chance accuracy of answering everything by the commonest class; `NaN` in lines that are
  ///   older than it
  /// @param latency time from the beginning of an episode to its answer, in ms, on average
  /// @param operations of synapses for an answer, on average
  /// @param dense multiplications of the network without spikes that has the same layers, for an
  ///   answer; empty where its synapses are not listed
  /// @param reported the results that are its accuracy, by name
  public record Answers(
      int scored,
      double accuracy,
      double chance,
      double latency,
      double operations,
      OptionalLong dense,
      List<String> reported) {
    public Answers {
      reported = List.copyOf(reported);
    }

    private Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("scored", scored);
      map.put("accuracy", accuracy);
      map.put("chance", chance);
      map.put("latency_ms", latency);
      map.put("synaptic_operations", operations);
      dense.ifPresent(count -> map.put("dense_operations", count));
      if (!reported.isEmpty()) {
        map.put(REPORTED, reported);
      }
      return map;
    }

    private static Answers of(String place, Map<String, Object> map) {
      return new Answers(
          (int) whole(place, map.get("scored")),
          real(place, map.get("accuracy")),
          real(place, map.getOrDefault("chance", Double.NaN)),
          real(place, map.get("latency_ms")),
          real(place, map.get("synaptic_operations")),
          map.containsKey("dense_operations")
              ? OptionalLong.of(whole(place, map.get("dense_operations")))
              : OptionalLong.empty(),
          map.get(REPORTED) instanceof List<?> names
              ? names.stream().map(String::valueOf).toList()
              : List.of());
    }
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
  ///
  /// @param unmet those that did not; empty in lines that are older than it
  public record Expectations(int passed, int failed, List<Unmet> unmet) {
    public Expectations {
      unmet = List.copyOf(unmet);
    }

    public Expectations(int passed, int failed) {
      this(passed, failed, List.of());
    }

    private Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("passed", passed);
      map.put("failed", failed);
      if (!unmet.isEmpty()) {
        map.put(UNMET, unmet.stream().map(Unmet::toMap).toList());
      }
      return map;
    }

    private static Expectations of(String place, Map<String, Object> map) {
      List<Unmet> unmet = new ArrayList<>();
      if (map.get(UNMET) instanceof List<?> written) {
        for (Object each : written) {
          if (each instanceof Map<?, ?> inner) {
            unmet.add(Unmet.of(place, inner));
          }
        }
      }
      return new Expectations(
          (int) whole(place, map.get("passed")), (int) whole(place, map.get("failed")), unmet);
    }
  }

  /// An `expect` that did not hold: where it stands, what it says, and what was found.
  public record Unmet(String file, int line, String statement, String found) {
    /// The same as a map in the order of the line.
    public Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("file", file);
      map.put("line", line);
      map.put("statement", statement);
      map.put("found", found);
      return map;
    }

    private static Unmet of(String place, Map<?, ?> map) {
      return new Unmet(
          String.valueOf(map.get("file")),
          (int) whole(place, map.get("line")),
          String.valueOf(map.get("statement")),
          String.valueOf(map.get("found")));
    }
  }

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
    map.put(SYNAPTIC, operations.synaptic());
    map.put(NEURONS, operations.neurons());
    operations.plastic().ifPresent(updates -> map.put(PLASTIC, updates));
    if (!answers.isEmpty()) {
      var each = new LinkedHashMap<String, Object>();
      answers.forEach((name, given) -> each.put(name, given.toMap()));
      map.put(ANSWERS, each);
    }
    map.put("compile_ms", times.compile());
    map.put("build_ms", times.build());
    map.put("run_ms", times.run());
    map.put("run_cpu_ms", times.runCpu());
    map.put("run_thread_cpu_ms", times.runThreadCpu());
    map.put("expectations", expectations.toMap());
    if (!units.isEmpty()) {
      map.put("units", units);
    }
    return map;
  }

  /// Reads what [#toJson] wrote; `place` names it in a problem.
  public static ResultLine parse(String place, String json) {
    Map<String, Object> map = Json.object(place, json);
    Expectations expectations = Expectations.of(place, part(place, map, "expectations"));
    Map<String, Long> spikes = new LinkedHashMap<>();
    part(place, map, "spikes").forEach((name, count) -> spikes.put(name, whole(place, count)));
    return new ResultLine(
        String.valueOf(map.get("experiment")),
        state(place, map.get("state")),
        part(place, map, "results"),
        units(map),
        spikes,
        answers(place, map),
        operations(place, map),
        new Times(
            real(place, map.get("compile_ms")),
            real(place, map.get("build_ms")),
            real(place, map.get("run_ms")),
            real(place, map.get("run_cpu_ms")),
            real(place, map.getOrDefault("run_thread_cpu_ms", 0))),
        expectations);
  }

  private static Map<String, Answers> answers(String place, Map<String, Object> map) {
    Map<String, Answers> answers = new LinkedHashMap<>();
    if (map.containsKey(ANSWERS)) {
      Map<String, Object> each = part(place, map, ANSWERS);
      each.keySet().forEach(name -> answers.put(name, Answers.of(place, part(place, each, name))));
    }
    return answers;
  }

  private static Operations operations(String place, Map<String, Object> map) {
    return new Operations(
        whole(place, map.get(SYNAPTIC)),
        whole(place, map.getOrDefault(NEURONS, 0)),
        map.containsKey(PLASTIC)
            ? OptionalLong.of(whole(place, map.get(PLASTIC)))
            : OptionalLong.empty());
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
    throw DataProblem.found(
        ProblemKind.FILE_UNREADABLE, place, "how a run ended", String.valueOf(text));
  }

  @SuppressWarnings("unchecked") // JSON objects are read as maps from texts
  private static Map<String, Object> part(String place, Map<String, Object> map, String name) {
    if (map.get(name) instanceof Map<?, ?> inner) {
      return (Map<String, Object>) inner;
    }
    throw DataProblem.found(
        ProblemKind.FILE_UNREADABLE, place, "a result with \"" + name + "\"", "none");
  }

  private static long whole(String place, @Nullable Object value) {
    return (long) real(place, value);
  }

  private static double real(String place, @Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw DataProblem.found(
        ProblemKind.FILE_UNREADABLE, place, "a number in a result", String.valueOf(value));
  }
}

package snel.runtime.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import snel.runtime.readout.Tally;
import snel.runtime.record.ResultLine;
import snel.runtime.schedule.EqualNetwork;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Measures;
import snel.runtime.schedule.NetworkView.Population;
import snel.runtime.schedule.ReadOuts;
import snel.runtime.schedule.Results;
import snel.runtime.schedule.Value;

/// Makes the result line of a run.
final class ResultLines {
  private static final int LONGEST_LIST = 1_000;

  private ResultLines() {}

  static ResultLine of(
      ExperimentRun.Task task, Machine machine, ResultLine.State state, RunHost.Spent spent) {
    Map<String, Object> results = new LinkedHashMap<>();
    Map<String, String> units = new LinkedHashMap<>();
    machine
        .results()
        .values()
        .forEach((name, shown) -> {
          results.put(name, plain(shown.inUnit()));
          if (!shown.unit().isEmpty()) {
            units.put(name, shown.unit());
          }
        });
    Map<String, Long> spikes = new LinkedHashMap<>();
    for (Population population : machine.view().populations().values()) {
      if (!population.isEvent() && !population.isSilent()) {
        spikes.put(population.name(), population.total()[0]);
      }
    }
    return new ResultLine(
        task.experiment(),
        state,
        results,
        units,
        spikes,
        answers(machine),
        operations(machine),
        new ResultLine.Times(
            task.compileMs(), task.buildMs(), spent.ms(), spent.cpuMs(), spent.threadCpuMs()),
        expectations(machine.results()));
  }

  private static ResultLine.Expectations expectations(Results results) {
    List<ResultLine.Unmet> unmet =
        results.failures().stream()
            .map(failure ->
                new ResultLine.Unmet(
                    failure.spot().file(),
                    failure.spot().line(),
                    failure.spot().text(),
                    failure.found()))
            .toList();
    return new ResultLine.Expectations((int) results.passed(), unmet.size(), unmet);
  }

  private static Map<String, ResultLine.Answers> answers(Machine machine) {
    Map<String, ResultLine.Answers> answers = new LinkedHashMap<>();
    for (ReadOuts.Declaration readOut : machine.readOuts().scored()) {
      Tally tally = machine.readOuts().tally(readOut.name());
      answers.put(
          readOut.name(),
          new ResultLine.Answers(
              tally.count(),
              tally.accuracy(),
              tally.chance(),
              tally.latency(),
              tally.operations(),
              EqualNetwork.operations(machine.view(), readOut.population()),
              reported(machine.results(), readOut.name())));
    }
    return answers;
  }

  private static List<String> reported(Results results, String readOut) {
    return results.values().entrySet().stream()
        .filter(result -> result.getValue().readOut().equals(readOut))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static ResultLine.Operations operations(Machine machine) {
    long plastic = Measures.plasticUpdates(machine.view());
    return new ResultLine.Operations(
        Measures.synapticOperations(machine.view()),
        Measures.neuronUpdates(machine),
        plastic < 0 ? OptionalLong.empty() : OptionalLong.of(plastic));
  }

  /// A value as JSON has it; what is long is told in words.
  private static Object plain(Value value) {
    return switch (value) {
      case Value.Real(double number) -> number;
      case Value.Whole(long number) -> number;
      case Value.Truth(boolean truth) -> truth;
      case Value.Array(int[] _, double[] elements) when elements.length <= LONGEST_LIST ->
          Arrays.stream(elements).boxed().toList();
      case Value.Listing(List<Value> elements) when elements.size() <= LONGEST_LIST ->
          elements.stream().map(ResultLines::plain).toList();
      case Value.Tuple(List<Value> parts) -> parts.stream().map(ResultLines::plain).toList();
      default -> value.shown();
    };
  }
}

package snel.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import snel.runtime.record.TimeStep;
import snel.runtime.schedule.Sampler;

/// Keeps what is recorded, in the form of the files that it is compared with.
final class KeptRecording implements snel.runtime.schedule.Recording {
  private final TimeStep step;
  private final TreeSet<Double> times = new TreeSet<>();
  private final Map<String, List<Double>> columns = new LinkedHashMap<>();
  private final List<String> spikes = new ArrayList<>();

  KeptRecording(double stepMs) {
    this.step = TimeStep.ofMilliseconds(stepMs);
  }

  Recording recording() {
    Map<String, double[]> states = new LinkedHashMap<>();
    columns.forEach((name, values) ->
        states.put(name, values.stream().mapToDouble(Double::doubleValue).toArray()));
    return new Recording(List.copyOf(times), states, spikes.stream().sorted().toList());
  }

  @Override
  public void openSpikes(String population, int[] indices) {}

  @Override
  public void spikes(
      String population, long[] stamps, double @Nullable [] early, int[] neurons, int count) {
    for (int k = 0; k < count; k++) {
      spikes.add(population + "," + neurons[k] + "," + step.time(stamps[k]));
    }
  }

  @Override
  public void openSamples(Sampler sampler) {}

  @Override
  public void sample(Sampler sampler, long label, double[] row) {
    times.add(step.time(label));
    for (int k = 0; k < row.length; k++) {
      String column = sampler.path() + "[" + sampler.indices()[k] + "]";
      columns.computeIfAbsent(column, _ -> new ArrayList<>()).add(row[k]);
    }
  }
}

package snel.runtime.schedule;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import snel.runtime.measure.Rates;
import snel.runtime.measure.SpikeTrains;
import snel.runtime.schedule.NetworkView.Population;
import snel.runtime.schedule.NetworkView.Projection;

/// Measures of the latest episode. Rates are in kHz, times in ms.
public final class Measures {
  private Measures() {}

  /// Spikes of all the neurons picked.
  public static long count(Machine machine, String name, Picked picked) {
    Population population = machine.view().population(name);
    int[] counts = machine.episodes().counts(population);
    long sum = 0;
    for (int index : picked.indices(machine, counts.length)) {
      sum += counts[index];
    }
    return sum;
  }

  /// Spikes of each.
  public static Value countEach(Machine machine, String name, Picked picked) {
    int[] counts = machine.episodes().counts(machine.view().population(name));
    return each(picked.indices(machine, counts.length), index -> counts[index]);
  }

  /// Spikes per neuron and time; 0 of an episode without a step.
  public static double rate(Machine machine, String name, Picked picked) {
    int neurons = picked.indices(machine, machine.view().population(name).size()).length;
    double duration = duration(machine);
    return duration == 0 || neurons == 0 ? 0 : count(machine, name, picked) / (neurons * duration);
  }

  public static Value rateEach(Machine machine, String name, Picked picked) {
    double duration = duration(machine);
    return Operators.each(
        countEach(machine, name, picked), spikes -> duration == 0 ? 0 : spikes / duration);
  }

  /// The rate of all neurons picked in bins of the latest episode, at their middles.
  public static Value rateOverTime(Machine machine, String name, Picked picked) {
    SpikeTrains trains = spikes(machine, name, picked);
    double bin = Rates.bin(duration(machine));
    return new Value.Series(
        Rates.middles(trains, bin), new double[][] {Rates.overTime(trains, bin)});
  }

  /// Time of the earliest spike; infinite if there was none.
  public static double firstSpike(Machine machine, String name, Picked picked) {
    double least = Double.POSITIVE_INFINITY;
    for (double time : firstSpikeEach(machine, name, picked).numbers()) {
      least = Math.min(least, time);
    }
    return least;
  }

  public static Value firstSpikeEach(Machine machine, String name, Picked picked) {
    Population population = machine.view().population(name);
    long[] first = machine.episodes().firstSpikes(population);
    double @Nullable [] early = machine.episodes().firstEarly(population);
    return each(
        picked.indices(machine, first.length),
        index ->
            first[index] < 0
                ? Double.POSITIVE_INFINITY
                : machine.view().step().time(first[index], early == null ? 0 : early[index]));
  }

  private static Value each(int[] indices, IntToDoubleFunction value) {
    return Value.Array.row(Arrays.stream(indices).mapToDouble(value).toArray());
  }

  /// Length of the latest episode in ms.
  public static double duration(Machine machine) {
    return machine.view().time(machine.episodes().episodeSteps());
  }

  /// When the latest episode began, in ms since the experiment did.
  public static double began(Machine machine) {
    Episodes episodes = machine.episodes();
    long since = episodes.step() - episodes.episodeBegan();
    return machine.view().time(episodes.experimentSteps() - since);
  }

  /// Spike times of the neurons picked.
  public static Value.Trains trains(Machine machine, String name, Picked picked) {
    Population population = machine.view().population(name);
    double[][] rows =
        machine
            .taps()
            .episodeSpikes(name)
            .trains(population.size(), machine.episodes().episodeBegan(), machine.view().step());
    int[] indices = picked.indices(machine, rows.length);
    return new Value.Trains(
        Arrays.stream(indices).mapToObj(index -> rows[index]).toArray(double[][]::new));
  }

  /// All that was recorded of a state during the latest episode.
  public static Value.Series recorded(Machine machine, String path) {
    return recorded(machine, path, machine.taps().sampler(path).indices());
  }

  /// The same of the elements picked of the state, which must be recorded.
  public static Value.Series recorded(Machine machine, String path, Picked picked) {
    int size = machine.taps().sampler(path).size();
    return recorded(machine, path, picked.indices(machine, size));
  }

  /// The same of the cells at `indices`.
  public static Value.Series recorded(Machine machine, String path, int[] indices) {
    return machine
        .taps()
        .sampler(path)
        .series(indices, machine.episodes().episodeBegan(), machine.view().step());
  }

  public static long synapses(Machine machine, String projection) {
    return machine.view().projection(projection).synapses();
  }

  /// Synaptic operations since the experiment began.
  public static long synapticOperations(NetworkView view) {
    long sum = 0;
    for (Projection projection : view.projections().values()) {
      long[] delivered = projection.delivered();
      sum += delivered == null ? 0 : delivered[0];
    }
    return sum;
  }

  /// How often learning has given a weight, a delay or a plastic state of a synapse a new value
  /// since the experiment began; -1 where that is not counted.
  public static long plasticUpdates(NetworkView view) {
    long sum = 0;
    boolean counted = false;
    for (Projection projection : view.projections().values()) {
      long[] updates = projection.updates();
      sum += updates == null ? 0 : updates[0];
      counted |= updates != null;
    }
    return counted ? sum : -1;
  }

  /// Every neuron once in every step since the experiment began.
  public static long neuronUpdates(Machine machine) {
    long neurons = 0;
    for (Population population : machine.view().populations().values()) {
      neurons += population.isInput() || population.isEvent() ? 0 : population.size();
    }
    return neurons * machine.episodes().experimentSteps();
  }

  /// What a network without sparsity would have done: all synapses in every step since the
  /// experiment began.
  public static double denseOperations(Machine machine) {
    double synapses = 0;
    for (Projection projection : machine.view().projections().values()) {
      synapses += projection.synapses();
    }
    return synapses * machine.episodes().experimentSteps();
  }

  /// Spikes of every population per second of the latest episode, in kHz.
  public static double eventsPerTime(Machine machine) {
    long sum = 0;
    for (Population population : machine.view().populations().values()) {
      if (population.counts() != null && !population.isEvent()) {
        sum += Library.wholeSum(machine.episodes().counts(population));
      }
    }
    double duration = duration(machine);
    return duration == 0 ? 0 : sum / duration;
  }

  /// The spikes of the latest episode as measures take them.
  public static SpikeTrains spikes(Machine machine, String name, Picked picked) {
    double[][] rows = trains(machine, name, picked).rows();
    return SpikeTrains.of(0, duration(machine), rows);
  }

  /// Mean over the neurons of how far their rate is outside low .. high.
  public static double rateOutside(
      Machine machine, String name, Picked picked, double low, double high) {
    double[] rates = rateEach(machine, name, picked).numbers();
    double[] outside =
        Arrays.stream(rates)
            .map(rate -> rate < low ? low - rate : rate > high ? rate - high : 0)
            .toArray();
    return Library.sum(outside) / outside.length;
  }

  /// The largest value of each row of samples.
  public static Value maxOverTime(Value.Series series) {
    return eachRow(series, Library::greatest);
  }

  /// The samples of the last `last` ms of the episode.
  public static Value.Series inLast(Machine machine, Value.Series series, double last) {
    double from = duration(machine) - last;
    int first = 0;
    while (first < series.times().length && series.times()[first] <= from + 1e-9) {
      first++;
    }
    int begin = first;
    return new Value.Series(
        Arrays.copyOfRange(series.times(), begin, series.times().length),
        Arrays.stream(series.rows())
            .map(row -> Arrays.copyOfRange(row, begin, row.length))
            .toArray(double[][]::new));
  }

  public static Value meanOverTime(Value.Series series) {
    return eachRow(series, row -> Library.sum(row) / row.length);
  }

  /// What a measure makes of all elements, at each time.
  public static Value ofEachSample(Value.Series series, ToDoubleFunction<Value> measure) {
    double[] numbers = new double[series.times().length];
    for (int k = 0; k < numbers.length; k++) {
      int at = k;
      double[] sample = Arrays.stream(series.rows()).mapToDouble(row -> row[at]).toArray();
      numbers[k] = measure.applyAsDouble(Value.Array.row(sample));
    }
    return new Value.Series(series.times(), new double[][] {numbers});
  }

  /// One number for each recording; of a single one just that.
  private static Value eachRow(Value.Series series, ToDoubleFunction<double[]> measure) {
    double[] numbers = new double[series.rows().length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = measure.applyAsDouble(series.rows()[row]);
    }
    return numbers.length == 1 ? new Value.Real(numbers[0]) : Value.Array.row(numbers);
  }

  /// The mean distance, along the line or on the square map, between where a synapse comes from and
  /// where it goes, both maps being laid over each other.
  public static double meanDisplacement(NetworkView view, String name) {
    Projection wires = view.projection(name);
    int[] from = view.population(wires.source()).shape();
    int[] to = view.population(wires.target()).shape();
    double sum = 0;
    long count = 0;
    for (int source = 0; source < wires.sources(); source++) {
      for (int s = wires.first(source); s < wires.first(source + 1); s++) {
        if (wires.isThere(source, s)) {
          sum += distance(source, from, wires.target(source, s), to);
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static double distance(int source, int[] from, int target, int[] to) {
    double sum = 0;
    for (int axis = from.length - 1; axis >= 0; axis--) {
      double gap = source % from[axis] - target % to[axis];
      sum += gap * gap;
      source /= from[axis];
      target /= to[axis];
    }
    return Math.sqrt(sum);
  }

  /// Synapses that arrive at each target, and that leave each source.
  public static Drawing.Degrees degrees(NetworkView view, String name) {
    Projection wires = view.projection(name);
    int[] in = new int[wires.targets()];
    int[] out = new int[wires.sources()];
    for (int source = 0; source < wires.sources(); source++) {
      for (int s = wires.first(source); s < wires.first(source + 1); s++) {
        if (wires.isThere(source, s)) {
          in[wires.target(source, s)]++;
          out[source]++;
        }
      }
    }
    return new Drawing.Degrees(in, out);
  }
}

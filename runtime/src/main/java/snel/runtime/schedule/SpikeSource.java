package snel.runtime.schedule;

import java.util.Arrays;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Population;

/// The spikes that `present` plays into an input population, sorted by the step they belong to:
/// those stamped t_n are put in its list before step n (semantics.md §1).
public final class SpikeSource {
  private final Population population;
  private final long[] events; // step << 32 | neuron, rising
  private final long missed;
  private int next;

  /// @param events of all that plays into the population, each step << 32 | neuron
  /// @param missed how many spikes lie before or after the presentation and are not played
  SpikeSource(Population population, long[] events, long missed) {
    this.population = population;
    this.events = events;
    this.missed = missed;
    Arrays.sort(events);
  }

  Population population() {
    return population;
  }

  /// How many spikes lie before or after the presentation and are not played.
  long missed() {
    return missed;
  }

  /// How many spikes fall into a step in which their neuron has one already: they are one.
  long joined() {
    long joined = 0;
    for (int k = 1; k < events.length; k++) {
      joined += events[k] == events[k - 1] ? 1 : 0;
    }
    return joined;
  }

  /// The two together.
  SpikeSource with(SpikeSource other) {
    long[] all = Arrays.copyOf(events, events.length + other.events.length);
    System.arraycopy(other.events, 0, all, events.length, other.events.length);
    return new SpikeSource(population, all, missed + other.missed);
  }

  /// @param targets which neuron of the population each train belongs to
  /// @param began the step that time 0 of the trains falls on
  public static SpikeSource of(
      Population population, int[] targets, Value trains, long began, long steps, double stepMs) {
    return switch (trains) {
      case Value.Trains(double[][] rows) ->
          ofTimes(population, targets, rows, began, steps, stepMs);
      case Value.Array array when array.shape().length >= 2 ->
          ofSteps(population, targets, array, began, steps);
      case Value.Listing listing ->
          ofTimes(population, targets, rowsOf(listing), began, steps, stepMs);
      default ->
          throw new ProtocolProblem(
              ProblemKind.SIZES_DIFFER,
              "spikes are a list of times for each neuron of " + population.name());
    };
  }

  private static double[][] rowsOf(Value.Listing listing) {
    return listing.elements().stream()
        .map(row -> row instanceof Value.Trains(double[][] rows) ? rows[0] : row.numbers())
        .toArray(double[][]::new);
  }

  private static SpikeSource ofTimes(
      Population population,
      int[] targets,
      double[][] rows,
      long began,
      long steps,
      double stepMs) {
    if (rows.length != targets.length) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          rows.length
              + " spike trains for the "
              + targets.length
              + " neurons of "
              + population.name());
    }
    long[] events = new long[Arrays.stream(rows).mapToInt(row -> row.length).sum()];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      for (double time : rows[i]) {
        long step = Grid.exact(time, stepMs, "a spike of " + population.name());
        if (step >= 0 && step < steps) {
          events[count++] = began + step << 32 | targets[i];
        }
      }
    }
    return new SpikeSource(population, Arrays.copyOf(events, count), events.length - count);
  }

  /// An array [steps, neurons…] of 0 and 1.
  private static SpikeSource ofSteps(
      Population population, int[] targets, Value.Array array, long began, long steps) {
    double[] cells = array.elements();
    int neurons = array.shape()[0] == 0 ? 0 : cells.length / array.shape()[0];
    if (neurons != targets.length) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "a step of the spikes has "
              + neurons
              + " values, "
              + population.name()
              + " has "
              + targets.length
              + " neurons");
    }
    long[] events = new long[cells.length];
    int count = 0;
    long missed = 0;
    for (int k = 0; k < cells.length; k++) {
      int step = k / neurons;
      if (cells[k] != 0 && step < steps) {
        events[count++] = began + step << 32 | targets[k % neurons];
      } else if (cells[k] != 0) {
        missed++;
      }
    }
    return new SpikeSource(population, Arrays.copyOf(events, count), missed);
  }

  /// Puts the spikes of step `now` in the list; the step of the next ones, or the largest long.
  long play(long now) {
    int[] list = population.spikes();
    int held = population.spikeCount()[0];
    while (next < events.length && events[next] >>> 32 == now) {
      int neuron = (int) events[next++];
      if (held == 0 || list[held - 1] != neuron) {
        list[held++] = neuron;
      }
    }
    population.spikeCount()[0] = held;
    return next < events.length ? events[next] >>> 32 : Long.MAX_VALUE;
  }
}

package snel.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.types.MathSignatures;

/// The functions that every program knows, beside those of [MathSignatures].
///
/// Kinds of parameters are dimensions, `real int bool string`, and: `a` a number of any dimension,
/// the same wherever `a` stands; `a..` a range of it; `neurons` a population, slice or event;
/// `counted` that or a projection; `trains` spike trains in any form; `place` a neuron or a
/// position; `synapse` a model with its arguments; `event`, `projection`, `readout`, `list`,
/// `value` anything. `?` marks what may be left out, `...` what may be repeated. Behind `:` the
/// result has the shape of the arguments, behind `=>` it has not; `open` is known at run time only,
/// `weight` is that of the synapse.
final class LibraryFunctions {
  private static final Map<String, LibraryFunction> KNOWN =
      read(
          """
          asin(x : real) : real
          acos(x : real) : real
          atan2(y : a, x : a) : real
          is_finite(x : a) : bool
          sum(x : a) => a
          mean(x : a) => a
          deviation(x : a) => a
          size(of : value) => int
          flatten(x : a) => a[]
          transpose(x : a) => a[]
          one_hot(label : int, classes : int) => real[]
          repeat_each(x : a, times : int) => a[]
          linspace(from : a, to : a, count : int) => a[]
          zip(first : list, second : list) => pairs
          since(event : event) => time
          to_step(time : time) : time
          distance(from : place, to : place) => real
          uniform(low : a, high : a, min? : a, max? : a) : a
          normal(mean : a, sd : a, min? : a, max? : a) : a
          lognormal(mean : a, sd : a, min? : a, max? : a) : a
          gamma(mean : a, sd : a, min? : a, max? : a) : a
          exponential(mean : a, min? : a, max? : a) : a
          binomial(n : int, p : real, min? : int, max? : int) : int
          bernoulli(p : real) : bool
          kaiming() => open
          poisson(rate : frequency, frozen? : bool) => time
          count(of : counted) => int
          rate(of : neurons) => frequency
          first_spike(of : neurons) => time
          cv_isi(of : neurons) => real[]
          correlation(of : neurons, bin? : time) => real
          synchrony(of : neurons, bin? : time) => real
          fano_factor(of : neurons, bin : time) => real
          van_rossum(trains : trains, others : trains, tau : time) => real
          victor_purpura(trains : trains, others : trains, tau_q : time) => real
          rate_outside(of : neurons, range : frequency..) => real
          peak(series : a, number? : int) => a
          recorded(what : a) => a[]
          all_finite(x : a) => bool
          filtered(of : neurons, tau : time, samples? : int) => real[]
          max_over_time(series : a, last? : time) => a[]
          mean_over_time(series : a, last? : time) => a[]
          stdp_window(synapse : synapse, lag : time, pairs : int, rate : frequency) => weight
          synaptic_operations() => int
          dense_operations() => int
          plastic_updates() => int
          neuron_updates() => int
          scored(readout : readout) => int
          latency(readout : readout) => time
          events_per_second() => real
          mean_displacement(of : projection) => real
          accuracy(readout : readout) => real
          accuracy_by(readout : readout, groups : value) => real[]
          accuracy_of(network : value, samples : value) => real
          stalled(score : value, epochs : int) => bool
          cross_entropy(scores : a, label : value) => real
          at_times(times : time) => spikes
          regular_train(rate : frequency, from? : time, spikes : int) => spikes
          random_trains(sets? : int, neurons : int, rate? : frequency, duration : time) => open
          random_labels(count : int, classes : int) => labels
          jitter(trains : trains, sd : time) => spikes
          signal(samples : a, rate : frequency) => a
          binned(events : value, bin : time) => spikes
          padded(samples : a, length : time) => a[]
          csv(file : string, header? : bool, separator? : character) => table
          npy(file : string) => open[]
          idx(file... : string) => open
          hdf5(file : string) => open
          dataset(path : string) => open
          address_events(times : string, units : string, unit? : time) => spikes
          wav(rate? : frequency) => real[]
          aedat4(file? : string) => spikes
          atis(file? : string) => spikes
          event_stream(file? : string) => spikes
          evt2(file? : string) => spikes
          files(pattern : string) => open
          cached(name : string, pattern? : string) => open
          columns(which : column) => real[]
          column(which : column) => open
          category(column : column, classes? : classes) => int
          standardised(column : column) => real[]
          raster(of... : value) => figure
          traces(of... : value, title? : string) => figure
          grid(x : value, rows : int, columns : int) => figure
          histogram(x : value, bins? : int) => figure
          over_time(x : value) => figure
          curve(x : value, y : value) => figure
          heat_map(x : value, y : value, z : value) => figure
          table(of... : value) => figure
          map_of(x : value) => figure
          confusion(readout : readout) => figure
          degree_distribution(of : projection) => figure
          """);

  private static final Set<String> NAMES =
      Stream.concat(KNOWN.keySet().stream(), MathSignatures.names().stream())
          .collect(Collectors.toCollection(TreeSet::new));

  private LibraryFunctions() {}

  private static Map<String, LibraryFunction> read(String table) {
    var known = new LinkedHashMap<String, LibraryFunction>();
    for (String line : table.lines().toList()) {
      LibraryFunction function = LibraryFunction.read(line);
      known.put(function.name(), function);
    }
    return Map.copyOf(known);
  }

  static Optional<LibraryFunction> of(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  /// All names, those of mathematics included.
  static Set<String> names() {
    return NAMES;
  }
}

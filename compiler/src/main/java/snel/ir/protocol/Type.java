package snel.ir.protocol;

import java.util.List;

/// Types of [Term]s. Dimensions were checked when the term was lowered.
public sealed interface Type {
  Type REAL = new Real();
  Type INTEGER = new Whole();
  Type TRUTH = new Truth();
  Type TEXT = new Text();
  Type NONE = new None();
  Type TRAINS = new Trains();
  Type SERIES = new Series();
  Type FIGURE = new Figure();

  /// A double.
  record Real() implements Type {}

  /// A 64-bit integer; overflow is a fault.
  record Whole() implements Type {}

  record Truth() implements Type {}

  record Text() implements Type {}

  /// The label of a read-out that decided for nobody.
  record None() implements Type {}

  /// A rectangular array of numbers, row major; whole numbers and truths are held as doubles.
  ///
  /// @param shape -1 where a length is known only when running
  record Array(List<Integer> shape) implements Type {
    public Array {
      shape = List.copyOf(shape);
    }
  }

  /// For each neuron its spike times in ms, rising.
  record Trains() implements Type {}

  /// Samples in time: one or more rows over one time axis (`recorded(E.v)`, `signal(…)`).
  record Series() implements Type {}

  record Listing(Type element) implements Type {}

  record Tuple(List<Type> elements) implements Type {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /// One record of a data set.
  record Sample(String dataSet) implements Type {}

  /// Records of a data set, or elements of a list, on their way through stages.
  record Stream(Type element) implements Type {}

  /// A population or slice, named as an argument of a measure.
  record Neurons() implements Type {}

  record Synapses() implements Type {}

  record ReadOut() implements Type {}

  /// What a report draws.
  record Figure() implements Type {}

  static Type array(Integer... shape) {
    return new Array(List.of(shape));
  }
}

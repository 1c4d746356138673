package snel.runtime.readout;

import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// Turns the response to one presentation into a class. Equal responses give equal answers: there
/// is no chance in a read-out.
public sealed interface Readout permits FittedReadout, MaxCount, FirstSpike, MaxPotential {
  /// The answer where there is none.
  int NO_ANSWER = -1;

  /// What of the population it wants to see.
  Wanted wanted();

  int classes();

  /// The class of a response, or [#NO_ANSWER].
  int predict(Response response);

  /// When its answer was known, in ms, in an episode of this length: at the end, unless it waits
  /// for less.
  default double decided(Response response, double duration) {
    return duration;
  }

  /// What is to be put into a [Response].
  enum Wanted {
    /// The number of spikes of each neuron in the episode.
    COUNTS,
    /// The first spike of each neuron, infinite if there is none; potentials may break ties.
    FIRST_SPIKES,
    /// The largest potential of each neuron in the episode, or in its last part.
    LARGEST_POTENTIALS,
    /// The value of the expression that the read-out was given.
    VALUES
  }

  /// The position of the largest value, the first of equals.
  static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /// `label`, or a problem if it is no class.
  static int checked(long label, int classes) {
    if (label < 0 || label >= classes) {
      throw new DataProblem(
          ProblemKind.BAD_SAMPLE,
          "label %d does not fit a read-out of %d classes, numbered from 0"
              .formatted(label, classes));
    }
    return (int) label;
  }
}

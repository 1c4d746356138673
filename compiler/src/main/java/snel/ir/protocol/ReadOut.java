package snel.ir.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A read-out of the network: what turns an episode into a label.
///
/// @param features an array of `inputs` numbers, evaluated when an episode is over: counts, first
///   spikes (infinite for none), largest potentials, or what the read-out was given
/// @param classes how many labels there are: 0 ..< classes
/// @param ties of `FIRST_SPIKE`, numbers of which the highest wins among equal times, all infinite
///   ones too; without them the lowest index wins, and silence is no answer
/// @param penalty of `RIDGE`; the price C of `LINEAR_SVM`; 0 for the others
public record ReadOut(
    String name,
    Kind kind,
    Term features,
    Optional<Term> ties,
    int inputs,
    int classes,
    double penalty,
    Place place) {

  /// The terms that it evaluates.
  public List<Term> terms() {
    return Stream.concat(Stream.of(features), ties.stream()).toList();
  }

  /// The read-outs of `std.decode`.
  public enum Kind {
    RESPONSE_LABELS,
    MAX_COUNT,
    FIRST_SPIKE,
    MAX_POTENTIAL,
    RIDGE,
    LINEAR_SVM
  }
}

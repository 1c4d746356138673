package snel.lower.protocol;

import snel.elaborate.Val;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// What an expression of a protocol stands for.
///
/// A unit is the author's (`mV`), for showing values; empty where there is none to show.
sealed interface Meaning {
  /// Known when compiled: a constant, or a part of the network.
  record Fixed(Val value, String unit) implements Meaning {}

  /// Evaluated while the experiment runs.
  record Live(Term term, String unit) implements Meaning {
    Type type() {
      return term.type();
    }
  }

  /// A variable that can be assigned.
  record Assignable(Term.Variable variable, String unit) implements Meaning {}

  /// One neuron whose index is known only when running.
  record Element(String population, Term index) implements Meaning {}

  /// The name of an experiment or network, in a sweep.
  record Owner(String name) implements Meaning {}

  /// Faulty, and reported.
  record Faulty() implements Meaning {}

  Meaning FAULTY = new Faulty();

  static Meaning of(Term term) {
    return new Live(term, "");
  }

  static Meaning of(Term term, String unit) {
    return new Live(term, unit);
  }
}

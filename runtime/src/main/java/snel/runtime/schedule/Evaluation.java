package snel.runtime.schedule;

/// An expression of a protocol, linked: evaluates to a value in the machine's present state.
@FunctionalInterface
public interface Evaluation {
  Value evaluate(Machine machine);
}

package snel.model;

import snel.math.Expr;

/// What makes a neuron spike.
public sealed interface Firing {
  /// No spike of its own.
  record Never() implements Firing {}

  /// Level-triggered condition on the integrated state; `crossing`: true now and false before.
  record When(Expr condition, boolean crossing) implements Firing {}

  /// Escape noise with this rate (1/ms).
  record WithRate(Expr rate) implements Firing {}

  /// An input that spikes this many ms after the episode began: stamped t_n in step n (semantics.md
  /// §1), if the time is t_n with the inputs of that step.
  record At(Expr time) implements Firing {}

  /// An input that spikes at random with probability rate * h a step, stamped t_n; `frozen` draws
  /// the same train in every presentation.
  record Poisson(Expr rate, boolean frozen) implements Firing {}

  /// Whether the spikes come from outside: they are known at the start of the step they act in.
  default boolean isSource() {
    return this instanceof At || this instanceof Poisson;
  }
}

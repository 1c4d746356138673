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

  /// One spike a presentation, this many ms after it begins.
  record At(Expr time) implements Firing {}
}

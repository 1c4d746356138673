package snel.model;

import snel.math.Expr;
import snel.source.Span;

/// `drive port by poisson(rate) weight w`: many independent Poisson sources on one port at once.
///
/// @param rate total rate per target neuron (1/ms); constant, or live when it reads network inputs
/// @param after how many projections are declared before it
public record Drive(
    String path, Slice target, String port, Expr rate, Expr weight, int after, Span span) {}

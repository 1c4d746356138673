package snel.model;

import snel.math.Expr;

/// An `input` argument of a population that is live: follows `value`, whose references are
/// [snel.math.Owner#NETWORK] inputs and states, [snel.math.Owner#POPULATION] members, `t`, and
/// [snel.math.Owner#SELF] `index`/`position`.
///
/// @param ofPre of a synapse's input: each source has a value; otherwise each target
public record InputBinding(String input, Expr value, boolean eachStep, boolean ofPre) {}

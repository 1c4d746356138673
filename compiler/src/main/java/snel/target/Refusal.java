package snel.target;

import snel.ir.protocol.Place;

/// Why a target cannot translate an experiment.
///
/// @param what the rest of a sentence that begins with what the target makes
/// @param place the statement or declaration that asks for it
/// @param elsewhere whether an experiment that is not translated may do it, for a translated one to
///   start from
public record Refusal(String what, Place place, boolean elsewhere) {}

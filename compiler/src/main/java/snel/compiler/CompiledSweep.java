package snel.compiler;

import snel.ir.protocol.Plan;

/// A sweep, and its body as an experiment on a network without parts.
public record CompiledSweep(Plan.Sweep sweep, Compiled body) {}

package snel.target;

import snel.ir.Program;
import snel.ir.protocol.Experiment;

/// An experiment and the program it runs, one link of a chain of experiments of which each starts
/// from what the one before it left.
public record Link(Experiment experiment, Program program) {}

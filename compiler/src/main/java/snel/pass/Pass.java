package snel.pass;

import snel.ir.Program;

/// A change of the program that leaves its meaning, bit for bit, as it was.
public interface Pass {
  /// Name for `--dump after=NAME` (`fold-constants`).
  String name();

  Program apply(Program program);
}

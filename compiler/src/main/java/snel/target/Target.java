package snel.target;

import java.util.List;
import snel.ir.Program;

/// Translates programs into files.
public interface Target {
  /// What `--target` names it by.
  String name();

  /// Why this target cannot translate `program`, one sentence a reason; empty if it can.
  List<String> refusals(Program program);

  /// The files of a program that is not refused.
  Artifact translate(Program program);
}

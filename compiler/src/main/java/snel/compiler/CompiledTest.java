package snel.compiler;

import java.util.List;
import java.util.Optional;
import snel.ir.protocol.Plan;

/// A test: the refusals that it expects, already settled, and what there is to run.
///
/// @param faulty whether it has errors of its own, which are reported
public record CompiledTest(
    String what, List<Plan.Refusal> refusals, Optional<Compiled> run, boolean faulty) {
  public CompiledTest {
    refusals = List.copyOf(refusals);
  }
}

package snel.compiler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Wiring;
import snel.runtime.record.TimeStep;

/// How much memory the buffers of a program will take, before any is taken. The number of synapses
/// of a random rule is its mean.
public final class MemoryNeed {
  private MemoryNeed() {}

  public static long bytes(Program program) {
    Map<String, Double> synapses = new HashMap<>();
    Map<Buffer, Double> inRows = new HashMap<>();
    for (Build build : program.build()) {
      if (build instanceof Build.Wire(Wiring wiring)) {
        synapses.put(wiring.name(), wiring.expected());
        inRows.put(wiring.rowStart(), wiring.expected());
      } else if (build instanceof Build.Join(String name, var rowStarts, _)) {
        synapses.put(name, rowStarts.stream().mapToDouble(inRows::get).sum());
      }
    }
    double bytes = 0;
    Map<String, Double> ofSynapses = new HashMap<>();
    for (Buffer buffer : program.buffers()) {
      switch (buffer.length()) {
        case Length.Fixed _ -> bytes += bytes(buffer, synapses);
        case Length.Synapses(String name, _) ->
            ofSynapses.merge(name, bytes(buffer, synapses), Double::sum);
      }
    }
    double most = bytes;
    for (Build build : program.build()) {
      if (build instanceof Build.Masks masks) {
        bytes += masks.bytes();
        most = Math.max(most, bytes);
      } else if (build instanceof Build.Release(Buffer buffer)) {
        bytes -= bytes(buffer, synapses);
      } else {
        bytes += made(build).map(name -> ofSynapses.getOrDefault(name, 0.0)).orElse(0.0);
        most = Math.max(most, bytes);
      }
    }
    return (long) Math.min(most, 0x1p62);
  }

  /// By which option of `train by` a program would need less, where that is most of it.
  public static Optional<String> saving(Program program) {
    OptionalInt steps = TrainingPlan.checkpoint(program, bytes(program));
    return steps.isPresent()
        ? Optional.of(
            "checkpoint: %s ms"
                .formatted(TimeStep.ofMilliseconds(program.stepMs()).text(steps.getAsInt())))
        : Optional.empty();
  }

  /// Of which synapses the buffers get their room here.
  private static Optional<String> made(Build build) {
    return switch (build) {
      case Build.Wire(Wiring wiring) -> Optional.of(wiring.name());
      case Build.Join join -> Optional.of(join.name());
      case Build.Fill _,
          Build.FillIntegers _,
          Build.Run _,
          Build.Release _,
          Build.Lists _,
          Build.Masks _,
          Build.SortByDelay _,
          Build.Transpose _ ->
          Optional.empty();
    };
  }

  private static double bytes(Buffer buffer, Map<String, Double> synapses) {
    double elements =
        switch (buffer.length()) {
          case Length.Fixed(long count) -> count;
          case Length.Synapses(String wiring, int each) ->
              each * synapses.getOrDefault(wiring, 0.0);
        };
    return elements * buffer.cell().bytes();
  }
}

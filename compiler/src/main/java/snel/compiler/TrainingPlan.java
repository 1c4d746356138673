package snel.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import snel.gradient.Tape;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Length;
import snel.ir.Program;
import snel.lower.Explanation;

/// What `snel plan` tells of training.
final class TrainingPlan {
  private TrainingPlan() {}

  static Explanation with(Explanation network, Program program) {
    Optional<Explanation.Part> part = part(program);
    if (part.isEmpty()) {
      return network;
    }
    List<Explanation.Part> parts = new ArrayList<>(network.parts());
    parts.add(part.get());
    return new Explanation(parts, network.bytes() + part.get().bytes(), network.level());
  }

  private static Optional<Explanation.Part> part(Program program) {
    List<Buffer> own = program.buffers().stream().filter(Tape::isOfTraining).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    List<String> decisions = new ArrayList<>();
    List<String> weights = Tape.learning(program);
    if (!weights.isEmpty()) {
      decisions.add("learns: " + String.join(", ", weights));
      decisions.add(
          "written down of each step, for the way back: "
              + Tape.written(program).stream().distinct().collect(Collectors.joining(", ")));
      decisions.add(
          Tape.isInSegments(program)
              ? "in pieces of "
                  + Tape.rows(program)
                  + " steps, which are done once more on the way back"
              : "room for " + Tape.rows(program) + " steps");
      if (Backward.samples(program) > 1) {
        decisions.add("side by side on the way back: " + Backward.samples(program) + " samples");
      }
    }
    return Optional.of(new Explanation.Part("training", decisions, bytes(own)));
  }

  /// After how many steps checkpoints would save most of the memory of a program, if what it writes
  /// down of each step takes more than half of that.
  ///
  /// @param needed memory of the program, in bytes
  static OptionalInt checkpoint(Program program, long needed) {
    long written = bytes(program.buffers().stream().filter(Tape::isWrittenDown).toList());
    return written > needed / 2 && !Tape.isInSegments(program)
        ? OptionalInt.of((int) Math.ceil(Math.sqrt(Tape.rows(program))))
        : OptionalInt.empty();
  }

  /// Numbers one a synapse of a projection whose synapses are drawn are left out.
  private static long bytes(List<Buffer> buffers) {
    long bytes = 0;
    for (Buffer buffer : buffers) {
      bytes +=
          switch (buffer.length()) {
            case Length.Fixed(long count) -> count * buffer.cell().bytes();
            case Length.Synapses _ -> 0;
          };
    }
    return bytes;
  }
}

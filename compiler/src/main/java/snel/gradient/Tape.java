package snel.gradient;

import java.util.List;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Length;
import snel.ir.Program;

/// What can be told of a program that trains by what it holds.
public final class Tape {
  private static final List<String> PREFIXES =
      List.of(
          Tapes.PREFIX,
          Adjoints.PREFIX,
          RowProducts.PREFIX,
          Gathers.PREFIX,
          Checkpoints.PREFIX,
          "learn.",
          "reading.",
          KeepBest.PREFIX);

  private Tape() {}

  /// Whether the buffer is there for training alone.
  public static boolean isOfTraining(Buffer buffer) {
    return PREFIXES.stream().anyMatch(buffer.name()::startsWith);
  }

  /// Whether the buffer has a row for each step that is written down.
  public static boolean isWrittenDown(Buffer buffer) {
    return buffer.name().startsWith(Tapes.PREFIX) || buffer.name().startsWith(Gathers.PREFIX);
  }

  /// The weights that learn.
  public static List<String> learning(Program program) {
    return program.onDemand().stream()
        .filter(kernel -> kernel.name().startsWith(Backward.UPDATE))
        .map(kernel -> kernel.name().substring(Backward.UPDATE.length()))
        .filter(name -> program.buffers().stream().anyMatch(b -> b.name().equals(name)))
        .toList();
  }

  /// The states and lists that are written down in each step.
  public static List<String> written(Program program) {
    return program.buffers().stream()
        .map(Buffer::name)
        .filter(name -> name.startsWith(Tapes.PREFIX))
        .map(name -> name.substring(Tapes.PREFIX.length()).replaceAll("\\.\\d+$", ""))
        .filter(name -> program.buffers().stream().anyMatch(b -> b.name().equals(name)))
        .filter(name -> !name.equals(Clock.NAME) && !name.endsWith(".count"))
        .toList();
  }

  /// Whether that is room for a segment of a sample, whose steps are done once more.
  public static boolean isInSegments(Program program) {
    return program.onDemand().stream().anyMatch(kernel -> kernel.name().equals(Backward.RESUME));
  }

  /// How many steps of a sample, or of a segment, there is room for.
  public static long rows(Program program) {
    return program.buffer(Tapes.CLOCK).length() instanceof Length.Fixed(long count)
        ? count / Clock.SIZE / Backward.samples(program)
        : 0;
  }
}

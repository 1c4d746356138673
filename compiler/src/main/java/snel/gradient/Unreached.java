package snel.gradient;

import java.util.List;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Nodes;
import snel.ir.Paths;
import snel.ir.Program;

/// What should learn, and what the loss does not hang on.
final class Unreached {
  private static final String WEIGHTS =
      "has weights that no derivative of the loss comes to: `freeze` it";

  private static final String STATE =
      "learns, but no derivative of the loss comes to it: `freeze` it";

  private static final String UNREAD =
      "learns, but nothing that is carried out reads it: write it into an equation or a handler,"
          + " connect something to the port whose handler reads it, or `freeze` it";

  private Unreached() {}

  /// @param name of the buffer that no derivative comes to
  static Reason reason(Program program, String name) {
    if (isWeight(program, name)) {
      return new Reason(Paths.owner(name), WEIGHTS);
    }
    return new Reason(name, isMentioned(program, name) ? STATE : UNREAD);
  }

  private static boolean isWeight(Program program, String name) {
    return program.directory().values().stream()
        .anyMatch(
            value -> value.kind() == Directory.Kind.WEIGHT && value.buffer().name().equals(name));
  }

  private static boolean isMentioned(Program program, String name) {
    return Stream.of(
            program.reset(), program.presentationStart(), program.step(), program.presentationEnd())
        .flatMap(List::stream)
        .flatMap(kernel -> Nodes.buffers(kernel.body()).stream())
        .map(Buffer::name)
        .anyMatch(name::equals);
  }
}

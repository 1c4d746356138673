package snel.compiler;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.verify.ProgramVerifier;
import snel.lower.Explanation;
import snel.lower.Lowering;
import snel.lower.Needs;
import snel.model.Network;
import snel.model.text.NetworkPrinter;
import snel.pass.FoldConstants;
import snel.pass.NameLocals;
import snel.pass.Pass;
import snel.pass.RemoveDeadState;

/// From an elaborated network to the program that targets translate: one list of named passes. What
/// comes out of each can be dumped, and the IR verified after every pass.
public final class Pipeline {
  /// Is told what each pass made. The text is written only if it is asked for.
  public interface Observer {
    void after(String pass, Supplier<String> text);

    Observer NONE = (pass, text) -> {};
  }

  /// The names that `--dump after=NAME` knows, in order.
  public static final List<String> NAMES =
      List.of("elaborate", "decide", "lower", "name-locals", "fold-constants", "remove-dead-state");

  private final Observer observer;
  private final boolean verifies;

  /// @param verifies whether the IR is checked after every pass; a violation is a compiler's bug
  public Pipeline(Observer observer, boolean verifies) {
    this.observer = observer;
    this.verifies = verifies;
  }

  private static List<Pass> passes(Set<String> observed) {
    return List.of(
        new NameLocals(), // before anything is verified: lowering names block by block
        new FoldConstants(), // first, so that branches that are never taken keep nothing alive
        new RemoveDeadState(observed));
  }

  /// @param observed names of the buffers that are read from outside: recorded, reported, saved
  public Program run(Network network, Needs needs, Set<String> observed) {
    observer.after("elaborate", () -> NetworkPrinter.print(network));
    observer.after("decide", () -> text(Lowering.explain(network, needs)));
    Program lowered = Lowering.lower(network, needs);
    observer.after("lower", () -> ProgramPrinter.print(lowered));
    Program program = lowered;
    for (Pass pass : passes(observed)) {
      program = verified(pass.name(), pass.apply(program));
    }
    return program;
  }

  private Program verified(String pass, Program program) {
    observer.after(pass, () -> ProgramPrinter.print(program));
    if (verifies) {
      ProgramVerifier.verify(program);
    }
    return program;
  }

  private static String text(Explanation explanation) {
    return explanation.parts().stream()
        .map(part ->
            part.title()
                + "\n"
                + part.decisions().stream().map(d -> "  " + d + "\n").collect(Collectors.joining()))
        .collect(Collectors.joining());
  }
}

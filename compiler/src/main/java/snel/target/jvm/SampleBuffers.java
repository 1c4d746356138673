package snel.target.jvm;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;

/// What a copy of a network needs for itself, so that it can be shown one sample while the network
/// is shown another. The rest they share: weights, wiring, and where derivatives are added up.
///
/// @param own names of the buffers that a sample changes
/// @param addsOnTheWay whether going back over a step already adds to derivatives, not only what
///   comes after all steps
public record SampleBuffers(Set<String> own, boolean addsOnTheWay) {
  private static final Set<Role> OF_A_SAMPLE =
      EnumSet.of(Role.CLOCK, Role.STATE, Role.QUEUE, Role.INPUT, Role.LOG, Role.SCRATCH);

  public SampleBuffers {
    own = Set.copyOf(own);
  }

  /// Empty if a sample leaves something to the next one but derivatives: a weight that it changes,
  /// a running mean.
  public static Optional<SampleBuffers> of(Program program) {
    Set<Buffer> begun = Nodes.writtenBy(program.reset());
    begun.addAll(Nodes.writtenBy(program.presentationStart()));
    Set<Buffer> shown = new HashSet<>(begun);
    shown.addAll(Nodes.writtenBy(program.step()));
    shown.addAll(Nodes.writtenBy(program.presentationEnd()));
    shown.addAll(Nodes.writtenBy(named(program, Backward.PREPARE)));
    shown.addAll(Nodes.writtenBy(named(program, Backward.LOSS)));
    Set<Buffer> back = Nodes.writtenBy(named(program, Backward.BACK));
    Set<Buffer> after = Nodes.writtenBy(named(program, Backward.RELEASE));
    after.addAll(Nodes.writtenBy(named(program, Backward.LIST)));
    after.addAll(Nodes.writtenBy(named(program, Backward.SUM)));
    Set<String> own = new HashSet<>();
    boolean adds = false;
    for (Buffer buffer : program.buffers()) {
      boolean derived = back.contains(buffer) || after.contains(buffer);
      if (OF_A_SAMPLE.contains(buffer.role()) || isFresh(buffer, begun, shown)) {
        own.add(buffer.name());
      } else if (shown.contains(buffer) || derived && buffer.role() != Role.PARAMETER) {
        return Optional.empty();
      } else {
        adds |= back.contains(buffer);
      }
    }
    return Optional.of(new SampleBuffers(own, adds));
  }

  /// What the protocol may set, but each sample sets first.
  private static boolean isFresh(Buffer buffer, Set<Buffer> begun, Set<Buffer> shown) {
    return buffer.role() == Role.PARAMETER && shown.contains(buffer) && begun.contains(buffer);
  }

  private static List<Kernel> named(Program program, String prefix) {
    return program.onDemand().stream().filter(kernel -> kernel.name().startsWith(prefix)).toList();
  }
}

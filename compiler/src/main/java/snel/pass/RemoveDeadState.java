package snel.pass;

import java.util.HashSet;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.ir.protocol.Books;

/// Takes away what nobody reads: a buffer whose values reach neither another live buffer nor
/// anybody outside, with everything that writes it.
public final class RemoveDeadState implements Pass {
  private final Set<String> observed;
  private final Books books;

  /// @param observed names of buffers that the protocol, recorder or report reads
  /// @param books of spikes that they ask for
  public RemoveDeadState(Set<String> observed, Books books) {
    this.observed = Set.copyOf(observed);
    this.books = books;
  }

  @Override
  public String name() {
    return "remove-dead-state";
  }

  @Override
  public Program apply(Program program) {
    Set<String> live = live(program);
    Program swept = UnusedLocals.removed(Reaching.sweep(live).program(program));
    return swept.with(
        swept.buffers().stream().filter(b -> live.contains(b.name())).toList(),
        swept.build().stream()
            .filter(step -> isLive(step, live))
            .map(step -> step instanceof Build.SortByDelay sort ? carryingLive(sort, live) : step)
            .toList());
  }

  /// What is dead is not there to be moved with its synapse.
  private static Build carryingLive(Build.SortByDelay sort, Set<String> live) {
    return sort.carrying(sort.carried().stream().filter(b -> live.contains(b.name())).toList());
  }

  private static boolean isLive(Build step, Set<String> live) {
    return switch (step) {
      case Build.Fill(var buffer, _) -> live.contains(buffer.name());
      case Build.FillIntegers(var buffer, _) -> live.contains(buffer.name());
      case Build.Release(var buffer) -> live.contains(buffer.name());
      case Build.Run(var kernel) -> !kernel.body().isEmpty();
      case Build.Wire _,
          Build.Join _,
          Build.Lists _,
          Build.Masks _,
          Build.SortByDelay _,
          Build.Transpose _ ->
          true;
    };
  }

  private Set<String> live(Program program) {
    var sources = new Sources();
    Set<String> live = new HashSet<>(observed);
    Set<Buffer> unasked = unasked(program.directory());
    Set<Buffer> used = used(program);
    for (Buffer buffer : program.buffers()) {
      boolean kept =
          switch (buffer.role()) {
            case CLOCK, WIRING, PARAMETER, INPUT, PLASTIC, CHANGE -> true;
            case LOG -> !unasked.contains(buffer);
            case STATE, QUEUE, SCRATCH -> false;
          };
      if (kept || buffer.name().equals(Clock.HALT) || buffer.name().equals(Clock.FAULT)) {
        live.add(buffer.name());
      }
      if (buffer.role() == Role.QUEUE && used.contains(buffer)) {
        // lists and rings are tied to each other by control flow; they are small or in use
        live.add(buffer.name());
      }
    }
    for (Directory.Value value : program.directory().values()) {
      if (observed.contains(value.path())) {
        live.add(value.buffer().name());
      }
    }
    program.kernels().forEach(sources::add);
    return sources.of(live);
  }

  /// What something is done with besides putting elements into it.
  private static Set<Buffer> used(Program program) {
    Set<Buffer> used = new HashSet<>(program.directory().buffers());
    program
        .build()
        .forEach(step -> {
          if (!(step instanceof Build.Run)) {
            used.addAll(ReleaseBuildOnly.used(step));
          }
        });
    for (Kernel kernel : program.kernels()) {
      Nodes.eachStatement(
          kernel.body(),
          stmt -> {
            used.addAll(Nodes.read(stmt));
            if (!(stmt instanceof Stmt.Store)) {
              used.addAll(Nodes.written(stmt));
            }
          });
      Nodes.eachExpression(
          kernel.body(),
          expr -> {
            if (expr instanceof Expr.Load(Buffer buffer, _)) {
              used.add(buffer);
            }
          });
    }
    return used;
  }

  private Set<Buffer> unasked(Directory directory) {
    Set<Buffer> all = new HashSet<>();
    for (Directory.Population each : directory.populations()) {
      if (!books.asksFirstSpikes(each.name())) {
        each.firstSpike().ifPresent(all::add);
        each.firstEarly().ifPresent(all::add);
      }
      if (!books.asksCounts(each.name())) {
        each.episodeCounts().ifPresent(all::add);
      }
    }
    return all;
  }
}

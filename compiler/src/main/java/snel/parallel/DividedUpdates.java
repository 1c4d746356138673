package snel.parallel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import snel.ir.Backward;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;

/// Changes of so many weights that threads may well do them together: each of those kernels in
/// pieces, which may be done in any order and side by side.
///
/// @param program with the pieces in place of the kernels
/// @param pieces their names, by that of the kernel
public record DividedUpdates(Program program, Map<String, List<String>> pieces) {
  /// Some 100 us of work; to wake a thread takes half of that.
  private static final int LEAST_WEIGHTS = 1 << 17;

  /// Enough that who comes late, or is slower, has fewer.
  private static final int PIECES = 8;

  public DividedUpdates {
    pieces = new LinkedHashMap<>(pieces);
  }

  public static DividedUpdates of(Program program) {
    Map<String, List<String>> pieces = new LinkedHashMap<>();
    List<Kernel> demand = new ArrayList<>();
    for (Kernel kernel : program.onDemand()) {
      List<Kernel> all = divided(kernel);
      demand.addAll(all);
      if (all.size() > 1) {
        pieces.put(kernel.name(), all.stream().map(Kernel::name).toList());
      }
    }
    return pieces.isEmpty()
        ? new DividedUpdates(program, pieces)
        : new DividedUpdates(
            program.laidOut(
                program.buffers(), program.build(), program.step(), demand, program.directory()),
            pieces);
  }

  private static List<Kernel> divided(Kernel kernel) {
    return kernel.name().startsWith(Backward.UPDATE)
        ? loop(kernel).map(loop -> pieces(kernel, loop)).orElse(List.of(kernel))
        : List.of(kernel);
  }

  /// The kernel's loop over weights, if it has nothing else but what is the same for all of them.
  private static Optional<Stmt.Loop> loop(Kernel kernel) {
    List<Stmt> body = kernel.body();
    if (body.isEmpty()) {
      return Optional.empty();
    }
    List<Stmt> before = body.subList(0, body.size() - 1);
    boolean isSame =
        before.stream().allMatch(Stmt.Let.class::isInstance)
            && Collections.disjoint(Nodes.buffers(before), Nodes.writtenIn(body));
    boolean isLoop =
        isSame
            && body.getLast() instanceof Stmt.Loop loop
            && loop.order() == Stmt.Order.INDEPENDENT
            && loop.from().equals(Expr.i32(0))
            && loop.to() instanceof Expr.Const(_, long weights)
            && weights >= LEAST_WEIGHTS;
    return isLoop ? Optional.of((Stmt.Loop) body.getLast()) : Optional.empty();
  }

  private static List<Kernel> pieces(Kernel kernel, Stmt.Loop loop) {
    long weights = ((Expr.Const) loop.to()).bits();
    return IntStream.range(0, PIECES)
        .mapToObj(piece -> {
          List<Stmt> body = new ArrayList<>(kernel.body());
          body.set(
              body.size() - 1,
              new Stmt.Loop(
                  loop.index(),
                  Expr.i32((int) begin(piece, weights)),
                  Expr.i32((int) begin(piece + 1, weights)),
                  loop.order(),
                  loop.body()));
          return new Kernel(
              "%s, %d of %d".formatted(kernel.name(), piece + 1, PIECES), kernel.phase(), body);
        })
        .toList();
  }

  /// Where a piece begins: with whole vectors, but for the end of the last one.
  private static long begin(int piece, long weights) {
    return piece == PIECES ? weights : weights * piece / PIECES & -64;
  }
}

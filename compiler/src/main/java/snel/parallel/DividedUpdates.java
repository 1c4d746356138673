package snel.parallel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Backward;
import snel.ir.Expr;
import snel.ir.Kernel;
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
    var ranges = new Ranges(PIECES, LEAST_WEIGHTS);
    Map<String, List<String>> pieces = new LinkedHashMap<>();
    List<Kernel> demand = new ArrayList<>();
    for (Kernel kernel : program.onDemand()) {
      List<Kernel> all = divided(kernel, ranges);
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

  /// In pieces if it is a loop over weights and has nothing else but what is the same for all.
  private static List<Kernel> divided(Kernel kernel, Ranges ranges) {
    List<Stmt> body = kernel.body();
    boolean mayBe =
        kernel.name().startsWith(Backward.UPDATE) && !body.isEmpty() && Tasks.isSeparable(kernel);
    if (!mayBe
        || !(body.getLast() instanceof Stmt.Loop loop)
        || loop.order() != Stmt.Order.INDEPENDENT) {
      return List.of(kernel);
    }
    List<Stmt> same = body.subList(0, body.size() - 1);
    return ranges
        .neurons(loop.from(), loop.to())
        .filter(_ -> same.stream().allMatch(Stmt.Let.class::isInstance))
        .map(weights -> pieces(kernel, same, loop, weights, ranges))
        .orElse(List.of(kernel));
  }

  private static List<Kernel> pieces(
      Kernel kernel, List<Stmt> same, Stmt.Loop loop, int weights, Ranges ranges) {
    List<Kernel> pieces = new ArrayList<>();
    for (int piece = 0; piece < PIECES; piece++) {
      List<Stmt> body = new ArrayList<>(same);
      Expr from = Expr.i32(ranges.start(piece, weights));
      Expr to = Expr.i32(ranges.end(piece, weights));
      body.add(new Stmt.Loop(loop.index(), from, to, loop.order(), loop.body()));
      String name = "%s, %d of %d".formatted(kernel.name(), piece + 1, PIECES);
      pieces.add(new Kernel(name, kernel.phase(), body));
    }
    return pieces;
  }
}

package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;

/// Gives a program room to keep its best weights, and all that `freeze` can hold with them; the
/// wiring, too, where synapses come and go.
public final class KeepBest {
  static final String PREFIX = "best.";

  private KeepBest() {}

  public static Program apply(Program program) {
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    List<Kernel> demand = new ArrayList<>(program.onDemand());
    Set<Buffer> moved = Rewired.moved(program);
    for (Buffer buffer : program.buffers()) {
      if (buffer.role() == Role.PLASTIC || moved.contains(buffer)) {
        var best =
            new Buffer(PREFIX + buffer.name(), buffer.cell(), buffer.length(), Role.PARAMETER);
        buffers.add(best);
        demand.add(copy(Backward.KEEP + buffer.name(), buffer, best, program));
        demand.add(copy(Backward.RESTORE + buffer.name(), best, buffer, program));
      }
    }
    return program.differentiated(buffers, program.reset(), program.step(), demand);
  }

  private static Kernel copy(String name, Buffer from, Buffer to, Program program) {
    Stmt.Store store = new Stmt.Store(to, Form.index("k"), new Expr.Load(from, Form.index("k")));
    Stmt loop =
        new Stmt.Loop(
            "k", Expr.i32(0), Sizes.of(from, program), Stmt.Order.INDEPENDENT, List.of(store));
    return new Kernel(name, Phase.ON_DEMAND, List.of(loop));
  }
}

package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Values sent through a shared kernel as a product of matrices, instead of along the synapses one
/// by one: the weights, one row a target channel, times what each meets at each place. A sum gets
/// its terms in the order of the sources as before, so the bits stay.
///
/// Not with padding: a term of a synapse that is not there would be 0, and make 0 of a sum of -0.
public final class ConvProduct implements Pass {
  @Override
  public String name() {
    return "conv-product";
  }

  @Override
  public Program apply(Program program) {
    var change = new Change(program);
    Program changed = program.mapKernels(change::kernel);
    return change.made.in(changed);
  }

  private static final class Change {
    private final Program program;
    private final NewBuffers made;
    private final Set<String> locals = new HashSet<>();

    Change(Program program) {
      this.program = program;
      this.made = new NewBuffers(program);
    }

    Kernel kernel(Kernel kernel) {
      if (kernel.phase() == Phase.BUILD || kernel.phase() == Phase.BIND) {
        return kernel;
      }
      locals.clear();
      locals.addAll(Nodes.declared(kernel.body()));
      List<Stmt> body = new ArrayList<>();
      for (Stmt stmt : kernel.body()) {
        GradedConv.of(stmt, program)
            .filter(conv -> conv.shape().paddingX() == 0 && conv.shape().paddingY() == 0)
            .ifPresentOrElse(conv -> body.addAll(product(conv)), () -> body.add(stmt));
      }
      return body.equals(kernel.body()) ? kernel : kernel.with(body);
    }

    private List<Stmt> product(GradedConv conv) {
      List<Stmt> all = new ArrayList<>();
      Buffer values = values(conv, all);
      long size = (long) conv.taps() * conv.places();
      Buffer patches =
          made.add(conv.sums().name() + ".patches", conv.sums().cell(), size, Role.SCRATCH);
      all.add(new Patchwork(conv.shape(), this::fresh).of(patches, values));
      all.add(product(conv, patches));
      return all;
    }

    /// What the sources send, side by side.
    private Buffer values(GradedConv conv, List<Stmt> all) {
      if (conv.value() instanceof Expr.Load(Buffer values, Expr.Read(String index, _))
          && index.equals(conv.source())) {
        return values;
      }
      Buffer values =
          made.add(conv.sums().name() + ".sent", conv.sums().cell(), conv.sources(), Role.SCRATCH);
      Expr source = read(conv.source());
      Stmt store = new Stmt.Store(values, source, conv.value());
      all.add(loop(conv.source(), conv.sources(), Stmt.Order.INDEPENDENT, store));
      return values;
    }

    private Stmt product(GradedConv conv, Buffer patches) {
      String channel = fresh("n");
      String tap = fresh("k");
      String place = fresh("p");
      String weight = fresh("w");
      Expr at = add(times(read(channel), conv.taps()), read(tap));
      Expr to = add(times(read(channel), conv.places()), read(place));
      Expr from = add(times(read(tap), conv.places()), read(place));
      Expr times = new Expr.Read(weight, conv.sums().cell().scalar());
      Expr sum = new Expr.Fma(times, new Expr.Load(patches, from), new Expr.Load(conv.sums(), to));
      Stmt.Loop row =
          loop(place, conv.places(), Stmt.Order.INDEPENDENT, new Stmt.Store(conv.sums(), to, sum));
      Stmt let = new Stmt.Let(weight, new Expr.Load(conv.weights(), at));
      Stmt.Loop depth = loop(tap, conv.taps(), Stmt.Order.SEQUENTIAL, let, row);
      return loop(channel, conv.shape().targetChannels(), Stmt.Order.SEQUENTIAL, depth);
    }

    private String fresh(String stem) {
      String name = stem;
      for (int count = 2; !locals.add(name); count++) {
        name = stem + "_" + count;
      }
      return name;
    }

    private static Expr read(String local) {
      return new Expr.Read(local, Scalar.I32);
    }

    private static Expr add(Expr a, Expr b) {
      return new Expr.Binary(BinaryOp.ADD, a, b);
    }

    private static Expr times(Expr value, int factor) {
      return new Expr.Binary(BinaryOp.MUL, value, Expr.i32(factor));
    }

    private static Stmt.Loop loop(String index, int to, Stmt.Order order, Stmt... body) {
      return new Stmt.Loop(index, Expr.i32(0), Expr.i32(to), order, List.of(body));
    }
  }
}

package snel.pass;

import java.util.List;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.UnaryOp;

/// Where `numerics fast` gives up equality of bits, lets steps use the functions that the target
/// has at hand: vector mathematics on the JVM, libm in C. What is drawn and what is built stay as
/// they are, so that the network is the same.
public final class NearFunctions implements Pass {
  /// Parts up to this size may be done twice.
  private static final int SMALL = 12;

  private final boolean wanted;

  /// @param wanted whether the program has `numerics fast`; else nothing is changed
  public NearFunctions(boolean wanted) {
    this.wanted = wanted;
  }

  @Override
  public String name() {
    return "near-functions";
  }

  @Override
  public Program apply(Program program) {
    return wanted ? program.mapKernels(this::changed) : program;
  }

  private Kernel changed(Kernel kernel) {
    boolean once = kernel.phase() == Phase.BUILD || kernel.phase() == Phase.RESET;
    return once ? kernel : kernel.with(new Nearing().block(kernel.body()));
  }

  private static final class Nearing extends Rewrite {
    @Override
    Expr change(Expr expr) {
      if (!(expr instanceof Expr.Call(var function, var type, var arguments))) {
        return expr;
      }
      Expr x = arguments.getFirst();
      Expr one = type.isFloat() ? Expr.real(type, 1) : x;
      Expr plain =
          function.near().<Expr>map(near -> new Expr.Call(near, type, arguments)).orElse(expr);
      return switch (function) {
        case SIGMOID -> {
          Expr e = near(Function.NEAR_EXP, new Expr.Unary(UnaryOp.NEG, x));
          yield new Expr.Binary(BinaryOp.DIV, one, new Expr.Binary(BinaryOp.ADD, one, e));
        }
        case EXPREL -> {
          Expr isZero = new Expr.Compare(CompareOp.EQ, x, Expr.real(type, 0));
          Expr ratio = new Expr.Binary(BinaryOp.DIV, near(Function.NEAR_EXPM1, x), x);
          yield Nodes.size(x) <= SMALL ? new Expr.Choose(isZero, one, ratio) : expr;
        }
        default -> plain;
      };
    }

    private static Expr near(Function function, Expr x) {
      return new Expr.Call(function, x.type(), List.of(x));
    }
  }
}

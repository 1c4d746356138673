package snel.lower;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;

/// A resolved expression of one variable as an expression of kernels.
public final class Formula {
  private Formula() {}

  /// @param variable what each reference stands for
  public static Expr of(snel.math.Expr body, Expr variable, Scalar real) {
    return Expressions.inline(new OneName(variable), real).real(body);
  }

  private record OneName(Expr variable) implements Scope {
    @Override
    public Typed read(snel.math.Expr.Ref ref) {
      return new Typed(variable, Kind.REAL);
    }

    @Override
    public Typed element(snel.math.Expr.Ref array, Expr index) {
      throw none();
    }

    @Override
    public Typed since(snel.math.Expr.Since since) {
      throw none();
    }

    @Override
    public Draws draws() {
      throw none();
    }

    @Override
    public Scope overPeers(Expr peer) {
      throw none();
    }

    @Override
    public Scope overPlaces(Expr place) {
      throw none();
    }

    @Override
    public int size() {
      throw none();
    }

    @Override
    public Buffer table(snel.math.Expr.Table table) {
      throw none();
    }

    @Override
    public double step() {
      throw none();
    }

    @Override
    public List<Stmt> before() {
      return new ArrayList<>();
    }

    @Override
    public int rounding() {
      return 0;
    }

    @Override
    public String fresh(String hint) {
      throw none();
    }

    private static CompilerBug none() {
      return new CompilerBug("a formula of one variable has no network");
    }
  }
}

package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;

import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.math.MatrixExponential;

/// Emits e^A as [MatrixExponential] computes it, operation by operation.
final class ExponentialCode {
  private final MatrixCode code;

  ExponentialCode(MatrixCode code) {
    this.code = code;
  }

  /// `out` = e^`a`; `a` is kept.
  void exponential(Buffer out, Buffer a) {
    Expr norm = code.norm(a);
    Expr limit = Expr.f64(MatrixExponential.LARGEST_NORM);
    Expr excess =
        new Expr.Choose(
            compare(CompareOp.GT, norm, limit),
            new Expr.Binary(BinaryOp.DIV, norm, limit),
            Expr.f64(0));
    Expr squarings = code.halvings(excess);
    Expr scale = code.powerOfHalf(squarings);
    Buffer scaled = code.matrix("scaled");
    code.fill(scaled, e -> mul(load(a, e), scale));
    approximant(out, scaled);
    Buffer square = code.matrix("square");
    code.each(
        "squaring",
        i(0),
        squarings,
        _ -> {
          code.times(square, out, out);
          code.copy(out, square);
        });
    code.keepReachable(out, a);
  }

  private void approximant(Buffer out, Buffer a) {
    double[] pade = MatrixExponential.pade();
    Buffer a2 = code.matrix("a2");
    Buffer a4 = code.matrix("a4");
    Buffer a6 = code.matrix("a6");
    code.times(a2, a, a);
    code.times(a4, a2, a2);
    code.times(a6, a4, a2);
    Buffer odd = code.matrix("odd");
    Buffer even = code.matrix("even");
    half(odd, a2, a4, a6, pade, 1);
    half(even, a2, a4, a6, pade, 0);
    Buffer product = code.matrix("product");
    code.times(product, a, odd);
    Buffer left = code.matrix("left");
    code.fill(left, e -> sub(load(even, e), load(product, e)));
    code.fill(out, e -> add(load(even, e), load(product, e)));
    code.solve(left, out);
  }

  /// The even or odd terms of the approximant's numerator, the odd ones divided by A.
  private void half(Buffer out, Buffer a2, Buffer a4, Buffer a6, double[] pade, int first) {
    Buffer high = code.matrix("high");
    code.fill(
        high,
        e ->
            add(
                add(term(a6, e, pade[first + 12]), term(a4, e, pade[first + 10])),
                term(a2, e, pade[first + 8])));
    code.times(out, a6, high);
    code.fill(
        out,
        e -> {
          Expr low =
              add(
                  add(term(a6, e, pade[first + 6]), term(a4, e, pade[first + 4])),
                  term(a2, e, pade[first + 2]));
          return add(load(out, e), low);
        });
    code.addToDiagonal(out, pade[first]);
  }

  private static Expr term(Buffer of, Expr place, double factor) {
    return mul(load(of, place), Expr.f64(factor));
  }
}

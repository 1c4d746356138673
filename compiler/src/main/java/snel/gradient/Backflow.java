package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Passes the derivative of a value back to what the value is made of: locals and elements of
/// buffers, whose shares are added up.
final class Backflow {
  private final Predicate<Buffer> isRelevant;
  private final Reasons reasons;
  private final Map<String, Expr> locals = new LinkedHashMap<>();
  private final Map<Place, Expr> places = new LinkedHashMap<>();
  private final List<OfSum> sums = new ArrayList<>();

  /// What has come to a sum over many elements.
  record OfSum(Expr.Reduce sum, Expr bar) {}

  /// @param isRelevant whether derivatives pass through a buffer
  Backflow(Predicate<Buffer> isRelevant, Reasons reasons) {
    this.isRelevant = isRelevant;
    this.reasons = reasons;
  }

  /// What has come to a local, which then is as if nothing had; 0 if nothing came.
  Expr take(String local, Scalar type) {
    Expr sum = locals.remove(local);
    return sum == null ? Form.constant(type, 0) : sum;
  }

  /// What has come to locals and was not taken.
  Map<String, Expr> left() {
    return locals;
  }

  Map<Place, Expr> places() {
    return places;
  }

  /// What has come to sums over other neurons, each of whose terms has it all.
  List<OfSum> sums() {
    return sums;
  }

  /// @param bar derivative of the loss with respect to `value`
  /// @param self the value itself where it is known, else `value`
  void push(Expr value, Expr bar, Expr self) {
    if (Form.isZero(bar)) {
      return;
    }
    switch (value) {
      case Expr.Const _, Expr.Compare _, Expr.Philox _ -> {}
      case Expr.Read(var name, _) -> locals.merge(name, bar, Form::add);
      case Expr.Load(var buffer, var index) -> {
        if (isRelevant.test(buffer)) {
          places.merge(new Place(buffer, index), bar, Form::add);
        }
      }
      case Expr.Unary(var op, var operand) -> unary(op, operand, bar, self);
      case Expr.Binary(var op, var left, var right) -> binary(op, left, right, bar);
      case Expr.Fma(var a, var b, var c) -> {
        push(a, Form.mul(bar, b));
        push(b, Form.mul(bar, a));
        push(c, bar);
      }
      case Expr.Choose(var condition, var yes, var no) -> {
        Expr nothing = Form.constant(bar.type(), 0);
        push(yes, Form.choose(condition, bar, nothing));
        push(no, Form.choose(condition, nothing, bar));
      }
      case Expr.Convert(var type, var operand) -> {
        if (type.isFloat()) {
          push(operand, operand.type().isFloat() ? Form.convert(operand.type(), bar) : bar);
        }
      }
      case Expr.Call(var function, _, var arguments) -> call(function, arguments, bar, self);
      case Expr.Reduce reduce -> reduce(reduce, bar);
    }
  }

  private void push(Expr value, Expr bar) {
    push(value, bar, value);
  }

  private void unary(UnaryOp op, Expr operand, Expr bar, Expr self) {
    switch (op) {
      case NEG -> push(operand, Form.neg(bar));
      case ABS -> {
        Expr nothing = Form.constant(bar.type(), 0);
        Expr above = Form.choose(above(operand, 0), bar, nothing);
        push(operand, Form.choose(below(operand, 0), Form.neg(bar), above));
      }
      case SQRT -> push(operand, guarded(bar, Form.div(number(bar, 0.5), self)));
      case FLOOR, CEIL, RINT, NOT -> {}
    }
  }

  private void binary(BinaryOp op, Expr left, Expr right, Expr bar) {
    switch (op) {
      case ADD -> {
        push(left, bar);
        push(right, bar);
      }
      case SUB -> {
        push(left, bar);
        push(right, Form.neg(bar));
      }
      case MUL -> {
        push(left, Form.mul(bar, Form.convert(bar.type(), right)));
        push(right, Form.mul(bar, Form.convert(bar.type(), left)));
      }
      case DIV -> {
        if (left.type().isFloat()) {
          push(left, constant(right) ? Form.div(bar, right) : guarded(bar, reciprocal(right)));
          push(right, guarded(bar, Form.neg(Form.div(left, Form.mul(right, right)))));
        }
      }
      case MIN -> between(CompareOp.LT, left, right, bar);
      case MAX -> between(CompareOp.GT, left, right, bar);
      case REM, AND, OR, XOR, SHL, SHR, USHR -> {
        if (passes(left) || passes(right)) {
          reasons.add("has a remainder");
        }
      }
    }
  }

  private static boolean constant(Expr expr) {
    return expr instanceof Expr.Const;
  }

  private static Expr reciprocal(Expr value) {
    return Form.div(number(value, 1), value);
  }

  private void between(CompareOp op, Expr left, Expr right, Expr bar) {
    Expr first = new Expr.Compare(op, left, right);
    Expr nothing = Form.constant(bar.type(), 0);
    push(left, Form.choose(first, bar, nothing));
    push(right, Form.choose(first, nothing, bar));
  }

  private void call(Function function, List<Expr> arguments, Expr bar, Expr self) {
    if (arguments.stream().noneMatch(this::passes)) {
      return;
    }
    if (function == Function.POWER) {
      power(arguments.getFirst(), arguments.getLast(), bar);
      return;
    }
    if (function.family() == Function.Family.OF_TWO_REALS) {
      two(function, arguments.getFirst(), arguments.getLast(), bar, self);
      return;
    }
    if (function.exact().family() != Function.Family.OF_REAL) {
      reasons.add("has a function without a derivative");
      return;
    }
    Expr x = arguments.getFirst();
    Expr one = number(x, 1);
    Expr squared = Form.mul(x, x);
    switch (function.exact()) {
      case EXP -> push(x, guarded(bar, self));
      case EXPM1 -> push(x, guarded(bar, Form.add(self, one)));
      case LOG -> push(x, guarded(bar, Form.div(one, x)));
      case LOG1P -> push(x, guarded(bar, Form.div(one, Form.add(one, x))));
      case SIN -> push(x, Form.mul(bar, of(like(function, Function.COS), x)));
      case COS -> push(x, Form.neg(Form.mul(bar, of(like(function, Function.SIN), x))));
      case TAN -> push(x, guarded(bar, Form.add(one, Form.mul(self, self))));
      case ASIN -> push(x, guarded(bar, Form.div(one, root(Form.sub(one, squared)))));
      case ACOS -> push(x, guarded(bar, Form.neg(Form.div(one, root(Form.sub(one, squared))))));
      case ATAN -> push(x, Form.mul(bar, Form.div(one, Form.add(one, squared))));
      case SINH -> push(x, guarded(bar, of(Function.COSH, x)));
      case COSH -> push(x, guarded(bar, of(Function.SINH, x)));
      case TANH -> push(x, Form.mul(bar, Form.sub(one, Form.mul(self, self))));
      case SIGMOID -> push(x, Form.mul(bar, Form.mul(self, Form.sub(one, self))));
      case EXPREL -> {
        Expr near = new Expr.Fma(x, number(x, 1.0 / 3), number(x, 0.5));
        Expr away = Form.div(Form.sub(of(Function.EXP, x), self), x);
        Expr isNear =
            new Expr.Compare(CompareOp.LT, new Expr.Unary(UnaryOp.ABS, x), number(x, 1e-3));
        push(x, guarded(bar, Form.choose(isNear, near, away)));
      }
      case POW, ATAN2, POWER, NORMAL, UNIFORM, MULHI, BELOW -> {}
      case ADD_EXACT, SUB_EXACT, MUL_EXACT, FLOAT_BITS, BITS_FLOAT, IS_FINITE -> {}
      case EXPONENTIAL_SEQUENCE, GAMMA_SEQUENCE, BINOMIAL_SEQUENCE, FIXED_EXP -> {}
    }
  }

  private void power(Expr base, Expr exponent, Expr bar) {
    Expr less = new Expr.Binary(BinaryOp.SUB, exponent, Expr.i64(1));
    Expr lower = new Expr.Call(Function.POWER, base.type(), List.of(base, less));
    push(base, guarded(bar, Form.mul(Form.convert(base.type(), exponent), lower)));
  }

  private void two(Function function, Expr x, Expr y, Expr bar, Expr self) {
    if (function == Function.POW) {
      Expr less = Form.sub(y, number(y, 1));
      Expr lower = new Expr.Call(Function.POW, x.type(), List.of(x, less));
      push(x, guarded(bar, Form.mul(y, lower)));
      push(y, guarded(bar, Form.mul(self, of(Function.LOG, x))));
    } else {
      Expr whole = Form.add(Form.mul(x, x), Form.mul(y, y));
      push(x, guarded(bar, Form.div(y, whole)));
      push(y, guarded(bar, Form.neg(Form.div(x, whole))));
    }
  }

  private void reduce(Expr.Reduce reduce, Expr bar) {
    if (!passes(reduce.body())) {
      return;
    }
    switch (reduce.op()) {
      case SUM -> sums.add(new OfSum(reduce, bar));
      case MIN, MAX -> reasons.add("takes the largest or smallest of other neurons");
    }
  }

  /// Whether derivatives could go further from here.
  private boolean passes(Expr expr) {
    boolean[] found = {false};
    Nodes.eachExpression(
        expr,
        node ->
            found[0] |=
                node instanceof Expr.Load(var buffer, _) && isRelevant.test(buffer)
                    || node instanceof Expr.Read(_, var type) && type.isFloat());
    return found[0];
  }

  /// A product that is 0 where nothing comes, even if the other factor is infinite there: what a
  /// condition excludes may have no derivative.
  private static Expr guarded(Expr bar, Expr slope) {
    if (!(bar instanceof Expr.Choose) && !(bar instanceof Expr.Read)) {
      return Form.mul(bar, slope);
    }
    Expr nothing = Form.constant(bar.type(), 0);
    return Form.choose(new Expr.Compare(CompareOp.EQ, bar, nothing), nothing, Form.mul(bar, slope));
  }

  /// Beside a function that promises no bits another one need not either.
  private static Function like(Function function, Function exact) {
    return function.family() == Function.Family.NEAR ? exact.near().orElse(exact) : exact;
  }

  private static Expr of(Function function, Expr x) {
    return new Expr.Call(function, x.type(), List.of(x));
  }

  private static Expr root(Expr x) {
    return new Expr.Unary(UnaryOp.SQRT, x);
  }

  private static Expr number(Expr like, double value) {
    return Form.constant(like.type(), value);
  }

  private static Expr above(Expr value, double limit) {
    return new Expr.Compare(CompareOp.GT, value, number(value, limit));
  }

  private static Expr below(Expr value, double limit) {
    return new Expr.Compare(CompareOp.LT, value, number(value, limit));
  }
}

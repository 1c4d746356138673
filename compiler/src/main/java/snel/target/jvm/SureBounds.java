package snel.target.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Which arrays are made of finite numbers whatever is drawn, as uniform weights are: to look
/// through millions of them would take as long as many a step.
final class SureBounds {
  /// Far below the largest `F32`, so that rounding on the way cannot matter.
  private static final double LARGEST = 1e30;

  /// No normal number that comes from a random word is larger.
  private static final double NORMAL = 40;

  private final Map<Buffer, List<Stored>> stored = new HashMap<>();
  private final Map<Buffer, Double> bounds = new HashMap<>();

  /// A value that a kernel stores, with the locals that it may read.
  private record Stored(Expr value, Map<String, Expr> locals) {}

  SureBounds(List<Build> build) {
    for (Build step : build) {
      switch (step) {
        case Build.Run(var kernel) -> note(kernel.body());
        case Build.Fill(Buffer buffer, double[] values) -> {
          double most = 0;
          for (double value : values) {
            most = Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(most, Math.abs(value));
          }
          bounds.merge(buffer, most, Math::max);
        }
        case Build.FillIntegers _,
            Build.Wire _,
            Build.Join _,
            Build.Lists _,
            Build.Masks _,
            Build.Release _,
            Build.SortByDelay _,
            Build.Transpose _ -> {}
      }
    }
  }

  private void note(List<Stmt> body) {
    Map<String, Expr> locals = new HashMap<>();
    Nodes.eachStatement(
        body,
        stmt -> {
          switch (stmt) {
            case Stmt.Let(String name, Expr value) ->
                locals.merge(name, value, (_, _) -> unknown());
            case Stmt.Var(String name, _) -> locals.put(name, unknown());
            case Stmt.Store(Buffer buffer, _, Expr value) ->
                stored
                    .computeIfAbsent(buffer, _ -> new ArrayList<>())
                    .add(new Stored(value, locals));
            case Stmt.Assign _,
                Stmt.If _,
                Stmt.Loop _,
                Stmt.While _,
                Stmt.Collect _,
                Stmt.Push _,
                Stmt.Words _,
                Stmt.AddBits _ -> {}
          }
        });
  }

  private static Expr unknown() {
    return Expr.f32(Float.NaN);
  }

  /// Whether all that is stored in the array while the network is built is finite.
  boolean areFinite(Buffer buffer) {
    return of(buffer) < LARGEST;
  }

  private double of(Buffer buffer) {
    Double known = bounds.get(buffer);
    List<Stored> all = stored.remove(buffer);
    if (all == null) {
      return known == null ? 0 : known;
    }
    bounds.put(buffer, Double.POSITIVE_INFINITY); // where it is made of itself
    double most = known == null ? 0 : known;
    for (Stored each : all) {
      most = Math.max(most, of(each.value(), each.locals()));
    }
    bounds.put(buffer, most);
    return most;
  }

  /// What the amount of a number cannot exceed.
  private double of(Expr expr, Map<String, Expr> locals) {
    return switch (expr) {
      case Expr.Const(var type, long bits) ->
          switch (type) {
            case F32 -> finite(Float.intBitsToFloat((int) bits));
            case F64 -> finite(Double.longBitsToDouble(bits));
            case BOOL, I32, I64 -> Math.abs((double) bits);
          };
      case Expr.Read(String name, _) ->
          locals.containsKey(name) ? of(locals.get(name), locals) : Double.POSITIVE_INFINITY;
      case Expr.Load(Buffer buffer, _) -> of(buffer);
      case Expr.Unary(var op, Expr operand) ->
          switch (op) {
            case NEG, ABS -> of(operand, locals);
            case SQRT, FLOOR, CEIL, RINT, NOT -> Double.POSITIVE_INFINITY;
          };
      case Expr.Binary(var op, Expr left, Expr right) ->
          switch (op) {
            case ADD, SUB -> of(left, locals) + of(right, locals);
            case MUL -> finite(of(left, locals) * of(right, locals));
            case MIN, MAX -> Math.max(of(left, locals), of(right, locals));
            case DIV, REM, AND, OR, XOR, SHL, SHR, USHR -> Double.POSITIVE_INFINITY;
          };
      case Expr.Fma(Expr a, Expr b, Expr c) ->
          finite(of(a, locals) * of(b, locals)) + of(c, locals);
      case Expr.Choose(_, Expr yes, Expr no) -> Math.max(of(yes, locals), of(no, locals));
      case Expr.Call(Function function, _, _) ->
          function == Function.UNIFORM
              ? 1
              : function == Function.NORMAL ? NORMAL : Double.POSITIVE_INFINITY;
      case Expr.Convert _, Expr.Compare _, Expr.Philox _, Expr.Reduce _ -> Double.POSITIVE_INFINITY;
    };
  }

  private static double finite(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value);
  }
}

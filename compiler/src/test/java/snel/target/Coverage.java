package snel.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.ReduceOp;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Counts, for each construct of the IR and each target, the programs that had it and gave the same
/// bits there as on every other target.
final class Coverage {
  private static final List<Scalar> NUMBERS =
      List.of(Scalar.I32, Scalar.I64, Scalar.F32, Scalar.F64);
  private static final List<Scalar> FLOATS = List.of(Scalar.F32, Scalar.F64);
  private static final List<Scalar> INTEGERS = List.of(Scalar.I32, Scalar.I64);

  private final List<String> targets;
  private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();

  Coverage(List<String> targets) {
    this.targets = targets;
    for (String construct : constructs()) {
      counts.put(construct, new LinkedHashMap<>());
    }
  }

  void add(Program program, String target) {
    for (String construct : of(program)) {
      Map<String, Integer> row = counts.get(construct);
      if (row == null) {
        throw new IllegalStateException("construct " + construct + " is not listed");
      }
      row.merge(target, 1, Integer::sum);
    }
  }

  /// Constructs with an empty cell.
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    counts.forEach((construct, row) -> {
      if (!row.keySet().containsAll(targets)) {
        missing.add(construct);
      }
    });
    return missing;
  }

  /// The table in Markdown.
  String table() {
    StringBuilder out = new StringBuilder("| construct | " + String.join(" | ", targets) + " |\n");
    out.append("|---").append("|---:".repeat(targets.size())).append("|\n");
    counts.forEach((construct, row) -> {
      out.append("| ").append(construct.replace("|", "\\|")).append(" |");
      targets.forEach(target -> out.append(' ').append(row.get(target)).append(" |"));
      out.append('\n');
    });
    return out.toString();
  }

  private static Set<String> of(Program program) {
    Set<String> found = new LinkedHashSet<>();
    for (Build step : program.build()) {
      found.add("Build " + step.getClass().getSimpleName());
      switch (step) {
        case Build.Run(Kernel kernel) -> add(kernel, found);
        case Build.Wire(var wiring) ->
            found.add("Rule " + wiring.rule().getClass().getSimpleName());
        case Build.Fill _,
            Build.FillIntegers _,
            Build.Join _,
            Build.Lists _,
            Build.Masks _,
            Build.Release _,
            Build.SortByDelay _,
            Build.Transpose _ -> {}
      }
    }
    program.step().forEach(kernel -> add(kernel, found));
    return found;
  }

  private static void add(Kernel kernel, Set<String> found) {
    Nodes.eachStatement(
        kernel.body(),
        stmt -> {
          String name = "Stmt " + stmt.getClass().getSimpleName();
          switch (stmt) {
            case Stmt.Store(Buffer buffer, _, _) -> found.add(name + " " + buffer.cell());
            case Stmt.Loop loop -> found.add(name + " " + loop.order());
            case Stmt.If branch -> found.add(branch.otherwise().isEmpty() ? name : name + " else");
            case Stmt.Collect collect -> {
              found.add(name + " " + collect.list().cell());
              if (!collect.body().isEmpty()) {
                found.add(name + " with a body");
              }
            }
            case Stmt.Push(Buffer list, _, _) -> found.add(name + " " + list.cell());
            case Stmt.AddBits add -> found.add(name + " " + add.counts().cell());
            case Stmt.Words words ->
                found.add(
                    switch (words.draw()) {
                      case Draw.Word _ -> name;
                      case Draw.Count _ -> name + " with thresholds";
                      case Draw.Normal _ -> name + " made normal";
                    });
            case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.While _ -> found.add(name);
          }
        });
    Nodes.eachExpression(kernel.body(), expr -> found.add(of(expr)));
  }

  private static String of(Expr expr) {
    String name = "Expr " + expr.getClass().getSimpleName() + " ";
    return switch (expr) {
      case Expr.Const(Scalar type, _) -> name + type;
      case Expr.Read(_, Scalar type) -> name + type;
      case Expr.Load(Buffer buffer, Expr index) -> name + buffer.cell() + " at " + index.type();
      case Expr.Unary(UnaryOp op, Expr operand) -> name + op + " " + operand.type();
      case Expr.Binary(BinaryOp op, Expr left, _) -> name + op + " " + left.type();
      case Expr.Fma fma -> name + fma.type();
      case Expr.Compare(CompareOp op, Expr left, _) -> name + op + " " + left.type();
      case Expr.Choose choose -> name + choose.type();
      case Expr.Convert(Scalar type, Expr operand) -> name + operand.type() + " to " + type;
      case Expr.Call(Function function, Scalar type, List<Expr> arguments) ->
          name
              + function
              + " "
              + (function == Function.IS_FINITE ? arguments.getFirst().type() : type);
      case Expr.Philox _ -> "Expr Philox";
      case Expr.Reduce reduce -> name + reduce.op() + " " + reduce.type();
    };
  }

  private static List<String> constructs() {
    List<String> all = new ArrayList<>();
    for (Class<?> kind : Build.class.getPermittedSubclasses()) {
      all.add("Build " + kind.getSimpleName());
    }
    for (Class<?> kind : Rule.class.getPermittedSubclasses()) {
      all.add("Rule " + kind.getSimpleName());
    }
    for (Class<?> kind : Stmt.class.getPermittedSubclasses()) {
      String name = "Stmt " + kind.getSimpleName();
      switch (kind.getSimpleName()) {
        case "Store" -> List.of(Cell.values()).forEach(cell -> all.add(name + " " + cell));
        case "Loop" -> List.of(Stmt.Order.values()).forEach(order -> all.add(name + " " + order));
        case "If" -> all.addAll(List.of(name, name + " else"));
        case "Collect", "Push" -> {
          List.of(Cell.U8, Cell.U16, Cell.I32).forEach(cell -> all.add(name + " " + cell));
          if (kind == Stmt.Collect.class) {
            all.add(name + " with a body");
          }
        }
        case "Words" -> all.addAll(List.of(name, name + " made normal", name + " with thresholds"));
        case "AddBits" -> List.of(Cell.U16, Cell.I32).forEach(cell -> all.add(name + " " + cell));
        default -> all.add(name);
      }
    }
    for (Class<?> kind : Expr.class.getPermittedSubclasses()) {
      addExpressions("Expr " + kind.getSimpleName() + " ", all);
    }
    return all;
  }

  private static void addExpressions(String name, List<String> all) {
    switch (name) {
      case "Expr Load " -> {
        for (Cell cell : Cell.values()) {
          INTEGERS.forEach(index -> all.add(name + cell + " at " + index));
        }
      }
      case "Expr Unary " -> {
        for (UnaryOp op : UnaryOp.values()) {
          switch (op) {
            case NEG, ABS -> add(name + op, NUMBERS, all);
            case NOT -> add(name + op, List.of(Scalar.BOOL), all);
            case SQRT, FLOOR, CEIL, RINT -> add(name + op, FLOATS, all);
          }
        }
      }
      case "Expr Binary " -> {
        for (BinaryOp op : BinaryOp.values()) {
          switch (op) {
            case ADD, SUB, MUL, DIV, REM, MIN, MAX -> add(name + op, NUMBERS, all);
            case AND, OR, XOR -> add(name + op, List.of(Scalar.BOOL, Scalar.I32, Scalar.I64), all);
            case SHL, SHR, USHR -> add(name + op, INTEGERS, all);
          }
        }
      }
      case "Expr Fma " -> add(name.strip(), FLOATS, all);
      case "Expr Compare " -> {
        for (CompareOp op : CompareOp.values()) {
          boolean equality = op == CompareOp.EQ || op == CompareOp.NE;
          add(name + op, equality ? List.of(Scalar.values()) : NUMBERS, all);
        }
      }
      case "Expr Convert " -> {
        for (Scalar from : Scalar.values()) {
          for (Scalar to : Scalar.values()) {
            all.add(name + from + " to " + to);
          }
        }
      }
      case "Expr Call " -> {
        for (Function function : Function.values()) {
          // what promises no bits cannot be held to them
          if (function.family() != Function.Family.NEAR) {
            add(name + function, types(function), all);
          }
        }
      }
      case "Expr Philox " -> all.add(name.strip());
      case "Expr Reduce " -> {
        for (ReduceOp op : ReduceOp.values()) {
          add(name + op, NUMBERS, all);
        }
      }
      default -> add(name.strip(), List.of(Scalar.values()), all);
    }
  }

  private static List<Scalar> types(Function function) {
    return switch (function.family()) {
      case BELOW -> List.of(Scalar.BOOL);
      case FLOAT_BITS -> List.of(Scalar.I32);
      case BITS_FLOAT -> List.of(Scalar.F32);
      case MULHI, ADD_EXACT, SUB_EXACT, MUL_EXACT, FIXED_EXP -> List.of(Scalar.I64);
      case EXPONENTIAL_SEQUENCE, GAMMA_SEQUENCE, BINOMIAL_SEQUENCE -> List.of(Scalar.F64);
      case OF_REAL, OF_TWO_REALS, POWER, OF_WORD, IS_FINITE, NEAR -> FLOATS;
    };
  }

  private static void add(String name, List<Scalar> types, List<String> all) {
    types.forEach(type -> all.add(name + " " + type));
  }
}

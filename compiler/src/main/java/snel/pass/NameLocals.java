package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.CompilerBug;
import snel.ir.Expr;
import snel.ir.Program;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Gives every local of a kernel a short name of its own. Until then blocks beside each other may
/// use a name again, and names that lowering made up have a number behind a point.
public final class NameLocals implements Pass {
  @Override
  public String name() {
    return "name-locals";
  }

  @Override
  public Program apply(Program program) {
    return program.mapKernels(kernel -> kernel.with(new Naming().block(kernel.body(), Map.of())));
  }

  private static final class Naming {
    private final Map<String, Integer> used = new HashMap<>();

    private String fresh(String name) {
      int point = name.indexOf('.');
      return unused(point < 0 ? name : name.substring(0, point));
    }

    private String unused(String name) {
      int number = used.merge(name, 1, Integer::sum);
      return number == 1 ? name : unused(name + "_" + number);
    }

    /// A local that hides another of its name would be read for it by what was made outside.
    private void bind(Map<String, String> names, String name) {
      if (names.put(name, fresh(name)) != null) {
        throw new CompilerBug("the local " + name + " hides another");
      }
    }

    List<Stmt> block(List<Stmt> block, Map<String, String> outer) {
      Map<String, String> names = new HashMap<>(outer);
      List<Stmt> all = new ArrayList<>();
      for (Stmt stmt : block) {
        all.add(statement(stmt, names));
      }
      return all;
    }

    private Stmt statement(Stmt stmt, Map<String, String> names) {
      return switch (stmt) {
        case Stmt.Let(var name, var value) -> {
          Expr renamed = expr(value, names);
          bind(names, name);
          yield new Stmt.Let(known(names, name), renamed);
        }
        case Stmt.Var(var name, var value) -> {
          Expr renamed = expr(value, names);
          bind(names, name);
          yield new Stmt.Var(known(names, name), renamed);
        }
        case Stmt.Assign(var name, var value) ->
            new Stmt.Assign(known(names, name), expr(value, names));
        case Stmt.Store(var buffer, var index, var value) ->
            new Stmt.Store(buffer, expr(index, names), expr(value, names));
        case Stmt.If(var condition, var then, var otherwise) ->
            new Stmt.If(expr(condition, names), block(then, names), block(otherwise, names));
        case Stmt.Loop(var index, var from, var to, var order, var body) -> {
          Map<String, String> inner = new HashMap<>(names);
          bind(inner, index);
          yield new Stmt.Loop(
              known(inner, index), expr(from, names), expr(to, names), order, block(body, inner));
        }
        case Stmt.While(var condition, var body) ->
            new Stmt.While(expr(condition, names), block(body, names));
        case Stmt.Collect(
                var index,
                var from,
                var to,
                var body,
                var condition,
                var list,
                var count) -> {
          Map<String, String> inner = new HashMap<>(names);
          bind(inner, index);
          yield new Stmt.Collect(
              known(inner, index),
              expr(from, names),
              expr(to, names),
              block(body, inner),
              expr(condition, inner),
              list,
              count);
        }
        case Stmt.Push(var list, var count, var value) ->
            new Stmt.Push(list, count, expr(value, names));
        case Stmt.Words(
                var words,
                var count,
                var stream,
                var c1,
                var c2,
                var c3,
                var draw,
                var first) ->
            new Stmt.Words(
                words,
                expr(count, names),
                expr(stream, names),
                expr(c1, names),
                expr(c2, names),
                expr(c3, names),
                draw,
                first);
        case Stmt.AddBits add -> add.at(expr(add.at(), names));
      };
    }

    private static String known(Map<String, String> names, String name) {
      String found = names.get(name);
      if (found == null) {
        throw new CompilerBug("no local " + name);
      }
      return found;
    }

    private Expr expr(Expr expression, Map<String, String> names) {
      return new Rewrite() {
        @Override
        Expr change(Expr expr) {
          return switch (expr) {
            case Expr.Read(var name, Scalar type) ->
                new Expr.Read(names.getOrDefault(name, name), type);
            default -> expr;
          };
        }
      }.expr(withFreshReductions(expression));
    }

    /// A reduction's index is renamed in its own body first.
    private Expr withFreshReductions(Expr expression) {
      return new Rewrite() {
        @Override
        Expr change(Expr expr) {
          if (!(expr instanceof Expr.Reduce(var op, var index, var from, var to, var body))) {
            return expr;
          }
          String name = fresh(index);
          Expr renamed =
              new Rewrite() {
                @Override
                Expr change(Expr inner) {
                  return inner instanceof Expr.Read(var read, Scalar type) && read.equals(index)
                      ? new Expr.Read(name, type)
                      : inner;
                }
              }.expr(body);
          return new Expr.Reduce(op, name, from, to, renamed);
        }
      }.expr(expression);
    }
  }
}

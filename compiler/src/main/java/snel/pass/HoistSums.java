package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;

/// Works out once what a loop would add up again for each of its elements: a sum, least or greatest
/// value over a population that does not depend on who asks. The bits stay, since a reduction is
/// done in its own order wherever it stands.
public final class HoistSums implements Pass {
  @Override
  public String name() {
    return "hoist-sums";
  }

  @Override
  public Program apply(Program program) {
    return program.mapKernels(kernel -> new Hoisting(kernel).hoisted(kernel));
  }

  private static final class Hoisting {
    private final Set<String> taken = new HashSet<>();
    private int count;

    Hoisting(Kernel kernel) {
      names(kernel.body(), taken);
    }

    Kernel hoisted(Kernel kernel) {
      boolean any = contains(kernel.body());
      return any ? kernel.with(block(kernel.body())) : kernel;
    }

    private static boolean contains(List<Stmt> block) {
      boolean[] found = {false};
      Nodes.eachExpression(block, expr -> found[0] |= expr instanceof Expr.Reduce);
      return found[0];
    }

    private List<Stmt> block(List<Stmt> block) {
      List<Stmt> out = new ArrayList<>();
      block.forEach(stmt -> out.addAll(statement(stmt)));
      return out;
    }

    private List<Stmt> statement(Stmt stmt) {
      List<Stmt> before = new ArrayList<>();
      Stmt here =
          switch (stmt) {
            case Stmt.If(var condition, var then, var otherwise) ->
                new Stmt.If(nested(condition, before), block(then), block(otherwise));
            case Stmt.While(var condition, var body) -> new Stmt.While(condition, block(body));
            case Stmt.Loop loop -> loop(loop, before);
            case Stmt.Collect(
                    var index,
                    var from,
                    var to,
                    var body,
                    var condition,
                    var list,
                    var number) -> {
              var inside = new Inside(Set.of(index), Set.of(list, number));
              boolean certain = body.isEmpty() && isCertain(from, to);
              Expr once = certain ? inside.moved(condition, before) : condition;
              yield new Stmt.Collect(index, from, to, block(body), once, list, number);
            }
            case Stmt.Let _,
                Stmt.Var _,
                Stmt.Assign _,
                Stmt.Store _,
                Stmt.Push _,
                Stmt.Words _,
                Stmt.AddBits _ ->
                with(stmt, expr -> nested(expr, before));
          };
      before.add(here);
      return before;
    }

    /// The same statement with other values.
    private static Stmt with(Stmt stmt, UnaryOperator<Expr> change) {
      return switch (stmt) {
        case Stmt.Let(var name, var value) -> new Stmt.Let(name, change.apply(value));
        case Stmt.Var(var name, var value) -> new Stmt.Var(name, change.apply(value));
        case Stmt.Assign(var name, var value) -> new Stmt.Assign(name, change.apply(value));
        case Stmt.Store(var buffer, var index, var value) ->
            new Stmt.Store(buffer, index, change.apply(value));
        case Stmt.Push(var list, var number, var value) ->
            new Stmt.Push(list, number, change.apply(value));
        case Stmt.If(var condition, var then, var otherwise) ->
            new Stmt.If(change.apply(condition), then, otherwise);
        case Stmt.Loop _, Stmt.While _, Stmt.Collect _, Stmt.Words _, Stmt.AddBits _ -> stmt;
      };
    }

    // A reduction inside another

    private Expr nested(Expr expr, List<Stmt> before) {
      return nested(expr, Set.of(), before);
    }

    /// @param bound indices of the reductions around
    private Expr nested(Expr expr, Set<String> bound, List<Stmt> before) {
      if (!(expr instanceof Expr.Reduce reduce)) {
        return Nodes.mapOperands(expr, part -> nested(part, bound, before));
      }
      Set<String> inner = new HashSet<>(bound);
      inner.add(reduce.index());
      Expr body = nested(reduce.body(), inner, before);
      Expr.Reduce whole =
          new Expr.Reduce(reduce.op(), reduce.index(), reduce.from(), reduce.to(), body);
      return !bound.isEmpty() && isMovable(whole, bound) ? kept(whole, before) : whole;
    }

    private Expr kept(Expr.Reduce reduce, List<Stmt> before) {
      String name;
      do {
        name = "whole" + (count == 0 ? "" : "_" + count);
        count++;
      } while (!taken.add(name));
      before.add(new Stmt.Let(name, reduce));
      return new Expr.Read(name, reduce.type());
    }

    // A reduction inside a loop

    private Stmt loop(Stmt.Loop loop, List<Stmt> before) {
      List<Stmt> body = block(loop.body());
      if (isCertain(loop.from(), loop.to())) {
        Set<String> bound = new HashSet<>(Set.of(loop.index()));
        names(body, bound);
        Set<Buffer> written = Nodes.writtenIn(body);
        var inside = new Inside(bound, written);
        List<Stmt> left = new ArrayList<>();
        for (Stmt stmt : body) {
          if (stmt instanceof Stmt.Let(var name, Expr.Reduce whole) && inside.isConstant(whole)) {
            before.add(stmt);
            bound.remove(name);
          } else {
            left.add(with(stmt, expr -> inside.moved(expr, before)));
          }
        }
        body = left;
      }
      return new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body);
    }

    /// Whether a loop runs at least once: else nothing is worth doing before it.
    private static boolean isCertain(Expr from, Expr to) {
      return from instanceof Expr.Const(_, var first)
          && to instanceof Expr.Const(_, var end)
          && first < end;
    }

    /// @param bound names that differ between the iterations
    /// @param written by them
    private final class Inside {
      private final Set<String> bound;
      private final Set<Buffer> written;

      Inside(Set<String> bound, Set<Buffer> written) {
        this.bound = bound;
        this.written = written;
      }

      boolean isConstant(Expr.Reduce reduce) {
        boolean[] reads = {false};
        Nodes.eachExpression(
            reduce,
            expr ->
                reads[0] |= expr instanceof Expr.Load(var buffer, _) && written.contains(buffer));
        return !reads[0] && isMovable(reduce, bound);
      }

      Expr moved(Expr expr, List<Stmt> before) {
        return expr instanceof Expr.Reduce reduce && isConstant(reduce)
            ? kept(reduce, before)
            : Nodes.mapOperands(expr, part -> moved(part, before));
      }
    }

    /// Whether a reduction may be done where `bound` is not known, even if nobody asks: it reads
    /// whole arrays and cannot fault.
    private static boolean isMovable(Expr.Reduce reduce, Set<String> bound) {
      Set<String> indices = new HashSet<>();
      Nodes.eachExpression(
          reduce,
          expr -> {
            if (expr instanceof Expr.Reduce(_, var index, _, _, _)) {
              indices.add(index);
            }
          });
      boolean[] movable = {true};
      Nodes.eachExpression(
          reduce,
          expr ->
              movable[0] &=
                  switch (expr) {
                    case Expr.Read(var name, _) -> indices.contains(name) || !bound.contains(name);
                    case Expr.Load(_, var index) ->
                        index instanceof Expr.Const
                            || index instanceof Expr.Read(var name, _) && indices.contains(name);
                    case Expr.Binary _, Expr.Call _ -> !Nodes.mayFault(expr);
                    case Expr.Const _,
                        Expr.Unary _,
                        Expr.Fma _,
                        Expr.Compare _,
                        Expr.Choose _,
                        Expr.Convert _,
                        Expr.Philox _,
                        Expr.Reduce _ ->
                        true;
                  });
      return movable[0];
    }

    private static void names(List<Stmt> block, Set<String> names) {
      names.addAll(Nodes.declared(block));
      Nodes.eachStatement(
          block,
          stmt -> {
            if (stmt instanceof Stmt.Assign(var name, _)) {
              names.add(name);
            }
          });
    }
  }
}

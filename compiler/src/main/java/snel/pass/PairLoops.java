package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Where a loop over all pairs works for each pair what depends on the target alone, works it out
/// once a target, before; and leaves the rows of sources that add zero to every element.
public final class PairLoops implements Pass {
  @Override
  public String name() {
    return "pair-loops";
  }

  @Override
  public Program apply(Program program) {
    var change = new Change(program);
    Program changed = program.mapKernels(change::kernel);
    return change.made.in(changed);
  }

  /// A loop over the targets inside one over the sources.
  ///
  /// @param bound names that differ between sources
  /// @param written buffers that change meanwhile
  private record Pairs(Stmt.Loop targets, Set<String> bound, Set<Buffer> written) {
    /// Whether `expr` has one value for each target and can be had for all of them.
    boolean isOfTarget(Expr expr) {
      boolean[] found = {false};
      boolean[] sound = {true};
      Nodes.eachExpression(
          expr,
          part ->
              sound[0] &=
                  switch (part) {
                    case Expr.Read(var name, _) -> {
                      found[0] |= name.equals(targets.index());
                      yield name.equals(targets.index()) || !bound.contains(name);
                    }
                    case Expr.Load(var buffer, var index) ->
                        !written.contains(buffer)
                            && (index instanceof Expr.Const || isTarget(index));
                    default -> isHarmless(part);
                  });
      return found[0] && sound[0];
    }

    /// Whether `expr` has one value for each source.
    boolean isOfSource(Expr expr) {
      boolean[] sound = {true};
      Nodes.eachExpression(
          expr,
          part ->
              sound[0] &=
                  switch (part) {
                    case Expr.Read(var name, _) -> !name.equals(targets.index());
                    case Expr.Load(var buffer, _) -> !written.contains(buffer);
                    default -> isHarmless(part);
                  });
      return sound[0] && !(expr instanceof Expr.Const);
    }

    /// The body with the values that a target gives in place of their names.
    List<Stmt> withoutNames(List<Stmt> body) {
      Map<String, Expr> values = new HashMap<>();
      var rewrite =
          new Rewrite() {
            @Override
            Expr change(Expr expr) {
              return expr instanceof Expr.Read(var name, _)
                  ? values.getOrDefault(name, expr)
                  : expr;
            }
          };
      List<Stmt> out = new ArrayList<>();
      for (Stmt stmt : body) {
        Stmt plain = rewrite.block(List.of(stmt)).getFirst();
        if (plain instanceof Stmt.Let(var name, var value)
            && value.type().isFloat()
            && isOfTarget(value)) {
          values.put(name, value);
        } else {
          out.add(plain);
        }
      }
      return out;
    }

    private boolean isTarget(Expr index) {
      return index instanceof Expr.Read(var name, _) && name.equals(targets.index());
    }

    /// Whether it may be evaluated though nobody asks.
    private static boolean isHarmless(Expr part) {
      return switch (part) {
        case Expr.Binary _, Expr.Call _ -> !Nodes.mayFault(part);
        case Expr.Reduce _, Expr.Philox _ -> false;
        case Expr.Const _,
            Expr.Read _,
            Expr.Load _,
            Expr.Unary _,
            Expr.Fma _,
            Expr.Compare _,
            Expr.Choose _,
            Expr.Convert _ ->
            true;
      };
    }
  }

  /// Names for further indices of a kernel.
  private static final class Locals {
    private final Set<String> taken;

    Locals(Set<String> taken) {
      this.taken = new HashSet<>(taken);
    }

    String next() {
      String name = "target";
      for (int count = 2; !taken.add(name); count++) {
        name = "target_" + count;
      }
      return name;
    }
  }

  private static final class Change {
    private final NewBuffers made;
    private Locals locals = new Locals(Set.of());

    Change(Program program) {
      made = new NewBuffers(program);
    }

    Kernel kernel(Kernel kernel) {
      if (kernel.phase() == Phase.BUILD) {
        return kernel;
      }
      locals = new Locals(Nodes.declared(kernel.body()));
      List<Stmt> body = block(kernel.name(), kernel.body());
      return body.equals(kernel.body()) ? kernel : kernel.with(body);
    }

    private List<Stmt> block(String kernel, List<Stmt> block) {
      List<Stmt> out = new ArrayList<>();
      for (Stmt stmt : block) {
        switch (stmt) {
          case Stmt.If(var condition, var then, var otherwise) ->
              out.add(new Stmt.If(condition, block(kernel, then), block(kernel, otherwise)));
          case Stmt.Loop loop when isCertain(loop) -> sources(kernel, loop, out);
          default -> out.add(stmt);
        }
      }
      return out;
    }

    private static boolean isCertain(Stmt.Loop loop) {
      return loop.from() instanceof Expr.Const(_, long first)
          && first == 0
          && loop.to() instanceof Expr.Const(_, long end)
          && end > 1;
    }

    private void sources(String kernel, Stmt.Loop sources, List<Stmt> out) {
      Set<String> bound = Nodes.declared(List.of(sources));
      Set<Buffer> written = Nodes.writtenIn(sources.body());
      List<Stmt> body = new ArrayList<>();
      for (Stmt stmt : sources.body()) {
        if (stmt instanceof Stmt.Loop targets
            && targets.order() == Stmt.Order.INDEPENDENT
            && isCertain(targets)) {
          body.add(targets(kernel, new Pairs(targets, bound, written), out));
        } else {
          body.add(stmt);
        }
      }
      out.add(new Stmt.Loop(sources.index(), sources.from(), sources.to(), sources.order(), body));
    }

    private Stmt targets(String kernel, Pairs pairs, List<Stmt> before) {
      Stmt.Loop loop = pairs.targets();
      Map<Expr, Buffer> once = new HashMap<>();
      var rewrite = new Once(pairs, expr -> load(kernel, pairs, once, expr, before));
      List<Stmt> all = pairs.withoutNames(loop.body());
      List<Stmt> body = all.stream().map(rewrite::statement).toList();
      Stmt inner = new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body);
      Optional<Expr> factor = IdleRows.factor(all, pairs::isOfSource);
      if (factor.isEmpty()) {
        return inner;
      }
      Expr zero = new Expr.Const(factor.get().type(), 0);
      Expr counts = new Expr.Compare(CompareOp.NE, factor.get(), zero);
      return new Stmt.If(counts, List.of(inner), List.of());
    }

    private Expr load(
        String kernel, Pairs pairs, Map<Expr, Buffer> once, Expr expr, List<Stmt> before) {
      Buffer buffer =
          once.computeIfAbsent(
              expr,
              _ -> {
                Buffer fresh = fresh(kernel, expr.type(), pairs.targets().to());
                before.add(filled(fresh, pairs.targets(), expr));
                return fresh;
              });
      return new Expr.Load(buffer, new Expr.Read(pairs.targets().index(), Scalar.I32));
    }

    private Stmt filled(Buffer buffer, Stmt.Loop targets, Expr expr) {
      String index = locals.next();
      Expr value = Renaming.of(Map.of(targets.index(), index)).expr(expr);
      Stmt store = new Stmt.Store(buffer, new Expr.Read(index, Scalar.I32), value);
      return new Stmt.Loop(
          index, targets.from(), targets.to(), Stmt.Order.INDEPENDENT, List.of(store));
    }

    private Buffer fresh(String kernel, Scalar type, Expr to) {
      Cell cell = type == Scalar.F64 ? Cell.F64 : Cell.F32;
      return made.add(kernel + ".of_target", cell, ((Expr.Const) to).bits(), Role.SCRATCH);
    }
  }

  /// Replaces the largest expressions of a target that are worth keeping.
  private record Once(Pairs pairs, UnaryOperator<Expr> kept) {
    Stmt statement(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Let(var name, var value) -> new Stmt.Let(name, expr(value));
        case Stmt.Var(var name, var value) -> new Stmt.Var(name, expr(value));
        case Stmt.Assign(var name, var value) -> new Stmt.Assign(name, expr(value));
        case Stmt.Store(var buffer, var index, var value) ->
            new Stmt.Store(buffer, index, expr(value));
        case Stmt.If(var condition, var then, var otherwise) ->
            new Stmt.If(
                expr(condition),
                then.stream().map(this::statement).toList(),
                otherwise.stream().map(this::statement).toList());
        case Stmt.Loop _, Stmt.While _, Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ ->
            stmt;
      };
    }

    private Expr expr(Expr expr) {
      boolean isWorthIt = expr.type().isFloat() && !(expr instanceof Expr.Load);
      return isWorthIt && pairs.isOfTarget(expr)
          ? kept.apply(expr)
          : Nodes.mapOperands(expr, this::expr);
    }
  }
}

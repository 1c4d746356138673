package snel.pass;

import static snel.ir.BinaryOp.MUL;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/// Where all pairs of sources and targets are gone through but something is done only to targets
/// that fulfil a condition, such as having won, these are listed first and the pairs of the others
/// left out. Where most fulfil it, all pairs are gone through as before: vectors do that faster.
public final class ChooseTargets implements Pass {
  /// A pair by way of the list takes as long as so many in a row.
  private static final int SHARE = 8;

  /// So many targets there have to be.
  private static final int WORTH = 32;

  @Override
  public String name() {
    return "choose-targets";
  }

  @Override
  public Program apply(Program program) {
    NewBuffers buffers = new NewBuffers(program);
    Program changed =
        program.mapKernels(kernel ->
            kernel.phase() == Phase.BUILD ? kernel : new Choosing(kernel, buffers).kernel());
    return buffers.in(changed);
  }

  private static final String PLACE = "place";

  private static final class Choosing extends Rewrite {
    private final Kernel kernel;
    private final NewBuffers buffers;
    private final Set<String> taken;

    Choosing(Kernel kernel, NewBuffers buffers) {
      this.kernel = kernel;
      this.buffers = buffers;
      this.taken = new HashSet<>(Nodes.declared(kernel.body()));
    }

    Kernel kernel() {
      List<Stmt> body = block(kernel.body());
      return body.equals(kernel.body()) ? kernel : kernel.with(body);
    }

    @Override
    Expr change(Expr expr) {
      return expr;
    }

    @Override
    List<Stmt> change(Stmt stmt) {
      return stmt instanceof Stmt.Loop sources
              && sources.body().size() == 1
              && sources.body().getFirst() instanceof Stmt.Loop targets
              && targets.order() == Stmt.Order.INDEPENDENT
              && targets.body().size() == 1
              && targets.body().getFirst() instanceof Stmt.If asked
              && asked.otherwise().isEmpty()
              && count(targets) >= WORTH
              && isAboutTargets(asked, targets.index())
          ? chosen(sources, targets, asked)
          : List.of(stmt);
    }

    /// How many targets there are; 0 if that is not fixed.
    private static int count(Stmt.Loop targets) {
      return targets.from().equals(Expr.i32(0)) && targets.to() instanceof Expr.Const(_, long bits)
          ? (int) bits
          : 0;
    }

    /// Whether the condition is the same for all sources and stays so.
    private static boolean isAboutTargets(Stmt.If asked, String target) {
      Set<Buffer> read = new HashSet<>();
      Set<String> locals = new HashSet<>();
      Nodes.eachExpression(
          asked.condition(),
          expr -> {
            if (expr instanceof Expr.Load(Buffer buffer, _)) {
              read.add(buffer);
            } else if (expr instanceof Expr.Read(String local, _)) {
              locals.add(local);
            }
          });
      Set<Buffer> written = Nodes.writtenIn(asked.then());
      return !read.isEmpty()
          && locals.equals(Set.of(target))
          && Collections.disjoint(read, written)
          && !Nodes.mayFault(asked.condition());
    }

    private List<Stmt> chosen(Stmt.Loop sources, Stmt.Loop targets, Stmt.If asked) {
      int all = count(targets);
      Buffer list = buffers.add(kernel.name() + ":chosen", Cell.I32, all, Role.SCRATCH);
      Buffer count = buffers.add(kernel.name() + ":chosen.count", Cell.I32, 1, Role.SCRATCH);
      Expr first = Expr.i32(0);
      Expr chosen = new Expr.Load(count, first);
      Stmt.Collect listing =
          new Stmt.Collect(targets.index(), first, targets.to(), asked.condition(), list, count);
      List<Stmt> some = new ArrayList<>();
      some.add(
          new Stmt.Let(targets.index(), new Expr.Load(list, new Expr.Read(PLACE, Scalar.I32))));
      some.addAll(asked.then());
      Stmt.Loop ofChosen =
          new Stmt.Loop(PLACE, first, chosen, Stmt.Order.SEQUENTIAL, List.copyOf(some));
      Stmt.Loop fewer =
          new Stmt.Loop(
              sources.index(), sources.from(), sources.to(), sources.order(), List.of(ofChosen));
      Expr areFew =
          new Expr.Compare(
              CompareOp.LT, new Expr.Binary(MUL, chosen, Expr.i32(SHARE)), Expr.i32(all));
      return List.of(
          new Stmt.Store(count, first, first),
          renamed(listing),
          new Stmt.If(areFew, List.of(renamed(fewer)), List.of(sources)));
    }

    private Stmt renamed(Stmt stmt) {
      Map<String, String> names = Renaming.apart(List.of(stmt), taken);
      return Renaming.of(names).block(List.of(stmt)).getFirst();
    }
  }
}

package snel.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Draws the random words of all elements of a loop before it: a block of the generator gives four
/// words, so elements that draw one by one have three in four computed for nothing.
public final class DrawTogether implements Pass {
  private static final int WORDS_PER_BLOCK = 4;

  @Override
  public String name() {
    return "draw-together";
  }

  @Override
  public Program apply(Program program) {
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    List<Kernel> step = new ArrayList<>();
    for (Kernel kernel : program.step()) {
      step.add(kernel.with(new Drawing(kernel.name(), buffers).block(kernel.body())));
    }
    return program.with(buffers, program.build()).withStep(step, Set.of());
  }

  /// The draws of one kernel.
  private static final class Drawing {
    private final String kernel;
    private final List<Buffer> buffers;
    private int drawn;

    Drawing(String kernel, List<Buffer> buffers) {
      this.kernel = kernel;
      this.buffers = buffers;
    }

    List<Stmt> block(List<Stmt> block) {
      List<Stmt> all = new ArrayList<>();
      for (Stmt stmt : block) {
        switch (stmt) {
          case Stmt.Loop loop when loop.order() == Stmt.Order.INDEPENDENT ->
              all.addAll(together(loop, loop.index(), loop.from(), loop.to()));
          case Stmt.Collect collect ->
              all.addAll(together(collect, collect.index(), collect.from(), collect.to()));
          case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) ->
              all.add(new Stmt.If(condition, block(then), block(otherwise)));
          case Stmt.Loop _,
              Stmt.Let _,
              Stmt.Var _,
              Stmt.Assign _,
              Stmt.Store _,
              Stmt.While _,
              Stmt.Push _,
              Stmt.Words _,
              Stmt.AddBits _ ->
              all.add(stmt);
        }
      }
      return all;
    }

    /// What draws for a loop, then the loop.
    private List<Stmt> together(Stmt loop, String index, Expr from, Expr to) {
      if (!from.equals(Expr.i32(0))
          || !(to instanceof Expr.Const(_, long count))
          || count < WORDS_PER_BLOCK) {
        return List.of(loop);
      }
      Expr own = new Expr.Read(index, Scalar.I32);
      Map<Expr.Philox, Expr> words = new LinkedHashMap<>();
      List<Stmt> all = new ArrayList<>();
      for (Expr.Philox draw : draws(loop, index)) {
        Buffer buffer = declare(count);
        words.put(draw, new Expr.Load(buffer, own));
        all.add(
            new Stmt.Words(
                buffer, Expr.i32((int) count), draw.stream(), draw.c1(), draw.c2(), draw.c3()));
      }
      if (words.isEmpty()) {
        return List.of(loop);
      }
      Rewrite rewrite =
          new Rewrite() {
            @Override
            Expr change(Expr expr) {
              return expr instanceof Expr.Philox draw ? words.getOrDefault(draw, draw) : expr;
            }
          };
      all.addAll(rewrite.block(List.of(loop)));
      return all;
    }

    private Buffer declare(long count) {
      long whole = (count + WORDS_PER_BLOCK - 1) / WORDS_PER_BLOCK * WORDS_PER_BLOCK;
      String name = kernel + ".drawn" + drawn++;
      Buffer buffer = new Buffer(name, Cell.I32, Length.of(whole), Role.SCRATCH);
      buffers.add(buffer);
      return buffer;
    }

    /// What every iteration draws for its own element.
    private static Set<Expr.Philox> draws(Stmt loop, String index) {
      Set<String> inner = Nodes.declared(List.of(loop));
      Set<Buffer> written = Nodes.writtenIn(List.of(loop));
      Set<Expr.Philox> draws = new LinkedHashSet<>();
      List<Expr> certain = new ArrayList<>();
      for (Stmt stmt : Nodes.blocks(loop).getFirst()) {
        certain.addAll(Nodes.operands(stmt));
      }
      if (loop instanceof Stmt.Collect collect) {
        certain.add(collect.condition());
      }
      for (Expr operand : certain) {
        Nodes.eachExpression(
            operand,
            expr -> {
              if (expr instanceof Expr.Philox draw
                  && isOwn(draw, index)
                  && List.of(draw.stream(), draw.c1(), draw.c2(), draw.c3()).stream()
                      .allMatch(part -> isFixed(part, inner, written))) {
                draws.add(draw);
              }
            });
      }
      return draws;
    }

    /// Whether the word is the one that belongs to the element (semantics.md §10).
    private static boolean isOwn(Expr.Philox draw, String index) {
      Expr own = new Expr.Read(index, Scalar.I32);
      return draw.c0().equals(new Expr.Binary(BinaryOp.SHR, own, Expr.i32(2)))
          && draw.word().equals(new Expr.Binary(BinaryOp.AND, own, Expr.i32(3)));
    }

    private static boolean isFixed(Expr expr, Set<String> inner, Set<Buffer> written) {
      boolean own =
          switch (expr) {
            case Expr.Read(String name, _) -> !inner.contains(name);
            case Expr.Load(Buffer buffer, _) -> !written.contains(buffer);
            case Expr.Reduce _ -> false;
            case Expr.Const _,
                Expr.Unary _,
                Expr.Binary _,
                Expr.Fma _,
                Expr.Compare _,
                Expr.Choose _,
                Expr.Convert _,
                Expr.Call _,
                Expr.Philox _ ->
                true;
          };
      return own && Nodes.operands(expr).stream().allMatch(part -> isFixed(part, inner, written));
    }
  }
}

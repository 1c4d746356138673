package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Delays that synapses own, where they learn: what was put into the nearest step is shared out
/// between the two that the delay lies between, the nearer one getting more. So what arrives is a
/// continuous function of the delay, and its derivative is the difference between the steps: I.
/// Hammouamri, I. Khalfaoui-Hassani, T. Masquelier (2024), ICLR, with the triangle for its
/// Gaussian.
final class InterpolatedDelays {
  private final Predicate<Buffer> learns;
  private int number;

  private InterpolatedDelays(Predicate<Buffer> learns) {
    this.learns = learns;
  }

  /// The nearest step of a delay in an index.
  ///
  /// @param whole the step
  /// @param steps the delay in steps, not rounded
  private record Nearest(Expr whole, Expr steps, Buffer times) {}

  /// The delays of a program that synapses own.
  static Set<Buffer> in(Program program) {
    Set<Buffer> found = new LinkedHashSet<>();
    for (Kernel kernel : program.step()) {
      Nodes.eachStatement(
          kernel.body(),
          stmt -> {
            if (stmt instanceof Stmt.Store(_, Expr index, _)) {
              nearest(index).ifPresent(nearest -> found.add(nearest.times));
            }
          });
    }
    return found;
  }

  /// @param learns whether a delay learns
  static Program apply(Program program, Predicate<Buffer> learns) {
    if (in(program).stream().noneMatch(learns)) {
      return program;
    }
    var all = new InterpolatedDelays(learns);
    List<Kernel> step = new ArrayList<>();
    program.step().forEach(kernel -> step.add(kernel.with(all.shared(kernel.body()))));
    return program.differentiated(program.buffers(), program.reset(), step, program.onDemand());
  }

  private List<Stmt> shared(List<Stmt> block) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt stmt : block) {
      switch (stmt) {
        case Stmt.Loop loop when isLearned(loop.body()) -> {
          all.add(loop(loop, shares(loop.body(), false, new HashMap<>())));
          all.add(loop(loop, shares(loop.body(), true, new HashMap<>())));
        }
        case Stmt.Loop loop -> all.add(loop(loop, shared(loop.body())));
        case Stmt.If(var condition, var then, var otherwise) ->
            all.add(new Stmt.If(condition, shared(then), shared(otherwise)));
        default -> all.add(stmt);
      }
    }
    return all;
  }

  private static Stmt loop(Stmt.Loop loop, List<Stmt> body) {
    return new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body);
  }

  /// Whether the statements, but for those of loops inside, put something into a nearest step.
  private boolean isLearned(List<Stmt> block) {
    return block.stream()
        .anyMatch(stmt ->
            learned(stmt).isPresent()
                || stmt instanceof Stmt.If branch
                    && (isLearned(branch.then()) || isLearned(branch.otherwise())));
  }

  private Optional<Nearest> learned(Stmt stmt) {
    return stmt instanceof Stmt.Store(_, Expr index, _)
        ? nearest(index).filter(nearest -> learns.test(nearest.times))
        : Optional.empty();
  }

  /// The body with the earlier share of what goes to a nearest step; or with nothing but the later.
  private List<Stmt> shares(List<Stmt> body, boolean later, Map<String, Expr> renamed) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt stmt : body) {
      if (stmt instanceof Stmt.Let(var name, var value) && later) {
        Expr.Read read = new Expr.Read("later" + number++ + "_" + name, value.type());
        all.add(new Stmt.Let(read.name(), Form.map(value, node -> named(node, renamed))));
        renamed.put(name, read);
      } else if (learned(stmt).isPresent()) {
        Stmt.Store store = (Stmt.Store) stmt;
        Expr index = Form.map(store.index(), node -> named(node, renamed));
        Expr value = Form.map(store.value(), node -> named(node, renamed));
        all.addAll(share(new Stmt.Store(store.buffer(), index, value), later));
      } else if (stmt instanceof Stmt.If(var condition, var then, var otherwise)
          && isLearned(List.of(stmt))) {
        all.add(
            new Stmt.If(
                Form.map(condition, node -> named(node, renamed)),
                shares(then, later, renamed),
                shares(otherwise, later, renamed)));
      } else if (!later) {
        all.add(stmt);
      }
    }
    return all;
  }

  private static Expr named(Expr node, Map<String, Expr> renamed) {
    return node instanceof Expr.Read(var name, _) ? renamed.getOrDefault(name, node) : node;
  }

  private List<Stmt> share(Stmt.Store store, boolean later) {
    Nearest nearest = nearest(store.index()).orElseThrow();
    if (!(store.value() instanceof Expr.Binary(BinaryOp op, Expr before, Expr amount))
        || op != BinaryOp.ADD
        || !before.equals(new Expr.Load(store.buffer(), store.index()))
        || !amount.type().isFloat()) {
      return List.of(store); // no derivative comes to the delay, which is told
    }
    Expr.Read steps = new Expr.Read("steps" + number++, Scalar.F64);
    Expr.Read low = new Expr.Read("earlier" + number++, Scalar.F64);
    Expr part = new Expr.Binary(BinaryOp.SUB, steps, low);
    Expr one = Expr.f64(1);
    Expr taken = later ? part : new Expr.Binary(BinaryOp.SUB, one, part);
    Expr to = later ? new Expr.Binary(BinaryOp.ADD, low, one) : low;
    Expr whole = new Expr.Convert(Scalar.I32, to);
    Expr at = Form.map(store.index(), node -> node.equals(nearest.whole) ? whole : node);
    Expr given = Form.mul(Form.convert(amount.type(), taken), amount);
    Expr after = new Expr.Binary(BinaryOp.ADD, new Expr.Load(store.buffer(), at), given);
    return List.of(
        new Stmt.Let(steps.name(), nearest.steps),
        new Stmt.Let(low.name(), new Expr.Unary(UnaryOp.FLOOR, steps)),
        new Stmt.Store(store.buffer(), at, after));
  }

  private static Optional<Nearest> nearest(Expr index) {
    List<Nearest> found = new ArrayList<>();
    Nodes.eachExpression(
        index,
        node -> {
          if (node instanceof Expr.Convert(Scalar type, Expr.Unary(UnaryOp op, Expr sum))
              && type == Scalar.I32
              && op == UnaryOp.FLOOR
              && sum instanceof Expr.Binary(BinaryOp add, Expr steps, Expr half)
              && add == BinaryOp.ADD
              && half.equals(Expr.f64(0.5))) {
            owned(steps).ifPresent(times -> found.add(new Nearest(node, steps, times)));
          }
        });
    return found.stream().findFirst();
  }

  private static Optional<Buffer> owned(Expr steps) {
    List<Buffer> found = new ArrayList<>();
    Nodes.eachExpression(
        steps,
        node -> {
          if (node instanceof Expr.Load(var buffer, _) && buffer.role() == Role.PLASTIC) {
            found.add(buffer);
          }
        });
    return found.stream().findFirst();
  }
}

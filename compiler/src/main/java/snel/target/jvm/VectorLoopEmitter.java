package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Emits the body of a method of a [LoopShape]: as many iterations at once as there are lanes. What
/// is the same in all iterations is spread over the lanes before the loop.
final class VectorLoopEmitter {
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter scalars;
  private final int lanes;
  private final boolean together;

  /// @param together whether collections list all lanes of a vector at once
  VectorLoopEmitter(Frame frame, ExpressionEmitter scalars, int lanes, boolean together) {
    this.frame = frame;
    this.code = frame.code;
    this.scalars = scalars;
    this.lanes = lanes;
    this.together = together;
  }

  /// Emits a loop all of whose statements have a vector form.
  void emit(Stmt.Loop loop) {
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), loop.body());
    VectorFrame vectors = new VectorFrame(frame, lanes);
    new Hoisting(vectors, facts, scalars).hoist(loop.body());
    Statements inner = new Statements(vectors, facts, loop.index());
    frame.emitWhileBelow(
        LoopShape.INDEX,
        LoopShape.LIMIT,
        lanes,
        () -> loop.body().forEach(stmt -> inner.emit(stmt, Optional.empty())));
  }

  /// Emits a collection whose body and condition have a vector form.
  void emit(Stmt.Collect collect) {
    LoopFacts facts = new LoopFacts(collect.index(), collect.to(), List.of(collect));
    VectorFrame vectors = new VectorFrame(frame, lanes);
    Hoisting hoisting = new Hoisting(vectors, facts, scalars);
    hoisting.hoist(collect.body());
    hoisting.hoist(collect.condition());
    Statements inner = new Statements(vectors, facts, collect.index());
    ListedLanes listed = new ListedLanes(frame, collect, lanes, together);
    frame.emitWhileBelow(
        LoopShape.INDEX,
        LoopShape.LIMIT,
        lanes,
        () -> {
          collect.body().forEach(stmt -> inner.emit(stmt, Optional.empty()));
          new VectorExpressions(vectors, facts, collect.index()).push(collect.condition());
          code.visitMethodInsn(INVOKEVIRTUAL, LaneType.ROOT + "VectorMask", "toLong", "()J", false);
          listed.emit();
        });
  }

  /// Finds what must be evaluated before the loop.
  private record Hoisting(VectorFrame vectors, LoopFacts facts, ExpressionEmitter scalars) {
    void hoist(List<Stmt> body) {
      Nodes.eachStatement(
          body,
          stmt -> {
            switch (stmt) {
              case Stmt.Store(_, Expr index, Expr value) -> {
                place(index);
                hoist(value);
              }
              case Stmt.Let _,
                  Stmt.Var _,
                  Stmt.Assign _,
                  Stmt.If _,
                  Stmt.Loop _,
                  Stmt.While _,
                  Stmt.Collect _,
                  Stmt.Push _,
                  Stmt.Words _,
                  Stmt.AddBits _ ->
                  Nodes.operands(stmt).forEach(this::hoist);
            }
          });
    }

    void hoist(Expr expr) {
      if (facts.isInvariant(expr)) {
        vectors.hoist(expr, scalars);
      } else if (expr instanceof Expr.Load(_, Expr index)) {
        place(index);
      } else {
        Nodes.operands(expr).forEach(this::hoist);
      }
    }

    private void place(Expr index) {
      facts.offset(index).ifPresent(offset -> vectors.hoistOffset(offset, scalars));
    }
  }

  /// Emits the statements of a loop's body; under a mask where they are done in some lanes only.
  private static final class Statements {
    private final VectorFrame vectors;
    private final LoopFacts facts;
    private final String index;
    private final VectorExpressions expressions;

    Statements(VectorFrame vectors, LoopFacts facts, String index) {
      this.vectors = vectors;
      this.facts = facts;
      this.index = index;
      this.expressions = new VectorExpressions(vectors, facts, index);
    }

    void emit(Stmt stmt, Optional<VectorFrame.Local> mask) {
      switch (stmt) {
        case Stmt.Let(String name, Expr value) -> emitLocal(name, value);
        case Stmt.Var(String name, Expr value) -> emitLocal(name, value);
        case Stmt.Assign(String name, Expr value) -> emitAssign(name, value, mask);
        case Stmt.Store(Buffer buffer, Expr at, Expr value) -> emitStore(buffer, at, value, mask);
        case Stmt.If branch -> emitIf(branch, mask);
        case Stmt.Loop _, Stmt.While _, Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ ->
            throw new IllegalStateException("no vector form: " + stmt);
      }
    }

    private void emitLocal(String name, Expr value) {
      LaneType type = expressions.push(value);
      vectors.declare(name, vectors.keep(type, value.type() == Scalar.BOOL));
    }

    private void emitAssign(String name, Expr value, Optional<VectorFrame.Local> mask) {
      VectorFrame.Local local = vectors.local(name);
      if (local.mask()) {
        expressions.pushMask(value, local.type());
        if (mask.isPresent()) {
          pushMask(mask.get(), local.type());
          expressions.maskOperation("and");
          vectors.load(local);
          pushMask(mask.get(), local.type());
          expressions.maskOperation("andNot");
          expressions.maskOperation("or");
        }
      } else if (mask.isPresent()) {
        vectors.load(local);
        expressions.push(value);
        pushMask(mask.get(), local.type());
        expressions.blend(local.type());
      } else {
        expressions.push(value);
      }
      vectors.store(local);
    }

    private void emitStore(Buffer buffer, Expr at, Expr value, Optional<VectorFrame.Local> mask) {
      LaneType stored = LaneType.of(buffer.cell());
      LaneType type = expressions.push(value);
      if (stored == LaneType.BYTE) {
        expressions.convert("I2B", type, stored);
      } else if (stored == LaneType.SHORT) {
        expressions.convert("I2S", type, stored);
      }
      vectors.frame.loadArray(buffer);
      vectors.pushPlace(index, facts.offset(at).orElseThrow());
      mask.ifPresent(local -> pushMask(local, stored));
      stored.invoke(
          vectors.code,
          stored == LaneType.SHORT ? "intoCharArray" : "intoArray",
          "("
              + ArrayType.of(buffer.cell()).descriptor
              + "I"
              + (mask.isPresent() ? LaneType.MASK : "")
              + ")V");
    }

    private void emitIf(Stmt.If branch, Optional<VectorFrame.Local> mask) {
      LaneType type = expressions.push(branch.condition());
      VectorFrame.Local condition = vectors.keep(type, true);
      emitUnder(branch.then(), condition, false, mask);
      if (!branch.otherwise().isEmpty()) {
        emitUnder(branch.otherwise(), condition, true, mask);
      }
    }

    private void emitUnder(
        List<Stmt> block,
        VectorFrame.Local condition,
        boolean negated,
        Optional<VectorFrame.Local> mask) {
      vectors.load(condition);
      if (negated) {
        expressions.maskNot();
      }
      if (mask.isPresent()) {
        pushMask(mask.get(), condition.type());
        expressions.maskOperation("and");
      }
      VectorFrame.Local under = vectors.keep(condition.type(), true);
      block.forEach(stmt -> emit(stmt, Optional.of(under)));
    }

    private void pushMask(VectorFrame.Local mask, LaneType type) {
      vectors.load(mask);
      expressions.castMask(mask.type(), type);
    }
  }
}

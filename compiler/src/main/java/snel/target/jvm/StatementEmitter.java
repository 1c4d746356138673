package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Emits statements. The operand stack is empty between two of them.
final class StatementEmitter {
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final ReductionEmitter reductions;
  private final LoopMethods loops;

  StatementEmitter(
      Frame frame, ExpressionEmitter expressions, ReductionEmitter reductions, LoopMethods loops) {
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.reductions = reductions;
    this.loops = loops;
  }

  void emitBlock(List<Stmt> block) {
    int mark = frame.enter();
    block.forEach(this::emit);
    frame.leave(mark);
  }

  void emit(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(String name, Expr value) -> emitLocal(name, value);
      case Stmt.Var(String name, Expr value) -> emitLocal(name, value);
      case Stmt.Assign(String name, Expr value) -> {
        expressions.push(reductions.hoist(value));
        frame.store(name);
      }
      case Stmt.Store(Buffer buffer, Expr index, Expr value) -> {
        Expr at = reductions.hoist(index);
        Expr what = reductions.hoist(value);
        frame.loadArray(buffer);
        expressions.pushIndex(at);
        expressions.push(what);
        code.visitInsn(ArrayType.of(buffer.cell()).store);
      }
      case Stmt.If branch -> emitIf(branch);
      case Stmt.Loop loop -> emitLoop(loop);
      case Stmt.While loop -> emitWhile(loop);
      case Stmt.Collect collect -> emitCollect(collect);
      case Stmt.Push(Buffer list, Buffer count, Expr value) -> emitPush(list, count, value);
      case Stmt.Words words -> emitWords(words);
      case Stmt.AddBits add -> emitAddBits(add);
    }
  }

  private void emitLocal(String name, Expr value) {
    // The slot is reserved after the value's own temporaries are done with.
    expressions.push(reductions.hoist(value));
    frame.declare(name, value.type());
    frame.store(name);
  }

  private void emitIf(Stmt.If branch) {
    Label otherwise = new Label();
    expressions.conditions().jumpUnless(reductions.hoist(branch.condition()), otherwise);
    emitBlock(branch.then());
    if (branch.otherwise().isEmpty()) {
      code.visitLabel(otherwise);
      return;
    }
    Label end = new Label();
    code.visitJumpInsn(GOTO, end);
    code.visitLabel(otherwise);
    emitBlock(branch.otherwise());
    code.visitLabel(end);
  }

  private void emitLoop(Stmt.Loop loop) {
    if (!loops.emit(loop)) {
      emitScalarLoop(loop);
    }
  }

  void emitScalarLoop(Stmt.Loop loop) {
    int mark = frame.enter();
    String limit = frame.temporary();
    emitRange(loop.index(), loop.from(), loop.to(), limit);
    frame.emitWhileBelow(loop.index(), limit, 1, () -> emitOnce(loop.body()));
    frame.leave(mark);
  }

  private void emitOnce(List<Stmt> body) {
    if (isScattered(body)) {
      expressions.emitScattered(() -> emitBlock(body));
    } else {
      emitBlock(body);
    }
  }

  /// Whether elements of arrays are looked up by what other arrays hold.
  private static boolean isScattered(List<Stmt> body) {
    boolean[] found = {false};
    Nodes.eachExpression(
        body,
        part -> {
          if (part instanceof Expr.Load(_, Expr index)) {
            Nodes.eachExpression(index, inner -> found[0] |= inner instanceof Expr.Load);
          }
        });
    return found[0];
  }

  /// Declares the locals `index` and `limit` and gives them the ends of a range.
  void emitRange(String index, Expr from, Expr to, String limit) {
    expressions.push(reductions.hoist(from));
    String first = frame.spill(Scalar.I32);
    expressions.push(reductions.hoist(to));
    frame.declare(limit, Scalar.I32);
    frame.store(limit);
    frame.declare(index, Scalar.I32);
    frame.load(first);
    frame.store(index);
  }

  private void emitWhile(Stmt.While loop) {
    Label test = new Label();
    Label end = new Label();
    code.visitLabel(test);
    int mark = frame.enter();
    expressions.conditions().jumpUnless(reductions.hoist(loop.condition()), end);
    frame.leave(mark);
    emitBlock(loop.body());
    code.visitJumpInsn(GOTO, test);
    code.visitLabel(end);
  }

  private void emitCollect(Stmt.Collect collect) {
    if (loops.emit(collect)) {
      return;
    }
    if (collect.body().isEmpty()) {
      emitScalarCollect(collect);
    } else {
      emitLoop(collect.before());
      emitCollect(collect.after(collect.from(), collect.to()));
    }
  }

  /// Emits a collection without a body.
  void emitScalarCollect(Stmt.Collect collect) {
    int mark = frame.enter();
    frame.loadArray(collect.count());
    code.visitInsn(ICONST_0);
    code.visitInsn(IALOAD);
    String count = frame.spill(Scalar.I32);
    String limit = frame.temporary();
    emitRange(collect.index(), collect.from(), collect.to(), limit);
    frame.emitWhileBelow(collect.index(), limit, 1, () -> emitCollected(collect, count));
    frame.loadArray(collect.count());
    code.visitInsn(ICONST_0);
    frame.load(count);
    code.visitInsn(IASTORE);
    frame.leave(mark);
  }

  private void emitCollected(Stmt.Collect collect, String count) {
    Label next = new Label();
    int inner = frame.enter();
    expressions.conditions().jumpUnless(reductions.hoist(collect.condition()), next);
    frame.leave(inner);
    frame.loadArray(collect.list());
    frame.load(count);
    frame.load(collect.index());
    code.visitInsn(ArrayType.of(collect.list().cell()).store);
    code.visitIincInsn(frame.slot(count), 1);
    code.visitLabel(next);
  }

  private void emitWords(Stmt.Words words) {
    if (loops.areDrawnLater(words)) {
      return;
    }
    Expr stream = reductions.hoist(words.stream());
    expressions
        .calls()
        .fillWords(
            loops.areVectors(words),
            () -> loops.pushKeys(words, stream),
            reductions.hoist(words.c1()),
            reductions.hoist(words.c2()),
            reductions.hoist(words.c3()),
            () -> frame.loadArray(words.words()),
            words.first(),
            reductions.hoist(words.count()));
    if (!(words.draw() instanceof Draw.Word)) {
      frame.loadArray(words.words());
      Literals.pushInt(code, words.first());
      expressions.push(reductions.hoist(words.count()));
      loops.callDraw(words);
    }
  }

  private void emitAddBits(Stmt.AddBits add) {
    Expr at = reductions.hoist(add.at());
    frame.loadArray(add.counts());
    expressions.push(at);
    frame.loadArray(add.rows());
    List.of(add.targets(), add.from(), add.to()).forEach(number -> Literals.pushInt(code, number));
    frame.loadArray(add.list());
    frame.loadArray(add.count());
    code.visitInsn(ICONST_0);
    code.visitInsn(IALOAD);
    Literals.pushInt(code, add.first());
    Literals.pushInt(code, add.sources());
    loops.callAddBits(add);
  }

  private void emitPush(Buffer list, Buffer count, Expr value) {
    Expr what = reductions.hoist(value);
    frame.loadArray(list);
    frame.loadArray(count);
    code.visitInsn(ICONST_0);
    code.visitInsn(IALOAD);
    expressions.push(what);
    code.visitInsn(ArrayType.of(list.cell()).store);
    frame.loadArray(count);
    code.visitInsn(ICONST_0);
    code.visitInsn(DUP2);
    code.visitInsn(IALOAD);
    code.visitInsn(ICONST_1);
    code.visitInsn(IADD);
    code.visitInsn(IASTORE);
  }
}

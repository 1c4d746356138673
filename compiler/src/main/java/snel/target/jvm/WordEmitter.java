package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import snel.ir.Cell;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Stmt;
import snel.runtime.kernel.BitRows;

/// Emits what is done with random words and with rows of bits: calls of the library, in vectors
/// where there are some.
final class WordEmitter {
  private final Frame frame;
  private final ExpressionEmitter expressions;
  private final Fields fields;
  private final VectorMethods vectors;
  private final int seed;

  WordEmitter(
      Frame frame, ExpressionEmitter expressions, Fields fields, VectorMethods vectors, int seed) {
    this.frame = frame;
    this.expressions = expressions;
    this.fields = fields;
    this.vectors = vectors;
    this.seed = seed;
  }

  /// Sources that spike by chance, drawn where their spikes are listed.
  void emit(SourceDraw draw) {
    Stmt.Collect collect = draw.collect();
    boolean inVectors = vectors.bits() > 0;
    if (inVectors) {
      vectors.useAwake();
    }
    frame.loadArray(collect.count());
    frame.code.visitInsn(ICONST_0);
    fields.loadAwakeSources(frame.code, draw.odds());
    frame.loadArray(draw.odds());
    Literals.pushInt(frame.code, seed);
    List.of(draw.words().stream(), draw.words().c2(), draw.words().c3()).forEach(expressions::push);
    frame.loadArray(collect.list());
    frame.loadArray(collect.count());
    frame.code.visitInsn(ICONST_0);
    frame.code.visitInsn(IALOAD);
    frame.code.visitMethodInsn(
        INVOKEVIRTUAL,
        CallEmitter.AWAKE_SOURCES,
        inVectors ? "collectInVectors" : "collect",
        "([JIIII[II)I",
        false);
    frame.code.visitInsn(IASTORE);
  }

  /// See [LoopMethods#areVectors].
  boolean areVectors(Stmt.Words words) {
    boolean few =
        words.count() instanceof Expr.Const(_, long count) && count < VectorPlan.LEAST_ITERATIONS;
    if (vectors.bits() == 0 || few) {
      return false;
    }
    vectors.useWords();
    return true;
  }

  /// See [LoopMethods#pushKeys].
  void pushKeys(Stmt.Words words, Expr stream) {
    boolean inVectors = areVectors(words);
    if (inVectors && stream instanceof Expr.Const(_, long number)) {
      fields.loadKeys(frame.code, seed, (int) number);
      return;
    }
    Literals.pushInt(frame.code, seed);
    expressions.push(stream);
    if (inVectors) {
      frame.code.visitMethodInsn(INVOKESTATIC, CallEmitter.PHILOX, "keys", "(II)[J", false);
    }
  }

  /// See [LoopMethods#callDraw].
  void callDraw(Stmt.Words words) {
    boolean inVectors = areVectors(words);
    switch (words.draw()) {
      case Draw.Word _ -> {}
      case Draw.Count(List<Integer> thresholds) -> {
        fields.loadTable(frame.code, thresholds.stream().mapToInt(Integer::intValue).toArray());
        if (inVectors) {
          vectors.useLevels();
        }
        String owner = inVectors ? CallEmitter.LEVELS_VECTOR : CallEmitter.LEVELS;
        frame.code.visitMethodInsn(INVOKESTATIC, owner, "reach", "([III[I)V", false);
      }
      case Draw.Normal _ -> {
        if (inVectors) {
          vectors.useNormals();
        }
        String owner = inVectors ? CallEmitter.NORMALS_VECTOR : CallEmitter.NORMALS;
        frame.code.visitMethodInsn(INVOKESTATIC, owner, "make", "([III)V", false);
      }
    }
  }

  /// See [LoopMethods#callAddBits].
  void callAddBits(Stmt.AddBits add) {
    fields.loadScratch(frame.code, Cell.I32, BitRows.OFFSETS);
    fields.loadScratch(frame.code, Cell.I64, BitRows.DIGITS);
    boolean inVectors = vectors.bits() > 0;
    if (inVectors) {
      vectors.useBitRows(add.counts().cell());
    }
    frame.code.visitMethodInsn(
        INVOKESTATIC,
        inVectors ? CallEmitter.BIT_ROWS_VECTOR : CallEmitter.BIT_ROWS,
        "add",
        "(" + ArrayType.of(add.counts().cell()).descriptor + "I[JIII[IIII[I[J)V",
        false);
  }
}

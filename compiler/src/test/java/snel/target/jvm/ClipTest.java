package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.objectweb.asm.Opcodes.*;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;

class ClipTest {
  private static final Expr.Read X = new Expr.Read("x", Scalar.F32);

  private static Expr.Choose clip(Expr low, Expr high, boolean lowFirst) {
    Expr.Compare below = new Expr.Compare(CompareOp.LT, X, low);
    Expr.Compare above = new Expr.Compare(CompareOp.GT, X, high);
    return lowFirst
        ? new Expr.Choose(below, low, new Expr.Choose(above, high, X))
        : new Expr.Choose(above, high, new Expr.Choose(below, low, X));
  }

  /// A method `float of(float x)`.
  private static MethodHandle compiled(Expr.Choose choose) throws ReflectiveOperationException {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    writer.visit(V21, ACC_PUBLIC, "snel/target/jvm/Clipped", null, "java/lang/Object", null);
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "of", "(F)F", null, null);
    code.visitCode();
    Frame frame = new Frame(code);
    frame.declare("x", Scalar.F32);
    ExpressionEmitter expressions = new ExpressionEmitter(frame, 1);
    expressions.emitScattered(() -> expressions.push(choose));
    code.visitInsn(FRETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
    writer.visitEnd();
    MethodHandles.Lookup lookup =
        MethodHandles.lookup().defineHiddenClass(writer.toByteArray(), true);
    return lookup.findStatic(
        lookup.lookupClass(), "of", MethodType.methodType(float.class, float.class));
  }

  private static void assertClips(float low, float high, boolean lowFirst) throws Throwable {
    Expr.Choose choose = clip(Expr.f32(low), Expr.f32(high), lowFirst);
    assertTrue(Clip.of(choose).isPresent());
    MethodHandle method = compiled(choose);
    float[] edges = {low, high, 0, -0.0f, 1, -1, Float.NaN, Float.MIN_VALUE, -Float.MIN_VALUE};
    for (float edge : edges) {
      for (float x : new float[] {edge, Math.nextUp(edge), Math.nextDown(edge)}) {
        assertEquals(expected(x, low, high), (float) method.invokeExact(x), "of " + x);
      }
    }
    for (int bits : new Random(1).ints(5_000).toArray()) {
      float x = Float.intBitsToFloat(bits);
      assertEquals(expected(x, low, high), (float) method.invokeExact(x), "of " + x);
    }
    for (int step : IntStream.range(0, 2_000).toArray()) {
      float x = low + (high - low) * (step - 500) / 1_000f;
      assertEquals(expected(x, low, high), (float) method.invokeExact(x), "of " + x);
    }
  }

  private static float expected(float x, float low, float high) {
    return x < low ? low : x > high ? high : x;
  }

  @Test
  void bitsKeepNumbersWithinBoundsAsComparisonsDo() throws Throwable {
    assertClips(0, 1, true);
    assertClips(0, 1, false);
    assertClips(0.2f, 0.8f, true);
    assertClips(0, Float.POSITIVE_INFINITY, true);
    assertClips(3, 3, false);
  }

  @Test
  void boundsBelowZeroAreComparedAsNumbers() {
    assertTrue(Clip.of(clip(Expr.f32(-1), Expr.f32(1), true)).isEmpty());
    assertTrue(Clip.of(clip(Expr.f32(-0.0f), Expr.f32(1), true)).isEmpty());
    assertTrue(Clip.of(clip(Expr.f32(2), Expr.f32(1), true)).isEmpty());
  }
}

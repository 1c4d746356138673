package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Emits kernels as static methods. C2 treats a method of one loop best, so each loop of a kernel
/// that has several becomes a method of its own, and so does each loop in vectors.
final class KernelMethods {
  private final ClassWriter writer;
  private final String owner;
  private final Fields fields;
  private final int seed;
  private final int vectorBits;

  /// @param vectorBits size of the vectors to use, 0 for scalar code
  KernelMethods(ClassWriter writer, String owner, Fields fields, int seed, int vectorBits) {
    this.writer = writer;
    this.owner = owner;
    this.fields = fields;
    this.seed = seed;
    this.vectorBits = vectorBits;
  }

  /// Emits the kernel as a method `()V` of this name.
  void emit(Kernel kernel, String method) {
    Method main = new Method(method, List.of(), kernel.body());
    boolean outline = kernel.body().stream().filter(KernelMethods::isLoop).count() > 1;
    for (Stmt stmt : kernel.body()) {
      if (outline && isLoop(stmt) && FreeLocals.assigned(List.of(stmt)).isEmpty()) {
        main.outline(stmt, inner -> inner.statements.emit(stmt));
      } else {
        main.statements.emit(stmt);
      }
    }
    main.finish();
  }

  private static boolean isLoop(Stmt stmt) {
    return stmt instanceof Stmt.Loop || stmt instanceof Stmt.Collect || stmt instanceof Stmt.While;
  }

  private static String descriptor(List<FreeLocals.Local> parameters) {
    StringBuilder text = new StringBuilder("(");
    parameters.forEach(local -> text.append(JvmType.of(local.type()).descriptor));
    return text.append(")V").toString();
  }

  private interface MethodBody {
    void emit(Method method);
  }

  /// A method that is being emitted.
  private final class Method implements LoopMethods {
    private final String name;
    private final Frame frame;
    private final ExpressionEmitter expressions;
    private final StatementEmitter statements;
    private int outlined;

    Method(String name, List<FreeLocals.Local> parameters, List<Stmt> body) {
      this.name = name;
      MethodVisitor code =
          writer.visitMethod(ACC_PRIVATE | ACC_STATIC, name, descriptor(parameters), null, null);
      code.visitCode();
      this.frame = new Frame(code);
      parameters.forEach(local -> frame.declare(local.name(), local.type()));
      for (Buffer buffer : Nodes.buffers(body)) {
        fields.load(code, buffer);
        frame.declareArray(buffer);
      }
      this.expressions = new ExpressionEmitter(frame, seed);
      this.statements =
          new StatementEmitter(
              frame, expressions, new ReductionEmitter(frame, expressions, fields), this);
    }

    void finish() {
      frame.code.visitInsn(RETURN);
      frame.code.visitMaxs(0, 0);
      frame.code.visitEnd();
    }

    /// Calls a new method that does `stmt`.
    void outline(Stmt stmt, MethodBody body) {
      List<FreeLocals.Local> free = FreeLocals.read(List.of(stmt));
      String inner = name + "_" + outlined++;
      free.forEach(local -> frame.load(local.name()));
      frame.code.visitMethodInsn(INVOKESTATIC, owner, inner, descriptor(free), false);
      Method method = new Method(inner, free, List.of(stmt));
      body.emit(method);
      method.finish();
    }

    private VectorLoopEmitter vectors() {
      return new VectorLoopEmitter(frame, expressions, statements, vectorBits);
    }

    @Override
    public boolean emit(Stmt.Loop loop) {
      if (vectorBits == 0 || !FreeLocals.assigned(List.of(loop)).isEmpty()) {
        return false;
      }
      Optional<VectorPlan> plan = VectorPlan.of(loop, name + "." + outlined, vectorBits);
      plan.ifPresent(present -> {
        for (VectorPlan.Part part : present.parts()) {
          outline(
              part.loop(),
              inner -> {
                if (part.vector()) {
                  inner.vectors().emit(part.loop());
                } else {
                  inner.statements.emitScalarLoop(part.loop());
                }
              });
        }
      });
      return plan.isPresent();
    }

    @Override
    public boolean emit(Stmt.Collect collect) {
      LoopFacts facts = new LoopFacts(collect.index(), collect.to(), List.of(collect));
      boolean few =
          collect.from() instanceof Expr.Const(_, long from)
              && collect.to() instanceof Expr.Const(_, long to)
              && to - from < VectorPlan.LEAST_ITERATIONS;
      if (vectorBits == 0 || few || facts.isInvariant(collect.condition())) {
        return false;
      }
      VectorSupport support = new VectorSupport(facts, List.of(collect), vectorBits);
      if (!support.supports(collect.condition(), false)) {
        return false;
      }
      outline(collect, inner -> inner.vectors().emit(collect));
      return true;
    }
  }
}

package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.Locale;
import org.objectweb.asm.MethodVisitor;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Emits code that pushes the values of an expression in several iterations: a vector, or a mask
/// for `BOOL`. Every operation of a lane is the scalar one, so the bits are the same.
final class VectorExpressions {
  private static final String OPERATORS = LaneType.ROOT + "VectorOperators";
  private static final String MASK_OWNER = LaneType.ROOT + "VectorMask";
  private static final String TO_MASK = "(" + LaneType.MASK + ")" + LaneType.MASK;

  private final VectorFrame vectors;
  private final LoopFacts facts;
  private final String index;
  private final MethodVisitor code;
  private final int lanes;

  VectorExpressions(VectorFrame vectors, LoopFacts facts, String index) {
    this.vectors = vectors;
    this.facts = facts;
    this.index = index;
    this.code = vectors.code;
    this.lanes = vectors.lanes;
  }

  /// Pushes a vector, or a mask, and returns the type of its lanes.
  LaneType push(Expr expr) {
    if (facts.isInvariant(expr)) {
      VectorFrame.Local local = vectors.invariant(expr);
      vectors.load(local);
      return local.type();
    }
    return switch (expr) {
      case Expr.Read(String name, _) -> pushRead(name);
      case Expr.Load(Buffer buffer, Expr at) -> pushLoad(buffer, at);
      case Expr.Unary(UnaryOp op, Expr operand) -> pushUnary(op, operand);
      case Expr.Binary binary -> pushBinary(binary);
      case Expr.Fma(Expr a, Expr b, Expr c) -> {
        LaneType type = push(a);
        push(b);
        push(c);
        type.invoke(code, "fma", "(" + LaneType.VECTOR + LaneType.VECTOR + ")" + type.descriptor);
        yield type;
      }
      case Expr.Compare(CompareOp op, Expr left, Expr right) -> pushCompare(op, left, right);
      case Expr.Choose(Expr condition, Expr whenTrue, Expr whenFalse) ->
          pushChoose(condition, whenTrue, whenFalse);
      case Expr.Convert(Scalar type, Expr operand) -> pushConvert(operand, type);
      case Expr.Call call -> pushCall(call);
      case Expr.Const _, Expr.Philox _, Expr.Reduce _ ->
          throw new CompilerBug("no vector form: " + expr);
    };
  }

  /// Pushes a mask for lanes of `type`.
  void pushMask(Expr condition, LaneType type) {
    castMask(push(condition), type);
  }

  void castMask(LaneType from, LaneType to) {
    if (from != to) {
      to.pushSpecies(code, lanes);
      code.visitMethodInsn(
          INVOKEVIRTUAL, MASK_OWNER, "cast", "(" + LaneType.SPECIES + ")" + LaneType.MASK, false);
    }
  }

  void maskOperation(String name) {
    code.visitMethodInsn(INVOKEVIRTUAL, MASK_OWNER, name, TO_MASK, false);
  }

  void maskNot() {
    code.visitMethodInsn(INVOKEVIRTUAL, MASK_OWNER, "not", "()" + LaneType.MASK, false);
  }

  /// Vectors a, b and a mask on the stack become `mask ? b : a`.
  void blend(LaneType type) {
    type.invoke(code, "blend", "(" + LaneType.VECTOR + LaneType.MASK + ")" + type.descriptor);
  }

  private LaneType pushRead(String name) {
    if (name.equals(index) && !vectors.isLocal(name)) {
      LaneType.INT.pushSpecies(code, lanes);
      vectors.frame.load(index);
      LaneType.INT.broadcast(code);
      code.visitInsn(ICONST_1);
      LaneType.INT.invoke(code, "addIndex", "(I)" + LaneType.INT.descriptor);
      return LaneType.INT;
    }
    VectorFrame.Local local = vectors.local(name);
    vectors.load(local);
    return local.type();
  }

  private LaneType pushLoad(Buffer buffer, Expr at) {
    LaneType stored = LaneType.of(buffer.cell());
    ArrayType array = ArrayType.of(buffer.cell());
    stored.pushSpecies(code, lanes);
    vectors.frame.loadArray(buffer);
    vectors.pushPlace(index, facts.offset(at).orElseThrow());
    stored.invokeStatic(
        code,
        stored == LaneType.SHORT ? "fromCharArray" : "fromArray",
        "(" + LaneType.SPECIES + array.descriptor + "I)" + stored.descriptor);
    return switch (stored) {
      case BYTE -> convert("ZERO_EXTEND_B2I", stored, LaneType.INT);
      case SHORT -> convert("ZERO_EXTEND_S2I", stored, LaneType.INT);
      case INT, LONG, FLOAT, DOUBLE -> stored;
    };
  }

  /// Converts the vector on the stack, keeping the number of lanes.
  LaneType convert(String conversion, LaneType from, LaneType to) {
    code.visitFieldInsn(GETSTATIC, OPERATORS, conversion, "L" + OPERATORS + "$Conversion;");
    to.pushSpecies(code, lanes);
    code.visitInsn(ICONST_0);
    code.visitMethodInsn(
        INVOKEVIRTUAL,
        from.owner,
        "convertShape",
        "(L" + OPERATORS + "$Conversion;" + LaneType.SPECIES + "I)" + LaneType.VECTOR,
        false);
    code.visitTypeInsn(CHECKCAST, to.owner);
    return to;
  }

  private LaneType pushUnary(UnaryOp op, Expr operand) {
    LaneType type = push(operand);
    switch (op) {
      case NOT -> maskNot();
      case NEG -> type.invoke(code, "neg", "()" + type.descriptor);
      case ABS -> type.invoke(code, "abs", "()" + type.descriptor);
      case SQRT -> type.invoke(code, "sqrt", "()" + type.descriptor);
      case FLOOR, CEIL, RINT -> throw new CompilerBug("no vector form of " + op);
    }
    return type;
  }

  private LaneType pushBinary(Expr.Binary binary) {
    BinaryOp op = binary.op();
    Expr left = binary.left();
    Expr right = binary.right();
    if (left.type() == Scalar.BOOL) {
      LaneType type = push(left);
      pushMask(right, type);
      maskOperation(
          switch (op) {
            case AND -> "and";
            case OR -> "or";
            case XOR -> "xor";
            case ADD, SUB, MUL, DIV, REM, MIN, MAX, SHL, SHR, USHR ->
                throw new CompilerBug(op + " of masks");
          });
      return type;
    }
    LaneType type = LaneType.of(left.type());
    if (left.type().isFloat() && (op == BinaryOp.MIN || op == BinaryOp.MAX)) {
      return pushExtreme(op, left, right, type);
    }
    push(left);
    switch (op) {
      case ADD, SUB, MUL, DIV -> {
        push(right);
        String name =
            op == BinaryOp.ADD
                ? "add"
                : op == BinaryOp.SUB ? "sub" : op == BinaryOp.MUL ? "mul" : "div";
        type.invoke(code, name, "(" + LaneType.VECTOR + ")" + type.descriptor);
      }
      case MIN -> lanewise(type, "MIN", right);
      case MAX -> lanewise(type, "MAX", right);
      case AND -> lanewise(type, "AND", right);
      case OR -> lanewise(type, "OR", right);
      case XOR -> lanewise(type, "XOR", right);
      case SHL -> shift(type, "LSHL", right);
      case SHR -> shift(type, "ASHR", right);
      case USHR -> shift(type, "LSHR", right);
      case REM -> throw new CompilerBug("no vector form of " + op);
    }
    return type;
  }

  private void lanewise(LaneType type, String operator, Expr right) {
    pushOperator(operator);
    push(right);
    type.invoke(
        code, "lanewise", "(L" + OPERATORS + "$Binary;" + LaneType.VECTOR + ")" + type.descriptor);
  }

  private void pushOperator(String operator) {
    code.visitFieldInsn(GETSTATIC, OPERATORS, operator, binaryDescriptor(operator));
  }

  /// Operators that reduce as well are declared as such.
  private static String binaryDescriptor(String operator) {
    boolean associative =
        switch (operator) {
          case "MIN", "MAX", "AND", "OR", "XOR" -> true;
          default -> false;
        };
    return "L" + OPERATORS + (associative ? "$Associative;" : "$Binary;");
  }

  private void shift(LaneType type, String operator, Expr count) {
    pushOperator(operator);
    if (count instanceof Expr.Const(_, long bits)) {
      Literals.pushInt(code, (int) bits);
      if (type == LaneType.LONG) {
        code.visitInsn(I2L);
      }
      type.invoke(
          code, "lanewise", "(L" + OPERATORS + "$Binary;" + type.element + ")" + type.descriptor);
      return;
    }
    push(count);
    if (type == LaneType.LONG) {
      convert("I2L", LaneType.INT, LaneType.LONG);
    }
    type.invoke(
        code, "lanewise", "(L" + OPERATORS + "$Binary;" + LaneType.VECTOR + ")" + type.descriptor);
  }

  /// `a < b ? a : b`, as for scalars.
  private LaneType pushExtreme(BinaryOp op, Expr left, Expr right, LaneType type) {
    int mark = vectors.frame.enter();
    push(left);
    VectorFrame.Local a = vectors.keep(type, false);
    push(right);
    VectorFrame.Local b = vectors.keep(type, false);
    vectors.load(b);
    vectors.load(a);
    vectors.load(a);
    vectors.load(b);
    compare(op == BinaryOp.MIN ? "LT" : "GT", type);
    blend(type);
    vectors.frame.leave(mark);
    return type;
  }

  /// Compares the two vectors on the stack.
  private void compare(String operator, LaneType type) {
    code.visitFieldInsn(GETSTATIC, OPERATORS, operator, "L" + OPERATORS + "$Comparison;");
    code.visitInsn(SWAP);
    type.invoke(
        code, "compare", "(L" + OPERATORS + "$Comparison;" + LaneType.VECTOR + ")" + LaneType.MASK);
  }

  private LaneType pushCompare(CompareOp op, Expr left, Expr right) {
    if (left.type() == Scalar.BOOL) {
      LaneType type = push(left);
      pushMask(right, type);
      maskOperation("xor");
      if (op == CompareOp.EQ) {
        maskNot();
      }
      return type;
    }
    LaneType type = push(left);
    push(right);
    compare(op.name(), type);
    return type;
  }

  private LaneType pushChoose(Expr condition, Expr whenTrue, Expr whenFalse) {
    if (whenTrue.type() == Scalar.BOOL) {
      // (condition & whenTrue) | (whenFalse & ~condition)
      int mark = vectors.frame.enter();
      LaneType type = push(condition);
      VectorFrame.Local kept = vectors.keep(type, true);
      vectors.load(kept);
      pushMask(whenTrue, type);
      maskOperation("and");
      pushMask(whenFalse, type);
      vectors.load(kept);
      maskOperation("andNot");
      maskOperation("or");
      vectors.frame.leave(mark);
      return type;
    }
    LaneType type = push(whenFalse);
    push(whenTrue);
    pushMask(condition, type);
    blend(type);
    return type;
  }

  private LaneType pushConvert(Expr operand, Scalar to) {
    Scalar from = operand.type();
    LaneType type = LaneType.of(to);
    if (from == to) {
      return push(operand);
    }
    if (from == Scalar.BOOL) {
      zero(type);
      one(type);
      pushMask(operand, type);
      blend(type);
      return type;
    }
    LaneType source = push(operand);
    if (to == Scalar.BOOL) {
      zero(source);
      compare("NE", source);
      return source;
    }
    return convert(source.letter() + "2" + type.letter(), source, type);
  }

  private void zero(LaneType type) {
    type.pushSpecies(code, lanes);
    type.invokeStatic(code, "zero", "(" + LaneType.SPECIES + ")" + type.descriptor);
  }

  private void one(LaneType type) {
    type.pushSpecies(code, lanes);
    switch (type) {
      case LONG -> code.visitInsn(LCONST_1);
      case FLOAT -> code.visitInsn(FCONST_1);
      case DOUBLE -> code.visitInsn(DCONST_1);
      case INT, BYTE, SHORT -> code.visitInsn(ICONST_1);
    }
    type.broadcast(code);
  }

  private LaneType pushCall(Expr.Call call) {
    Expr first = call.arguments().getFirst();
    switch (call.function()) {
      case FLOAT_BITS -> {
        push(first);
        if (call.type() == Scalar.I64) {
          LaneType.DOUBLE.invoke(code, "reinterpretAsLongs", "()" + LaneType.LONG.descriptor);
          return LaneType.LONG;
        }
        LaneType.FLOAT.invoke(code, "reinterpretAsInts", "()" + LaneType.INT.descriptor);
        if (!FunctionExpansion.isRaw(first)) {
          canonicalNaN(first);
        }
        return LaneType.INT;
      }
      case BITS_FLOAT -> {
        push(first);
        if (call.type() == Scalar.F64) {
          LaneType.LONG.invoke(code, "reinterpretAsDoubles", "()" + LaneType.DOUBLE.descriptor);
          return LaneType.DOUBLE;
        }
        LaneType.INT.invoke(code, "reinterpretAsFloats", "()" + LaneType.FLOAT.descriptor);
        return LaneType.FLOAT;
      }
      case BELOW -> {
        push(first);
        push(call.arguments().get(1));
        compare("ULT", LaneType.INT);
        return LaneType.INT;
      }
      case IS_FINITE -> {
        LaneType type = push(first);
        type.invoke(code, "abs", "()" + type.descriptor);
        type.pushSpecies(code, lanes);
        code.visitLdcInsn(type == LaneType.FLOAT ? Float.MAX_VALUE : (Object) Double.MAX_VALUE);
        type.broadcast(code);
        compare("LE", type);
        return type;
      }
      case NEAR_EXP, NEAR_EXPM1, NEAR_LOG, NEAR_TANH, NEAR_SIN, NEAR_COS -> {
        LaneType type = push(first);
        String unary = "L" + OPERATORS + "$Unary;";
        String operator = call.function().exactly().toUpperCase(Locale.ROOT);
        code.visitFieldInsn(GETSTATIC, OPERATORS, operator, unary);
        type.invoke(code, "lanewise", "(" + unary + ")" + type.descriptor);
        return type;
      }
      default -> throw new CompilerBug("no vector form of " + call.function());
    }
  }

  /// The bits on the stack become 7fc00000 where `value` is NaN.
  private void canonicalNaN(Expr value) {
    LaneType.INT.pushSpecies(code, lanes);
    Literals.pushInt(code, 0x7fc00000);
    LaneType.INT.broadcast(code);
    int mark = vectors.frame.enter();
    push(value);
    VectorFrame.Local kept = vectors.keep(LaneType.FLOAT, false);
    vectors.load(kept);
    vectors.load(kept);
    compare("NE", LaneType.FLOAT);
    castMask(LaneType.FLOAT, LaneType.INT);
    vectors.frame.leave(mark);
    blend(LaneType.INT);
  }
}

package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Locale;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;

/// Emits calls of [Function]s and random words: methods of the run-time library and of the JDK.
final class CallEmitter {
  private static final String MATH = "java/lang/Math";
  static final String PHILOX = "snel/runtime/rng/Philox";
  static final String BIT_ROWS = "snel/runtime/kernel/BitRows";
  static final String BIT_ROWS_VECTOR = "snel/runtime/kernel/BitRowsVector";
  static final String ROWS_VECTOR = "snel/runtime/kernel/RowsVector";
  static final String MASK_ROWS = "snel/runtime/kernel/MaskRows";
  static final String MASK_ROWS_VECTOR = "snel/runtime/kernel/MaskRowsVector";
  static final String SPARSE_ROWS = "snel/runtime/kernel/SparseRows";
  static final String DUE_LIST = "snel/runtime/kernel/DueList";
  static final String DUE_LIST_VECTOR = "snel/runtime/kernel/DueListVector";
  static final String FINITE_VECTOR = "snel/runtime/kernel/FiniteVector";
  static final String PRODUCTS = "snel/runtime/kernel/Products";
  static final String PRODUCT_VECTOR = "snel/runtime/kernel/ProductVector";
  static final String BLOCKS = "snel/runtime/kernel/Blocks";
  static final String BLOCK_VECTOR = "snel/runtime/kernel/BlockVector";
  static final String LISTED_ROWS = "snel/runtime/kernel/ListedRows";
  static final String SHORT_ROWS_VECTOR = "snel/runtime/kernel/ShortRowsVector";
  static final String LISTED_VECTOR = "snel/runtime/kernel/ListedVector";
  static final String SHIFTED_BLOCKS = "snel/runtime/kernel/ShiftedBlocks";
  static final String LANE_LISTS = "snel/runtime/kernel/LaneLists";
  static final String CONV_BACK = "snel/runtime/kernel/ConvBack";
  static final String CONV_BACK_VECTOR = "snel/runtime/kernel/ConvBackVector";
  static final String POOLS = "snel/runtime/kernel/Pools";
  static final String POOL_VECTOR = "snel/runtime/kernel/PoolVector";
  static final String TURN = "snel/runtime/kernel/Turn";
  static final String PATCHES = "snel/runtime/kernel/Patches";
  static final String STENCIL = "snel/runtime/kernel/Stencil";
  static final String PATCH_VECTOR = "snel/runtime/kernel/PatchVector";
  static final String ROW_CACHE = "snel/runtime/kernel/RowCache";
  static final String LEVELS = "snel/runtime/rng/Levels";
  static final String LEVELS_VECTOR = "snel/runtime/rng/LevelsVector";
  static final String NORMALS = "snel/runtime/rng/Normals";
  static final String NORMALS_VECTOR = "snel/runtime/rng/NormalsVector";
  static final String SYNAPSE_DRAWS = "snel/runtime/rng/SynapseDraws";
  static final String AWAKE_SOURCES = "snel/runtime/rng/AwakeSources";
  static final String AWAKE_VECTOR = "snel/runtime/rng/AwakeVector";
  static final String PHILOX_VECTOR = "snel/runtime/rng/PhiloxVector";
  private static final String SEQUENCES = "snel/runtime/rng/Distributions";
  private static final String FLOATS = "snel/runtime/numeric/F32";
  private static final String DOUBLES = "snel/runtime/numeric/F64";
  private static final String FIXED = "snel/runtime/numeric/Fixed";

  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final int seed;

  CallEmitter(MethodVisitor code, ExpressionEmitter expressions, int seed) {
    this.code = code;
    this.expressions = expressions;
    this.seed = seed;
  }

  void push(Expr.Philox draw) {
    Literals.pushInt(code, seed);
    for (Expr part :
        List.of(draw.stream(), draw.c0(), draw.c1(), draw.c2(), draw.c3(), draw.word())) {
      expressions.push(part);
    }
    invoke(PHILOX, "word", "(IIIIIII)I");
  }

  /// Fills an array with words; the parts hold no reductions.
  ///
  /// @param pushKeys as [LoopMethods#pushKeys] does
  void fillWords(
      boolean vectors,
      Runnable pushKeys,
      Expr c1,
      Expr c2,
      Expr c3,
      Runnable pushArray,
      int first,
      Expr count) {
    pushKeys.run();
    List.of(c1, c2, c3).forEach(expressions::push);
    pushArray.run();
    Literals.pushInt(code, first);
    expressions.push(count);
    invoke(vectors ? PHILOX_VECTOR : PHILOX, "fill", vectors ? "([JIII[III)V" : "(IIIII[III)V");
  }

  void push(Expr.Call call) {
    boolean sequence =
        switch (call.function()) {
          case EXPONENTIAL_SEQUENCE, GAMMA_SEQUENCE, BINOMIAL_SEQUENCE -> true;
          default -> false;
        };
    if (sequence) {
      Literals.pushInt(code, seed);
    }
    call.arguments().forEach(expressions::push);
    boolean single = call.type() == Scalar.F32;
    String owner = single ? FLOATS : DOUBLES;
    String type = JvmType.of(call.type()).descriptor;
    switch (call.function().family()) {
      case OF_REAL, NEAR -> invoke(owner, call.function().exactly(), "(" + type + ")" + type);
      case OF_TWO_REALS -> invoke(owner, name(call.function()), "(" + type + type + ")" + type);
      case POWER -> invoke(owner, "power", "(" + type + "J)" + type);
      case OF_WORD -> invoke(owner, name(call.function()), "(I)" + type);
      case MULHI -> invoke(MATH, "unsignedMultiplyHigh", "(JJ)J");
      case BELOW -> pushBelow();
      case ADD_EXACT -> invoke(MATH, "addExact", "(JJ)J");
      case SUB_EXACT -> invoke(MATH, "subtractExact", "(JJ)J");
      case MUL_EXACT -> invoke(MATH, "multiplyExact", "(JJ)J");
      case FLOAT_BITS -> {
        if (call.type() == Scalar.I64) {
          invoke("java/lang/Double", "doubleToRawLongBits", "(D)J");
        } else {
          invoke("java/lang/Float", "floatToIntBits", "(F)I");
        }
      }
      case BITS_FLOAT -> {
        if (single) {
          invoke("java/lang/Float", "intBitsToFloat", "(I)F");
        } else {
          invoke("java/lang/Double", "longBitsToDouble", "(J)D");
        }
      }
      case IS_FINITE -> pushIsFinite(call.arguments().getFirst().type());
      case EXPONENTIAL_SEQUENCE -> invoke(SEQUENCES, "exponential", "(IIIII)D");
      case GAMMA_SEQUENCE -> invoke(SEQUENCES, "gamma", "(IIIIID)D");
      case BINOMIAL_SEQUENCE -> invoke(SEQUENCES, "binomial", "(IIIIIDD)D");
      case FIXED_EXP -> invoke(FIXED, "exp", "(JI)J");
    }
  }

  private void pushIsFinite(Scalar type) {
    if (type == Scalar.F32) {
      invoke("java/lang/Float", "isFinite", "(F)Z");
    } else {
      invoke("java/lang/Double", "isFinite", "(D)Z");
    }
  }

  private void pushBelow() {
    invoke("java/lang/Integer", "compareUnsigned", "(II)I");
    Literals.pushInt(code, 31);
    code.visitInsn(IUSHR);
  }

  private static String name(Function function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  private void invoke(String owner, String method, String descriptor) {
    code.visitMethodInsn(INVOKESTATIC, owner, method, descriptor, false);
  }
}

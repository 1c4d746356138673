package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.BitRowsVector;
import snel.runtime.kernel.BlockVector;
import snel.runtime.kernel.ConvBackVector;
import snel.runtime.kernel.DueListVector;
import snel.runtime.kernel.FiniteVector;
import snel.runtime.kernel.ListedVector;
import snel.runtime.kernel.MaskRowsVector;
import snel.runtime.kernel.PatchVector;
import snel.runtime.kernel.Patches;
import snel.runtime.kernel.PoolVector;
import snel.runtime.kernel.Products;
import snel.runtime.kernel.RowsVector;
import snel.runtime.kernel.ShortRowsVector;
import snel.runtime.kernel.SparseRows;
import snel.runtime.rng.LevelsVector;
import snel.runtime.rng.NormalsVector;
import snel.runtime.rng.PhiloxVector;

/// The methods of loops in vectors, one for each [LoopShape], and what a
/// [snel.runtime.kernel.WarmUp] calls them by.
final class VectorMethods {
  /// Elements of the arrays that warm-up works on: four of the widest vectors.
  private static final int WARM_UP_LENGTH = 256;

  /// More loops than this are not warmed up: each is a method more.
  private static final int MOST_WARM = 2_000;

  private final ClassWriter writer;
  private final String owner;
  private final Fields fields;
  private final int seed;
  private final int bits;
  private final Map<Variant, String> names = new LinkedHashMap<>();
  private final Set<LibraryLoop> libraryLoops = new LinkedHashSet<>();

  /// @param together whether a collection lists all lanes of a vector at once
  private record Variant(LoopShape shape, boolean together) {}

  /// A loop in vectors of the run-time library.
  private record LibraryLoop(String owner, int number) {}

  /// @param bits size of the vectors to use, 0 for none
  VectorMethods(ClassWriter writer, String owner, Fields fields, int seed, int bits) {
    this.writer = writer;
    this.owner = owner;
    this.fields = fields;
    this.seed = seed;
    this.bits = bits;
  }

  int bits() {
    return bits;
  }

  /// Random words are drawn in vectors, too.
  void useWords() {
    use(CallEmitter.PHILOX_VECTOR, PhiloxVector.IN_A_ROW);
  }

  /// So are those of the sources that may spike.
  void useAwake() {
    use(CallEmitter.PHILOX_VECTOR, PhiloxVector.ANY);
    use(CallEmitter.AWAKE_VECTOR, 0);
  }

  /// Rows of bits are added up in vectors, too.
  void useBitRows(Cell counts) {
    use(CallEmitter.BIT_ROWS_VECTOR, BitRowsVector.SUM);
    use(
        CallEmitter.BIT_ROWS_VECTOR,
        counts == Cell.U16 ? BitRowsVector.COUNT_NARROW : BitRowsVector.COUNT);
  }

  /// Rows of numbers are added up in vectors, too.
  void useRows(int width, boolean times, boolean copies) {
    RowsVector.loops(width, times, copies).forEach(loop -> use(CallEmitter.ROWS_VECTOR, loop));
  }

  /// Sparse rows are added by their masks, too.
  void useMaskRows() {
    use(CallEmitter.MASK_ROWS_VECTOR, MaskRowsVector.STRIPS);
  }

  /// Long sparse rows are added by a method of the library, too.
  void useSparseRows(Cell targets) {
    use(CallEmitter.SPARSE_ROWS, targets == Cell.I32 ? SparseRows.WIDE : SparseRows.NARROW);
  }

  /// Elements of short rows are listed in vectors, too.
  void useDueLists() {
    use(CallEmitter.DUE_LIST_VECTOR, DueListVector.LIST);
  }

  /// Patches are added in vectors, too.
  void usePatches(Patches.Shape shape) {
    PatchVector.loops(shape).forEach(loop -> use(CallEmitter.PATCH_VECTOR, loop));
  }

  /// Matrices are turned over in vectors, too.
  void useTurns() {
    PatchVector.TURNS.forEach(loop -> use(CallEmitter.PATCH_VECTOR, loop));
  }

  /// Rows that lists name are added up in vectors, too.
  void useListed(int width) {
    for (int loop = 0; loop < ListedVector.LOOPS; loop++) {
      use(CallEmitter.LISTED_VECTOR, loop);
    }
    useRows(width, false, false);
  }

  /// A short row is added to many in vectors, too.
  void useShortRows(int width) {
    use(CallEmitter.SHORT_ROWS_VECTOR, ShortRowsVector.loop(width));
  }

  /// Products of matrices are done in vectors, too.
  void useProducts(MatrixLoop.Product product) {
    OptionalInt rows =
        product.rows() instanceof Expr.Const(_, long count)
            ? OptionalInt.of((int) count)
            : OptionalInt.empty();
    int depth = product.depth();
    int width = product.width();
    MatrixLoop.Place at = product.aAt();
    Products.loops(rows, depth, width, at.inner(), at.outer())
        .forEach(loop -> use(CallEmitter.PRODUCT_VECTOR, loop));
    if (Products.turns(rows, depth, width, at.inner(), at.outer())) {
      useTurns();
    }
  }

  /// Blocks are added in vectors, too.
  void useBlocks() {
    BlockVector.WHOLE.forEach(loop -> use(CallEmitter.BLOCK_VECTOR, loop));
  }

  /// So are those that are shifted.
  void useShiftedBlocks() {
    BlockVector.OF_SHIFTED.forEach(loop -> use(CallEmitter.BLOCK_VECTOR, loop));
  }

  /// What comes back through a kernel is summed in vectors, too.
  void useConvBack() {
    for (int loop = 0; loop < ConvBackVector.LOOPS; loop++) {
      use(CallEmitter.CONV_BACK_VECTOR, loop);
    }
    useTurns();
    useBlocks();
  }

  /// Pools are gone through in vectors, too.
  void usePools(PoolLoop loop) {
    List<Integer> loops =
        switch (loop) {
          case PoolLoop.Largest _ -> PoolVector.OF_LARGEST;
          case PoolLoop.Give _ -> PoolVector.OF_GIVE;
          case PoolLoop.Spread _ -> PoolVector.OF_SPREAD;
        };
    loops.forEach(one -> use(CallEmitter.POOL_VECTOR, one));
  }

  /// Words become draws from distributions in vectors, too.
  void useLevels() {
    use(CallEmitter.LEVELS_VECTOR, LevelsVector.COUNT);
    use(CallEmitter.LEVELS_VECTOR, LevelsVector.REST);
  }

  /// Words become normal numbers in vectors, too.
  void useNormals() {
    use(CallEmitter.NORMALS_VECTOR, NormalsVector.MAKE);
  }

  /// Numbers that are none are looked for in vectors, too.
  void useFinite() {
    use(CallEmitter.FINITE_VECTOR, FiniteVector.MOST);
  }

  private void use(String owner, int loop) {
    libraryLoops.add(new LibraryLoop(owner, loop));
  }

  /// Calls the loop's method for the indices from one local up to another, a multiple of its lanes
  /// apart; of a collection, with its count on the stack, which is replaced by the new one.
  void call(ShapedLoop loop, Frame frame, ExpressionEmitter expressions, String from, String to) {
    if (loop.shape().collects()) {
      String count = frame.spill(Scalar.I32);
      new CollectionCall(this, fields, loop, frame, expressions, count, from, to).emit();
      return;
    }
    loop.arrays().forEach(array -> push(frame, array));
    loop.arguments().forEach(expressions::push);
    frame.load(from);
    frame.load(to);
    call(frame.code, loop.shape(), false);
  }

  void push(Frame frame, Buffer array) {
    if (frame.hasArray(array)) {
      frame.loadArray(array);
    } else {
      fields.load(frame.code, array);
    }
  }

  /// Calls the method of a shape with what is on the stack.
  ///
  /// @param together whether a collection lists all lanes of a vector at once
  void call(MethodVisitor code, LoopShape shape, boolean together) {
    String name = method(new Variant(shape, together));
    code.visitMethodInsn(INVOKESTATIC, owner, name, shape.descriptor(), false);
  }

  private String method(Variant variant) {
    String known = names.get(variant);
    if (known != null) {
      return known;
    }
    String name = "v" + names.size();
    names.put(variant, name);
    emit(variant, name);
    return name;
  }

  private void emit(Variant variant, String name) {
    LoopShape shape = variant.shape();
    MethodVisitor code =
        writer.visitMethod(ACC_PRIVATE | ACC_STATIC, name, shape.descriptor(), null, null);
    code.visitCode();
    Frame frame = new Frame(code);
    shape.arrays().forEach(frame::declareArrayParameter);
    shape.parameters().forEach(local -> frame.declare(local.name(), local.type()));
    if (shape.collects()) {
      frame.declare(LoopShape.COUNT, Scalar.I32);
      frame.declare(LoopShape.ALSO, Scalar.I64);
    }
    frame.declare(LoopShape.INDEX, Scalar.I32);
    frame.declare(LoopShape.LIMIT, Scalar.I32);
    Label end = new Label();
    emitCountDown(frame, end);
    VectorLoopEmitter loops =
        new VectorLoopEmitter(
            frame, new ExpressionEmitter(frame, seed), shape.lanes(), variant.together());
    switch (shape.stmt()) {
      case Stmt.Loop loop -> loops.emit(loop);
      case Stmt.Collect collect -> loops.emit(collect);
      case Stmt.Let _,
          Stmt.Var _,
          Stmt.Assign _,
          Stmt.Store _,
          Stmt.If _,
          Stmt.While _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ ->
          throw new IllegalStateException("no loop: " + shape.stmt());
    }
    code.visitLabel(end);
    if (shape.collects()) {
      frame.load(LoopShape.COUNT);
      code.visitInsn(IRETURN);
    } else {
      code.visitInsn(RETURN);
    }
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /// `while (index > limit) index--; if (index == limit) goto end`.
  private static void emitCountDown(Frame frame, Label end) {
    MethodVisitor code = frame.code;
    Label loop = new Label();
    Label up = new Label();
    frame.load(LoopShape.INDEX);
    frame.load(LoopShape.LIMIT);
    code.visitJumpInsn(IF_ICMPLT, up);
    code.visitLabel(loop);
    frame.load(LoopShape.INDEX);
    frame.load(LoopShape.LIMIT);
    code.visitJumpInsn(IF_ICMPLE, end);
    code.visitIincInsn(frame.slot(LoopShape.INDEX), -1);
    code.visitJumpInsn(GOTO, loop);
    code.visitLabel(up);
  }

  /// Emits the methods of [snel.runtime.kernel.VectorLoops].
  void emitWarmUp() {
    List<Variant> shapes = names.keySet().stream().limit(MOST_WARM).toList();
    List<LibraryLoop> others = List.copyOf(libraryLoops);
    Label[] cases = new Label[shapes.size() + others.size()];
    Arrays.setAll(cases, _ -> new Label());
    MethodVisitor number =
        writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "vectorLoops", "()I", null, null);
    number.visitCode();
    Literals.pushInt(number, cases.length);
    number.visitInsn(IRETURN);
    number.visitMaxs(0, 0);
    number.visitEnd();
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "warmUp", "(III)V", null, null);
    code.visitCode();
    Label none = new Label();
    if (cases.length > 0) {
      code.visitVarInsn(ILOAD, 1);
      code.visitTableSwitchInsn(0, cases.length - 1, none, cases);
    }
    for (int index = 0; index < cases.length; index++) {
      code.visitLabel(cases[index]);
      if (index < shapes.size()) {
        code.visitVarInsn(ILOAD, 2);
        code.visitVarInsn(ILOAD, 3);
        code.visitMethodInsn(INVOKESTATIC, owner, warmUp(index), "(II)V", false);
      } else {
        LibraryLoop loop = others.get(index - shapes.size());
        Literals.pushInt(code, loop.number());
        code.visitVarInsn(ILOAD, 2);
        code.visitVarInsn(ILOAD, 3);
        code.visitMethodInsn(INVOKESTATIC, loop.owner(), "warmUp", "(III)V", false);
      }
      code.visitInsn(RETURN);
    }
    code.visitLabel(none);
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
    Map<Cell, Buffer> scratch = new EnumMap<>(Cell.class);
    for (int index = 0; index < shapes.size(); index++) {
      emitWarmUp(warmUp(index), shapes.get(index), scratch);
    }
  }

  private static String warmUp(int shape) {
    return "w" + shape;
  }

  private void emitWarmUp(String method, Variant variant, Map<Cell, Buffer> scratch) {
    MethodVisitor code = writer.visitMethod(ACC_PRIVATE | ACC_STATIC, method, "(II)V", null, null);
    code.visitCode();
    LoopShape shape = variant.shape();
    for (Buffer array : shape.arrays()) {
      fields.load(code, scratch.computeIfAbsent(array.cell(), VectorMethods::scratch));
    }
    for (FreeLocals.Local parameter : shape.parameters()) {
      code.visitInsn(
          switch (parameter.type()) {
            case BOOL, I32 -> ICONST_0;
            case I64 -> LCONST_0;
            case F32 -> FCONST_1;
            case F64 -> DCONST_1;
          });
    }
    if (shape.collects()) {
      code.visitInsn(ICONST_0);
      code.visitVarInsn(ILOAD, 1);
      if (variant.together()) {
        // of a first vector all lanes and of a second one some: masks ask whether they are all
        code.visitInsn(INEG);
        Literals.pushInt(code, Integer.SIZE - 1);
        code.visitInsn(ISHR);
        code.visitInsn(I2L);
        code.visitLdcInsn((1L << shape.lanes()) - 1 | 2L << shape.lanes());
        code.visitInsn(LAND);
      } else {
        code.visitInsn(I2L);
      }
    }
    code.visitVarInsn(ILOAD, 0);
    code.visitVarInsn(ILOAD, 1);
    Literals.pushInt(code, shape.lanes());
    code.visitInsn(IMUL);
    call(code, shape, variant.together());
    if (shape.collects()) {
      code.visitInsn(POP);
    }
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static Buffer scratch(Cell cell) {
    return new Buffer(
        Fields.SCRATCH + "warm-up." + cell, cell, Length.of(WARM_UP_LENGTH), snel.ir.Role.SCRATCH);
  }
}

package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Length;
import snel.runtime.kernel.ConvBack;
import snel.runtime.kernel.DueList;
import snel.runtime.kernel.LaneLists;
import snel.runtime.kernel.LineStart;
import snel.runtime.kernel.ListedRows;
import snel.runtime.kernel.MaskRows;
import snel.runtime.kernel.Patches;
import snel.runtime.kernel.Products;
import snel.runtime.kernel.RowCache;
import snel.runtime.kernel.ShiftedBlocks;
import snel.runtime.kernel.Stencil;
import snel.runtime.kernel.Turn;
import snel.runtime.rng.AwakeSources;
import snel.runtime.rng.Philox;

/// The arrays of a generated class: static final fields that its initialiser takes from the class
/// data, an `Object[]` in the order of [#data]. An initialiser has no room for more than some
/// thousands, and each costs names: those beyond are fetched from the class data wherever they are
/// used.
final class Fields {
  private static final int MOST_FIELDS = 2_000;

  private static final String REST = "rest";
  private static final String OBJECTS = "[Ljava/lang/Object;";

  /// Begins the name of a buffer that only generated code knows.
  static final String SCRATCH = "$scratch.";

  private record Field(int number, String descriptor) {
    boolean isInRest() {
      return number >= MOST_FIELDS;
    }

    String name() {
      return "b" + number;
    }
  }

  private final ClassWriter writer;
  private final String owner;
  private final Map<String, Object> arrays;
  private final long[] epoch;
  private final Optional<LineStart> lines = LineStart.ofMachine();
  private final Map<String, Field> caches = new HashMap<>();
  private final Map<String, Field> buffers = new LinkedHashMap<>();
  private final Set<String> copied = new HashSet<>();
  private final Map<Build.Masks, Optional<MaskRows>> masks = new HashMap<>();
  private final List<Field> fields = new ArrayList<>();
  private final List<Object> data = new ArrayList<>();
  private int scratches;
  private String thread = "";

  /// @param arrays of the buffers, by name
  /// @param epoch counted up whenever an array may have changed other than by a kernel
  Fields(ClassWriter writer, String owner, Map<String, Object> arrays, long[] epoch) {
    this.writer = writer;
    this.owner = owner;
    this.arrays = arrays;
    this.epoch = epoch;
  }

  /// Pushes the array of a buffer.
  void load(MethodVisitor code, Buffer buffer) {
    Field field = buffers.get(buffer.name());
    if (field == null) {
      Object array =
          buffer.name().startsWith(SCRATCH) ? scratch(buffer) : arrays.get(buffer.name());
      if (array == null) {
        throw new IllegalStateException("buffer " + buffer.name() + " has no elements yet");
      }
      field = add(ArrayType.of(buffer.cell()).descriptor, array);
      buffers.put(buffer.name(), field);
    }
    get(code, field);
  }

  private Object scratch(Buffer buffer) {
    scratches++;
    return ArrayType.allocate(buffer.cell(), (int) ((Length.Fixed) buffer.length()).count());
  }

  /// How many arrays there are that serve one piece of code as its scratch.
  int scratches() {
    return scratches;
  }

  /// Pushes a fresh array of its own for each place that asks.
  void loadScratch(MethodVisitor code, Cell cell, int length) {
    scratches++;
    get(code, add(ArrayType.of(cell).descriptor, ArrayType.allocate(cell, length)));
  }

  /// Whether a buffer has the beginnings of rows that are short on average and fit into a list.
  ///
  /// @param least from which average length on rows are not short
  boolean hasShortRows(Buffer beginnings, int least) {
    if (!(arrays.get(beginnings.name()) instanceof int[] begins) || begins.length < 2) {
      return false;
    }
    long longest = 0;
    for (int row = 1; row < begins.length; row++) {
      longest = Math.max(longest, begins[row] - (long) begins[row - 1]);
    }
    double all = begins[begins.length - 1] - (double) begins[0];
    return longest < DueList.MOST && all > 0 && all / (begins.length - 1) < least;
  }

  /// How many synapses rows have on average, as far as arrays tell; of the parts of rows that a
  /// thread sees to the same.
  double meanRow(Buffer beginnings, Buffer targets) {
    return arrays.get(beginnings.name()) instanceof int[] begins
            && begins.length > 1
            && arrays.get(targets.name()) instanceof Object all
        ? Array.getLength(all) / (begins.length - 1.0)
        : 0;
  }

  /// From here on code is for another thread than other code: what it changes is its own.
  void separate(String thread) {
    this.thread = thread;
  }

  /// Which thread code is for.
  String thread() {
    return thread;
  }

  /// Whether rows of so many elements begin with lines of the cache, as far as the JVM tells.
  boolean beginsWithLines(Buffer rows, int width) {
    Object array = arrays.get(rows.name());
    return array != null
        && (long) width * rows.cell().bytes() % LineStart.LINE == 0
        && lines.map(known -> known.past(array) == 0).orElse(false);
  }

  /// Pushes what keeps copies of rows of a buffer.
  void loadRowCache(MethodVisitor code, Buffer rows, int width) {
    copied.add(rows.name());
    Field field =
        caches.computeIfAbsent(
            rows.name() + "#" + width + thread,
            _ -> add("L" + CallEmitter.ROW_CACHE + ";", new RowCache(epoch, width)));
    get(code, field);
  }

  /// The names of buffers that what code is given keeps copies of.
  Set<String> copied() {
    return copied;
  }

  /// Whether all targets of rows rise, so that they can have masks.
  boolean hasMasks(Build.Masks rows) {
    return masks(rows).isPresent();
  }

  /// Pushes the masks of rows that have them.
  void loadMaskRows(MethodVisitor code, Build.Masks rows) {
    Field field =
        caches.computeIfAbsent(
            "masks of " + rows.rowStart().name(),
            _ -> add("L" + CallEmitter.MASK_ROWS + ";", masks(rows).orElseThrow()));
    get(code, field);
  }

  private Optional<MaskRows> masks(Build.Masks rows) {
    return masks.computeIfAbsent(
        rows,
        _ ->
            arrays.get(rows.rowStart().name()) instanceof int[] starts
                    && arrays.get(rows.target().name()) instanceof Object targets
                ? MaskRows.of(starts, targets, rows.targets())
                : Optional.empty());
  }

  /// Pushes what adds patches for a loop, one object for all loops of its weights.
  void loadPatches(MethodVisitor code, PatchLoop patches) {
    copied.add(patches.weights().name());
    Field field =
        caches.computeIfAbsent(
            "patches of " + patches.weights().name() + thread,
            _ -> add("L" + CallEmitter.PATCHES + ";", new Patches(epoch, patches.shape())));
    get(code, field);
  }

  /// Pushes what works out what comes back through a kernel, one object for all loops of its
  /// weights.
  void loadConvBack(MethodVisitor code, ConvBackLoop loop) {
    copied.add(loop.weights().name());
    Field field =
        caches.computeIfAbsent(
            "back through " + loop.weights().name() + thread,
            _ -> add("L" + CallEmitter.CONV_BACK + ";", new ConvBack(epoch, loop.shape())));
    get(code, field);
  }

  /// Pushes what draws for the sources that have these odds.
  void loadAwakeSources(MethodVisitor code, Buffer odds) {
    copied.add(odds.name());
    Field field =
        caches.computeIfAbsent(
            "sources of " + odds.name() + thread,
            _ -> add("L" + CallEmitter.AWAKE_SOURCES + ";", new AwakeSources(epoch)));
    get(code, field);
  }

  /// Pushes what adds the kernels of a wiring by a stencil.
  void loadStencil(MethodVisitor code, PatchLoop patches) {
    Field field =
        caches.computeIfAbsent(
            "stencil of " + patches.wiring().name() + thread,
            _ -> add("L" + CallEmitter.STENCIL + ";", new Stencil(patches.shape())));
    get(code, field);
  }

  /// Pushes what turns matrices over for one piece of code.
  void loadTurn(MethodVisitor code) {
    scratches++;
    get(code, add("L" + CallEmitter.TURN + ";", new Turn()));
  }

  /// Pushes what adds products of matrices for one piece of code.
  void loadProducts(MethodVisitor code) {
    scratches++;
    get(code, add("L" + CallEmitter.PRODUCTS + ";", new Products()));
  }

  /// Pushes what adds maps to a grid, each shifted.
  void loadShiftedBlocks(MethodVisitor code) {
    scratches++;
    get(code, add("L" + CallEmitter.SHIFTED_BLOCKS + ";", new ShiftedBlocks()));
  }

  /// Pushes what has room for a list that is written by whole vectors.
  void loadLaneLists(MethodVisitor code) {
    scratches++;
    get(code, add("L" + CallEmitter.LANE_LISTS + ";", new LaneLists()));
  }

  /// Pushes what adds up rows that lists name.
  void loadListedRows(MethodVisitor code) {
    scratches++;
    get(code, add("L" + CallEmitter.LISTED_ROWS + ";", new ListedRows()));
  }

  /// Pushes the keys of the words of a stream.
  void loadKeys(MethodVisitor code, int seed, int stream) {
    Field field =
        caches.computeIfAbsent("keys of " + stream, _ -> add("[J", Philox.keys(seed, stream)));
    get(code, field);
  }

  /// Pushes an array of these numbers.
  void loadTable(MethodVisitor code, int[] numbers) {
    get(code, add("[I", numbers));
  }

  /// Pushes a list, the same for all that ask.
  void loadNames(MethodVisitor code, List<String> names) {
    get(code, caches.computeIfAbsent("names", _ -> add("Ljava/util/List;", names)));
  }

  private Field add(String descriptor, Object value) {
    Field field = new Field(fields.size(), descriptor);
    fields.add(field);
    data.add(value);
    if (!field.isInRest()) {
      writer.visitField(ACC_PRIVATE | ACC_STATIC | ACC_FINAL, field.name(), descriptor, null, null);
    }
    return field;
  }

  private void get(MethodVisitor code, Field field) {
    if (field.isInRest()) {
      code.visitFieldInsn(GETSTATIC, owner, REST, OBJECTS);
      take(code, field);
    } else {
      code.visitFieldInsn(GETSTATIC, owner, field.name(), field.descriptor);
    }
  }

  Object[] data() {
    return data.toArray();
  }

  /// Emits the class initialiser; call it after everything else was emitted.
  void emitInitialiser() {
    MethodVisitor code = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    code.visitLdcInsn(
        new ConstantDynamic(
            "_",
            OBJECTS,
            new Handle(
                H_INVOKESTATIC,
                "java/lang/invoke/MethodHandles",
                "classData",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)"
                    + "Ljava/lang/Object;",
                false)));
    code.visitVarInsn(ASTORE, 0);
    for (Field field : fields) {
      if (!field.isInRest()) {
        code.visitVarInsn(ALOAD, 0);
        take(code, field);
        code.visitFieldInsn(PUTSTATIC, owner, field.name(), field.descriptor);
      }
    }
    if (fields.size() > MOST_FIELDS) {
      writer.visitField(ACC_PRIVATE | ACC_STATIC | ACC_FINAL, REST, OBJECTS, null, null);
      code.visitVarInsn(ALOAD, 0);
      code.visitFieldInsn(PUTSTATIC, owner, REST, OBJECTS);
    }
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /// Turns the class data into what they hold for a field.
  private static void take(MethodVisitor code, Field field) {
    Literals.pushInt(code, field.number);
    code.visitInsn(AALOAD);
    code.visitTypeInsn(CHECKCAST, Type.getType(field.descriptor).getInternalName());
  }
}

package snel.target;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;

/// A random program: arrays of every cell, lists, wirings, and kernels over them. Equal seeds give
/// equal programs.
final class RandomProgram {
  /// A wiring with its per-synapse buffers.
  ///
  /// @param classes number of delay classes
  /// @param columnClasses of the transpose: the same, or 1
  record Net(
      int sources,
      int targets,
      int classes,
      int columnClasses,
      Buffer rowStart,
      Buffer target,
      Buffer weight,
      Buffer classStart,
      Buffer columnStart,
      Buffer synapse,
      Buffer source) {}

  private final Random random;
  private final int size;
  private final List<Buffer> all = new ArrayList<>();
  private final List<Buffer> arrays = new ArrayList<>();
  private final List<Buffer> rings = new ArrayList<>();
  private final List<Buffer> plain = new ArrayList<>();
  private final Map<Scalar, Buffer> sums = new EnumMap<>(Scalar.class);
  private final List<Net> nets = new ArrayList<>();
  private final List<Build> build = new ArrayList<>();
  private final Buffer list;
  private final Buffer count;
  private final Buffer words;

  private RandomProgram(long seed) {
    random = new Random(seed);
    size = List.of(8, 64, 64, 128).get(random.nextInt(4));
    plain.add(declare(Clock.NAME, Cell.I64, Clock.SIZE, Role.CLOCK));
    declare(Clock.HALT, Cell.I32, 1, Role.LOG);
    declare(Clock.FAULT, Cell.I64, 3, Role.LOG);
    for (Cell cell : Cell.values()) {
      for (int i = random.nextInt(1, 3); i > 0; i--) {
        Role role = random.nextBoolean() ? Role.STATE : Role.PLASTIC;
        arrays.add(declare("x." + cell + i, cell, size, role));
      }
    }
    plain.addAll(arrays);
    for (Cell cell : List.of(Cell.I32, Cell.F32, Cell.F64)) {
      rings.add(declare("ring." + cell, cell, 4L * size, Role.QUEUE));
    }
    plain.addAll(rings);
    for (Scalar type : List.of(Scalar.I32, Scalar.I64, Scalar.F32, Scalar.F64)) {
      Buffer sum = declare("sum." + type, Cell.valueOf(type.name()), size, Role.QUEUE);
      sums.put(type, sum);
      plain.add(sum);
    }
    Cell listCell = List.of(Cell.U8, Cell.U16, Cell.I32).get(random.nextInt(3));
    list = declare("list", listCell, size, Role.QUEUE);
    count = declare("list.count", Cell.I32, 1, Role.QUEUE);
    words = declare("words", Cell.I32, size, Role.STATE);
    plain.add(words);
  }

  static Program of(long seed) {
    return new RandomProgram(seed).program(seed);
  }

  private Program program(long seed) {
    RandomKernels kernels = new RandomKernels(random, this);
    for (Buffer buffer : arrays) {
      RandomBuild.fill(random, buffer).ifPresent(build::add);
    }
    build.add(new Build.Run(kernels.kernel("build.first", Phase.BUILD, 2, false)));
    for (int i = random.nextInt(3); i > 0; i--) {
      RandomBuild.wire(random, this, "net" + i, build);
    }
    build.add(new Build.Run(kernels.kernel("build.last", Phase.BUILD, 2, !nets.isEmpty())));
    List<Kernel> step = new ArrayList<>();
    step.add(kernels.stir());
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      step.add(kernels.kernel("step " + i, Phase.INTEGRATE, random.nextInt(1, 4), !nets.isEmpty()));
    }
    if (seed % 8 == 0) {
      step.add(RandomRows.add(seed, this, build));
    }
    if (seed % 8 == 2) {
      step.add(RandomMasks.add(seed, this, build));
    }
    List<Kernel> demand = new ArrayList<>();
    if (seed % 8 == 4) {
      RandomLists.add(seed, this, build, step, demand);
    }
    return new Program(
        "random" + seed,
        0.1,
        Scalar.F32,
        random.nextInt(),
        all,
        build,
        List.of(),
        List.of(),
        step,
        List.of(),
        demand,
        List.of(),
        new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  Buffer declare(String name, Cell cell, long length, Role role) {
    return declare(name, cell, Length.of(length), role);
  }

  Buffer declare(String name, Cell cell, Length length, Role role) {
    Buffer buffer = new Buffer(name, cell, length, role);
    all.add(buffer);
    return buffer;
  }

  Buffer clock() {
    return plain.getFirst();
  }

  void add(Net net) {
    nets.add(net);
  }

  int size() {
    return size;
  }

  /// Arrays of `size` elements that kernels may write anywhere.
  List<Buffer> arrays() {
    return arrays;
  }

  /// Arrays, and rings of a few slots of `size` elements, that independent loops may write.
  List<Buffer> walked() {
    List<Buffer> walked = new ArrayList<>(arrays);
    walked.addAll(rings);
    return walked;
  }

  /// Buffers that kernels may read anywhere.
  List<Buffer> plain() {
    return plain;
  }

  Buffer list() {
    return list;
  }

  Buffer count() {
    return count;
  }

  Buffer words() {
    return words;
  }

  List<Net> nets() {
    return nets;
  }

  /// Where arrivals of a type are added up.
  Buffer sums(Scalar type) {
    return java.util.Objects.requireNonNull(sums.get(type));
  }
}

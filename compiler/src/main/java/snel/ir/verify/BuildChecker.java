package snel.ir.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Wiring;

/// Checks the build steps in their order: a buffer of one element a synapse exists once its wiring
/// is built.
final class BuildChecker {
  private final Program program;
  private final Map<String, Buffer> buffers;
  private final Violations violations;
  private final Consumer<Kernel> checkKernel;
  private final Set<Buffer> buildOnly;
  private final Map<String, Wiring> built = new HashMap<>();
  private final Set<String> joined = new HashSet<>();
  private final Set<Buffer> released = new HashSet<>();

  BuildChecker(
      Program program,
      Map<String, Buffer> buffers,
      Violations violations,
      Consumer<Kernel> checkKernel) {
    this.program = program;
    this.buffers = buffers;
    this.violations = violations;
    this.checkKernel = checkKernel;
    this.buildOnly = program.buildOnly();
  }

  void check() {
    program.build().forEach(this::check);
    violations.at("buffers");
    for (Buffer buffer : program.buffers()) {
      if (buffer.length() instanceof Length.Synapses(String wiring, _)) {
        violations.require(
            isBuilt(wiring),
            buffer.name() + " has elements for the synapses of " + wiring + ", never built");
      }
    }
  }

  private void check(Build step) {
    violations.at("build");
    switch (step) {
      case Build.Fill(Buffer buffer, double[] values) -> checkFill(buffer, values.length);
      case Build.FillIntegers(Buffer buffer, long[] values) -> {
        violations.require(
            !buffer.cell().scalar().isFloat(), buffer.name() + " is filled with integers");
        checkFill(buffer, values.length);
      }
      case Build.Run(Kernel kernel) -> {
        checkKernel.accept(kernel);
        Nodes.buffers(kernel.body()).forEach(this::checkExists);
      }
      case Build.Wire(Wiring wiring) -> checkWiring(wiring);
      case Build.Release(Buffer buffer) -> {
        checkExists(buffer);
        violations.require(
            buildOnly.contains(buffer), buffer.name() + " is released and used later");
        violations.require(released.add(buffer), buffer.name() + " is released twice");
      }
      case Build.Join(String name, List<Buffer> rowStarts, _) -> {
        rowStarts.forEach(this::checkExists);
        violations.require(!isBuilt(name) && joined.add(name), name + " is built twice");
        violations.require(
            rowStarts.stream()
                .allMatch(
                    start -> built.values().stream().anyMatch(w -> w.rowStart().equals(start))),
            name + " joins what is not built");
      }
      case Build.Lists lists -> {
        lists.own().forEach(this::checkExists);
        checkExists(lists.ring());
        checkExists(lists.come());
        violations.require(
            program.onDemand().stream().anyMatch(kernel -> kernel.name().equals(lists.settle())),
            lists.ring().name() + " cannot be settled");
      }
      case Build.Masks(Buffer rowStart, Buffer target, int targets) -> {
        checkExists(rowStart);
        checkExists(target);
        violations.require(
            indexCells(targets).contains(target.cell()), target.name() + " is no list of targets");
      }
      case Build.SortByDelay sort -> checkSort(sort);
      case Build.Transpose transpose -> checkTranspose(transpose);
    }
  }

  private boolean isBuilt(String wiring) {
    return built.containsKey(wiring) || joined.contains(wiring);
  }

  private void checkFill(Buffer buffer, int values) {
    checkExists(buffer);
    boolean each =
        buffer.length() instanceof Length.Fixed(long count) ? values == count : values != 0;
    violations.require(
        values == 1 || each, () -> values + " values for " + buffer.name() + " " + buffer.length());
  }

  private void checkExists(Buffer buffer) {
    violations.require(
        !released.contains(buffer), "buffer " + buffer.name() + " is used after its release");
    violations.require(
        buffer.equals(buffers.get(buffer.name())),
        "buffer " + buffer.name() + " is not declared, or otherwise");
    if (buffer.length() instanceof Length.Synapses(String wiring, _)) {
      violations.require(
          isBuilt(wiring), buffer.name() + " is used before " + wiring + " is built");
    }
  }

  private void checkWiring(Wiring wiring) {
    violations.at("wiring " + wiring.name());
    violations.require(built.put(wiring.name(), wiring) == null, "is built twice");
    violations.require(wiring.sources() > 0 && wiring.targets() > 0, "has an empty end");
    checkShape(wiring.rowStart(), Set.of(Cell.I32), Length.of(wiring.sources() + 1L));
    Length synapses = new Length.Synapses(wiring.name());
    if (wiring.isBits()) {
      violations.require(
          wiring.multapse().isEmpty() && wiring.shared().isEmpty(), "has more than bits hold");
      Length words = Length.of(Wiring.bitWords(wiring.sources(), wiring.targets()));
      checkShape(wiring.target(), Set.of(Cell.I64), words);
    } else {
      checkShape(wiring.target(), indexCells(wiring.targets()), synapses);
    }
    for (Optional<Buffer> buffer : List.of(wiring.multapse(), wiring.shared())) {
      buffer.ifPresent(present -> checkShape(present, Set.of(Cell.I32), synapses));
    }
  }

  /// The cells that hold indices below `count`.
  private static Set<Cell> indexCells(int count) {
    return count <= 1 << 16 ? Set.of(Cell.U16, Cell.I32) : Set.of(Cell.I32);
  }

  private void checkSort(Build.SortByDelay sort) {
    Wiring wiring = sort.wiring();
    violations.at("sort of " + wiring.name());
    violations.require(wiring.equals(built.get(wiring.name())), "comes before the wiring");
    Length synapses = new Length.Synapses(wiring.name());
    checkShape(sort.delay(), Set.of(Cell.U8, Cell.U16, Cell.I32), synapses);
    checkShape(
        sort.classStart(),
        Set.of(Cell.I32),
        Length.of((long) wiring.sources() * sort.classes() + 1));
    for (Buffer carried : sort.carried()) {
      checkShape(carried, Set.of(Cell.values()), synapses);
    }
  }

  private void checkTranspose(Build.Transpose transpose) {
    Wiring wiring = transpose.wiring();
    violations.at("transpose of " + wiring.name());
    violations.require(wiring.equals(built.get(wiring.name())), "comes before the wiring");
    Length synapses = new Length.Synapses(wiring.name());
    transpose
        .delay()
        .ifPresent(delay -> checkShape(delay, Set.of(Cell.U8, Cell.U16, Cell.I32), synapses));
    violations.require(
        transpose.delay().isPresent() || transpose.classes() == 1, "has classes but no delay");
    checkShape(
        transpose.columnStart(),
        Set.of(Cell.I32),
        Length.of((long) wiring.targets() * transpose.classes() + 1));
    checkShape(transpose.synapse(), Set.of(Cell.I32), synapses);
    checkShape(transpose.source(), indexCells(wiring.sources()), synapses);
  }

  /// Arrays of synapses that come and go have a fixed length with room to spare.
  private static boolean holds(Length found, Length wanted) {
    return found.equals(wanted)
        || wanted instanceof Length.Synapses && found instanceof Length.Fixed;
  }

  private void checkShape(Buffer buffer, Set<Cell> cells, Length length) {
    checkExists(buffer);
    violations.require(
        cells.contains(buffer.cell()) && holds(buffer.length(), length),
        () -> buffer.name() + " is " + buffer.cell() + " " + buffer.length() + ", not " + length);
  }
}

package snel.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Role;
import snel.math.Kind;
import snel.model.Port;

/// The accumulators of one event port (semantics.md §3): counts of arrivals for each projection or
/// drive with one constant weight (class i), one ring of sums for weights known at emission (class
/// ii), and one array for each projection whose weight is read at arrival (class iii).
final class Inbox {
  /// Class i: what arrives with one constant weight, in order of declaration.
  sealed interface Constant {}

  /// Class i: `counts[slot * size + j]` arrivals of constant weight.
  ///
  /// @param weight absent for pure events
  /// @param slots a power of two
  record Counted(Buffer counts, Buffer any, int slots, Optional<snel.math.Expr> weight)
      implements Constant {}

  /// Class i: a Poisson drive, one count a neuron and step.
  ///
  /// @param ordinal how many drives of this port are declared before
  record Driven(int ordinal, snel.math.Expr rate, snel.math.Expr weight, snel.model.Slice slice)
      implements Constant {}

  /// Class ii or iii: `sums[slot * size + j]`.
  ///
  /// @param scale of whole numbers that stand for reals
  record Summed(Buffer sums, Buffer any, int slots, Optional<ExactScale> scale) {}

  final Cells cells;
  final Port port;
  private final Buffers buffers;
  private final List<Constant> constant = new ArrayList<>();
  private final List<Summed> late = new ArrayList<>();
  private final List<SingleArrivals> earlySingles = new ArrayList<>();
  private final List<SingleArrivals> lateSingles = new ArrayList<>();
  private int earlySlots = 0;

  private final Timing timing;
  private final Optional<ExactScale> scale;

  /// When what lies in an inbox is taken out.
  enum Timing {
    /// In phase 1 of its slot.
    SLOT(""),
    /// Within the step: what `instant` projections bring.
    INSTANT(".instant"),
    /// At its own time within the step: spikes that are located there.
    PRECISE(".precise");

    final String suffix;

    Timing(String suffix) {
      this.suffix = suffix;
    }
  }

  /// @param scale where all that arrives is added up exactly
  Inbox(Cells cells, Port port, Buffers buffers, Timing timing, Optional<ExactScale> scale) {
    this.timing = timing;
    this.scale = scale;
    this.cells = cells;
    this.port = port;
    this.buffers = buffers;
  }

  /// The number kind of what arrives.
  Kind kind() {
    return port.kinds().isEmpty() ? Kind.REAL : port.kinds().get(0);
  }

  /// The scale of everything that arrives, if it is added up exactly.
  Optional<ExactScale> scale() {
    return scale;
  }

  private Cell sumCell(Optional<ExactScale> exact) {
    return kind() instanceof Kind.Real && exact.isEmpty() ? buffers.realCell() : Cell.I64;
  }

  String path() {
    return cells.population.path() + "." + port.name() + timing.suffix;
  }

  /// @param cell wide enough for what may arrive in one slot
  Counted counted(String projection, Cell cell, int delays, Optional<snel.math.Expr> weight) {
    int slots = slots(delays);
    String name = path() + ".counts." + projection;
    var entry =
        new Counted(
            buffers.declare(name, cell, (long) slots * cells.size, Role.QUEUE),
            buffers.declare(name + ".any", Cell.I32, slots, Role.QUEUE),
            slots,
            weight);
    constant.add(entry);
    return entry;
  }

  void driven(snel.math.Expr rate, snel.math.Expr weight, snel.model.Slice slice) {
    int ordinal = (int) constant.stream().filter(c -> c instanceof Driven).count();
    constant.add(new Driven(ordinal, rate, weight, slice));
  }

  /// Makes room in the common ring for delays up to `delays` steps; see [#early()].
  void reserve(int delays) {
    earlySlots = Math.max(earlySlots, slots(delays));
  }

  /// The ring of class ii; valid once every projection has reserved its room.
  Summed early() {
    String name = path() + ".sums";
    return new Summed(
        buffers.declare(name, sumCell(scale), (long) earlySlots * cells.size, Role.QUEUE),
        buffers.declare(name + ".any", Cell.I32, earlySlots, Role.QUEUE),
        earlySlots,
        scale);
  }

  boolean hasEarly() {
    return earlySlots > 0;
  }

  Summed late(String projection, int delays, Optional<ExactScale> own) {
    Optional<ExactScale> exact = scale.or(() -> own);
    int slots = slots(delays);
    String name = path() + ".sums." + projection;
    var entry =
        new Summed(
            buffers.declare(name, sumCell(exact), (long) slots * cells.size, Role.QUEUE),
            buffers.declare(name + ".any", Cell.I32, slots, Role.QUEUE),
            slots,
            exact);
    late.add(entry);
    return entry;
  }

  /// Class ii or iii of a port whose body runs once for each arrival.
  void single(SingleArrivals arrivals, boolean early) {
    (early ? earlySingles : lateSingles).add(arrivals);
  }

  List<SingleArrivals> earlySingles() {
    return earlySingles;
  }

  List<SingleArrivals> lateSingles() {
    return lateSingles;
  }

  List<Constant> constant() {
    return constant;
  }

  List<Summed> late() {
    return late;
  }

  boolean isEmpty() {
    return constant.isEmpty()
        && late.isEmpty()
        && earlySlots == 0
        && earlySingles.isEmpty()
        && lateSingles.isEmpty();
  }

  /// Slots of a ring for delays 0 to `delays`.
  static int slots(int delays) {
    return powerOfTwo(delays + 1);
  }

  private static int powerOfTwo(int atLeast) {
    return atLeast <= 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
  }

  /// Position of element `j` in the slot of step `at` (`I32`).
  static Expr position(int slots, int size, Expr at, Expr j) {
    if (slots == 1) {
      return j;
    }
    return Emit.add(Emit.mul(slot(slots, at), Expr.i32(size)), j);
  }

  static Expr slot(int slots, Expr at) {
    return slots == 1
        ? Expr.i32(0)
        : new Expr.Binary(snel.ir.BinaryOp.AND, at, Expr.i32(slots - 1));
  }
}

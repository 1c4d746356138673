package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Backward;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;

/// What outlives its step: copies, one row a step, of what adjoint kernels read and steps change.
/// In segments there are rows for the steps of one only.
final class Tapes {
  /// What the name of a buffer begins with that says to what degree neurons spike.
  static final String SHARE = "share.";

  static final String PREFIX = "tape.";
  static final String CLOCK = PREFIX + "clock";
  private static final String NOW = "tape.now";
  private static final String PLACE = "tape.place";
  private static final String INTO = "tape.into";

  private record Version(Buffer buffer, int number) {}

  private final int most;
  private final int samples;
  private final int rows;
  private final int segments;
  private final Flow flow;
  private final Names names;
  private final Reasons reasons;
  private final Buffer row = new Buffer(Backward.ROW, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer place = new Buffer(PLACE, Cell.I32, Length.of(1), Role.SCRATCH);

  /// The row that the step writes: one behind all others where it is not to be written down, so
  /// that whole states are written in any case, in the loop that makes them.
  private final Buffer into = new Buffer(INTO, Cell.I32, Length.of(1), Role.SCRATCH);

  private final Buffer steps = new Buffer(Backward.STEPS, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer on = new Buffer(Backward.ON, Cell.I32, Length.of(1), Role.PARAMETER);
  private final Buffer slot = new Buffer(Backward.SLOT, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer slots = new Buffer(Backward.SLOTS, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer clock = new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK);
  private final Buffer clocks;
  private final Buffer now = new Buffer(NOW, Cell.I64, Length.of(Clock.SIZE), Role.SCRATCH);
  private final Map<Version, Buffer> tapes = new LinkedHashMap<>();
  private final Map<Buffer, Integer> written = new HashMap<>();
  private final Map<Integer, List<Stmt>> copies = new HashMap<>();
  private final Map<Integer, List<Stmt>> wholes = new HashMap<>();

  /// @param samples how many are gone back over side by side: their rows of a step lie side by side
  /// @param segment how many steps of a sample are written down at a time; 0 for all
  Tapes(int steps, int samples, int segment, Flow flow, Names names, Reasons reasons) {
    this.most = steps;
    this.samples = samples;
    this.rows = segment > 0 ? segment : steps * samples;
    this.segments = segment > 0 ? Math.ceilDiv(steps, segment) : 0;
    this.flow = flow;
    this.names = names;
    this.reasons = reasons;
    this.clocks = new Buffer(CLOCK, Cell.I64, Length.of((long) rows * Clock.SIZE), Role.SCRATCH);
  }

  /// How many steps of all samples there is room for.
  long rows() {
    return rows;
  }

  /// Most steps of a sample.
  int most() {
    return most;
  }

  /// How many segments there are; 0 where all steps are written down.
  int segments() {
    return segments;
  }

  /// In which row lies the step that is gone back over, or written down.
  Expr row() {
    return Form.one(segments > 0 ? place : row);
  }

  /// Which step since the reset that is, times the samples.
  Expr step() {
    return Form.one(row);
  }

  /// How many steps the sample has that is gone back over.
  Buffer steps() {
    return steps;
  }

  /// How many samples are gone back over.
  Expr slots() {
    return Form.one(slots);
  }

  /// What the clock says in a step that is written down.
  Expr clock(Expr of, Expr index) {
    Expr first = new Expr.Binary(BinaryOp.MUL, of, Expr.i32(Clock.SIZE));
    return new Expr.Load(clocks, new Expr.Binary(BinaryOp.ADD, first, index));
  }

  /// Whether the buffer has a row for each step.
  boolean hasRows(Buffer buffer) {
    return tapes.containsValue(buffer);
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>(List.of(row, into, steps, on, clocks));
    all.addAll(samples > 1 ? List.of(slot, slots) : List.of(now));
    if (segments > 0) {
      all.add(place);
    }
    all.addAll(tapes.values());
    return all;
  }

  /// A statement of the step changes the buffer.
  void changed(Buffer buffer) {
    written.merge(buffer, 1, Integer::sum);
  }

  /// The statements with what the step changes read from the tape, as it was before the statement
  /// `number` of the step.
  List<Stmt> reading(List<Stmt> block, int number) {
    return Form.mapAll(block, expr -> reading(expr, number));
  }

  private Expr reading(Expr expr, int number) {
    if (!(expr instanceof Expr.Load(Buffer buffer, Expr index)) || !isTaped(buffer)) {
      return expr;
    }
    if (buffer.name().startsWith(Straight.LOST)) {
      reasons.add("reads what it has just changed elsewhere");
      return expr;
    }
    if (!(buffer.length() instanceof Length.Fixed(long length))) {
      reasons.add("changes `" + buffer.name() + "` from step to step");
      return expr;
    }
    var version = new Version(buffer, written.getOrDefault(buffer, 0));
    Buffer tape = tapes.get(version);
    if (tape == null) {
      String name = PREFIX + buffer.name() + (version.number == 0 ? "" : "." + version.number);
      boolean whole = length > 1 && flow.countOf(buffer).isEmpty();
      long all = (whole ? rows + 1L : rows) * length;
      tape = new Buffer(name, buffer.cell(), Length.of(all), Role.SCRATCH);
      tapes.put(version, tape);
      (whole ? wholes : copies)
          .computeIfAbsent(number, _ -> new ArrayList<>())
          .add(copy(buffer, tape, length));
    }
    return new Expr.Load(tape, at(length, index));
  }

  /// What is presented is gone when the steps are gone back over.
  private boolean isTaped(Buffer buffer) {
    return flow.varies(buffer)
        || buffer.role() == Role.INPUT
        || buffer.name().startsWith(Straight.LOST)
        || buffer.name().startsWith(SHARE);
  }

  private Expr at(long length, Expr index) {
    Expr first = new Expr.Binary(BinaryOp.MUL, row(), Expr.i32((int) length));
    return length == 1 ? row() : new Expr.Binary(BinaryOp.ADD, first, index);
  }

  private Stmt copy(Buffer buffer, Buffer tape, long length) {
    if (length == 1) {
      return new Stmt.Store(tape, row(), Form.one(buffer));
    }
    String k = names.fresh("k");
    Optional<Buffer> count = flow.countOf(buffer);
    Expr end = count.<Expr>map(Form::one).orElse(Expr.i32((int) length));
    Expr to = count.isPresent() ? row() : Form.one(into);
    Stmt.Store store =
        new Stmt.Store(
            tape, Form.at(to, (int) length, Form.index(k)), new Expr.Load(buffer, Form.index(k)));
    return new Stmt.Loop(k, Expr.i32(0), end, Stmt.Order.INDEPENDENT, List.of(store));
  }

  /// What is written down before the statement `number` of the step.
  List<Stmt> before(int number) {
    List<Stmt> all = new ArrayList<>(wholes.getOrDefault(number, List.of()));
    if (copies.containsKey(number)) {
      all.add(whileOn(copies.get(number)));
    }
    return all;
  }

  private Stmt whileOn(List<Stmt> body) {
    return new Stmt.If(isWritten(), body, List.of());
  }

  private Expr isWritten() {
    Expr room =
        new Expr.Compare(CompareOp.LT, step(), Expr.i32(segments > 0 ? segments * rows : rows));
    return new Expr.Binary(BinaryOp.AND, isOn(), room);
  }

  private Expr isOn() {
    return new Expr.Compare(CompareOp.NE, Form.one(on), Expr.i32(0));
  }

  /// The first kernel of a step.
  Kernel begin(Optional<Checkpoints> checkpoints) {
    List<Stmt> body = new ArrayList<>();
    checkpoints.ifPresent(own -> body.addAll(own.noted()));
    body.addAll(copyClock(false));
    Expr place = Form.choose(isWritten(), row(), Expr.i32(rows));
    return new Kernel("tape:begin", Phase.DELIVER, List.of(whileOn(body), into(place)));
  }

  /// The last kernel of a step: counts on where there is no more room, so that it is seen.
  Kernel end() {
    Stmt.If counted = new Stmt.If(isOn(), moved(samples), List.of());
    return new Kernel("tape:end", Phase.RECORD, List.of(counted));
  }

  private List<Stmt> moved(int by) {
    List<Stmt> all = new ArrayList<>(List.of(moved(row, by)));
    if (segments > 0) {
      all.add(moved(place, by));
    }
    return all;
  }

  private static Stmt moved(Buffer row, int by) {
    return new Stmt.Store(row, Expr.i32(0), Form.add(Form.one(row), Expr.i32(by)));
  }

  /// The step that is done once more begins.
  List<Stmt> again() {
    List<Stmt> all = copyClock(false);
    all.add(into(row()));
    return all;
  }

  private Stmt into(Expr place) {
    return new Stmt.Store(into, Expr.i32(0), place);
  }

  /// The step that is done once more has been done.
  List<Stmt> done() {
    List<Stmt> all = new ArrayList<>(moved(1));
    for (int k : new int[] {Clock.STEP, Clock.EPISODE_STEP, Clock.TIME}) {
      Expr next = new Expr.Binary(BinaryOp.ADD, new Expr.Load(clock, Expr.i32(k)), Expr.i64(1));
      all.add(new Stmt.Store(clock, Expr.i32(k), next));
    }
    return all;
  }

  /// Where a segment begins, the tape does.
  Stmt first() {
    return new Stmt.Store(place, Expr.i32(0), Expr.i32(0));
  }

  /// The segment before the one that has been gone back over is next.
  List<Stmt> previous() {
    return List.of(moved(row, -rows), first());
  }

  Buffer clock() {
    return clock;
  }

  /// Begins at the first row: run by `reset all`.
  Kernel rewind() {
    Expr first = samples > 1 ? Form.one(slot) : Expr.i32(0);
    return new Kernel("tape:rewind", Phase.RESET, List.of(new Stmt.Store(row, Expr.i32(0), first)));
  }

  /// Before the steps are gone back over: remembers the time, and how many they are.
  List<Stmt> hold() {
    if (samples > 1) {
      return List.of();
    }
    String k = names.fresh("k");
    return List.of(
        new Stmt.Store(steps, Expr.i32(0), row()),
        loop(k, new Stmt.Store(now, Form.index(k), new Expr.Load(clock, Form.index(k)))));
  }

  /// Goes back by a step.
  Kernel back() {
    List<Stmt> body = new ArrayList<>(moved(-samples));
    if (samples == 1) {
      body.addAll(copyClock(true));
    }
    return new Kernel(Backward.BACK + "tape", Phase.ON_DEMAND, body);
  }

  /// After the steps were gone back over: time is what it was.
  List<Stmt> release() {
    if (samples > 1) {
      return List.of();
    }
    String k = names.fresh("k");
    return List.of(
        loop(k, new Stmt.Store(clock, Form.index(k), new Expr.Load(now, Form.index(k)))));
  }

  private List<Stmt> copyClock(boolean back) {
    List<Stmt> all = new ArrayList<>();
    for (int k = 0; k < Clock.SIZE; k++) {
      Expr at = at(Clock.SIZE, Expr.i32(k));
      all.add(
          back
              ? new Stmt.Store(clock, Expr.i32(k), new Expr.Load(clocks, at))
              : new Stmt.Store(clocks, at, new Expr.Load(clock, Expr.i32(k))));
    }
    return all;
  }

  private static Stmt loop(String k, Stmt body) {
    return new Stmt.Loop(
        k, Expr.i32(0), Expr.i32(Clock.SIZE), Stmt.Order.SEQUENTIAL, List.of(body));
  }
}

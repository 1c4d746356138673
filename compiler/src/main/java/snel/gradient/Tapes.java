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
final class Tapes {
  /// What the name of a buffer begins with that says to what degree neurons spike.
  static final String SHARE = "share.";

  static final String PREFIX = "tape.";
  static final String CLOCK = PREFIX + "clock";
  private static final String NOW = "tape.now";
  private static final String STEPS = "tape.steps";

  private record Version(Buffer buffer, int number) {}

  private final int rows;
  private final Flow flow;
  private final Names names;
  private final Reasons reasons;
  private final Buffer row = new Buffer(Backward.ROW, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer steps = new Buffer(STEPS, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer on = new Buffer(Backward.ON, Cell.I32, Length.of(1), Role.PARAMETER);
  private final Buffer clock = new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK);
  private final Buffer clocks;
  private final Buffer now = new Buffer(NOW, Cell.I64, Length.of(Clock.SIZE), Role.SCRATCH);
  private final Map<Version, Buffer> tapes = new LinkedHashMap<>();
  private final Map<Buffer, Integer> written = new HashMap<>();
  private final Map<Integer, List<Stmt>> copies = new HashMap<>();

  Tapes(int rows, Flow flow, Names names, Reasons reasons) {
    this.rows = rows;
    this.flow = flow;
    this.names = names;
    this.reasons = reasons;
    this.clocks = new Buffer(CLOCK, Cell.I64, Length.of((long) rows * Clock.SIZE), Role.SCRATCH);
  }

  /// How many steps there is room for.
  long rows() {
    return rows;
  }

  /// Which step is gone back over, or written down.
  Expr row() {
    return Form.one(row);
  }

  /// How many steps the sample has that is gone back over.
  Buffer steps() {
    return steps;
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>(List.of(row, steps, on, clocks, now));
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
      tape = new Buffer(name, buffer.cell(), Length.of(rows * length), Role.SCRATCH);
      tapes.put(version, tape);
      copies.computeIfAbsent(number, _ -> new ArrayList<>()).add(copy(buffer, tape, length));
    }
    return new Expr.Load(tape, at(length, index));
  }

  private boolean isTaped(Buffer buffer) {
    return flow.varies(buffer)
        || buffer.name().startsWith(Straight.LOST)
        || buffer.name().startsWith(SHARE);
  }

  private Expr at(long length, Expr index) {
    Expr first = new Expr.Binary(BinaryOp.MUL, Form.one(row), Expr.i32((int) length));
    return length == 1 ? Form.one(row) : new Expr.Binary(BinaryOp.ADD, first, index);
  }

  private Stmt copy(Buffer buffer, Buffer tape, long length) {
    if (length == 1) {
      return new Stmt.Store(tape, Form.one(row), Form.one(buffer));
    }
    String k = names.fresh("k");
    Expr end = flow.countOf(buffer).<Expr>map(Form::one).orElse(Expr.i32((int) length));
    Stmt.Store store =
        new Stmt.Store(tape, at(length, Form.index(k)), new Expr.Load(buffer, Form.index(k)));
    return new Stmt.Loop(k, Expr.i32(0), end, Stmt.Order.INDEPENDENT, List.of(store));
  }

  /// What is written down before the statement `number` of the step.
  Optional<Stmt> before(int number) {
    return Optional.ofNullable(copies.get(number)).map(this::whileOn);
  }

  private Stmt whileOn(List<Stmt> body) {
    Expr room = new Expr.Compare(CompareOp.LT, Form.one(row), Expr.i32(rows));
    return new Stmt.If(new Expr.Binary(BinaryOp.AND, isOn(), room), body, List.of());
  }

  private Expr isOn() {
    return new Expr.Compare(CompareOp.NE, Form.one(on), Expr.i32(0));
  }

  /// The first kernel of a step.
  Kernel begin() {
    return new Kernel("tape:begin", Phase.DELIVER, List.of(whileOn(copyClock(false))));
  }

  /// The last kernel of a step: counts on where there is no more room, so that it is seen.
  Kernel end() {
    Expr next = new Expr.Binary(BinaryOp.ADD, Form.one(row), Expr.i32(1));
    return new Kernel(
        "tape:end",
        Phase.RECORD,
        List.of(whileOn(List.of(new Stmt.Store(row, Expr.i32(0), next)))));
  }

  /// Begins at the first row: run by `reset all`.
  Kernel rewind() {
    return new Kernel(
        "tape:rewind", Phase.RESET, List.of(new Stmt.Store(row, Expr.i32(0), Expr.i32(0))));
  }

  /// Before the steps are gone back over: remembers the time, and how many they are.
  List<Stmt> hold() {
    String k = names.fresh("k");
    return List.of(
        new Stmt.Store(steps, Expr.i32(0), row()),
        loop(k, new Stmt.Store(now, Form.index(k), new Expr.Load(clock, Form.index(k)))));
  }

  /// Goes back by a step.
  Kernel back() {
    Expr last = new Expr.Binary(BinaryOp.SUB, Form.one(row), Expr.i32(1));
    List<Stmt> body = new ArrayList<>(List.of(new Stmt.Store(row, Expr.i32(0), last)));
    body.addAll(copyClock(true));
    return new Kernel(Backward.BACK + "tape", Phase.ON_DEMAND, body);
  }

  /// After the steps were gone back over: time is what it was.
  Stmt release() {
    String k = names.fresh("k");
    return loop(k, new Stmt.Store(clock, Form.index(k), new Expr.Load(now, Form.index(k))));
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

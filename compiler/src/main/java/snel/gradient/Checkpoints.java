package snel.gradient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Backward;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.pass.Reaching;

/// Checkpoints in time: the tape holds one segment of a sample. What each segment begins with is
/// kept, and its steps are done once more before they are gone back over (Chen et al. 2016,
/// arXiv:1604.06174). What comes from outside in a step is kept for all steps. Inputs are what they
/// were before the presentation when steps are done once more, so those that it holds are kept too.
final class Checkpoints {
  static final String PREFIX = "keep.";

  /// Kept at the beginning of each segment, and when the sample ends: what steps change, and inputs
  /// that stay.
  private final Map<Buffer, Buffer> kept = new LinkedHashMap<>();

  private final Map<Buffer, Buffer> ended = new LinkedHashMap<>();

  /// Kept of each step: what comes from outside, and how many where that is a list.
  private final Map<Buffer, Buffer> given = new LinkedHashMap<>();

  private final Map<Buffer, Buffer> counts = new LinkedHashMap<>();

  private final Tapes tapes;
  private final Names names;
  private final Reasons reasons;
  private final List<Kernel> again;

  /// @param forward the kernels of a step that writes itself down
  /// @param inputsVary whether inputs change from step to step
  Checkpoints(
      Program program,
      List<Kernel> forward,
      Tapes tapes,
      boolean inputsVary,
      Names names,
      Reasons reasons) {
    this.tapes = tapes;
    this.names = names;
    this.reasons = reasons;
    Set<String> written = new HashSet<>();
    tapes.buffers().forEach(buffer -> written.add(buffer.name()));
    List<Kernel> needed = Reaching.of(forward, written);
    Set<Buffer> used = new LinkedHashSet<>();
    needed.forEach(kernel -> used.addAll(Nodes.buffers(kernel.body())));
    outside(program, inputsVary);
    given.keySet().removeIf(buffer -> !used.contains(buffer));
    Set<Buffer> changed = Nodes.writtenBy(needed);
    changed.removeAll(tapes.buffers());
    changed.removeAll(given.keySet());
    keep(tapes.clock());
    used.stream()
        .filter(buffer ->
            changed.contains(buffer) && buffer.role() != Role.SCRATCH
                || buffer.role() == Role.INPUT && !inputsVary)
        .forEach(this::keep);
    given.keySet().stream().filter(buffer -> buffer.role() == Role.INPUT).forEach(this::keepEnd);
    this.again = again(needed);
  }

  private void keep(Buffer buffer) {
    if (buffer.length() instanceof Length.Fixed(long length)) {
      Length all = Length.of(length * tapes.segments());
      kept.put(buffer, new Buffer(PREFIX + buffer.name(), buffer.cell(), all, Role.SCRATCH));
      keepEnd(buffer);
    } else {
      refuse(buffer, "changes");
    }
  }

  private void keepEnd(Buffer buffer) {
    String end = PREFIX + "end." + buffer.name();
    ended.put(buffer, new Buffer(end, buffer.cell(), buffer.length(), Role.SCRATCH));
  }

  private void outside(Program program, boolean inputsVary) {
    for (Directory.Population population : program.directory().populations()) {
      if (population.isInput()) {
        counts.put(population.spikes(), population.spikeCount());
        give(population.spikeCount(), Cell.I32);
        give(population.spikes(), population.size() <= 65_536 ? Cell.U16 : Cell.I32);
      }
    }
    for (Directory.Port port : program.directory().ports()) {
      Stream.concat(Stream.of(port.pending()), port.arguments().stream())
          .forEach(buffer -> give(buffer, buffer.cell()));
    }
    if (inputsVary) {
      Set<Buffer> bound = Nodes.writtenBy(program.binds());
      program.buffers().stream()
          .filter(buffer -> buffer.role() == Role.INPUT || bound.contains(buffer))
          .forEach(buffer -> give(buffer, buffer.cell()));
    }
  }

  private void give(Buffer buffer, Cell cell) {
    if (buffer.length() instanceof Length.Fixed(long length)) {
      Length all = Length.of(length * tapes.segments() * tapes.rows());
      given.put(buffer, new Buffer(PREFIX + "given." + buffer.name(), cell, all, Role.SCRATCH));
    } else {
      refuse(buffer, "is given");
    }
  }

  private void refuse(Buffer buffer, String what) {
    reasons.at("");
    reasons.add("`checkpoint`: `%s` %s, one for each synapse".formatted(buffer.name(), what));
  }

  List<Buffer> buffers() {
    return Stream.of(kept, ended, given).flatMap(map -> map.values().stream()).toList();
  }

  /// On the way forward, before a step.
  List<Stmt> noted() {
    List<Stmt> begins = new ArrayList<>(List.of(tapes.first()));
    begins.addAll(copied(kept, segment(), false));
    Expr rows = Expr.i32((int) tapes.rows());
    Expr within = new Expr.Binary(BinaryOp.REM, tapes.step(), rows);
    Expr first = new Expr.Compare(CompareOp.EQ, within, Expr.i32(0));
    List<Stmt> all = new ArrayList<>(List.of(new Stmt.If(first, begins, List.of())));
    all.addAll(copied(given, tapes.step(), false));
    return all;
  }

  private Expr segment() {
    return Form.div(tapes.step(), Expr.i32((int) tapes.rows()));
  }

  /// After the last step.
  List<Stmt> ended() {
    return copied(ended, Expr.i32(0), false);
  }

  /// After all have been gone back over: everything is as it was after the last step.
  List<Stmt> released() {
    return copied(ended, Expr.i32(0), true);
  }

  /// Goes to the segment before the one that has been gone back over.
  Kernel resume() {
    List<Stmt> body = new ArrayList<>(tapes.previous());
    body.addAll(copied(kept, segment(), true));
    return new Kernel(Backward.RESUME, Phase.ON_DEMAND, body);
  }

  /// Do a step of it once more.
  List<Kernel> again() {
    return again;
  }

  private List<Kernel> again(List<Kernel> needed) {
    List<Kernel> all = new ArrayList<>();
    List<Stmt> begin = new ArrayList<>(tapes.again());
    begin.addAll(copied(given, tapes.step(), true));
    all.add(new Kernel(Backward.AGAIN + "tape:begin", Phase.ON_DEMAND, begin));
    for (Kernel kernel : needed) {
      all.add(new Kernel(Backward.AGAIN + kernel.name(), Phase.ON_DEMAND, kernel.body()));
    }
    all.add(new Kernel(Backward.AGAIN + "tape:end", Phase.ON_DEMAND, tapes.done()));
    return all;
  }

  /// @param row of the copies
  /// @param back whether they are put back
  private List<Stmt> copied(Map<Buffer, Buffer> copies, Expr row, boolean back) {
    List<Stmt> all = new ArrayList<>();
    copies.forEach((buffer, copy) -> {
      int length = (int) ((Length.Fixed) buffer.length()).count();
      String k = names.fresh("k");
      Expr at = Form.at(row, length, Form.index(k));
      Expr here = Form.index(k);
      Buffer count = counts.get(buffer);
      Stmt one =
          back
              ? new Stmt.Store(buffer, here, new Expr.Load(copy, at))
              : new Stmt.Store(copy, at, new Expr.Load(buffer, here));
      Expr end = count == null ? Expr.i32(length) : Form.one(count);
      all.add(new Stmt.Loop(k, Expr.i32(0), end, Stmt.Order.INDEPENDENT, List.of(one)));
    });
    return all;
  }
}

package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;

/// Derivatives by the times of spikes (Bohte, Kok & La Poutré 2002,
/// doi:10.1016/S0925-2312(01)00658-0).
///
/// `a(n)` is the derivative by whether a neuron spikes in step n, of all that a spike does. One
/// that comes a step later does in step n + 1 what it did in step n, so the derivative by the time
/// of the spike is `(a(n + 1) - a(n)) / step`, and what a loss says of the first spike. The state m
/// at the threshold moves the time by -1 / (dm/dt). A neuron that is silent though the loss asks
/// for an earlier first spike has no derivative; it is woken where it came nearest to the
/// threshold.
final class SpikeTimes {
  /// What is known of a list of spikes.
  ///
  /// @param before the margin when the step before was over, or of the initial state
  /// @param crest the largest margin of the sample
  /// @param when the row of the crest
  /// @param later stands for the share of the step after
  private record Watch(Buffer before, Buffer crest, Buffer when, Buffer later) {}

  private final Threshold.Times times;
  private final Program program;
  private final Adjoints adjoints;
  private final Tapes tapes;
  private final Names names;
  private final Optional<Saltation> saltation;
  private final Map<Buffer, Watch> watches = new LinkedHashMap<>();

  /// Keeps the margins of the states as they stand.
  private final List<Stmt> standing = new ArrayList<>();

  SpikeTimes(
      Threshold.Times times,
      Program program,
      Adjoints adjoints,
      Tapes tapes,
      Names names,
      Optional<Saltation> saltation) {
    this.saltation = saltation;
    this.times = times;
    this.program = program;
    this.adjoints = adjoints;
    this.tapes = tapes;
    this.names = names;
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>();
    watches.values().forEach(w -> all.addAll(List.of(w.before, w.crest, w.when)));
    return all;
  }

  private Watch watch(Buffer list) {
    return watches.computeIfAbsent(
        list,
        l ->
            new Watch(
                new Buffer(
                    Tapes.SHARE + "before." + l.name(), adjoints.cell(), l.length(), Role.STATE),
                new Buffer("crest." + l.name(), adjoints.cell(), l.length(), Role.STATE),
                new Buffer("crest.row." + l.name(), Cell.I32, l.length(), Role.STATE),
                new Buffer("later." + l.name(), adjoints.cell(), l.length(), Role.STATE)));
  }

  /// Whether the statement gathers times of first spikes, whose derivatives are taken here.
  boolean readsFirst(Stmt stmt) {
    boolean[] found = {false};
    Nodes.eachStatement(
        List.of(stmt),
        inner ->
            found[0] |=
                Nodes.written(inner).stream()
                    .anyMatch(buffer -> times.firsts().containsKey(buffer.name())));
    return found[0];
  }

  /// Before neurons are listed: how near each is to its threshold.
  Stmt watched(Firing firing, Margin margin) {
    Watch watch = watch(firing.list());
    Expr at = Form.index(firing.index());
    List<Stmt> over = new ArrayList<>();
    over.add(new Stmt.Store(watch.before, at, margin(margin, over)));
    standing.add(loop(firing, over));
    Expr.Read above = names.local("above", adjoints.real());
    Expr higher = new Expr.Compare(CompareOp.GT, above, new Expr.Load(watch.crest, at));
    if (!(margin.gate() instanceof Expr.Const)) {
      higher = new Expr.Binary(BinaryOp.AND, margin.gate(), higher);
    }
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Let(above.name(), margin(margin, body)));
    body.add(
        new Stmt.If(
            higher,
            List.of(
                new Stmt.Store(watch.crest, at, above),
                new Stmt.Store(watch.when, at, tapes.step())),
            List.of()));
    return loop(firing, body);
  }

  private Expr margin(Margin margin, List<Stmt> body) {
    return Form.convert(adjoints.real(), Form.bound(margin.above(), names, body));
  }

  private static Stmt loop(Firing firing, List<Stmt> body) {
    return new Stmt.Loop(firing.index(), firing.from(), firing.to(), Stmt.Order.INDEPENDENT, body);
  }

  /// When a step is over.
  Kernel over() {
    return new Kernel("times:over", Phase.RECORD, standing);
  }

  /// A sample begins.
  Kernel reset() {
    List<Stmt> body = new ArrayList<>(standing);
    Expr none = real(Double.NEGATIVE_INFINITY);
    for (Watch watch : watches.values()) {
      if (watch.crest.length() instanceof Length.Fixed(long length)) {
        String k = names.fresh("k");
        body.add(
            new Stmt.Loop(
                k,
                Expr.i32(0),
                Expr.i32((int) length),
                Stmt.Order.INDEPENDENT,
                List.of(
                    new Stmt.Store(watch.crest, Form.index(k), none),
                    new Stmt.Store(watch.when, Form.index(k), Expr.i32(-1)))));
      }
    }
    return new Kernel("times:reset", Phase.RESET, body);
  }

  /// The derivative by the margin of neuron `i`, as the local `bar`.
  ///
  /// @param above the margin in this step
  /// @param open whether the neuron may spike
  /// @param came the derivative by whether it spikes in this step
  List<Stmt> derivative(Buffer list, String i, Expr above, Expr open, Expr came, Expr.Read bar) {
    Watch watch = watch(list);
    Buffer later = adjoints.of(watch.later);
    Expr at = Form.index(i);
    List<Stmt> all = new ArrayList<>();
    Expr high = let("high", Form.convert(adjoints.real(), above), all);
    Expr moved = let("moved", move(later, at, came), all);
    Expr asked = let("asked", asked(list, at), all);
    Expr fired = new Expr.Compare(CompareOp.GT, high, real(0));
    if (!(open instanceof Expr.Const)) {
      fired = new Expr.Binary(BinaryOp.AND, open, fired);
    }
    Expr rise = Form.div(Form.sub(high, new Expr.Load(watch.before, at)), real(times.step()));
    Expr least = real(times.least());
    Expr.Read steep = let("steep", rise, all);
    Expr slope = Form.choose(new Expr.Compare(CompareOp.GT, steep, least), steep, least);
    Expr nearest =
        new Expr.Binary(
            BinaryOp.AND,
            new Expr.Compare(CompareOp.LE, new Expr.Load(watch.crest, at), real(0)),
            new Expr.Compare(CompareOp.EQ, new Expr.Load(watch.when, at), tapes.step()));
    Expr.Read rising = let("rising", slope, all);
    Expr ofTime = Form.sub(real(0), Form.div(Form.add(moved, asked), rising));
    Expr ofSpike =
        saltation
            .flatMap(own -> own.derivative(list, at, rising))
            .map(own -> Form.add(ofTime, own))
            .orElse(ofTime);
    Expr isAsked = new Expr.Compare(CompareOp.GT, asked, real(0));
    Expr ofSilence = Form.choose(isAsked, real(-times.wake()), real(0));
    Expr ofTimes = Form.choose(fired, ofSpike, Form.choose(nearest, ofSilence, real(0)));
    all.add(new Stmt.Let(bar.name(), nudged(list, at, ofTimes)));
    all.add(new Stmt.Store(later, at, came));
    saltation.flatMap(own -> own.rise(list, at, steep)).ifPresent(all::add);
    return all;
  }

  private Expr nudged(Buffer list, Expr at, Expr before) {
    Expr sum = before;
    for (Threshold.Nudge nudge : times.nudges()) {
      if (nudge.list().equals(list.name())) {
        Expr row = new Expr.Binary(BinaryOp.MUL, tapes.step(), Expr.i32(nudge.size()));
        Expr margin = new Expr.Load(nudge.margins(), new Expr.Binary(BinaryOp.ADD, row, at));
        sum = Form.add(sum, Form.mul(margin, real(nudge.factor())));
      }
    }
    return sum;
  }

  private Expr move(Buffer later, Expr at, Expr came) {
    return Form.div(Form.sub(new Expr.Load(later, at), came), real(times.step()));
  }

  /// What the loss says of the first spike, if there was none before.
  private Expr asked(Buffer list, Expr at) {
    Expr sum = real(0);
    for (var first : times.firsts().entrySet()) {
      if (first.getValue().equals(list.name())) {
        Buffer reading = program.buffer(first.getKey());
        Expr seen = new Expr.Load(reading, at);
        Expr none = new Expr.Compare(CompareOp.GE, seen, real((tapes.most() + 1) * times.step()));
        Expr told = new Expr.Load(adjoints.of(reading), at);
        sum = Form.add(sum, Form.choose(none, told, real(0)));
      }
    }
    return sum;
  }

  private Expr.Read let(String name, Expr value, List<Stmt> body) {
    Expr.Read read = names.local(name, adjoints.real());
    body.add(new Stmt.Let(read.name(), value));
    return read;
  }

  private Expr real(double value) {
    return Expr.real(adjoints.real(), value);
  }
}

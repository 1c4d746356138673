package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Kind;
import snel.model.Slice;

/// `drive port by poisson(rate) weight w`: how many events of many sources reach a neuron in a
/// step, by inversion of the Poisson distribution (semantics.md §10).
final class PoissonDrive {
  /// Mean events a step above which the distribution is not summed term by term.
  static final double MOST = 500;

  private final World world;
  private final Inbox inbox;
  private final Inbox.Driven drive;
  private final Cells cells;

  PoissonDrive(World world, Inbox inbox, Inbox.Driven drive) {
    this.world = world;
    this.inbox = inbox;
    this.drive = drive;
    this.cells = inbox.cells;
  }

  private String name() {
    return Streams.path(inbox.path(), drive.ordinal());
  }

  private NeuronScope scope(Expr j, KernelScope kernel) {
    return world.bodies().scope(cells, j, kernel, "drive", Emit.step());
  }

  /// `fma(k, w, before)` with this step's count k for neuron `j`; `first` draws all its words.
  Expr added(Expr j, KernelScope kernel, List<Stmt> first, Expr before) {
    Scalar real = world.real();
    Expr weight = weight(j, kernel, Kind.REAL);
    Expr sum = new Expr.Fma(convert(real, count(j, kernel, first)), weight, before);
    return member(j).<Expr>map(m -> new Expr.Choose(m, sum, before)).orElse(sum);
  }

  /// The same for a port of whole, fixed-point or scaled numbers.
  Expr addedWhole(Expr j, KernelScope kernel, List<Stmt> first, Expr before) {
    Expr given = weight(j, kernel, inbox.kind());
    Expr weight = inbox.scale().map(s -> s.whole(given)).orElse(given);
    Expr sum = add(before, mul(convert(Scalar.I64, count(j, kernel, first)), weight));
    return member(j).<Expr>map(m -> new Expr.Choose(m, sum, before)).orElse(sum);
  }

  Expr weight(Expr j, KernelScope kernel, Kind kind) {
    return new Expressions(scope(j, kernel), world.real()).of(drive.weight(), kind);
  }

  /// How many events reach neuron `j` in this step, whether or not it is driven.
  Expr count(Expr j, KernelScope kernel, List<Stmt> first) {
    Buffer words =
        world.buffers.declare(
            name() + ".poisson", Cell.I32, (cells.size + 3) / 4 * 4L, Role.SCRATCH);
    Optional<List<Integer>> table =
        drive.rate() instanceof snel.math.Expr.Num(var rate)
            ? Optional.of(thresholds(rate.toDouble() * world.step()))
            : Optional.empty();
    if (table.filter(List::isEmpty).isPresent()) {
      return i(0);
    }
    first.add(
        new Stmt.Words(
            words,
            i(cells.size),
            i(Streams.of(name(), "poisson", 0)),
            i(0),
            Emit.episodeStep32(),
            Emit.presentation32(),
            table.<Draw>map(Draw.Count::new).orElseGet(Draw.Word::new)));
    if (table.isPresent()) {
      return load(words, j); // how many thresholds the word has reached
    }
    first.addAll(checked());
    return summed(load(words, j), j, kernel);
  }

  /// Whether neuron `j` is driven; empty if all are.
  Optional<Expr> member(Expr j) {
    Slice slice = drive.slice();
    if (slice.whole()) {
      return Optional.empty();
    }
    int first = slice.at(0);
    if (slice.isRange()) {
      return Optional.of(
          Emit.and(
              compare(CompareOp.GE, j, i(first)),
              compare(CompareOp.LT, j, i(first + slice.size()))));
    }
    Buffer members = world.buffers.declare(name() + ".driven", Cell.U8, cells.size, Role.WIRING);
    long[] flags = new long[cells.size];
    for (int k = 0; k < slice.size(); k++) {
      flags[slice.at(k)] = 1;
    }
    world.build.add(new Build.FillIntegers(members, flags));
    return Optional.of(compare(CompareOp.NE, load(members, j), i(0)));
  }

  /// T_k = round(2^32 P(count <= k)) for k = 0, 1, …, as far as a word of 32 bits can reach;
  /// unsigned.
  static List<Integer> thresholds(double mean) {
    List<Integer> result = new ArrayList<>();
    double term = StrictMath.exp(-mean);
    double cumulative = term;
    for (int k = 1; ; k++) {
      long threshold = (long) StrictMath.rint(cumulative * 4294967296.0);
      if (threshold >= 1L << 32 || k > 4096) {
        return result;
      }
      result.add((int) threshold);
      term *= mean / k;
      cumulative += term;
    }
  }

  /// Stops the run if a rate has become so high that the sum has no meaning.
  private List<Stmt> checked() {
    var expressions = Expressions.inline(scope(index("k"), world.kernel()), world.real());
    Expr mean = mul(expressions.real(drive.rate()), Expr.real(world.real(), world.step()));
    return Fault.above(
        mean,
        "k",
        cells.size,
        MOST,
        world.real(),
        world.faultSite(cells.population.path() + "." + inbox.port.name()));
  }

  /// The same count for a mean known only at run time, by summing the distribution in double.
  private Expr summed(Expr word, Expr j, KernelScope kernel) {
    Expr rate = new Expressions(scope(j, kernel), world.real()).real(drive.rate());
    String mean = kernel.fresh("mean");
    String term = kernel.fresh("term");
    String total = kernel.fresh("total");
    String count = kernel.fresh("count");
    String u = kernel.fresh("u");
    List<Stmt> out = kernel.statements();
    out.add(new Stmt.Let(mean, mul(convert(Scalar.F64, rate), Expr.f64(world.step()))));
    Expr m = new Expr.Read(mean, Scalar.F64);
    Expr fraction = mul(convert(Scalar.F64, Emit.unsigned(word)), Expr.f64(0x1p-32));
    out.add(new Stmt.Let(u, fraction));
    out.add(
        new Stmt.Var(term, Emit.call(Function.EXP, Scalar.F64, new Expr.Unary(UnaryOp.NEG, m))));
    Expr t = new Expr.Read(term, Scalar.F64);
    out.add(new Stmt.Var(total, t));
    out.add(new Stmt.Var(count, i(0)));
    Expr c = new Expr.Read(count, Scalar.I32);
    Expr sum = new Expr.Read(total, Scalar.F64);
    Expr goOn =
        Emit.and(
            compare(CompareOp.GE, new Expr.Read(u, Scalar.F64), sum),
            compare(CompareOp.LT, c, i(4096)));
    out.add(
        new Stmt.While(
            goOn,
            List.of(
                new Stmt.Assign(count, add(c, i(1))),
                new Stmt.Assign(
                    term, mul(t, new Expr.Binary(BinaryOp.DIV, m, convert(Scalar.F64, c)))),
                new Stmt.Assign(total, add(sum, t)))));
    return c;
  }
}

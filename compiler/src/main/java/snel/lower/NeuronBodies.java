package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Port;
import snel.model.Refractory;

/// Bodies of handlers of one neuron: names, targets of assignments, what is held.
final class NeuronBodies {
  private final World world;

  NeuronBodies(World world) {
    this.world = world;
  }

  NeuronScope scope(Cells cells, Expr self, KernelScope kernel, String purpose, Expr now) {
    var draws = new NeuronDraws(cells.population.path(), purpose, self, NeuronDraws.Time.STEP);
    return new NeuronScope(world, cells, self, kernel, draws, now);
  }

  /// Runs the body of `port` for neuron `j` with argument `value`.
  void receive(Cells cells, Port port, Expr j, Expr value, KernelScope kernel) {
    NeuronScope scope = scope(cells, j, kernel, port.name(), Emit.step());
    if (!port.parameters().isEmpty()) {
      Expr once = value;
      if (!(value instanceof Expr.Read)) {
        String name = kernel.fresh("w");
        kernel.statements().add(new Stmt.Let(name, value));
        once = new Expr.Read(name, value.type());
      }
      scope.bind(port.parameters().get(0), Delivery.argument(once, port));
    }
    actions(cells, j, kernel, scope, true).emit(port.body());
  }

  /// @param respectsHolding arrivals written to a held state are dropped
  Actions actions(
      Cells cells, Expr self, KernelScope kernel, NeuronScope scope, boolean respectsHolding) {
    return new Actions(
        scope,
        scope::bind,
        kernel,
        world.real(),
        ref -> target(cells, ref, self, respectsHolding),
        Optional.empty());
  }

  private Actions.Target target(
      Cells cells, snel.math.Expr.Ref ref, Expr self, boolean respectsHolding) {
    Buffer buffer = cells.variable(ref.name());
    var variable =
        cells
            .population
            .state(ref.name())
            .or(() -> cells.population.parameter(ref.name()))
            .orElseThrow();
    boolean held = respectsHolding && holding(cells).contains(ref.name());
    Optional<Expr> writable = held ? Optional.of(isFree(cells, self)) : Optional.empty();
    if (variable.plastic()) {
      Buffer frozen = world.frozen(cells.population.path());
      Expr learns = compare(CompareOp.EQ, Emit.one(frozen), i(0));
      writable = Optional.of(writable.map(w -> Emit.and(w, learns)).orElse(learns));
    }
    return new Actions.Target(buffer, variable.shared() ? i(0) : self, variable, writable);
  }

  static List<String> holding(Cells cells) {
    return cells.population.refractory().map(Refractory::holding).orElse(List.of());
  }

  /// Whether neuron `self` is not refractory.
  Expr isFree(Cells cells, Expr self) {
    return isFree(cells, self, Emit.step());
  }

  private Expr isFree(Cells cells, Expr self, Expr now) {
    Refractory refractory = cells.population.refractory().orElseThrow();
    if (refractory.condition().isPresent()) {
      var kernel = new KernelScope();
      NeuronScope scope = scope(cells, self, kernel, "refractory", now);
      Expr held = new Expressions(scope, world.real()).bool(refractory.condition().get());
      return Emit.not(held);
    }
    return compare(CompareOp.GT, load(cells.free(), self), Expr.real(world.real(), 0));
  }

  /// Adds `fma(k, w, before)` with k ~ Poisson(rate * h), by inversion on a table of thresholds.
  Expr poisson(
      Inbox inbox, Inbox.Driven drive, Expr j, KernelScope kernel, List<Stmt> drawn, Expr before) {
    Cells cells = inbox.cells;
    int stream = Streams.of(inbox.path(), "poisson", 0);
    int ordinal = inbox.constant().indexOf(drive);
    if (ordinal > 0) {
      stream = Streams.of(inbox.path() + "#" + ordinal, "poisson", 0);
    }
    Buffer words =
        cells.scratchWords(inbox.port.name() + ".poisson" + (ordinal > 0 ? ordinal : ""));
    drawn.add(
        new Stmt.Words(
            words, i(drive.size()), i(stream), i(0), Emit.episodeStep32(), Emit.presentation32()));
    Expr local = drive.first() == 0 ? j : Emit.sub(j, i(drive.first()));
    Expr word = new Expr.Binary(BinaryOp.XOR, load(words, local), i(0x80000000));
    Scalar real = world.real();
    Expr weight =
        new Expressions(scope(cells, j, kernel, "drive", Emit.step()), real).real(drive.weight());
    Expr count;
    if (drive.rate() instanceof snel.math.Expr.Num(var rate)) {
      count = i(0);
      String name = kernel.fresh("word");
      kernel.statements().add(new Stmt.Let(name, word));
      for (long threshold : thresholds(rate.toDouble() * world.step())) {
        Expr reached =
            compare(
                CompareOp.GE, new Expr.Read(name, Scalar.I32), i((int) (threshold ^ 0x80000000L)));
        Expr one = new Expr.Choose(reached, i(1), i(0));
        count = count instanceof Expr.Const ? one : add(count, one);
      }
    } else {
      count = invert(cells, drive, load(words, local), j, kernel);
    }
    Expr sum = new Expr.Fma(convert(real, count), weight, before);
    boolean everyone = drive.first() == 0 && drive.size() == cells.size;
    if (everyone) {
      return sum;
    }
    Expr inside =
        Emit.and(
            compare(CompareOp.GE, j, i(drive.first())),
            compare(CompareOp.LT, j, i(drive.first() + drive.size())));
    return new Expr.Choose(inside, sum, before);
  }

  /// The numbers T_k = round(2^32 P(count <= k)); the count is how many of them a word has reached.
  static List<Long> thresholds(double mean) {
    List<Long> result = new ArrayList<>();
    double term = StrictMath.exp(-mean);
    double cumulative = term;
    for (int k = 1; ; k++) {
      long threshold = (long) StrictMath.rint(cumulative * 4294967296.0);
      if (threshold >= 1L << 32 || k > 4096) {
        return result;
      }
      result.add(threshold);
      term *= mean / k;
      cumulative += term;
    }
  }

  /// The same count for a mean known only at run time, by summing the distribution in double.
  private Expr invert(Cells cells, Inbox.Driven drive, Expr word, Expr j, KernelScope kernel) {
    Expr rate =
        new Expressions(scope(cells, j, kernel, "drive", Emit.step()), world.real())
            .real(drive.rate());
    String mean = kernel.fresh("mean");
    String term = kernel.fresh("term");
    String total = kernel.fresh("total");
    String count = kernel.fresh("count");
    String u = kernel.fresh("u");
    List<Stmt> out = kernel.statements();
    out.add(new Stmt.Let(mean, mul(convert(Scalar.F64, rate), Expr.f64(world.step()))));
    Expr m = new Expr.Read(mean, Scalar.F64);
    Expr unsigned =
        new Expr.Binary(BinaryOp.AND, new Expr.Convert(Scalar.I64, word), Expr.i64(0xffffffffL));
    out.add(new Stmt.Let(u, mul(convert(Scalar.F64, unsigned), Expr.f64(0x1p-32))));
    out.add(
        new Stmt.Var(
            term, Emit.call(Function.EXP, Scalar.F64, new Expr.Unary(snel.ir.UnaryOp.NEG, m))));
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

  /// Names of the states that handlers of this population assign (others never change by events).
  static boolean assigns(List<Action> actions, String name) {
    for (Action action : actions) {
      switch (action) {
        case Action.Assign(var target, _, _) -> {
          if (target.owner() == Owner.SELF && target.name().equals(name)) {
            return true;
          }
        }
        case Action.If(_, var then, var otherwise) -> {
          if (assigns(then, name) || assigns(otherwise, name)) {
            return true;
          }
        }
        case Action.Let _, Action.Deliver _ -> {}
      }
    }
    return false;
  }
}

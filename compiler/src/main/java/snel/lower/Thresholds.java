package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Relation;
import snel.model.Firing;
import snel.model.Population;

/// Who spikes: phase 3a for neurons, and before phase 1 for encoders.
final class Thresholds {
  private final World world;
  private final Cells cells;
  private final Population population;
  private final Scalar real;

  Thresholds(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.population = cells.population;
    this.real = world.real();
  }

  /// Phase 3a: who crosses the threshold.
  Optional<Kernel> threshold() {
    if (population.firing() instanceof Firing.Never || population.firing().isSource()) {
      return Optional.empty();
    }
    Expr self = index("i");
    var kernel = world.kernel();
    Expr next = Emit.nextStep();
    NeuronScope scope = world.bodies().scope(cells, self, kernel, "spike", next);
    Expr[] fires = new Expr[1];
    Expr[] chance = new Expr[1];
    List<Stmt> before =
        kernel.collect(() -> {
          if (population.firing() instanceof Firing.WithRate(var rate)) {
            NeuronScope ofRate = world.bodies().scope(cells, self, kernel, "spike.rate", next);
            chance[0] = chance(rate, new Expressions(ofRate, real), kernel);
            fires[0] = Drawing.eventOrNaN(scope.draws().word(0, i(0)), chance[0]);
          } else {
            fires[0] = condition(population.firing(), scope, self, kernel);
            if (cells.isPrecise) {
              fires[0] =
                  Emit.or(fires[0], new PartialSteps(world, cells).startsAcross(self, kernel));
            }
          }
        });
    Expr condition = fires[0];
    if (population.refractory().isPresent()) {
      condition = Emit.and(condition, new Refractoriness(world, cells).isFree(self));
    }
    Optional<Expr> open =
        population.inhibit().map(each -> new Inhibition(world, cells, each).isOpen(self));
    if (open.isPresent()) {
      condition = Emit.and(condition, open.get());
    }
    if (cells.isPrecise && world.splitsSteps(cells)) {
      condition = Emit.or(condition, compare(CompareOp.NE, load(cells.spikedWithin(), self), i(0)));
    }
    List<Stmt> all = new ArrayList<>();
    all.add(store(cells.spikeCount, i(0), i(0)));
    List<Stmt> checks = chance[0] == null ? List.of() : numbered(chance[0], self);
    all.addAll(collected(before, condition, self, checks));
    return Optional.of(new Kernel(population.path() + ":threshold", Phase.THRESHOLD, all));
  }

  /// @param checks what is looked at of each neuron that spikes
  private List<Stmt> collected(List<Stmt> before, Expr condition, Expr self, List<Stmt> checks) {
    List<Stmt> all = new ArrayList<>();
    if (before.isEmpty()) {
      all.add(
          new Stmt.Collect("i", i(0), i(cells.size), condition, cells.spikes, cells.spikeCount));
      if (!checks.isEmpty()) {
        List<Stmt> each = new ArrayList<>(checks);
        each.addFirst(new Stmt.Let("i", load(cells.spikes, index("k"))));
        all.add(Emit.serial("k", i(0), Emit.one(cells.spikeCount), each));
      }
      return all;
    }
    List<Stmt> spikes = new ArrayList<>(checks);
    spikes.add(new Stmt.Push(cells.spikes, cells.spikeCount, self));
    List<Stmt> body = new ArrayList<>(before);
    body.add(when(condition, spikes));
    all.add(Emit.serial("i", i(0), i(cells.size), body));
    return all;
  }

  /// The chance of a spike in this step: -expm1(-rate * h).
  private Expr chance(snel.math.Expr rate, Expressions expressions, KernelScope kernel) {
    Expr negative = new Expr.Unary(UnaryOp.NEG, expressions.real(rate));
    Expr mean = Emit.mul(negative, Expr.real(real, world.step()));
    Expr chance = new Expr.Unary(UnaryOp.NEG, Emit.call(Function.EXPM1, real, mean));
    if (kernel.statements().isEmpty()) {
      return chance;
    }
    Expr once = Emit.local(kernel.fresh("chance"), real);
    kernel.statements().add(Emit.let(once, chance));
    return once;
  }

  private List<Stmt> numbered(Expr chance, Expr self) {
    Expr bad = compare(CompareOp.NE, chance, chance);
    int site = world.faultSite(population.path() + ".rate");
    return List.of(when(bad, Fault.raise(Fault.NOT_A_NUMBER, site, self)));
  }

  private Expr condition(Firing firing, NeuronScope scope, Expr self, KernelScope kernel) {
    var expressions = new Expressions(scope, real);
    return switch (firing) {
      case Firing.Never _ -> Expr.bool(false);
      case Firing.When(var condition, var crossing) -> {
        Expr now = negatedLess(condition, expressions);
        yield crossing ? crossed(now, self, kernel) : now;
      }
      case Firing.WithRate _, Firing.At _, Firing.Poisson _ ->
          throw new CompilerBug("not a threshold");
    };
  }

  /// `a > b` is scanned as `!(a <= b)`, so that NaN falls into the rare path (semantics.md §11).
  static Expr negatedLess(snel.math.Expr condition, Expressions expressions) {
    if (condition instanceof snel.math.Expr.Compare(var relation, var a, var b)) {
      Optional<Relation> inverse =
          switch (relation) {
            case GREATER -> Optional.of(Relation.LESS_OR_EQUAL);
            case GREATER_OR_EQUAL -> Optional.of(Relation.LESS);
            case LESS -> Optional.of(Relation.GREATER_OR_EQUAL);
            case LESS_OR_EQUAL -> Optional.of(Relation.GREATER);
            case EQUAL, NOT_EQUAL -> Optional.empty();
          };
      if (inverse.isPresent() && !Kinds.isInt(a) && !Kinds.isInt(b)) {
        return Emit.not(expressions.bool(new snel.math.Expr.Compare(inverse.get(), a, b)));
      }
    }
    return expressions.bool(condition);
  }

  private Expr crossed(Expr now, Expr self, KernelScope kernel) {
    Buffer above = cells.above();
    String name = kernel.fresh("now");
    String before = kernel.fresh("before");
    kernel.statements().add(new Stmt.Let(name, now));
    kernel.statements().add(new Stmt.Let(before, load(above, self)));
    Expr current = new Expr.Read(name, Scalar.BOOL);
    kernel.statements().add(store(above, self, convert(Scalar.I32, current)));
    return Emit.and(current, compare(CompareOp.EQ, new Expr.Read(before, Scalar.I32), i(0)));
  }

  /// Before phase 1: the spikes of an encoder, stamped with the instant at which the step begins.
  Optional<Kernel> source() {
    if (!population.firing().isSource()) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>();
    all.add(store(cells.spikeCount, i(0), i(0)));
    Expr self = index("i");
    var kernel = world.kernel();
    Expr[] emits = new Expr[1];
    List<Stmt> drawn = new ArrayList<>();
    List<Stmt> before = kernel.collect(() -> emits[0] = emission(self, kernel, drawn));
    drawn.addAll(collected(before, emits[0], self, List.of()));
    // nobody draws where nobody can spike
    Optional<Expr> any = new SourceOdds(world, cells).any();
    all.addAll(any.isPresent() ? List.of(when(any.get(), drawn)) : drawn);
    var books = new SpikeBooks(world, cells);
    List<Stmt> counted = new ArrayList<>();
    counted.add(new Stmt.Let("who", load(cells.spikes, index("k"))));
    counted.addAll(books.potential(index("who")));
    counted.addAll(books.count(index("who"), load(Emit.CLOCK, i(Clock.TIME))));
    all.add(Emit.serial("k", i(0), Emit.one(cells.spikeCount), counted));
    all.addAll(books.log(Emit.step()));
    return Optional.of(new Kernel(population.path() + ":source", Phase.DELIVER, all));
  }

  private Expr emission(Expr self, KernelScope kernel, List<Stmt> first) {
    return switch (population.firing()) {
      case Firing.At(var time) -> {
        NeuronScope scope = world.bodies().scope(cells, self, kernel, "poisson", Emit.step());
        Expr steps = Emit.nearestStep(new Expressions(scope, real).real(time), world.step());
        Expr now = convert(Scalar.F64, load(Emit.CLOCK, i(Clock.TIME)));
        yield compare(CompareOp.EQ, now, steps);
      }
      case Firing.Poisson(var rate, var frozen) -> {
        Buffer words = cells.scratchWords("spikes");
        first.add(
            new Stmt.Words(
                words,
                i(cells.size),
                i(Streams.of(population.path(), "poisson", 0)),
                i(0),
                Emit.episodeStep32(),
                frozen ? i(0) : Emit.presentation32()));
        var kept = new SourceOdds(world, cells);
        if (!(rate instanceof snel.math.Expr.Num)) {
          List<Stmt> checked = checked(rate);
          first.addAll(kept.wrong().map(wrong -> List.of(when(wrong, checked))).orElse(checked));
        }
        Optional<Expr> odds = kept.of(self);
        if (odds.isPresent()) {
          yield compare(CompareOp.LT, Emit.unsigned(load(words, self)), odds.get());
        }
        Expr hertz = new Expressions(SourceOdds.scope(world, cells, self, kernel), real).real(rate);
        Expr p = Emit.mul(hertz, Expr.real(real, world.step()));
        yield Drawing.event(load(words, self), p);
      }
      case Firing.Never _, Firing.When _, Firing.WithRate _ ->
          throw new CompilerBug("not a source");
    };
  }

  /// A rate that follows an input may become one that a step cannot hold.
  private List<Stmt> checked(snel.math.Expr rate) {
    NeuronScope scope = SourceOdds.scope(world, cells, index("k"), world.kernel());
    Expr p = Emit.mul(Expressions.inline(scope, real).real(rate), Expr.real(real, world.step()));
    return Fault.above(p, "k", cells.size, 1, real, world.faultSite(population.path()));
  }
}

package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.loop;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.model.Every;
import snel.model.Firing;
import snel.model.Handler;
import snel.model.Population;
import snel.model.Refractory;
import snel.model.UserEvent;
import snel.model.Variable;

/// The kernels of one population, phase by phase (semantics.md §2).
final class NeuronKernels {
  private final World world;
  private final NeuronBodies bodies;
  private final Cells cells;
  private final Population population;
  private final String path;
  private final Scalar real;

  NeuronKernels(World world, NeuronBodies bodies, Cells cells) {
    this.world = world;
    this.bodies = bodies;
    this.cells = cells;
    this.population = cells.population;
    this.path = population.path();
    this.real = world.real();
  }

  private Expr size() {
    return i(cells.size);
  }

  private static Expr nextInstant() {
    return add(Emit.step(), Expr.i64(1));
  }

  /// Sets parameters and plastic states (once) or the other states (also at `reset`).
  Optional<Kernel> initial(boolean resettable) {
    List<Stmt> all = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    if (!resettable) {
      variables.addAll(population.parameters());
      variables.addAll(population.inputs());
    }
    for (Variable state : population.states()) {
      if (state.plastic() != resettable) {
        variables.add(state);
      }
    }
    for (Variable variable : variables) {
      all.addAll(initial(variable));
    }
    if (resettable) {
      all.addAll(initialBookkeeping());
    }
    String name = path + (resettable ? ":reset" : ":init");
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(name, resettable ? Phase.RESET : Phase.BUILD, all));
  }

  private List<Stmt> initial(Variable variable) {
    Buffer buffer = cells.variable(variable.name());
    if (snel.math.Fold.isZero(variable.initial())
        && (variable.plastic() || population.parameter(variable.name()).isPresent())) {
      return List.of();
    }
    Expr self = index("i");
    var kernel = new KernelScope();
    List<Stmt> body =
        kernel.collect(() -> {
          String purpose = population.state(variable.name()).isPresent() ? "init" : "param";
          var draws =
              new NeuronDraws(
                  path + "." + variable.name(), purpose, self, NeuronDraws.Time.INITIAL);
          var scope = new NeuronScope(world, cells, self, kernel, draws, Emit.step());
          Expr value = new Expressions(scope, real).of(variable.initial(), variable.kind());
          kernel.statements().add(store(buffer, self, convert(buffer.cell().scalar(), value)));
        });
    Expr to = variable.shared() ? i(1) : size();
    return List.of(Emit.serial("i", i(0), to, body));
  }

  private List<Stmt> initialBookkeeping() {
    List<Stmt> all = new ArrayList<>();
    for (String event : cells.lastUsed()) {
      all.add(fill(cells.last(event), Expr.i64(-1)));
    }
    if (usesMask()) {
      all.add(fill(cells.free(), Expr.real(real, 1)));
    }
    return all;
  }

  private Stmt fill(Buffer buffer, Expr value) {
    return loop("i", size(), List.of(store(buffer, index("i"), value)));
  }

  private boolean usesMask() {
    return population.refractory().filter(r -> r.condition().isEmpty()).isPresent();
  }

  /// Steps R of a refractory time that is the same for all; empty if it differs between neurons.
  private Optional<Long> refractorySteps() {
    Refractory refractory = population.refractory().orElseThrow();
    if (refractory.duration().orElseThrow() instanceof snel.math.Expr.Num(var ms)) {
      double steps = ms.toDouble() / world.step();
      return Optional.of(Double.isInfinite(steps) ? Long.MAX_VALUE : Math.round(steps));
    }
    return Optional.empty();
  }

  void prepare() {
    if (usesMask()) {
      refractorySteps()
          .ifPresent(steps -> {
            if (steps != Long.MAX_VALUE) {
              cells.keepHistory("", (int) Math.min(steps + 1, Integer.MAX_VALUE / 2));
            }
          });
    }
  }

  /// Ends the refractory time of those that spiked R steps before the present instant's spikes.
  Optional<Kernel> release() {
    if (!usesMask()) {
      return Optional.empty();
    }
    Optional<Long> steps = refractorySteps();
    List<Stmt> body = new ArrayList<>();
    if (steps.isEmpty()) {
      Expr free = compare(CompareOp.LE, load(cells.freeAgain(), index("i")), Emit.step());
      body.add(
          loop(
              "i",
              size(),
              List.of(
                  store(
                      cells.free(),
                      index("i"),
                      new Expr.Choose(free, Expr.real(real, 1), Expr.real(real, 0))))));
    } else if (steps.get() == Long.MAX_VALUE) {
      return Optional.empty();
    } else {
      Cells.History history = cells.history("").orElseThrow();
      Expr stamp = Emit.sub(Emit.step32(), i((int) (long) steps.get()));
      Expr slot = Inbox.slot(history.slots(), stamp);
      Expr at = add(Emit.mul(slot, size()), index("k"));
      Expr neuron = load(history.lists(), at);
      body.add(
          Emit.serial(
              "k",
              i(0),
              load(history.counts(), slot),
              List.of(store(cells.free(), neuron, Expr.real(real, 1)))));
    }
    return Optional.of(new Kernel(path + ":release", Phase.DELIVER, body));
  }

  /// After the handlers of an instant have run: the events stamped with it become the past.
  Optional<Kernel> land() {
    List<Stmt> body = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(cells.lastUsed());
    for (String event : names) {
      Cells.EventList list = cells.event(event);
      Expr who = load(list.list(), index("k"));
      body.add(
          Emit.serial(
              "k",
              i(0),
              Emit.one(list.count()),
              List.of(store(cells.last(event), who, Emit.step()))));
    }
    if (population.isInput() || population.firing().isSource()) {
      body.add(store(cells.spikeCount, i(0), i(0)));
    }
    return body.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":land", Phase.DELIVER, body));
  }

  /// Keeps this instant's lists for those who need them later.
  Optional<Kernel> remember() {
    List<Stmt> body = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(""));
    population.events().forEach(e -> names.add(e.name()));
    names.add("win");
    for (String event : names) {
      Optional<Cells.History> history = cells.history(event);
      if (history.isEmpty()) {
        continue;
      }
      Cells.EventList list = cells.event(event);
      Expr slot = Inbox.slot(history.get().slots(), Emit.step32());
      Expr at = add(Emit.mul(slot, size()), index("k"));
      body.add(
          Emit.serial(
              "k",
              i(0),
              Emit.one(list.count()),
              List.of(store(history.get().lists(), at, load(list.list(), index("k"))))));
      body.add(store(history.get().counts(), slot, Emit.one(list.count())));
    }
    return body.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":remember", Phase.DELIVER, body));
  }

  /// Live inputs: recomputed at the start of a presentation, or in every step.
  Optional<Kernel> bind(boolean eachStep) {
    List<Stmt> all = new ArrayList<>();
    for (var binding : population.bindings()) {
      if (binding.eachStep() != eachStep) {
        continue;
      }
      Variable input = population.input(binding.input()).orElseThrow();
      Buffer buffer = cells.variable(binding.input());
      Expr self = index("i");
      var kernel = new KernelScope();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, binding.input(), Emit.step());
            Expr value = new Expressions(scope, real).of(binding.value(), input.kind());
            kernel.statements().add(store(buffer, self, convert(buffer.cell().scalar(), value)));
          });
      all.add(loop("i", size(), body));
    }
    String name = path + (eachStep ? ":follow" : ":bind");
    return all.isEmpty() ? Optional.empty() : Optional.of(new Kernel(name, Phase.BIND, all));
  }

  List<Block> blocks() {
    Set<String> noises = new LinkedHashSet<>(population.noises());
    noises.addAll(population.sharedNoises());
    return IntegratorChoice.choose(population.equations(), noises, world.step());
  }

  /// Phase 2 for the equations.
  Optional<Kernel> integrate() {
    List<Block> blocks = blocks();
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>(noiseWords());
    Expr self = index("i");
    var kernel = new KernelScope();
    List<Stmt> body =
        kernel.collect(() -> {
          Map<String, Expr> fresh = new LinkedHashMap<>();
          for (Block block : blocks) {
            fresh.putAll(integration(self, kernel).emit(block));
          }
          storeNew(fresh, self, kernel);
        });
    all.add(loop("i", size(), body));
    return Optional.of(new Kernel(path + ":integrate", Phase.INTEGRATE, all));
  }

  private Integration integration(Expr self, KernelScope kernel) {
    List<String> held = NeuronBodies.holding(cells);
    return new Integration(
        real,
        world.step(),
        kernel,
        overrides -> {
          NeuronScope scope = bodies.scope(cells, self, kernel, "equation", Emit.step());
          overrides.forEach(scope::bind);
          return scope;
        },
        state -> load(cells.variable(state), self),
        noise -> normal(noise, self),
        state -> held.contains(state) ? Optional.of(bodies.isFree(cells, self)) : Optional.empty());
  }

  private void storeNew(Map<String, Expr> fresh, Expr self, KernelScope kernel) {
    List<String> held = NeuronBodies.holding(cells);
    Map<String, Expr> values = new HashMap<>();
    fresh.forEach((state, value) -> {
      String name = kernel.fresh("new");
      kernel.statements().add(new Stmt.Let(name, value));
      values.put(state, new Expr.Read(name, value.type()));
    });
    for (String state : fresh.keySet()) {
      Buffer buffer = cells.variable(state);
      Expr value = snel.math.Known.in(values, state);
      Variable variable = population.state(state).orElseThrow();
      if (!variable.bounds().isNone()) {
        value = bounded(value, variable, self, kernel);
      }
      if (held.contains(state)) {
        value = new Expr.Choose(bodies.isFree(cells, self), value, load(buffer, self));
      }
      if (variable.plastic()) {
        Expr frozen = compare(CompareOp.NE, Emit.one(frozenFlag()), i(0));
        value = new Expr.Choose(frozen, load(buffer, self), value);
      }
      kernel.statements().add(store(buffer, self, value));
    }
  }

  private Expr bounded(Expr value, Variable variable, Expr self, KernelScope kernel) {
    var expressions =
        new Expressions(bodies.scope(cells, self, kernel, "bounds", Emit.step()), real);
    Expr result = value;
    if (variable.bounds().lower().isPresent()) {
      Expr low = expressions.real(variable.bounds().lower().get());
      result = new Expr.Choose(compare(CompareOp.LT, result, low), low, result);
    }
    if (variable.bounds().upper().isPresent()) {
      Expr high = expressions.real(variable.bounds().upper().get());
      result = new Expr.Choose(compare(CompareOp.GT, value, high), high, result);
    }
    return result;
  }

  /// 1 while `freeze` holds the plastic states of this population.
  Buffer frozenFlag() {
    return world.frozen(path);
  }

  private List<Stmt> noiseWords() {
    List<Stmt> all = new ArrayList<>();
    for (String noise : population.noises()) {
      all.add(
          new Stmt.Words(
              cells.scratchWords(noise),
              size(),
              i(Streams.of(path + "." + noise, "noise", 0)),
              i(0),
              Emit.episodeStep32(),
              Emit.presentation32()));
    }
    return all;
  }

  private Expr normal(String noise, Expr self) {
    Expr word =
        population.sharedNoises().contains(noise)
            ? new Expr.Philox(
                i(Streams.of(path + "." + noise, "noise", 0)),
                i(0),
                i(0),
                Emit.episodeStep32(),
                Emit.presentation32(),
                i(0))
            : load(cells.scratchWords(noise), self);
    return Emit.call(Function.NORMAL, real, word);
  }

  /// Phase 2 for the neuron's `every` blocks, in text order.
  List<Kernel> every() {
    List<Kernel> kernels = new ArrayList<>();
    int number = 0;
    for (Every every : population.every()) {
      Expr self = index("i");
      var kernel = new KernelScope();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, "every", nextInstant());
            bodies.actions(cells, self, kernel, scope, true).emit(every.body());
          });
      List<Stmt> all = List.of(loop("i", size(), body));
      if (every.steps() > 1) {
        all = List.of(when(due(every.steps(), nextInstant()), all));
      }
      kernels.add(new Kernel(path + ":every" + number++, Phase.INTEGRATE, all));
    }
    return kernels;
  }

  static Expr due(long steps, Expr instant) {
    return compare(
        CompareOp.EQ, new Expr.Binary(snel.ir.BinaryOp.REM, instant, Expr.i64(steps)), Expr.i64(0));
  }

  /// Phase 3a: who crosses the threshold.
  Optional<Kernel> threshold() {
    if (population.firing() instanceof Firing.Never || population.firing().isSource()) {
      return Optional.empty();
    }
    Expr self = index("i");
    List<Stmt> all = new ArrayList<>();
    all.add(store(cells.spikeCount, i(0), i(0)));
    var kernel = new KernelScope();
    NeuronScope scope = bodies.scope(cells, self, kernel, purpose(), nextInstant());
    Expr[] fires = new Expr[1];
    List<Stmt> before =
        kernel.collect(() -> fires[0] = condition(population.firing(), scope, self, kernel));
    Expr condition = fires[0];
    if (population.refractory().isPresent()) {
      condition = Emit.and(condition, bodies.isFree(cells, self));
    }
    if (before.isEmpty()) {
      all.add(new Stmt.Collect("i", i(0), size(), condition, cells.spikes, cells.spikeCount));
    } else {
      List<Stmt> body = new ArrayList<>(before);
      body.add(when(condition, List.of(new Stmt.Push(cells.spikes, cells.spikeCount, self))));
      all.add(Emit.serial("i", i(0), size(), body));
    }
    return Optional.of(new Kernel(path + ":threshold", Phase.THRESHOLD, all));
  }

  private String purpose() {
    return "spike";
  }

  private Expr condition(Firing firing, NeuronScope scope, Expr self, KernelScope kernel) {
    var expressions = new Expressions(scope, real);
    return switch (firing) {
      case Firing.Never _ -> Expr.bool(false);
      case Firing.When(var condition, var crossing) -> {
        Expr now = negatedLess(condition, expressions);
        yield crossing ? crossed(now, self, kernel) : now;
      }
      case Firing.WithRate(var rate) -> {
        Expr mean =
            Emit.mul(
                new Expr.Unary(snel.ir.UnaryOp.NEG, expressions.real(rate)),
                Expr.real(real, world.step()));
        Expr p = new Expr.Unary(snel.ir.UnaryOp.NEG, Emit.call(Function.EXPM1, real, mean));
        yield Drawing.event(scope.draws().word(0, i(0)), p);
      }
      case Firing.At _, Firing.Poisson _ ->
          throw new snel.diagnostics.CompilerBug("a source has no threshold");
    };
  }

  /// `a > b` is scanned as `!(a <= b)`, so that NaN falls into the rare path (semantics.md §11).
  private static Expr negatedLess(snel.math.Expr condition, Expressions expressions) {
    if (condition instanceof snel.math.Expr.Compare(var relation, var a, var b)) {
      var inverse =
          switch (relation) {
            case GREATER -> Optional.of(snel.math.Relation.LESS_OR_EQUAL);
            case GREATER_OR_EQUAL -> Optional.of(snel.math.Relation.LESS);
            case LESS -> Optional.of(snel.math.Relation.GREATER_OR_EQUAL);
            case LESS_OR_EQUAL -> Optional.of(snel.math.Relation.GREATER);
            case EQUAL, NOT_EQUAL -> Optional.<snel.math.Relation>empty();
          };
      if (inverse.isPresent() && !Kinds.isInt(a) && !Kinds.isInt(b)) {
        return Emit.not(expressions.bool(new snel.math.Expr.Compare(inverse.get(), a, b)));
      }
    }
    return expressions.bool(condition);
  }

  private Expr crossed(Expr now, Expr self, KernelScope kernel) {
    Buffer above =
        world.buffers.declare(
            path + ".spikes.above", snel.ir.Cell.U8, cells.size, snel.ir.Role.STATE);
    String name = kernel.fresh("now");
    String before = kernel.fresh("before");
    kernel.statements().add(new Stmt.Let(name, now));
    kernel.statements().add(new Stmt.Let(before, load(above, self)));
    Expr current = new Expr.Read(name, Scalar.BOOL);
    kernel.statements().add(store(above, self, convert(Scalar.I32, current)));
    return Emit.and(current, compare(CompareOp.EQ, new Expr.Read(before, Scalar.I32), i(0)));
  }

  /// Phase 3b: user events, on the state before any reset.
  List<Kernel> events() {
    List<Kernel> kernels = new ArrayList<>();
    for (UserEvent event : population.events()) {
      Cells.EventList list = cells.event(event.name());
      Expr self = index("i");
      List<Stmt> all = new ArrayList<>();
      all.add(store(list.count(), i(0), i(0)));
      var kernel = new KernelScope();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, event.name(), nextInstant());
            Expr raised = new Expressions(scope, real).bool(event.condition());
            List<Stmt> then =
                kernel.collect(() -> {
                  kernel.statements().add(new Stmt.Push(list.list(), list.count(), self));
                  bodies.actions(cells, self, kernel, scope, false).emit(event.body());
                });
            kernel.statements().add(when(raised, then));
          });
      all.add(Emit.serial("i", i(0), size(), body));
      kernels.add(new Kernel(path + "." + event.name() + ":event", Phase.EVENTS, all));
    }
    return kernels;
  }

  /// Before phase 1: the spikes of an encoder, stamped with the instant at which the step begins.
  Optional<Kernel> source() {
    if (!population.firing().isSource()) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>();
    all.add(store(cells.spikeCount, i(0), i(0)));
    Expr self = index("i");
    var kernel = new KernelScope();
    Expr[] emits = new Expr[1];
    List<Stmt> before = kernel.collect(() -> emits[0] = emission(self, kernel, all));
    if (before.isEmpty()) {
      all.add(new Stmt.Collect("i", i(0), size(), emits[0], cells.spikes, cells.spikeCount));
    } else {
      List<Stmt> body = new ArrayList<>(before);
      body.add(when(emits[0], List.of(new Stmt.Push(cells.spikes, cells.spikeCount, self))));
      all.add(Emit.serial("i", i(0), size(), body));
    }
    Expr who = load(cells.spikes, index("k"));
    Expr stamp = load(Emit.CLOCK, i(Clock.TIME));
    List<Stmt> counted = new ArrayList<>();
    counted.add(new Stmt.Let("who", who));
    counted.addAll(count(index("who"), stamp));
    all.add(Emit.serial("k", i(0), Emit.one(cells.spikeCount), counted));
    all.addAll(books(Emit.step()));
    return Optional.of(new Kernel(path + ":source", Phase.DELIVER, all));
  }

  private Expr emission(Expr self, KernelScope kernel, List<Stmt> first) {
    NeuronScope scope = bodies.scope(cells, self, kernel, "poisson", Emit.step());
    var expressions = new Expressions(scope, real);
    return switch (population.firing()) {
      case Firing.At(var time) -> {
        Expr steps =
            new Expr.Unary(
                snel.ir.UnaryOp.FLOOR,
                add(
                    new Expr.Binary(
                        snel.ir.BinaryOp.DIV,
                        convert(Scalar.F64, expressions.real(time)),
                        Expr.f64(world.step())),
                    Expr.f64(0.5)));
        Expr now = convert(Scalar.F64, load(Emit.CLOCK, i(Clock.TIME)));
        yield compare(CompareOp.EQ, now, steps);
      }
      case Firing.Poisson(var rate, var frozen) -> {
        Buffer words = cells.scratchWords("poisson");
        first.add(
            new Stmt.Words(
                words,
                size(),
                i(Streams.of(path, "poisson", 0)),
                i(0),
                Emit.episodeStep32(),
                frozen ? i(0) : Emit.presentation32()));
        Expr p = Emit.mul(expressions.real(rate), Expr.real(real, world.step()));
        yield Drawing.event(load(words, self), p);
      }
      case Firing.Never _, Firing.When _, Firing.WithRate _ ->
          throw new snel.diagnostics.CompilerBug("not a source");
    };
  }

  /// Phase 4: reset of those that spiked, `on spike`, then `on peers.spike`, and the books.
  Optional<Kernel> resetSpiked() {
    if (population.firing() instanceof Firing.Never || population.firing().isSource()) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>();
    Expr self = index("i");
    var kernel = new KernelScope();
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(new Stmt.Let("i", load(cells.spikes, index("k"))));
          kernel.statements().addAll(nanCheck(self));
          NeuronScope scope = bodies.scope(cells, self, kernel, "reset", nextInstant());
          bodies.actions(cells, self, kernel, scope, false).emit(population.reset());
          for (Handler handler : population.handlers()) {
            if (handler.event().equals("spike")) {
              NeuronScope own = bodies.scope(cells, self, kernel, "spike", nextInstant());
              bodies.actions(cells, self, kernel, own, false).emit(handler.body());
            }
          }
          kernel.statements().addAll(hold(self, kernel));
          Expr stamp = add(load(Emit.CLOCK, i(Clock.TIME)), Expr.i64(1));
          kernel.statements().addAll(count(self, stamp));
        });
    all.add(Emit.serial("k", i(0), Emit.one(cells.spikeCount), body));
    all.addAll(peers());
    all.addAll(books(nextInstant()));
    return Optional.of(new Kernel(path + ":spike", Phase.RESET_SPIKED, all));
  }

  /// A NaN reaches this path because it is not below the threshold.
  private List<Stmt> nanCheck(Expr self) {
    List<Stmt> all = new ArrayList<>();
    if (!(population.firing() instanceof Firing.When(var condition, _))) {
      return all;
    }
    for (Variable state : population.states()) {
      boolean watched =
          state.kind() instanceof Kind.Real
              && !state.shared()
              && snel.math.Walk.mentions(condition, snel.math.Owner.SELF, state.name());
      if (watched) {
        Expr value = load(cells.variable(state.name()), self);
        Expr bad = Emit.not(Emit.call(Function.IS_FINITE, Scalar.BOOL, value));
        all.add(
            when(
                bad,
                Fault.raise(Fault.NOT_A_NUMBER, world.faultSite(path + "." + state.name()), self)));
      }
    }
    return all;
  }

  private List<Stmt> hold(Expr self, KernelScope kernel) {
    if (!usesMask()) {
      return List.of();
    }
    List<Stmt> all = new ArrayList<>();
    Optional<Long> steps = refractorySteps();
    if (steps.isPresent() && steps.get() == 0) {
      return List.of();
    }
    all.add(store(cells.free(), self, Expr.real(real, 0)));
    if (steps.isEmpty()) {
      NeuronScope scope = bodies.scope(cells, self, kernel, "refractory", nextInstant());
      Expr ms =
          new Expressions(scope, real)
              .real(population.refractory().orElseThrow().duration().orElseThrow());
      Expr rounded =
          new Expr.Unary(
              snel.ir.UnaryOp.FLOOR,
              add(
                  new Expr.Binary(
                      snel.ir.BinaryOp.DIV, convert(Scalar.F64, ms), Expr.f64(world.step())),
                  Expr.f64(0.5)));
      Expr until = add(add(nextInstant(), new Expr.Convert(Scalar.I64, rounded)), Expr.i64(0));
      all.add(store(cells.freeAgain(), self, until));
    }
    return all;
  }

  private List<Stmt> count(Expr self, Expr stamp) {
    return List.of(
        when(
            compare(CompareOp.EQ, load(cells.counts, self), i(0)),
            List.of(store(cells.firstSpike, self, stamp))),
        Emit.increment(cells.counts, self, i(1)));
  }

  private List<Stmt> peers() {
    List<Stmt> all = new ArrayList<>();
    for (Handler handler : population.handlers()) {
      if (!handler.event().equals("peers.spike")) {
        continue;
      }
      Expr self = index("p");
      var kernel = new KernelScope();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, "peers", nextInstant());
            bodies.actions(cells, self, kernel, scope, false).emit(handler.body());
          });
      Stmt everyone = loop("p", size(), body);
      all.add(Emit.serial("s", i(0), Emit.one(cells.spikeCount), List.of(everyone)));
    }
    return all;
  }

  /// Counts the population's spikes and logs them for the recorder.
  private List<Stmt> books(Expr stamp) {
    Expr count = Emit.one(cells.spikeCount);
    return List.of(
        Emit.increment(cells.total, i(0), convert(Scalar.I64, count)),
        when(
            compare(CompareOp.NE, Emit.one(cells.logging), i(0)),
            logged(cells.spikes, cells.spikeCount, stamp)));
  }

  private List<Stmt> logged(Buffer list, Buffer number, Expr stamp) {
    Expr at = add(Emit.one(cells.logCount), index("l"));
    long capacity = ((snel.ir.Length.Fixed) cells.logIndex.length()).count();
    Expr full = compare(CompareOp.GT, Emit.one(cells.logCount), i((int) capacity - 2 * cells.size));
    Expr halted = new Expr.Binary(snel.ir.BinaryOp.OR, Emit.one(Emit.HALT), i(Clock.HALT_LOG));
    return List.of(
        Emit.serial(
            "l",
            i(0),
            Emit.one(number),
            List.of(
                store(cells.logIndex, at, load(list, index("l"))),
                store(cells.logStep, at, stamp))),
        Emit.increment(cells.logCount, i(0), Emit.one(number)),
        when(full, List.of(store(Emit.HALT, i(0), halted))));
  }

  /// `on presentation.start` or `.end`.
  Optional<Kernel> hook(String event, Phase phase) {
    List<Stmt> all = new ArrayList<>();
    for (Handler handler : population.handlers()) {
      if (!handler.event().equals(event)) {
        continue;
      }
      Expr self = index("i");
      var kernel = new KernelScope();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronScope scope = bodies.scope(cells, self, kernel, event, Emit.step());
            bodies.actions(cells, self, kernel, scope, false).emit(handler.body());
          });
      all.add(loop("i", size(), body));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":" + event, phase, all));
  }
}

package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Endpoint;
import snel.model.Equation;
import snel.model.Every;
import snel.model.Handler;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Trace;
import snel.model.Variable;

/// The kernels of one projection, phase by phase.
final class SynapseKernels {
  private final World world;
  private final Plasticity plasticity;
  private final Links links;
  private final Projection projection;
  private final Scalar real;
  private final String path;
  private final Optional<Arrivals> arrivals;

  SynapseKernels(World world, Plasticity plasticity, Optional<Arrivals> arrivals) {
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.projection = plasticity.projection;
    this.real = world.real();
    this.path = links.path;
    this.arrivals = arrivals;
  }

  private static Expr nextInstant() {
    return Emit.nextStep();
  }

  SynapseScope scope(
      SynapseScope.At at, KernelScope kernel, String purpose, Expr now, boolean pendingCounted) {
    Draws draws = new SynapseDraws(path, purpose, at.source(), at.target(), Optional.empty(), true);
    return new SynapseScope(world, plasticity, at, kernel, draws, now, pendingCounted);
  }

  /// Emits a handler's body for one synapse; lazy states are brought up to date first.
  private List<Stmt> handler(
      SynapseScope.At at,
      KernelScope kernel,
      String purpose,
      List<Action> body,
      Expr now,
      Optional<BiFunction<Scope, snel.math.Expr, List<Stmt>>> deliver,
      Map<String, Typed> arguments,
      boolean pendingCounted) {
    return kernel.collect(() -> {
      SynapseScope scope = scope(at, kernel, purpose, now, pendingCounted);
      arguments.forEach(scope::bind);
      touch(at, kernel, now);
      new Actions(scope, scope::bind, kernel, real, ref -> target(ref, at, scope), deliver)
          .emit(body);
    });
  }

  /// Decays lazy states by the steps since the synapse was last touched.
  private void touch(SynapseScope.At at, KernelScope kernel, Expr now) {
    if (plasticity.lazy().isEmpty()) {
      return;
    }
    Expr instant = convert(Scalar.I32, now);
    Expr steps = Emit.sub(instant, load(plasticity.touched(), at.synapse()));
    String gone = kernel.fresh("gone");
    kernel.statements().add(new Stmt.Let(gone, convert(real, steps)));
    for (Equation equation : plasticity.synapse.equations()) {
      if (!plasticity.lazy().contains(equation.variable())) {
        continue;
      }
      Buffer buffer = plasticity.variable(equation.variable());
      kernel
          .statements()
          .add(
              store(
                  buffer,
                  at.synapse(),
                  LazyDecay.after(
                      equation,
                      load(buffer, at.synapse()),
                      new Expr.Read(gone, real),
                      world.step(),
                      real)));
    }
    kernel.statements().add(store(plasticity.touched(), at.synapse(), instant));
  }

  private Actions.Target target(snel.math.Expr.Ref ref, SynapseScope.At at, SynapseScope scope) {
    String name = ref.name();
    Optional<TraceStore> trace = plasticity.trace(name);
    if (trace.isPresent()) {
      var variable =
          new Variable(
              name,
              Kind.REAL,
              snel.math.Expr.num(0),
              snel.math.Bounds.NONE,
              false,
              false,
              "",
              1,
              projection.span());
      Expr who = trace.get().side == TraceStore.Side.PRE ? at.source() : at.target();
      return new Actions.Target(
          trace.get().values, who, variable, Optional.empty(), Optional.empty());
    }
    Variable variable = plasticity.declared(name).orElseThrow();
    boolean isWeight = plasticity.synapse.weight().filter(w -> w.name().equals(name)).isPresent();
    boolean isDelay = plasticity.synapse.delay().filter(d -> d.name().equals(name)).isPresent();
    boolean freezes = isWeight || isDelay || variable.plastic();
    Optional<Expr> writable =
        freezes ? Optional.of(Emit.not(plasticity.frozen())) : Optional.empty();
    if (isWeight) {
      Buffer buffer = plasticity.weight().orElseThrow();
      return new Actions.Target(
          buffer, links.weightIndex(buffer, at.synapse()), variable, writable, Optional.empty());
    }
    return new Actions.Target(
        plasticity.variable(name), scope.index(name), variable, writable, Optional.empty());
  }

  // Phase 1: pre-synaptic spikes

  /// `on pre` for the spikes that reach their synapses at this instant, with delivery.
  Optional<Kernel> onPre() {
    Optional<Handler> onPre =
        plasticity.synapse.handlers().stream().filter(h -> h.event().equals("pre")).findFirst();
    if (onPre.isEmpty() || arrivals.isEmpty()) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>();
    if (links.delays().isPresent() && !arrivals.get().atEmission()) {
      for (int k = links.classes() - 1; k >= 0; k--) {
        all.addAll(spikes(k, Optional.of(i(k)), onPre.get()));
      }
    } else {
      int late = arrivals.get().atEmission() ? 0 : links.constantDelay().orElse(0);
      all.addAll(spikes(late, Optional.empty(), onPre.get()));
    }
    return Optional.of(new Kernel(path + ":pre", Phase.DELIVER, all));
  }

  /// Runs the handler for the source events stamped `steps` ago.
  private List<Stmt> spikes(int steps, Optional<Expr> delayClass, Handler onPre) {
    return sourceEvents(
        steps,
        source -> {
          List<Stmt> all = new ArrayList<>();
          if (delayClass.isEmpty() || steps == links.classes() - 1) {
            all.add(
                Emit.increment(links.delivered(), i(0), convert(Scalar.I64, links.fanOut(source))));
          }
          var kernel = new KernelScope();
          all.addAll(
              links.row(
                  source,
                  delayClass,
                  (synapse, target) -> {
                    var at = new SynapseScope.At(synapse, source, target, delayClass);
                    return handler(
                        at,
                        kernel,
                        "pre",
                        onPre.body(),
                        Emit.step(),
                        Optional.of((scope, value) ->
                            arrivals.get().deliver(drawn(at, kernel), scope, value, real)),
                        Map.of(),
                        false);
                  }));
          all.addAll(arrivals.get().mark());
          return all;
        });
  }

  /// With its delay, where that is drawn at the spike.
  private SynapseScope.At drawn(SynapseScope.At at, KernelScope kernel) {
    return links
        .drawnDelay()
        .map(delay ->
            new SynapseScope.At(
                at.synapse(), at.source(), at.target(), Optional.of(delay.of(at, kernel))))
        .orElse(at);
  }

  /// Loops over source events stamped with the instant n - `steps`; the body gets the local source.
  private List<Stmt> sourceEvents(int steps, java.util.function.Function<Expr, List<Stmt>> body) {
    return events(
        plasticity.sourceCells(),
        projection.sourceEvent(),
        projection.source(),
        path + ".synapses.source_index",
        steps,
        Emit.step32(),
        body);
  }

  private List<Stmt> events(
      Cells cells,
      String event,
      snel.model.Slice slice,
      String map,
      int steps,
      Expr instant,
      java.util.function.Function<Expr, List<Stmt>> body) {
    Expr k = index("e");
    Expr who;
    Expr count;
    if (steps == 0) {
      Cells.EventList list = cells.event(event);
      who = load(list.list(), k);
      count = Emit.one(list.count());
    } else {
      cells.keepHistory(event, steps + 1);
      Cells.History history = cells.history(event).orElseThrow();
      Expr slot = Inbox.slot(history.slots(), Emit.sub(instant, i(steps)));
      who = load(history.lists(), add(mul(slot, i(cells.size)), k));
      count = load(history.counts(), slot);
    }
    String name = "who";
    List<Stmt> inner = new ArrayList<>();
    inner.add(new Stmt.Let(name, who));
    inner.addAll(
        Links.localIndex(world, slice, cells.size, map, new Expr.Read(name, Scalar.I32), body));
    return List.of(Emit.serial("e", i(0), count, inner));
  }

  // Landing of trace jumps, at the end of phase 1

  Optional<Kernel> land() {
    List<Stmt> all = new ArrayList<>();
    for (TraceStore trace : plasticity.allTraces()) {
      all.addAll(jumps(trace));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":land", Phase.DELIVER, all));
  }

  private List<Stmt> jumps(TraceStore trace) {
    return switch (trace.side) {
      case PRE -> {
        int delay = trace.slots().isPresent() ? 0 : links.constantDelay().orElse(0);
        yield sideJumps(
            trace, plasticity.sourceCells(), projection.source(), ".synapses.source_index", delay);
      }
      case POST ->
          sideJumps(
              trace,
              plasticity.targetCells().orElseThrow(),
              Links.targetSlice(projection).orElseThrow(),
              ".synapses.target_index",
              backprop());
      case PORT -> List.of();
    };
  }

  /// Steps from a post-synaptic spike back to the synapse: the dendritic delay unless set apart.
  int backprop() {
    return projection.backprop().or(projection::dendritic).map(this::steps).orElse(0);
  }

  private int steps(snel.math.Expr ms) {
    if (ms instanceof snel.math.Expr.Num(var value)) {
      return (int) Math.round(value.toDouble() / world.step());
    }
    throw new snel.diagnostics.CompilerBug("a dendritic delay that differs between synapses");
  }

  private List<Stmt> sideJumps(
      TraceStore trace, Cells cells, snel.model.Slice slice, String map, int delay) {
    List<Stmt> all = new ArrayList<>();
    switch (trace.trace) {
      case Trace.Decaying decaying -> {
        all.addAll(
            events(
                cells,
                trace.event(),
                slice,
                path + map,
                delay,
                Emit.step32(),
                who -> List.of(jump(trace, decaying, who))));
      }
      case Trace.Window window -> {
        int width = (int) Math.round(number(window.length()) / world.step());
        Expr one = Expr.real(real, 1);
        all.addAll(
            events(
                cells,
                trace.event(),
                slice,
                path + map,
                delay,
                Emit.step32(),
                who -> List.of(Emit.increment(trace.values, who, one))));
        // at the next instant the stamps of the last width - 1 steps count
        all.addAll(
            events(
                cells,
                trace.event(),
                slice,
                path + map,
                delay + width - 1,
                Emit.step32(),
                who -> List.of(store(trace.values, who, Emit.sub(load(trace.values, who), one)))));
      }
    }
    return all;
  }

  private static double number(snel.math.Expr expression) {
    return ((snel.math.Expr.Num) expression).value().toDouble();
  }

  private Stmt jump(TraceStore trace, Trace.Decaying decaying, Expr who) {
    Expr amount = Expr.real(real, number(decaying.amount()));
    return store(trace.values, who, decaying.set() ? amount : add(load(trace.values, who), amount));
  }

  // Phase 2: decay of traces, equations of synapses

  List<Kernel> integrate() {
    List<Kernel> kernels = new ArrayList<>();
    List<Stmt> decays = new ArrayList<>();
    for (TraceStore trace : plasticity.allTraces()) {
      if (trace.trace instanceof Trace.Decaying decaying) {
        decays.add(decay(trace, decaying));
      } else if (trace.slots().isPresent()) {
        decays.add(keepPast(trace));
      }
    }
    if (!decays.isEmpty()) {
      kernels.add(new Kernel(path + ":decay", Phase.INTEGRATE, decays));
    }
    equations(Plasticity.Place.TARGET).ifPresent(kernels::add);
    equations(Plasticity.Place.SYNAPSE).ifPresent(kernels::add);
    return kernels;
  }

  private Stmt decay(TraceStore trace, Trace.Decaying decaying) {
    Expr factor = Expr.real(real, StrictMath.exp(-world.step() / number(decaying.tau())));
    Expr zero = Integration.noSlowZeros(real);
    Expr k = index("k");
    Expr value = Emit.sub(new Expr.Fma(factor, load(trace.values, k), zero), zero);
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Let("value", value));
    Expr decayed = new Expr.Read("value", real);
    body.add(store(trace.values, k, decayed));
    trace.slots().ifPresent(slots -> body.add(past(trace, slots, k, decayed)));
    return Emit.loop("k", i(trace.size()), body);
  }

  private Stmt keepPast(TraceStore trace) {
    Expr k = index("k");
    return Emit.loop(
        "k",
        i(trace.size()),
        List.of(past(trace, trace.slots().orElseThrow(), k, load(trace.values, k))));
  }

  private Stmt past(TraceStore trace, int slots, Expr k, Expr value) {
    Expr slot = Inbox.slot(slots, add(Emit.step32(), i(1)));
    return store(trace.ring(), add(mul(slot, i(trace.size())), k), value);
  }

  private Optional<Kernel> equations(Plasticity.Place place) {
    List<Equation> own = new ArrayList<>();
    for (Equation equation : plasticity.synapse.equations()) {
      boolean here =
          plasticity.has(equation.variable())
              ? plasticity.place(equation.variable()) == place
              : place == Plasticity.Place.SYNAPSE;
      if (here && !plasticity.lazy().contains(equation.variable())) {
        own.add(equation);
      }
    }
    if (own.isEmpty()) {
      return Optional.empty();
    }
    java.util.Set<String> noises = new java.util.LinkedHashSet<>(plasticity.synapse.noises());
    List<Block> blocks = IntegratorChoice.choose(own, noises, world.step());
    List<Stmt> all;
    if (place == Plasticity.Place.TARGET) {
      var at = new SynapseScope.At(i(0), i(0), index("j"), Optional.empty());
      all = List.of(Emit.loop("j", i(links.targets), oneStep(blocks, at)));
    } else {
      all =
          links.all((synapse, source, target) ->
              oneStep(
                  blocks,
                  new SynapseScope.At(
                      synapse, source, target, links.delays().map(d -> load(d, synapse)))));
    }
    String name = path + (place == Plasticity.Place.TARGET ? ":target" : ":synapse");
    return Optional.of(new Kernel(name, Phase.INTEGRATE, all));
  }

  private List<Stmt> oneStep(List<Block> blocks, SynapseScope.At at) {
    var kernel = new KernelScope();
    return kernel.collect(() -> {
      Map<String, Expr> fresh = new LinkedHashMap<>();
      for (Block block : blocks) {
        fresh.putAll(
            new Integration(
                    real,
                    world.step(),
                    kernel,
                    overrides -> {
                      SynapseScope scope = scope(at, kernel, "equation", Emit.step(), false);
                      overrides.forEach(scope::bind);
                      return scope;
                    },
                    state -> old(state, at, kernel),
                    noise -> noise(noise, at),
                    _ -> Optional.empty())
                .emit(block));
      }
      Map<String, Expr> values = new LinkedHashMap<>();
      fresh.forEach((state, value) -> {
        String name = kernel.fresh("new");
        kernel.statements().add(new Stmt.Let(name, value));
        values.put(state, new Expr.Read(name, value.type()));
      });
      values.forEach((state, value) -> storeBounded(state, value, at, kernel));
    });
  }

  private Expr noise(String noise, SynapseScope.At at) {
    Expr word =
        new SynapseDraws(
                path + "." + noise, "noise", at.source(), at.target(), Optional.empty(), true)
            .word(0, i(0));
    return Emit.call(snel.ir.Function.NORMAL, real, word);
  }

  private Expr old(String state, SynapseScope.At at, KernelScope kernel) {
    SynapseScope scope = scope(at, kernel, "equation", Emit.step(), false);
    return scope.read(new snel.math.Expr.Ref(Owner.SELF, state, Kind.REAL)).expr();
  }

  private void storeBounded(String state, Expr value, SynapseScope.At at, KernelScope kernel) {
    SynapseScope scope = scope(at, kernel, "equation", Emit.step(), false);
    var ref = new snel.math.Expr.Ref(Owner.SELF, state, Kind.REAL);
    Actions.Target target = target(ref, at, scope);
    Expr result = value;
    var bounds = target.variable().bounds();
    var expressions = new Expressions(scope, real);
    if (bounds.lower().isPresent()) {
      Expr low = expressions.real(bounds.lower().get());
      result = new Expr.Choose(compare(CompareOp.LT, result, low), low, result);
    }
    if (bounds.upper().isPresent()) {
      Expr high = expressions.real(bounds.upper().get());
      result = new Expr.Choose(compare(CompareOp.GT, value, high), high, result);
    }
    if (target.writable().isPresent()) {
      result =
          new Expr.Choose(target.writable().get(), result, load(target.buffer(), target.index()));
    }
    kernel.statements().add(store(target.buffer(), target.index(), result));
  }

  // Phase 5: post-synaptic events, teacher ports, `every`

  List<Kernel> onPost() {
    List<Kernel> kernels = new ArrayList<>();
    for (Handler handler : plasticity.synapse.handlers()) {
      String event = handler.event();
      if (!event.equals("post") && !event.startsWith("post.")) {
        continue;
      }
      Cells cells = plasticity.targetCells().orElseThrow();
      List<Stmt> all =
          events(
              cells,
              Plasticity.eventOf(event),
              Links.targetSlice(projection).orElseThrow(),
              path + ".synapses.target_index",
              backprop(),
              add(Emit.step32(), i(1)),
              target -> column(target, "post", handler.body(), nextInstant(), Map.of()));
      kernels.add(new Kernel(path + ":" + event, Phase.PLASTICITY, learning(all)));
    }
    return kernels;
  }

  /// Skips a kernel whose only effects are held by `freeze`.
  private List<Stmt> learning(List<Stmt> body) {
    return body;
  }

  private List<Stmt> column(
      Expr target, String purpose, List<Action> body, Expr now, Map<String, Typed> arguments) {
    var kernel = new KernelScope();
    return links.column(
        target,
        (synapse, source) ->
            handler(
                new SynapseScope.At(
                    synapse, source, target, links.delays().map(d -> load(d, synapse))),
                kernel,
                purpose,
                body,
                now,
                Optional.empty(),
                arguments,
                false));
  }

  /// What events of `from` (a projection onto this one's port) do: `receive` of one target's
  /// synapses, or of all.
  Kernel port(Projection from, Port port, boolean inDeliver) {
    Cells cells = world.cells(from.source().population());
    Expr now = inDeliver ? Emit.step() : nextInstant();
    Expr instant = inDeliver ? Emit.step32() : add(Emit.step32(), i(1));
    int delay = from.axonal().map(this::steps).orElse(0);
    List<Stmt> all =
        events(
            cells,
            from.sourceEvent(),
            from.source(),
            from.path() + ".synapses.source_index",
            delay,
            instant,
            who -> {
              Map<String, Typed> arguments = new LinkedHashMap<>();
              if (!port.parameters().isEmpty()) {
                Expr weight =
                    switch (from.weight()) {
                      case snel.model.WeightSource.Value(snel.math.Expr.Num(var v)) ->
                          Expr.real(real, v.toDouble());
                      default -> Expr.real(real, 1);
                    };
                arguments.put(port.parameters().get(0), new Typed(weight, Kind.REAL));
              }
              return received(port, who, now, arguments);
            });
    return new Kernel(
        from.path() + ":" + path + "." + port.name(),
        inDeliver ? Phase.DELIVER : Phase.PLASTICITY,
        all);
  }

  private List<Stmt> received(Port port, Expr who, Expr now, Map<String, Typed> arguments) {
    List<Stmt> all = new ArrayList<>();
    if (port.perTarget()) {
      all.addAll(column(who, port.name(), port.body(), now, arguments));
    } else {
      all.addAll(broadcast(port, now, arguments));
    }
    for (TraceStore trace : plasticity.allTraces()) {
      if (trace.side == TraceStore.Side.PORT
          && trace.trace.event().equals(port.name())
          && trace.trace instanceof Trace.Decaying decaying) {
        all.add(jump(trace, decaying, port.perTarget() ? who : i(0)));
      }
    }
    return all;
  }

  private List<Stmt> broadcast(Port port, Expr now, Map<String, Typed> arguments) {
    var kernel = new KernelScope();
    return links.all((synapse, source, target) ->
        handler(
            new SynapseScope.At(synapse, source, target, links.delays().map(d -> load(d, synapse))),
            kernel,
            port.name(),
            port.body(),
            now,
            Optional.empty(),
            arguments,
            false));
  }

  /// What an event sent by the protocol does: `of post` ports for target `who`, others for all.
  List<Stmt> sent(Port port, Expr who, List<Expr> values) {
    Map<String, Typed> arguments = new LinkedHashMap<>();
    for (int k = 0; k < port.parameters().size(); k++) {
      arguments.put(port.parameters().get(k), new Typed(values.get(k), Kind.REAL));
    }
    return received(port, who, Emit.step(), arguments);
  }

  List<Kernel> every() {
    List<Kernel> kernels = new ArrayList<>();
    int number = 0;
    for (Every every : plasticity.synapse.every()) {
      List<Stmt> all = forEach("every", every.body(), nextInstant(), false);
      if (every.steps() > 1) {
        all = List.of(when(NeuronKernels.due(every.steps(), nextInstant()), all));
      }
      kernels.add(new Kernel(path + ":every" + number++, Phase.PLASTICITY, all));
    }
    return kernels;
  }

  private List<Stmt> forEach(String purpose, List<Action> body, Expr now, boolean pendingCounted) {
    var kernel = new KernelScope();
    return links.all((synapse, source, target) ->
        handler(
            new SynapseScope.At(synapse, source, target, links.delays().map(d -> load(d, synapse))),
            kernel,
            purpose,
            body,
            now,
            Optional.empty(),
            Map.of(),
            pendingCounted));
  }

  // Hooks

  Optional<Kernel> hook(String event, Phase phase) {
    List<Stmt> all = new ArrayList<>();
    boolean atEnd = event.equals("presentation.end");
    for (Handler handler : plasticity.synapse.handlers()) {
      if (handler.event().equals(event)) {
        if (atEnd) {
          plasticity.allTraces().forEach(t -> all.addAll(markPending(t)));
        }
        all.addAll(forEach(event, handler.body(), Emit.step(), atEnd));
      }
    }
    projection
        .normalise()
        .filter(n -> n.event().equals(event))
        .ifPresent(n -> all.addAll(normalise(n)));
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":" + event, phase, all));
  }

  private List<Stmt> markPending(TraceStore trace) {
    if (trace.side == TraceStore.Side.PORT) {
      return List.of();
    }
    Buffer marks = PendingJumps.marks(world, plasticity, trace);
    boolean pre = trace.side == TraceStore.Side.PRE;
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.loop("k", i(trace.size()), List.of(store(marks, index("k"), i(0)))));
    all.addAll(
        events(
            pre ? plasticity.sourceCells() : plasticity.targetCells().orElseThrow(),
            trace.event(),
            pre ? projection.source() : Links.targetSlice(projection).orElseThrow(),
            path + (pre ? ".synapses.source_index" : ".synapses.target_index"),
            pre ? links.constantDelay().orElse(0) : backprop(),
            Emit.step32(),
            who -> List.of(store(marks, who, i(1)))));
    return all;
  }

  /// `w_ij ← w_ij * (K / s_j)`, skipped where s_j = 0, then clipped (semantics.md §8).
  private List<Stmt> normalise(Projection.Normalise rule) {
    Buffer weights = plasticity.weight().orElseThrow();
    Expr j = index("t");
    var kernel = new KernelScope();
    List<Stmt> body =
        kernel.collect(() -> {
          Expr sum = columnSum(j, weights);
          kernel.statements().add(new Stmt.Let("sum", sum));
          var at = new SynapseScope.At(i(0), i(0), j, Optional.empty());
          SynapseScope scope = scope(at, kernel, "normalise", Emit.step(), false);
          Expr total = new Expressions(scope, real).real(rule.total());
          Expr held = new Expr.Read("sum", real);
          Expr factor = new Expr.Binary(snel.ir.BinaryOp.DIV, total, held);
          kernel.statements().add(new Stmt.Let("factor", factor));
          List<Stmt> scaled =
              links.column(
                  j,
                  (synapse, source) -> {
                    Expr place = links.weightIndex(weights, synapse);
                    Expr value = mul(load(weights, place), new Expr.Read("factor", real));
                    return kernel.collect(() ->
                        storeBounded(
                            plasticity.synapse.weight().orElseThrow().name(),
                            value,
                            new SynapseScope.At(synapse, source, j, Optional.empty()),
                            kernel));
                  });
          kernel.statements().add(when(compare(CompareOp.NE, held, Expr.real(real, 0)), scaled));
        });
    return List.of(Emit.serial("t", i(0), i(links.targets), body));
  }

  private Expr columnSum(Expr j, Buffer weights) {
    Links.Walk walk = links.columnWalk(j);
    Expr value = load(weights, links.weightIndex(weights, walk.synapse()));
    Expr counted = value;
    if (walk.skip().isPresent()) {
      counted = new Expr.Choose(walk.skip().get(), Expr.real(real, 0), value);
    }
    return new Expr.Reduce(snel.ir.ReduceOp.SUM, walk.index(), i(0), walk.count(), counted);
  }

  // Graded transmission

  /// Adds `transmit` of every synapse to the target's input, source rising.
  Optional<Kernel> transmit() {
    if (plasticity.synapse.transmit().isEmpty()) {
      return Optional.empty();
    }
    snel.math.Expr value = plasticity.synapse.transmit().get();
    Buffer input =
        switch (projection.target()) {
          case Endpoint.NeuronInput(var slice, var name) ->
              world.cells(slice.population()).variable(name);
          case Endpoint.SynapseInput(var other, var name) -> world.plasticity(other).variable(name);
          case Endpoint.NeuronPort _, Endpoint.SynapsePort _ ->
              throw new snel.diagnostics.CompilerBug("transmit to an event port");
        };
    var kernel = new KernelScope();
    List<Stmt> all =
        links.all((synapse, source, target) ->
            kernel.collect(() -> {
              var at =
                  new SynapseScope.At(
                      synapse, source, target, links.delays().map(d -> load(d, synapse)));
              SynapseScope scope = scope(at, kernel, "transmit", Emit.step(), false);
              Expr amount = new Expressions(scope, real).real(value);
              Expr place = links.targetInPopulation(target);
              kernel.statements().add(store(input, place, add(load(input, place), amount)));
            }));
    return Optional.of(new Kernel(path + ":transmit", Phase.DELIVER, serialised(all)));
  }

  /// Sums onto one target must keep their order, so the walk may not be split.
  private static List<Stmt> serialised(List<Stmt> statements) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt statement : statements) {
      all.add(
          statement instanceof Stmt.Loop(var index, var from, var to, _, var body)
              ? new Stmt.Loop(index, from, to, Stmt.Order.SEQUENTIAL, body)
              : statement);
    }
    return all;
  }
}

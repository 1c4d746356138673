package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.model.Action;
import snel.model.Handler;

/// What one handler of a projection delivers to a port whose body is not linear in its argument. An
/// amount that the synapse's weight and parameters give is computed when it arrives; another is
/// noted by its handler in a ring for the stamp of its spike, and looked up when it arrives.
final class SingleArrivals {
  private final World world;
  private final Plasticity plasticity;
  private final Handler handler;
  private final PreSpikes spikes;
  private final Kind kind;

  SingleArrivals(World world, Plasticity plasticity, Handler handler, Kind kind) {
    this.world = world;
    this.plasticity = plasticity;
    this.handler = handler;
    this.spikes =
        new PreSpikes(plasticity, EndEvents.ofSource(handler.event(), plasticity.projection));
    this.kind = kind;
  }

  private Delays delays() {
    return plasticity.delays();
  }

  /// Whether amounts are computed when they arrive.
  boolean isKnownAlways() {
    return plasticity.effect.isStatic();
  }

  // Noting

  /// A ring of noted amounts: `amounts[synapse * slots + (stamp & (slots - 1))]`.
  ///
  /// @param given whether there is an amount, where a handler may deliver none
  private record Ring(Buffer amounts, Optional<Buffer> given, int slots) {
    Expr place(Expr synapse, Expr stamp) {
      return slots == 1 ? synapse : add(mul(synapse, i(slots)), Inbox.slot(slots, stamp));
    }
  }

  private Ring ring(int ordinal) {
    int stamps = delays().arrival().longest();
    if (delays().axonal().differs()) {
      stamps += delays().axonal().longest();
    }
    int slots = Inbox.slots(stamps);
    String of = handler.event().equals("pre") ? "" : handler.event().substring("pre".length());
    String name =
        plasticity.links.path + ".synapses.sent" + of + (ordinal == 0 ? "" : "." + ordinal);
    Length length = Delays.times(plasticity.links.perSynapse(), slots);
    Cell cell = kind instanceof Kind.Real ? world.buffers.realCell() : Cell.I64;
    boolean always = ordinal < unconditional();
    return new Ring(
        world.buffers.declare(name, cell, length, Role.QUEUE),
        always
            ? Optional.empty()
            : Optional.of(world.buffers.declare(name + ".given", Cell.U8, length, Role.QUEUE)),
        slots);
  }

  /// How many `deliver` the handler begins with that no condition can skip.
  private int unconditional() {
    int count = 0;
    for (Action action : handler.body()) {
      switch (action) {
        case Action.Deliver _ -> count++;
        case Action.If _ -> {
          return count;
        }
        case Action.Assign _, Action.Let _ -> {}
      }
    }
    return count;
  }

  private static int deliveries(List<Action> actions) {
    int count = 0;
    for (Action action : actions) {
      count +=
          switch (action) {
            case Action.Deliver _ -> 1;
            case Action.If(_, var then, var otherwise) -> deliveries(then) + deliveries(otherwise);
            case Action.Assign _, Action.Let _ -> 0;
          };
    }
    return count;
  }

  /// Keeps an amount for the spike whose handler runs now.
  List<Stmt> noted(
      SynapseScope.At at, Scope scope, snel.math.Expr value, Scalar real, int ordinal) {
    if (isKnownAlways()) {
      return List.of();
    }
    Ring ring = ring(ordinal);
    Expr lag = at.delay().orElseGet(() -> delays().axonal().of(at.synapse()));
    Expr place = ring.place(at.synapse(), sub(Emit.step32(), lag));
    List<Stmt> all = new ArrayList<>();
    all.add(store(ring.amounts(), place, new Expressions(scope, real).of(value, kind)));
    ring.given().ifPresent(given -> all.add(store(given, place, i(1))));
    return all;
  }

  // Looking up

  /// Longest time from a spike to its effect, in steps.
  int longest() {
    return delays().axonal().longest() + delays().arrival().longest();
  }

  /// The time from a spike to its effect, where it is one for all.
  Optional<Integer> constant() {
    return delays().axonal().constant().flatMap(a -> delays().arrival().constant().map(d -> a + d));
  }

  /// Runs `body` with the target's population index and the amount for what arrives now of the
  /// spikes stamped `lag` ago: class ii, in which the axonal delay is none.
  List<Stmt> stamped(Optional<Expr> lag, BiFunction<Expr, Expr, List<Stmt>> body) {
    Delays.Delay delay = delays().arrival();
    PreSpikes.Body each =
        (synapse, source, target, steps) -> amounts(synapse, source, target, steps, body);
    if (!delay.differs()) {
      List<Stmt> looked = spikes.reaching(delay, PreSpikes.Instant.NOW, each);
      return lag.map(
              steps -> List.of(when(compare(CompareOp.EQ, steps, i(delay.longest())), looked)))
          .orElse(looked);
    }
    Expr steps = lag.orElseThrow();
    List<Stmt> looked =
        spikes.stamped(
            delay.longest(),
            steps,
            PreSpikes.Instant.NOW,
            source -> spikes.row(delay, source, steps, each));
    return List.of(when(compare(CompareOp.LE, steps, i(delay.longest())), looked));
  }

  /// Runs `body` for what arrives now: class iii, in the order of the instants of the handlers.
  List<Stmt> handled(BiFunction<Expr, Expr, List<Stmt>> body) {
    Delays.Delay dendritic = delays().arrival();
    if (!dendritic.differs()) {
      Expr steps = i(dendritic.longest());
      return spikes.reaching(
          delays().axonal(),
          PreSpikes.Instant.ago(steps, dendritic.longest()),
          (synapse, source, target, lag) ->
              amounts(synapse, source, target, add(lag, steps), body));
    }
    Expr steps = world.names().index("back");
    Expr from = world.names().index("from");
    List<Stmt> one = new ArrayList<>();
    one.add(Emit.let(steps, sub(i(dendritic.longest()), from)));
    one.addAll(
        spikes.reaching(
            delays().axonal(),
            PreSpikes.Instant.ago(steps, dendritic.longest()),
            (synapse, source, target, lag) ->
                List.of(
                    when(
                        compare(CompareOp.EQ, dendritic.of(synapse), steps),
                        amounts(synapse, source, target, add(lag, steps), body)))));
    return List.of(Emit.serial(from, i(0), i(dendritic.longest() + 1), one));
  }

  private List<Stmt> amounts(
      Expr synapse, Expr source, Expr target, Expr lag, BiFunction<Expr, Expr, List<Stmt>> body) {
    var kernel = world.kernel();
    return kernel.collect(() -> {
      Expr who = local(kernel, "to", plasticity.links.targetInPopulation(target));
      if (isKnownAlways()) {
        var at = SynapseScope.At.of(synapse, source, target);
        SynapseScope scope = new SynapseBodies(world, plasticity).scope(at, kernel, "pre");
        for (Action action : handler.body()) {
          if (action instanceof Action.Deliver(var value, _)) {
            Expr amount = new Expressions(scope, world.real()).of(value, kind);
            kernel.statements().addAll(body.apply(who, local(kernel, "amount", amount)));
          }
        }
        return;
      }
      for (int ordinal = 0; ordinal < deliveries(handler.body()); ordinal++) {
        Ring ring = ring(ordinal);
        Expr place = local(kernel, "place", ring.place(synapse, sub(Emit.step32(), lag)));
        List<Stmt> run =
            kernel.collect(() -> {
              Expr amount = local(kernel, "amount", load(ring.amounts(), place));
              kernel.statements().addAll(body.apply(who, amount));
            });
        if (ring.given().isEmpty()) {
          kernel.statements().addAll(run);
        } else {
          run.add(0, store(ring.given().get(), place, i(0)));
          Expr isGiven = compare(CompareOp.NE, load(ring.given().get(), place), i(0));
          kernel.statements().add(when(isGiven, run));
        }
      }
    });
  }

  private static Expr local(KernelScope kernel, String hint, Expr value) {
    String name = kernel.fresh(hint);
    kernel.statements().add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }
}

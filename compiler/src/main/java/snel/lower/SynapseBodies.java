package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Bounds;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Equation;
import snel.model.Projection;
import snel.model.Variable;

/// Bodies of handlers of one synapse: names, targets of assignments, what is brought up to date.
final class SynapseBodies {
  private static final String EVERY = "every";

  final World world;
  final Plasticity plasticity;
  final Links links;
  final Projection projection;
  final Scalar real;
  final String path;

  SynapseBodies(World world, Plasticity plasticity) {
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.projection = plasticity.projection;
    this.real = world.real();
    this.path = links.path;
  }

  /// What the author wrote for one occasion.
  ///
  /// @param declaration how many declarations of the same purpose stand before it
  /// @param moment on the synapse's clock
  record Occasion(
      String purpose,
      int declaration,
      List<Action> body,
      Moment moment,
      Map<String, Typed> arguments) {
    Occasion(String purpose, List<Action> body, Moment moment, Map<String, Typed> arguments) {
      this(purpose, 0, body, moment, arguments);
    }

    static Occasion every(int declaration, List<Action> body, Expr now) {
      return new Occasion(EVERY, declaration, body, Moment.before(now), Map.of());
    }

    /// What an `every` reads is never behind, so that it need not touch what decays lazily.
    boolean touches() {
      return !purpose.equals(EVERY);
    }
  }

  SynapseScope scope(SynapseScope.At at, KernelScope kernel, String purpose, Moment moment) {
    return scope(at, kernel, path, purpose, moment);
  }

  private SynapseScope scope(
      SynapseScope.At at, KernelScope kernel, String place, String purpose, Moment moment) {
    Draws draws =
        new SynapseDraws(place, purpose, at.source(), at.target(), Optional.empty(), true);
    return new SynapseScope(world, plasticity, at, kernel, draws, moment);
  }

  SynapseScope scope(SynapseScope.At at, KernelScope kernel, String purpose) {
    return scope(at, kernel, purpose, Moment.before(Emit.step()));
  }

  /// Emits a handler's body for one synapse; lazy states are brought up to date first.
  List<Stmt> handler(
      SynapseScope.At at,
      KernelScope kernel,
      Occasion occasion,
      Optional<BiFunction<Scope, snel.math.Expr, List<Stmt>>> deliver) {
    return kernel.collect(() -> {
      Moment moment = occasion.moment();
      String place = Streams.path(path, occasion.declaration());
      SynapseScope scope = scope(at, kernel, place, occasion.purpose(), moment);
      occasion.arguments().forEach(scope::bind);
      if (occasion.touches()) {
        touch(at, kernel, moment.now());
      }
      new Actions(scope, scope::bind, kernel, real, ref -> target(ref, at, scope), deliver)
          .emit(occasion.body());
    });
  }

  /// Runs the body for the synapses onto target `target` (a local index), source rising.
  List<Stmt> column(Expr target, Occasion occasion) {
    var kernel = world.kernel();
    return walked(
        occasion,
        links.column(
            target,
            Optional.empty(),
            (synapse, source) ->
                handler(
                    SynapseScope.At.of(synapse, source, target),
                    kernel,
                    occasion,
                    Optional.empty())));
  }

  /// Runs the body for every synapse.
  List<Stmt> all(Occasion occasion) {
    var kernel = world.kernel();
    return walked(
        occasion,
        links.all((synapse, source, target) ->
            handler(
                SynapseScope.At.of(synapse, source, target), kernel, occasion, Optional.empty())));
  }

  /// A walk over synapses that runs a body. Where it assigns what several of them have in common,
  /// one must come after the other.
  List<Stmt> walked(Occasion occasion, List<Stmt> walk) {
    boolean isShared = Action.assigned(occasion.body()).anyMatch(this::isInCommon);
    return isShared ? Emit.allInOrder(walk) : walk;
  }

  private boolean isInCommon(String name) {
    return plasticity
        .followers
        .trace(name)
        .map(trace -> !trace.isOfSynapses())
        .orElseGet(() ->
            plasticity.has(name)
                ? plasticity.place(name) != Plasticity.Place.SYNAPSE
                : links.sharedWeights().isPresent());
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
      Expr held = load(buffer, at.synapse());
      Expr passed = new Expr.Read(gone, real);
      Expr value = LazyDecay.after(equation, held, passed, world.step(), real);
      kernel.statements().add(store(buffer, at.synapse(), value));
    }
    kernel.statements().add(store(plasticity.touched(), at.synapse(), instant));
  }

  private Actions.Target target(snel.math.Expr.Ref ref, SynapseScope.At at, SynapseScope scope) {
    String name = ref.name();
    Optional<TraceStore> trace = plasticity.followers.trace(name);
    if (trace.isPresent()) {
      var variable =
          new Variable(
              name,
              Kind.REAL,
              snel.math.Expr.num(0),
              Bounds.NONE,
              false,
              false,
              "",
              1,
              projection.span());
      return new Actions.Target(
          trace.get().values, trace.get().who(at), variable, Optional.empty(), Optional.empty());
    }
    Variable variable = plasticity.declared(name).orElseThrow();
    boolean isWeight = plasticity.synapse.weight().filter(w -> w.name().equals(name)).isPresent();
    boolean isDelay = plasticity.synapse.delay().filter(d -> d.name().equals(name)).isPresent();
    boolean freezes = isWeight || isDelay || variable.plastic();
    Optional<Expr> writable =
        freezes ? Optional.of(Emit.not(plasticity.frozen(name))) : Optional.empty();
    Buffer buffer = isWeight ? plasticity.weight().orElseThrow() : plasticity.variable(name);
    Expr index = isWeight ? links.weightIndex(buffer, at.synapse()) : scope.index(name);
    Optional<Actions.Aside> aside =
        isWeight ? SharedWeights.of(this).map(shared -> shared.aside(at)) : Optional.empty();
    return new Actions.Target(buffer, index, variable, writable, aside);
  }

  /// Stores what an equation makes of a variable; a shared weight changes by the sum of all.
  void storeIntegrated(String name, Expr value, SynapseScope.At at, KernelScope kernel) {
    boolean isWeight = plasticity.synapse.weight().filter(w -> w.name().equals(name)).isPresent();
    Optional<SharedWeights> shared = isWeight ? SharedWeights.of(this) : Optional.empty();
    if (shared.isEmpty()) {
      storeBounded(name, value, at, kernel);
      return;
    }
    Actions.Aside aside = shared.get().aside(at);
    Buffer weights = plasticity.weight().orElseThrow();
    Expr old = load(weights, links.weightIndex(weights, at.synapse()));
    Expr change = Emit.sub(value, old);
    Expr held = new Expr.Choose(plasticity.frozen(name), Emit.zero(real), change);
    kernel.statements().add(Emit.increment(aside.sums(), aside.index(), held));
    kernel.statements().addAll(aside.marked());
  }

  /// Stores what an equation or `normalise` makes of a variable, at once.
  void storeBounded(String name, Expr value, SynapseScope.At at, KernelScope kernel) {
    SynapseScope scope = scope(at, kernel, "equation");
    var ref = new snel.math.Expr.Ref(Owner.SELF, name, Kind.REAL);
    Actions.Target target = target(ref, at, scope);
    Expr result = Piecewise.bounded(new Expressions(scope, real), value, target.variable());
    if (target.writable().isPresent()) {
      Expr old = Emit.convert(result.type(), load(target.buffer(), target.index()));
      result = new Expr.Choose(target.writable().get(), result, old);
    }
    Expr stored = Emit.convert(target.buffer().cell().scalar(), result);
    kernel.statements().add(store(target.buffer(), target.index(), stored));
  }
}

package snel.lower.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Endpoint;
import snel.model.Equation;
import snel.model.Firing;
import snel.model.Handler;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Synapse;
import snel.model.Trace;

/// Looks for what stands against derivatives by times of spikes in synapses and ports: what a spike
/// would do a step later is taken where it has come already, so that it must not hang on what the
/// spike itself changes, or sets in motion.
final class MovedSpikes {
  private final Work work;

  MovedSpikes(Work work) {
    this.work = work;
  }

  void check() {
    work.elaborated().network().projections().stream()
        .filter(projection -> moves(projection.source().population()))
        .forEach(this::projection);
  }

  private boolean moves(String population) {
    return work.population(population)
        .map(Population::firing)
        .filter(Firing.When.class::isInstance)
        .isPresent();
  }

  private void projection(Projection projection) {
    Synapse synapse = projection.synapse();
    List<Handler> handlers =
        synapse.handlers().stream().filter(handler -> isOfPre(handler.event())).toList();
    List<Trace> traces = synapse.traces().stream().filter(trace -> isOfPre(trace.event())).toList();
    Set<String> changed = new HashSet<>();
    traces.forEach(trace -> changed.add(trace.name()));
    handlers.forEach(handler -> Action.assigned(handler.body()).forEach(changed::add));
    addMoved(changed, synapse.equations());
    Stream<Expr> asked =
        Stream.concat(
            handlers.stream().flatMap(handler -> asked(handler.body())),
            traces.stream().flatMap(MovedSpikes::amount));
    asked
        .flatMap(expression -> found(expression, Owner.SELF, changed).stream())
        .findFirst()
        .ifPresent(name -> hinder(projection, name));
    if (projection.target() instanceof Endpoint.NeuronPort(Slice targets, String name)) {
      work.population(targets.population())
          .ifPresent(target -> target.port(name).ifPresent(port -> port(projection, target, port)));
    }
  }

  private void port(Projection projection, Population target, Port port) {
    Set<String> changed = new HashSet<>(Action.assigned(port.body()).toList());
    addMoved(changed, target.equations());
    Stream<String> own =
        asked(port.body()).flatMap(asked -> found(asked, Owner.SELF, changed).stream());
    Stream<String> ofSynapse =
        projection.synapse().handlers().stream()
            .filter(handler -> isOfPre(handler.event()))
            .flatMap(handler -> asked(handler.body()))
            .flatMap(asked -> found(asked, Owner.POST, changed).stream());
    Stream.concat(own, ofSynapse)
        .findFirst()
        .ifPresent(name -> hinder(projection, name + " of `" + target.path() + "`"));
    MovedStates.bent(target, port)
        .ifPresent(state ->
            work.lesson()
                .hindrance(
                    projection.span(),
                    "`%s` of `%s` does not follow in proportion what each spike of `%s` does"
                        .formatted(state, target.path(), name(projection)),
                    "train by `bptt`; losses over times are made of `first_spike` and"
                        + " `victor_purpura`"));
  }

  /// Adds what has another derivative behind the spike than before it.
  private static void addMoved(Set<String> changed, List<Equation> equations) {
    List<String> moved =
        equations.stream()
            .filter(equation ->
                changed.stream().anyMatch(name -> Walk.mentions(equation.rate(), Owner.SELF, name)))
            .map(Equation::variable)
            .toList();
    changed.addAll(moved);
  }

  private static boolean isOfPre(String event) {
    return event.equals("pre") || event.startsWith("pre.");
  }

  private static Stream<Expr> amount(Trace trace) {
    return trace instanceof Trace.Decaying decaying ? Stream.of(decaying.amount()) : Stream.of();
  }

  /// What a body is made of, but for states that it moves by an amount.
  private static Stream<Expr> asked(List<Action> body) {
    return body.stream()
        .flatMap(action ->
            switch (action) {
              case Action.Assign(var target, Expr.Add(var left, var right), _)
                  when left.equals(target) ->
                  Stream.of(right);
              case Action.Assign(var target, Expr.Add(var left, var right), _)
                  when right.equals(target) ->
                  Stream.of(left);
              case Action.Assign(var target, Expr.Sub(var left, var right), _)
                  when left.equals(target) ->
                  Stream.of(right);
              case Action.Assign(var target, var value, _) -> Stream.of(target, value);
              case Action.If(var condition, var then, var otherwise) ->
                  Stream.concat(Stream.of(condition), Stream.concat(asked(then), asked(otherwise)));
              case Action.Let _, Action.Deliver _ -> Action.expressions(List.of(action));
            });
  }

  private static Optional<String> found(Expr expression, Owner of, Set<String> changed) {
    Set<String> names = new HashSet<>();
    Walk.any(
        expression,
        e -> {
          if (e instanceof Expr.Ref(Owner owner, String name, _)
              && owner == of
              && changed.contains(name)) {
            names.add("`" + name + "`");
          }
          if (e instanceof Expr.Since since && since.owner() == Owner.PRE && of == Owner.SELF) {
            names.add("the time since the spike before");
          }
          return false;
        });
    return names.stream().sorted().findFirst();
  }

  private static String name(Projection projection) {
    return projection.name().orElse(projection.path());
  }

  private void hinder(Projection projection, String what) {
    work.lesson()
        .hindrance(
            projection.span(),
            "what a spike does in `"
                + name(projection)
                + "` hangs on "
                + what
                + ", which each spike changes: one that moves would find it as it has left it",
            "train by `bptt`, or take synapses that deliver the same at each spike behind neurons"
                + " whose spikes move");
  }
}

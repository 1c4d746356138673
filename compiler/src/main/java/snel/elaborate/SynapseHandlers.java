package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import snel.math.Expr;
import snel.math.Kind;
import snel.model.Action;
import snel.model.Every;
import snel.model.Handler;
import snel.model.Port;
import snel.model.Trace;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.ModelItem;
import snel.syntax.SynapseItem;

/// What a synapse model does when something happens: its traces, ports, handlers and periods.
final class SynapseHandlers {
  private final Context context;
  private final ModelParts parts;
  private final Optional<Neuron> pre;
  private final Optional<Neuron> post;
  private final Consumer<Runnable> later;
  private final List<Trace> traces = new ArrayList<>();
  private final List<Handler> handlers = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final List<Every> every = new ArrayList<>();

  /// @param later takes what is to be read when all names are known
  SynapseHandlers(
      Context context,
      ModelParts parts,
      Optional<Neuron> pre,
      Optional<Neuron> post,
      Consumer<Runnable> later) {
    this.context = context;
    this.parts = parts;
    this.pre = pre;
    this.post = post;
    this.later = later;
  }

  List<Trace> traces() {
    return traces;
  }

  List<Handler> handlers() {
    return handlers;
  }

  List<Port> ports() {
    return ports;
  }

  List<Every> every() {
    return every;
  }

  /// Whether a name is a trace that is the same in all synapses.
  boolean isOne(String name) {
    return traces.stream().anyMatch(t -> t.name().equals(name) && isOfAll(t.event()));
  }

  /// Whether an event reaches all synapses.
  private boolean isOfAll(String event) {
    return ports.stream().anyMatch(p -> p.name().equals(event) && !p.perTarget());
  }

  void receive(ModelItem.Receive receive, FileScope scope) {
    later.accept(() ->
        ports.add(
            Receives.read(receive, new ActionReader(context, parts.kinds), parts.env(scope))));
  }

  void onEvent(ModelItem.OnEvent on, FileScope scope) {
    later.accept(() -> {
      String event = on.event().text();
      checkEvent(event, on.event().span());
      handlers.add(new Handler(event, actions(on.body(), scope), on.span()));
    });
  }

  void everyPeriod(ModelItem.EveryPeriod timed, FileScope scope) {
    later.accept(() ->
        parts
            .steps(timed.period(), scope)
            .ifPresent(n -> every.add(new Every(n, actions(timed.body(), scope), timed.span()))));
  }

  private List<Action> actions(List<snel.syntax.Action> body, FileScope scope) {
    return new ActionReader(context, parts.kinds).read(body, parts.env(scope));
  }

  void decaying(SynapseItem.DecayingTrace trace, FileScope scope) {
    String name = trace.name().text();
    parts.kinds.put(name, Kind.REAL);
    parts.own(name, Kind.REAL);
    later.accept(() -> {
      checkEvent(trace.event().text(), trace.event().span());
      Optional<Expr> tau =
          parts
              .evaluator(scope)
              .one(trace.tau())
              .filter(t ->
                  !(t instanceof Expr.Num(var ms))
                      || parts.isLong("the time constant of a trace", ms, trace.tau()));
      Optional<Expr> amount =
          trace.amount() == null
              ? Optional.of(Expr.num(1))
              : parts.evaluator(scope).one(trace.amount());
      if (tau.isPresent() && amount.isPresent()) {
        traces.add(
            new Trace.Decaying(
                name,
                trace.event().text(),
                tau.get(),
                trace.jump() == SynapseItem.TraceJump.SET,
                amount.get(),
                trace.span()));
      }
    });
  }

  void window(SynapseItem.WindowTrace trace, FileScope scope) {
    String name = trace.name().text();
    parts.kinds.put(name, Kind.REAL);
    parts.own(name, Kind.REAL);
    later.accept(() -> {
      checkEvent(trace.event().text(), trace.event().span());
      parts
          .evaluator(scope)
          .constant(trace.length(), "the window of a trace")
          .filter(length -> parts.isLong("the window of a trace", length, trace.length()))
          .filter(length -> parts.steps(length, trace.length().span()).isPresent())
          .ifPresent(length ->
              traces.add(
                  new Trace.Window(
                      name, trace.event().text(), new Expr.Num(length), trace.span())));
    });
  }

  /// `post.peak` must be an event of the target's model.
  private void checkEvent(String event, Span span) {
    int dot = event.indexOf('.');
    if (dot < 0 || event.startsWith("presentation.")) {
      return;
    }
    Optional<Neuron> side = event.startsWith("pre.") ? pre : post;
    side.ifPresent(
        neuron -> neuron.requireEvent(context, event.substring(dot + 1), "on " + event, span));
  }
}

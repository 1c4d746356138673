package snel.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.model.Population;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.Reference;
import snel.types.Type;
import snel.units.Dimension;

/// The names by which connections begin and end: ports of the model (E0107), and of a network
/// inside the network nothing but its inputs and outputs (E0406).
final class ConnectedNames {
  private final Context context;
  private final Scope scope;

  ConnectedNames(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  /// Whether something was wrong with it.
  boolean source(Reference reference) {
    return inside(reference);
  }

  void target(Reference reference) {
    target(reference, false);
  }

  /// @param transmits whether what comes is a value, for an `input`, and no spikes
  void target(Reference reference, boolean transmits) {
    if (inside(reference)) {
      return;
    }
    Type type = context.silent().in(scope).resolved(reference);
    if (reference instanceof Expression.Member(var owner, var name, _) && !name.text().isEmpty()) {
      switch (context.silent().in(scope).resolved(owner)) {
        case Things.Cells(var model) -> model.ifPresent(m -> port(m, name));
        case Things.Wires(var model, _) -> model.ifPresent(m -> port(m, name));
        default -> whole(type, reference, transmits);
      }
    } else {
      whole(type, reference, transmits);
    }
  }

  private void port(NeuronModel model, Name name) {
    Map<String, String> ports = ports(model);
    if (ports.containsKey(name.text())) {
      return;
    }
    Optional<Symbol> other = model.variable(name.text());
    Diagnostic missing =
        missing(
            model.name(),
            name,
            ports,
            other
                .map(s -> s.role().words())
                .or(() ->
                    Population.MEMBERS.contains(name.text())
                        ? Optional.of("what every neuron has, to be read")
                        : Optional.empty()));
    context.report(
        other
            .filter(symbol -> symbol.role() == Role.STATE && model.ports().isEmpty())
            .map(state -> missing.help(moving(model.name(), state)))
            .orElse(missing));
  }

  /// How a spike comes to a state.
  private String moving(String model, Symbol state) {
    return "spikes move it through a port: `receive syn(w : %s) { %s += w }` in `%s`"
        .formatted(
            Wording.dimension(context.type(state)).map(Dimension::toString).orElse("real"),
            state.name(),
            model);
  }

  private void port(SynapseModel model, Name name) {
    Map<String, String> ports = new LinkedHashMap<>();
    model.ports().values().forEach(p -> ports.put(p.name().text(), taken(p)));
    inputs(model.variables(), ports);
    if (!ports.containsKey(name.text())) {
      Optional<Symbol> other = Optional.ofNullable(model.variables().get(name.text()));
      context.report(missing(model.name(), name, ports, other.map(s -> s.role().words())));
    }
  }

  private static Diagnostic missing(
      String model, Name name, Map<String, String> ports, Optional<String> is) {
    Optional<String> near =
        is.isPresent() ? Optional.empty() : Nearest.to(name.text(), ports.keySet());
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_PORT,
            "`" + model + "` has no port `" + name.text() + "`; " + listed(ports),
            name.span(),
            is.map(words -> "this is " + words).orElse("no such port"));
    return near.map(n -> diagnostic.fix("write `" + n + "`", name.span(), n)).orElse(diagnostic);
  }

  /// A population without a port named, where there is more than one.
  private void whole(Type type, Reference reference, boolean transmits) {
    if (!(type instanceof Things.Cells(var model)) || model.isEmpty()) {
      return;
    }
    Map<String, String> ports = ports(model.get());
    int events = model.get().ports().size();
    if (events == 1 || events == 0 && ports.size() == 1) {
      return;
    }
    String name = "`" + model.get().name() + "` has ";
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_PORT,
            events == 0
                ? name + "no port that takes spikes"
                : name
                    + Prose.counted(events, "port")
                    + (ports.size() > events ? " that take spikes" : "")
                    + ": write which",
            reference.span(),
            "which port?");
    context.report(
        ports.isEmpty()
            ? diagnostic.help("declare one: `receive exc(w : …) { … }`")
            : which(diagnostic.note(listed(ports)), model.get(), reference.span(), transmits));
  }

  /// @param written the population, without a port
  private static Diagnostic which(
      Diagnostic diagnostic, NeuronModel model, Span written, boolean transmits) {
    List<String> choices =
        (transmits ? model.inputs() : List.copyOf(model.ports().keySet()))
            .stream().map(name -> Prose.code(written.text() + "." + name)).toList();
    return choices.isEmpty() ? diagnostic : diagnostic.help("write " + Prose.listed(choices, "or"));
  }

  private Map<String, String> ports(NeuronModel model) {
    Map<String, String> ports = new LinkedHashMap<>();
    model.ports().values().forEach(p -> ports.put(p.name().text(), taken(p)));
    inputs(model.variables(), ports);
    return ports;
  }

  private String taken(Port port) {
    return port.values().isEmpty() ? " (no value)" : dimension(port.values().getFirst());
  }

  private void inputs(Map<String, Symbol> variables, Map<String, String> ports) {
    variables.values().stream()
        .filter(s -> s.role() == Role.INPUT)
        .forEach(s -> ports.put(s.name(), dimension(context.type(s))));
  }

  private String dimension(Type type) {
    return Wording.dimension(context.resolved(type))
        .filter(d -> !d.isPlain())
        .map(d -> " (" + d + ")")
        .orElse("");
  }

  /// "its ports are `exc` (voltage) and `inh` (voltage)".
  private static String listed(Map<String, String> ports) {
    List<String> all = new ArrayList<>();
    ports.forEach((name, takes) -> all.add("`" + name + "`" + takes));
    return switch (all.size()) {
      case 0 -> "it has none";
      case 1 -> "its port is " + all.getFirst();
      default -> "its ports are " + Prose.listed(all, "and");
    };
  }

  /// Whether the reference goes into a part of the network past its ports.
  private boolean inside(Expression reference) {
    return switch (reference) {
      case Expression.Index(var owner, _, _) -> inside(owner);
      case Expression.Member(var owner, var name, _) -> inside(owner) || ofPart(owner, name);
      default -> false;
    };
  }

  private boolean ofPart(Expression owner, Name name) {
    if (!(context.silent().in(scope).resolved(owner) instanceof Things.Part(var model))
        || model.isEmpty()
        || name.text().isEmpty()) {
      return false;
    }
    Map<String, Symbol> members = model.get().members();
    List<String> ports =
        members.values().stream()
            .filter(s -> s.role() == Role.INPUT || s.role() == Role.OUTPUT)
            .map(Symbol::name)
            .toList();
    if (ports.contains(name.text())) {
      return false;
    }
    Symbol other = members.get(name.text());
    String part = Wording.text(owner.span());
    Optional<String> near = Nearest.to(name.text(), ports);
    var diagnostic =
        Diagnostic.of(
            Code.NOT_A_NETWORK_PORT,
            other != null
                ? "`" + name.text() + "` inside `" + part + "` is no port"
                : "`" + part + "` has no port `" + name.text() + "`" + Nearest.hint(near),
            name.span(),
            other != null ? "this is " + other.role().words() + " of the part" : "no such port");
    diagnostic =
        ports.isEmpty()
            ? diagnostic.note("`" + model.get().name() + "` declares no `input` and no `output`")
            : diagnostic.note("it has " + Prose.codes(ports));
    context.report(
        other != null && other.role() == Role.POPULATION
            ? diagnostic.help(
                "give `%s` a port: `output out = %s` to connect from it, `input x : …` to it"
                    .formatted(model.get().name(), name.text()))
            : diagnostic);
    return true;
  }
}

package snel.elaborate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.model.Endpoint;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Synapse;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.Reference;

/// What a `connect`, `drive` or `send` leads to.
final class Endpoints {
  private final NetworkElaborator network;
  private final Evaluator evaluator;

  Endpoints(NetworkElaborator network, Evaluator evaluator) {
    this.network = network;
    this.evaluator = evaluator;
  }

  Optional<Endpoint> target(Reference reference) {
    if (reference instanceof Expression.Member(var owner, var name, var span)) {
      Val inside = evaluator.eval(owner);
      switch (inside) {
        case Val.Cells(var slice, _) -> {
          return port(slice, name.text(), name.span());
        }
        case Val.Wires(var path) -> {
          return synapsePort(path, name.text(), name.span());
        }
        case Val.Part(var scope) -> {
          Optional<Val> member = scope.member(name.text());
          if (member.isPresent()) {
            return whole(member.get(), span);
          }
          evaluator
              .context()
              .fault(
                  Code.NOT_A_NETWORK_PORT,
                  "the part has no port `"
                      + name.text()
                      + "`"
                      + Nearest.hint(name.text(), scope.members().keySet()),
                  name.span());
          return Optional.empty();
        }
        case Val.Bad _ -> {
          return Optional.empty();
        }
        default -> {}
      }
    }
    return whole(evaluator.eval(reference), reference.span());
  }

  /// A population without a port named: its only one.
  private Optional<Endpoint> whole(Val value, Span span) {
    switch (value) {
      case Val.Cells(var slice, _) -> {
        Optional<Population> population = network.population(slice.population());
        if (population.isEmpty()) {
          return Optional.empty();
        }
        if (population.get().isInput()) {
          return Optional.of(new Endpoint.NeuronPort(slice, ""));
        }
        List<Port> ports = population.get().ports();
        if (ports.size() == 1) {
          return Optional.of(new Endpoint.NeuronPort(slice, ports.get(0).name()));
        }
        if (ports.isEmpty() && population.get().inputs().size() == 1) {
          return Optional.of(
              new Endpoint.NeuronInput(slice, population.get().inputs().get(0).name()));
        }
        evaluator
            .context()
            .fault(
                Code.UNKNOWN_PORT,
                "`"
                    + population.get().model()
                    + "` has "
                    + (ports.isEmpty() ? "no port" : "several ports: " + names(ports))
                    + "; write which",
                span);
        return Optional.empty();
      }
      case Val.Bad _ -> {
        return Optional.empty();
      }
      default -> {
        evaluator
            .context()
            .fault(
                Code.NOT_CONNECTABLE,
                "only populations, their ports and slices can be connected",
                span);
        return Optional.empty();
      }
    }
  }

  private static String names(List<Port> ports) {
    return ports.stream().map(p -> "`" + p.name() + "`").collect(Collectors.joining(", "));
  }

  private Optional<Endpoint> port(Slice slice, String name, Span span) {
    Optional<Population> population = network.population(slice.population());
    if (population.isEmpty()) {
      return Optional.empty();
    }
    if (population.get().port(name).isPresent()) {
      return Optional.of(new Endpoint.NeuronPort(slice, name));
    }
    if (population.get().input(name).isPresent()) {
      return Optional.of(new Endpoint.NeuronInput(slice, name));
    }
    List<String> known =
        java.util.stream.Stream.concat(
                population.get().ports().stream().map(Port::name),
                population.get().inputs().stream().map(v -> v.name()))
            .toList();
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_PORT,
            "`"
                + population.get().model()
                + "` has no port `"
                + name
                + "`"
                + Nearest.hint(name, known),
            span,
            "no such port");
    evaluator
        .context()
        .diagnostics()
        .report(
            known.isEmpty()
                ? diagnostic
                : diagnostic.note(
                    "its ports are "
                        + known.stream()
                            .map(p -> "`" + p + "`")
                            .collect(Collectors.joining(", "))));
    return Optional.empty();
  }

  private Optional<Endpoint> synapsePort(String path, String name, Span span) {
    Optional<Projection> projection = network.projection(path);
    if (projection.isEmpty()) {
      return Optional.empty();
    }
    Synapse synapse = projection.get().synapse();
    Optional<Slice> each = projection.get().target().neurons();
    for (Port port : synapse.ports()) {
      if (port.name().equals(name)) {
        Optional<Slice> targets = port.perTarget() ? each : Optional.empty();
        return Optional.of(new Endpoint.SynapsePort(path, name, targets));
      }
    }
    if (synapse.inputsOfPost().stream().anyMatch(v -> v.name().equals(name))) {
      return Optional.of(new Endpoint.SynapseInput(path, name, each));
    }
    if (synapse.inputsOfPre().stream().anyMatch(v -> v.name().equals(name))) {
      return Optional.of(
          new Endpoint.SynapseInput(path, name, Optional.of(projection.get().source())));
    }
    if (synapse.inputs().stream().anyMatch(v -> v.name().equals(name))) {
      return Optional.of(new Endpoint.SynapseInput(path, name, Optional.empty()));
    }
    evaluator
        .context()
        .fault(
            Code.UNKNOWN_PORT, "the synapses of `" + path + "` have no port `" + name + "`", span);
    return Optional.empty();
  }
}

package snel.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import snel.math.Precision;

/// One elaborated network.
///
/// @param stepMs the step h in ms
/// @param fast whether equality of bits is given up
/// @param preciseTimes whether spikes are located within their step
/// @param inputs value inputs of the network with their shapes (see [NetworkInput])
/// @param states states of the network itself, with equations (dopamine)
/// @param noises paths of the noises in those equations
public record Network(
    String name,
    double stepMs,
    int seed,
    Numerics numerics,
    boolean fast,
    boolean preciseTimes,
    List<NetworkInput> inputs,
    List<Variable> parameters,
    List<Variable> states,
    List<String> noises,
    List<Equation> equations,
    List<Population> populations,
    List<Projection> projections,
    List<Drive> drives,
    List<Readout> readouts) {
  public Network {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    noises = List.copyOf(noises);
    equations = List.copyOf(equations);
    populations = List.copyOf(populations);
    projections = List.copyOf(projections);
    drives = List.copyOf(drives);
    readouts = List.copyOf(readouts);
  }

  public enum Numerics {
    F32(Precision.SINGLE),
    F64(Precision.DOUBLE);

    private final Precision precision;

    Numerics(Precision precision) {
      this.precision = precision;
    }

    public Precision precision() {
      return precision;
    }
  }

  /// The same with other projections.
  public Network joinedBy(List<Projection> others) {
    return new Network(
        name,
        stepMs,
        seed,
        numerics,
        fast,
        preciseTimes,
        inputs,
        parameters,
        states,
        noises,
        equations,
        populations,
        others,
        drives,
        readouts);
  }

  /// The port of neurons that a projection leads to.
  public Optional<Port> port(Projection projection) {
    return projection.target() instanceof Endpoint.NeuronPort(var slice, String port)
        ? population(slice.population()).port(port)
        : Optional.empty();
  }

  public Population population(String path) {
    for (Population population : populations) {
      if (population.path().equals(path)) {
        return population;
      }
    }
    throw new IllegalArgumentException("no population " + path);
  }

  /// The populations that projections lead to.
  public List<Population> reached() {
    Set<String> targets =
        projections.stream()
            .flatMap(projection -> projection.target().neurons().stream())
            .map(Slice::population)
            .collect(Collectors.toSet());
    return populations.stream().filter(each -> targets.contains(each.path())).toList();
  }
}

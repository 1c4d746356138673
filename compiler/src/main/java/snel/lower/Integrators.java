package snel.lower;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import snel.math.Fold;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;

/// The method chosen for each block of equations, and why.
final class Integrators {
  private Integrators() {}

  /// Of all populations, projections and the network itself, by the paths of the states.
  static Map<String, String> of(World world) {
    Map<String, String> all = new LinkedHashMap<>();
    Network network = world.network;
    for (Cells cells : world.allCells()) {
      Population population = cells.population;
      if (!population.isInput()) {
        put(all, population.path() + ".", ofNeurons(world, cells));
      }
    }
    for (Projection projection : network.projections()) {
      put(all, projection.path() + ".", ofSynapses(world, projection));
    }
    put(all, "", ofNetwork(world));
    return all;
  }

  private static void put(Map<String, String> all, String owner, Map<String, String> methods) {
    methods.forEach(
        (states, method) -> all.put(owner + states.replace(", ", ", " + owner), method));
  }

  static Map<String, String> ofNeurons(World world, Cells cells) {
    var integration = new NeuronIntegration(world, cells);
    Map<String, String> all = explained(integration.blocks(), cells.population.equations());
    all.putAll(explained(integration.sharedBlocks(), cells.population.equations()));
    return all;
  }

  /// What [Laziness] leaves to its next touch decays exactly too.
  static Map<String, String> ofSynapses(World world, Projection projection) {
    Set<String> lazy = new LinkedHashSet<>(Laziness.of(projection.synapse()));
    Set<String> assigned = world.needs().assigned();
    lazy.removeIf(state -> assigned.contains(projection.path() + "." + state));
    List<Equation> equations =
        projection.synapse().equations().stream()
            .filter(e -> !lazy.contains(e.variable()))
            .toList();
    var noises = Noises.ofEach(projection.synapse().noises());
    Map<String, String> all =
        explained(IntegratorChoice.choose(equations, noises, world.step()), equations);
    projection.synapse().equations().stream()
        .map(Equation::variable)
        .filter(lazy::contains)
        .forEach(state -> all.put(state, "exact decay, when the synapse is touched"));
    return all;
  }

  static Map<String, String> ofNetwork(World world) {
    List<Equation> equations = world.network.equations();
    return explained(
        IntegratorChoice.choose(equations, Noises.ofEach(world.network.noises()), world.step()),
        equations);
  }

  private static Map<String, String> explained(List<Block> blocks, List<Equation> equations) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Block block : blocks) {
      String states = String.join(", ", block.states());
      all.put(states, method(block, equations));
    }
    return all;
  }

  private static boolean hasNoise(Block.Exact block) {
    return block.rows().stream().anyMatch(row -> !row.noise().isEmpty());
  }

  private static String method(Block block, List<Equation> equations) {
    return switch (block) {
      case Block.Exact exact ->
          "exact propagator, because linear with constant coefficients"
              + (exact.stored().isEmpty() ? "" : ", which differ between neurons")
              + (exact.drives().isEmpty() ? "" : " (inputs held over the step)")
              + (hasNoise(exact) ? "; the noise of a step has its exact covariance" : "");
      case Block.ExactNoise _ -> "exact with exact step noise, because linear alone";
      case Block.ExponentialEuler exponential ->
          "exponential Euler, because "
              + (isWritten(exponential, Equation.Method.EXPONENTIAL_EULER, equations)
                  ? "it is written"
                  : "linear once the others are given");
      case Block.RungeKutta rungeKutta ->
          "Runge-Kutta of order 4, because "
              + (isWritten(rungeKutta, Equation.Method.RK4, equations)
                  ? "it is written"
                  : withoutOwnTerm(rungeKutta)
                      .map(state -> "the rate of " + state + " has no term in " + state)
                      .orElse("not linear"))
              + held(rungeKutta, equations);
      case Block.Heun _ -> "Heun's method, because it is written";
      case Block.Euler euler ->
          isWritten(euler, Equation.Method.EULER, equations)
              ? (euler.rate().noises().isEmpty() ? "forward Euler" : "Euler-Maruyama")
                  + ", because it is written"
              : "Euler-Maruyama, because not linear with constant coefficients and additive noise";
    };
  }

  /// The state that alone keeps equations, linear once the others are given, from exponential
  /// Euler.
  private static Optional<String> withoutOwnTerm(Block.RungeKutta block) {
    Optional<String> found = Optional.empty();
    for (int k = 0; k < block.states().size(); k++) {
      String state = block.states().get(k);
      Optional<Linear> parts = Linear.in(block.rates().get(k), state);
      if (parts.isEmpty()) {
        return Optional.empty();
      }
      if (found.isEmpty() && Fold.isZero(parts.get().coefficient())) {
        found = Optional.of(state);
      }
    }
    return found;
  }

  /// States of other blocks that the rates read, at their values of the step's beginning.
  private static String held(Block.RungeKutta block, List<Equation> equations) {
    String others =
        equations.stream()
            .map(Equation::variable)
            .filter(state -> !block.states().contains(state))
            .filter(
                state -> block.rates().stream().anyMatch(r -> Walk.mentions(r, Owner.SELF, state)))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "" : " (" + others + " held over the step)";
  }

  private static boolean isWritten(Block block, Equation.Method method, List<Equation> equations) {
    return equations.stream()
        .filter(e -> block.states().contains(e.variable()))
        .anyMatch(e -> e.method().filter(method::equals).isPresent());
  }
}

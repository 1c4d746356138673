package snel.lower.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Paths;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.model.Population;
import snel.model.Variable;

/// What other weights would change: states, spikes and weights, and each `let` that is made of
/// them. A `var` keeps what was put into it, as plain numbers.
final class NetworkDependence {
  private static final Set<Function> OF_THE_WHOLE =
      Set.of(
          Function.SYNAPTIC_OPERATIONS,
          Function.PLASTIC_UPDATES,
          Function.NEURON_UPDATES,
          Function.MEAN_DISPLACEMENT);

  private final Work work;
  private final Map<Integer, Term> lets = new LinkedHashMap<>();

  NetworkDependence(Work work) {
    this.work = work;
  }

  /// `variable` is a `let` of `value`.
  void let(Term.Variable variable, Term value) {
    if (has(value)) {
      lets.put(variable.slot(), value);
    }
  }

  /// What a `let` is made of that hangs on weights.
  Optional<Term> of(Term.Variable variable) {
    return Optional.ofNullable(lets.get(variable.slot()));
  }

  boolean has(Term term) {
    return Parts.any(term, this::hangs);
  }

  private boolean hangs(Term part) {
    return switch (part) {
      case Term.Variable(int slot, _, _) -> lets.containsKey(slot);
      case Term.Neurons(String population, _) -> changes(population);
      case Term.Spikes(String population, _) -> changes(population);
      case Term.Recorded(String path, _, _, _) -> isLive(path);
      case Term.Read(String path, _, _) -> isLive(path);
      case Term.ReadSynapses _ -> true;
      case Term.Call(Function function, _, _) -> OF_THE_WHOLE.contains(function);
      default -> false;
    };
  }

  /// Parameters and inputs stay what they are, whatever is learnt.
  private boolean isLive(String path) {
    String owner = Paths.owner(path);
    String name = Paths.name(path);
    return work.population(owner)
        .map(population -> population.state(name).isPresent() && changes(owner))
        .orElseGet(() ->
            work.projection(owner).isPresent()
                || work.elaborated().network().states().stream()
                    .anyMatch(state -> state.name().equals(path)));
  }

  /// Sources that nothing comes to and that do not learn are like inputs.
  private boolean changes(String path) {
    return work.population(path)
        .map(population ->
            population.states().stream().anyMatch(Variable::plastic)
                || isTarget(path)
                || follows(population))
        .orElse(true);
  }

  private boolean isTarget(String population) {
    return work.elaborated().network().projections().stream()
        .flatMap(projection -> projection.target().neurons().stream())
        .anyMatch(slice -> slice.population().equals(population));
  }

  private boolean follows(Population population) {
    var following = new FollowingStates(work.elaborated().network());
    return population.bindings().stream().anyMatch(binding -> following.follows(binding.value()));
  }
}

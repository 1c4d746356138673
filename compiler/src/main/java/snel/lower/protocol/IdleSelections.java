package snel.lower.protocol;

import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Variable;
import snel.syntax.Reference;

/// `freeze` holds weights, delays and plastic states; `reset` restores all other states. Naming one
/// of the others changes nothing. W0827.
final class IdleSelections {
  private final Work work;

  IdleSelections(Work work) {
    this.work = work;
  }

  /// @param word `freeze` or `unfreeze`
  void held(Reference reference, String path, String word) {
    boolean isIdle =
        variable(path)
            .map(state -> !state.plastic())
            .or(() -> population(path).map(IdleSelections::hasNothingPlastic))
            .orElse(false);
    if (isIdle) {
      report(
          reference,
          "`%s` does nothing to `%s`".formatted(word, reference.span().text()),
          "`freeze` holds weights, delays and what is declared `plastic state`");
    }
  }

  void reset(Reference reference, String path) {
    if (variable(path).filter(Variable::plastic).isPresent()) {
      report(
          reference,
          "`reset` leaves `%s` as it is".formatted(reference.span().text()),
          "it restores states, but for plastic ones, weights and delays");
    }
  }

  private void report(Reference reference, String text, String why) {
    work.context()
        .diagnostics()
        .report(
            Diagnostic.of(Code.ACTS_ON_NOTHING, text, reference.span(), "changes nothing")
                .note(why));
  }

  private static boolean hasNothingPlastic(Population population) {
    return population.states().stream().noneMatch(Variable::plastic);
  }

  private Optional<Population> population(String path) {
    return network().populations().stream().filter(p -> p.path().equals(path)).findFirst();
  }

  /// The state, weight or delay of this path.
  private Optional<Variable> variable(String path) {
    Stream<Variable> own = network().states().stream().filter(s -> s.name().equals(path));
    Stream<Variable> ofNeurons =
        network().populations().stream()
            .flatMap(p -> p.states().stream().filter(s -> isOf(path, p.path(), s)));
    Stream<Variable> ofSynapses =
        network().projections().stream()
            .flatMap(p -> variables(p).filter(v -> isOf(path, p.path(), v)));
    return Stream.of(own, ofNeurons, ofSynapses).flatMap(found -> found).findFirst();
  }

  private static boolean isOf(String path, String owner, Variable variable) {
    return path.equals(owner + "." + variable.name());
  }

  private static Stream<Variable> variables(Projection projection) {
    return Stream.of(
            projection.synapse().weight().stream(),
            projection.synapse().delay().stream(),
            projection.synapse().states().stream())
        .flatMap(some -> some);
  }

  private Network network() {
    return work.elaborated().network();
  }
}

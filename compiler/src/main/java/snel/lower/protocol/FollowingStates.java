package snel.lower.protocol;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Network;
import snel.model.SynapseText;

/// The states of a network that change as its neurons do, by themselves or by other such states.
final class FollowingStates {
  private final Network network;
  private final Set<String> states = new HashSet<>();

  FollowingStates(Network network) {
    this.network = network;
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Equation equation : network.equations()) {
        grew |= follows(equation.rate(), Owner.SELF) && states.add(equation.variable());
      }
    }
  }

  /// Whether a value of neurons, synapses or drives changes as neurons do.
  boolean follows(Expr expression) {
    return follows(expression, Owner.NETWORK);
  }

  /// @param owner whose the states of the network are where the expression stands
  private boolean follows(Expr expression, Owner owner) {
    return Walk.any(
        expression,
        e ->
            e instanceof Expr.Ref(Owner of, String name, _)
                && (of == Owner.POPULATION || of == owner && states.contains(name)));
  }

  /// The equations of those that neurons, synapses or drives read.
  Stream<Equation> handedOn() {
    return network.equations().stream()
        .filter(equation -> states.contains(equation.variable()))
        .filter(equation -> isRead(equation.variable()));
  }

  private boolean isRead(String state) {
    Stream<Expr> bindings =
        network.populations().stream()
            .flatMap(population -> population.bindings().stream())
            .map(binding -> binding.value());
    Stream<Expr> drives =
        network.drives().stream().flatMap(drive -> Stream.of(drive.rate(), drive.weight()));
    return Stream.of(bindings, drives, network.projections().stream().flatMap(SynapseText::of))
        .flatMap(expressions -> expressions)
        .anyMatch(expression -> Walk.mentions(expression, Owner.NETWORK, state));
  }
}

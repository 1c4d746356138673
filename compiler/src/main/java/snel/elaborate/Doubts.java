package snel.elaborate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.check.Inside;
import snel.diagnostics.Diagnostics;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Owner;
import snel.model.Network;
import snel.model.Population;
import snel.syntax.Assign;
import snel.syntax.Expression;
import snel.syntax.Reference;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// What is right by the rules and probably not meant: silent populations, unstable steps, rates too
/// high for the step, connections without synapses.
public final class Doubts {
  private final Network network;
  private final Set<String> touched = new HashSet<>();
  private final Diagnostics diagnostics;
  private boolean loads;

  private Doubts(Network network, Diagnostics diagnostics) {
    this.network = network;
    this.diagnostics = diagnostics;
  }

  /// @param bodies the statements of the experiment, of those it starts from and of the protocols
  public static void check(
      Network network, List<? extends List<? extends TestItem>> bodies, Diagnostics diagnostics) {
    var doubts = new Doubts(network, diagnostics);
    bodies.forEach(body -> Inside.statements(body, doubts::touch));
    UnstableSteps.check(network, diagnostics);
    EmptyConnections.check(network, diagnostics);
    RandomSources.check(doubts, diagnostics);
    UnheardPopulations.check(doubts, diagnostics);
    if (!doubts.loads) { // other weights than those that are written
      WeakWeights.check(doubts, diagnostics);
    }
  }

  Network network() {
    return network;
  }

  /// Whether the experiment itself drives the population or changes something of it.
  boolean isTouched(Population population) {
    String path = population.path();
    int end = path.length();
    for (char c : new char[] {'.', '['}) {
      int at = path.indexOf(c);
      end = at < 0 ? end : Math.min(end, at);
    }
    return touched.contains(path.substring(0, end));
  }

  private void touch(Statement statement) {
    switch (statement) {
      case Assign assign -> touch(assign.target());
      case Statement.Send send -> touch(send.port());
      case Statement.Present present -> present.inputs().forEach(each -> touch(each.input()));
      case StateStatement.Load _ -> loads = true;
      default -> {}
    }
  }

  private void touch(Reference reference) {
    Expression owner = reference;
    while (!(owner instanceof Expression.Variable)) {
      switch (owner) {
        case Expression.Member member -> owner = member.owner();
        case Expression.Index index -> owner = index.owner();
        default -> {
          return;
        }
      }
    }
    touched.add(((Expression.Variable) owner).name().text());
  }

  /// What a variable of a population is at the beginning.
  static Interval beginning(Population population, Expr.Ref ref) {
    if (ref.owner() != Owner.SELF) {
      return Interval.UNKNOWN;
    }
    String name = ref.name();
    boolean live = population.bindings().stream().anyMatch(each -> each.input().equals(name));
    if (live) {
      return Interval.UNKNOWN;
    }
    return population
        .state(name)
        .or(() -> population.parameter(name))
        .or(() -> population.input(name))
        .map(variable -> Interval.of(variable.initial(), _ -> Interval.UNKNOWN))
        .orElse(Interval.UNKNOWN);
  }

  static boolean isPoint(Interval interval) {
    return interval.low() == interval.high();
  }
}

package snel.lower.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import snel.elaborate.Elaborated;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.model.InputBinding;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.Variable;
import snel.syntax.Assign;
import snel.syntax.ControlStatement;
import snel.syntax.Expression;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// What may change while something is presented: time, what the network itself changes, and what
/// `every` and `after` assign.
final class Changes {
  private final Set<String> assigned = new LinkedHashSet<>();
  private final Set<String> kept = new LinkedHashSet<>();

  Changes(Elaborated elaborated, List<? extends TestItem> body) {
    body.forEach(this::timers);
    elaborated.protocols().values().forEach(protocol -> protocol.body().forEach(this::timers));
    keep(elaborated.network());
  }

  /// Whether the value of a term may be another one within a presentation.
  boolean in(Term term) {
    return Parts.any(term, this::is);
  }

  /// Whether a term reads what the network itself changes.
  ///
  /// @param input what is presented, whose value was there before
  boolean ofNetwork(Term term, String input) {
    return Parts.any(
        term,
        part ->
            part instanceof Term.Read(String path, _, _)
                    && !path.equals(input)
                    && !kept.contains(path)
                || part instanceof Term.ReadSynapses read && !kept.contains(read.path()));
  }

  private boolean is(Term part) {
    return switch (part) {
      case Term.Time() -> true;
      case Term.Variable(int _, String name, _) -> assigned.contains(name);
      case Term.Read(String path, _, _) -> changes(path);
      case Term.ReadSynapses read -> changes(read.path());
      default -> false;
    };
  }

  private boolean changes(String path) {
    return !kept.contains(path) || assigned.contains(path.substring(path.lastIndexOf('.') + 1));
  }

  private void timers(TestItem item) {
    if (item instanceof Statement whole) {
      Statements.all(whole)
          .filter(statement ->
              statement instanceof ControlStatement.EveryPeriod
                  || statement instanceof ControlStatement.After)
          .flatMap(Statements::all)
          .forEach(statement -> {
            if (statement instanceof Assign assign) {
              assigned(assign.target());
            }
          });
    }
  }

  private void assigned(Expression target) {
    switch (target) {
      case Expression.Variable(var name, _) -> assigned.add(name.text());
      case Expression.Member(_, var name, _) -> assigned.add(name.text());
      case Expression.Index(var of, _, _) -> assigned(of);
      default -> {}
    }
  }

  private void keep(Network network) {
    network.inputs().forEach(input -> kept.add(input.path()));
    network.parameters().forEach(parameter -> kept.add(parameter.name()));
    network.populations().forEach(this::keep);
    network.projections().forEach(this::keep);
  }

  private void keep(Population population) {
    List<String> following = population.bindings().stream().map(InputBinding::input).toList();
    keep(population.path(), population.parameters());
    keep(
        population.path(),
        population.inputs().stream().filter(input -> !following.contains(input.name())).toList());
  }

  private void keep(Projection projection) {
    Synapse synapse = projection.synapse();
    keep(projection.path(), synapse.parameters());
    if (!projection.changesWeight() && projection.grow().isEmpty()) {
      kept.add(projection.weightPath());
    }
  }

  private void keep(String owner, List<Variable> variables) {
    variables.forEach(variable -> kept.add(owner + "." + variable.name()));
  }
}

package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.resolve.Entity;
import snel.syntax.Argument;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Reference;
import snel.syntax.Rule;
import snel.types.Type;
import snel.units.Dimension;

/// Kinds and dimensions in `connect` and `drive`.
final class ConnectCheck {
  private final Context context;
  private final Scope scope;
  private final Projections projections;

  ConnectCheck(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
    this.projections = new Projections(context, scope);
  }

  void check(Connect connect) {
    if (connect.alias() != null) {
      Sizes.checkIndices(context, scope, connect.alias().indices());
    }
    List<Type> sources = new ArrayList<>();
    var ends = new ConnectedNames(context, scope);
    for (Reference source : connect.sources()) {
      boolean faulty = ends.source(source);
      sources.add((faulty ? context.silent() : context).in(scope).resolved(source));
    }
    List<Endpoint> targets = new ArrayList<>();
    boolean transmits = projections.transmits(connect);
    for (Reference target : connect.targets()) {
      targets.add(new Endpoints(context, scope).of(target));
      ends.target(target, transmits);
    }
    TiedLearning.check(context, connect, scope.file());
    DelayConflicts.check(context, connect);
    Scope pairs = projections.pairs(connect, targets);
    ConnectionRules.check(context, connect.rule().name().last());
    rule(connect.rule(), pairs);
    for (Clause clause : connect.clauses()) {
      clause(clause, pairs);
    }
    for (int k = 0; k < targets.size(); k++) {
      Endpoint target = targets.get(k);
      Reference written = connect.targets().get(k);
      Optional<SynapseModel> synapse = projections.synapse(connect, target, pairs);
      new WeightPresence(context).check(connect, written, target, synapse);
      SpikesAndValues.check(context, connect, sources, written, target, synapse);
      Optional<SynapseFit.Found> found =
          synapse.map(model -> new SynapseFit(context).check(connect, model));
      var dimensions = new PortDimensions(context, scope, pairs);
      dimensions.check(connect, target, synapse, found);
      for (Clause clause : connect.clauses()) {
        if (clause instanceof Clause.Normalise normalise) {
          new Normalising(context).check(normalise, connect, synapse);
          dimensions.normalised(target, synapse, normalise.total());
        }
      }
      synapse.ifPresent(model -> arguments(connect, model, pairs));
    }
  }

  private void arguments(Connect connect, SynapseModel model, Scope pairs) {
    Projections.clause(connect)
        .ifPresent(clause -> {
          new Instances(context, pairs)
              .check(model, clause.model().arguments(), clause.model().name().span());
          DrivenInputs.check(context, connect, model, clause);
        });
  }

  /// The arguments of a rule, but for words such as `multapses`.
  private void rule(Rule rule, Scope pairs) {
    ConnectionRules.checkArguments(context, rule);
    String name = rule.name().text();
    for (Argument argument : rule.arguments()) {
      if (ConnectionRules.isMultapses(argument)) {
        continue;
      }
      if (name.equals("bernoulli")) {
        new Fits(context, pairs)
            .check(Type.PLAIN, argument.value(), "a probability", Optional.empty());
      } else if (name.startsWith("fixed_")) {
        Sizes.check(
            context, context.in(pairs).type(argument.value()), argument.value(), "a number");
      } else {
        context.in(pairs).type(argument.value());
      }
    }
  }

  private void clause(Clause clause, Scope pairs) {
    switch (clause) {
      case Clause.Where(var condition, _) -> Conditions.check(context, pairs, condition, "`where`");
      case Clause.Weight _ -> {}
      case Clause.TiedTo(var weights, _) -> {
        context.in(scope).type(weights);
        new TiedWeights(context, scope).check(weights);
      }
      case Clause.Delay(_, var value, _) ->
          new ModelChecks(context, pairs).amount(value, Dimension.TIME, "a delay");
      case Clause.Instant _ -> {}
      case Clause.SynapseModel(var model, _) -> {
        boolean known = scope.file().find(model.name()).filter(ConnectCheck::isSynapse).isPresent();
        if (!known) {
          KnownModels.SYNAPSE.check(context, scope, model.name());
          context.in(pairs).all(model.arguments());
        }
      }
      case Clause.Normalise _ -> {} // with each target
      case Clause.Grow(var rule, var period, _) -> {
        ConnectionRules.checkGrowing(context, rule.name().last());
        rule(rule, pairs);
        new ModelChecks(context, pairs).amount(period, Dimension.TIME, "a period");
      }
    }
  }

  void drive(NetworkItem.Drive drive) {
    for (Argument argument : drive.source().arguments()) {
      new ModelChecks(context, scope)
          .amount(argument.value(), Dimension.FREQUENCY, "the rate of `poisson`");
    }
    Expression weight = drive.weight();
    Optional<Type> type =
        Optional.ofNullable(weight).map(written -> context.in(scope).type(written));
    for (Reference port : drive.ports()) {
      new ConnectedNames(context, scope).target(port);
      Endpoint target = new Endpoints(context, scope).of(port);
      SpikesAndValues.spikes(context, port, target);
      new WeightPresence(context).check(drive, port, target);
      if (weight != null) {
        new PortDimensions(context, scope, scope).driven(target, weight, type.orElseThrow());
      }
    }
  }

  static boolean isSynapse(Entity entity) {
    return entity instanceof Entity.Declared declared
        && declared.declaration() instanceof Declaration.Synapse;
  }
}

package snel.elaborate;

import java.util.Optional;
import java.util.function.BiConsumer;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Connection;
import snel.model.Slice;

/// What the clauses of one projection may name: the two neurons of a pair, where they are, and how
/// far apart.
final class PairNames {
  private static final String MAY_BE_ONE = "#may be one";

  private final NetworkElaborator network;
  private final NetworkScope scope;
  private final Slice source;
  private final Optional<Slice> target;

  PairNames(NetworkElaborator network, NetworkScope scope, Slice source, Optional<Slice> target) {
    this.network = network;
    this.scope = scope;
    this.source = source;
    this.target = target;
  }

  /// Whether source and target are of one population, so that both may be the same neuron.
  static void population(BiConsumer<String, Val> define, Slice source, Optional<Slice> target) {
    boolean isOne = target.filter(t -> t.population().equals(source.population())).isPresent();
    define.accept(MAY_BE_ONE, Val.of(new Expr.Truth(isOne)));
  }

  static boolean mayBeOne(Env env) {
    return env.find(MAY_BE_ONE).orElse(null) instanceof Val.Num(Expr.Truth(var mayBe), _) && mayBe;
  }

  /// Reads what differs from pair to pair.
  Evaluator evaluator() {
    Env env = scope.env().inner();
    env.define("pre", new Val.Marker("pre"));
    env.define("post", new Val.Marker("post"));
    env.define("edge", new Val.Marker("edge"));
    env.define("offset", new Val.Marker("offset"));
    env.define("fan_in", Val.of(new Expr.Ref(Owner.SELF, "fan_in", Kind.REAL)));
    population(env::define, source, target);
    info(env, "pre", source);
    target.ifPresent(t -> info(env, "post", t));
    return new Evaluator(network.context(), env);
  }

  /// Names for the arguments of the synapse model.
  Env arguments(Connection connection) {
    Env arguments = scope.env().inner();
    arguments.define("offset", new Val.Marker("offset"));
    population(arguments::define, source, target);
    offsets(arguments, connection);
    return arguments;
  }

  private void info(Env env, String side, Slice slice) {
    env.define(
        "#indices:" + side, new Val.Range(Val.of(slice.least()), Val.of(slice.greatest()), true));
    network
        .context()
        .neuron(slice.population())
        .ifPresent(n -> env.define("#" + side, new Val.Info(n)));
    network
        .population(slice.population())
        .ifPresent(p -> env.define("#axes:" + side, Val.of(p.shape().size())));
  }

  void offsets(Env env, Connection connection) {
    Offsets.define(env, connection, axes(source), target.map(this::axes).orElse(0));
  }

  private int axes(Slice slice) {
    return network.population(slice.population()).map(p -> p.shape().size()).orElse(0);
  }
}

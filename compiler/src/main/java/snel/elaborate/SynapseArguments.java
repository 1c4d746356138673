package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.syntax.Argument;

/// What one projection gives to its synapse model.
final class SynapseArguments {
  private final Context context;
  private final Env network;
  private final List<Argument> given;
  private final Optional<Neuron> pre;
  private final Optional<Neuron> post;

  /// @param network names at the place where the projection is declared
  SynapseArguments(
      Context context,
      Env network,
      List<Argument> given,
      Optional<Neuron> pre,
      Optional<Neuron> post) {
    this.context = context;
    this.network = network;
    this.given = given;
    this.pre = pre;
    this.post = post;
  }

  List<Argument> all() {
    return given;
  }

  Optional<Argument> named(String name) {
    return ModelParts.argument(given, name);
  }

  /// Reads what they are, with the names of the network and of the two neurons.
  Evaluator reader() {
    Env env = network.inner();
    env.define("pre", new Val.Marker("pre"));
    env.define("post", new Val.Marker("post"));
    pre.ifPresent(n -> env.define("#pre", new Val.Info(n)));
    post.ifPresent(n -> env.define("#post", new Val.Info(n)));
    return new Evaluator(context, env);
  }
}

package snel.lower;

import static snel.lower.Emit.i;

import java.util.Map;

/// Names as the network's own equations see them.
final class NetworkScope extends WorldScope {
  NetworkScope(World world, KernelScope kernel) {
    super(world, kernel, Map.of(), "a network");
  }

  @Override
  public Typed read(snel.math.Expr.Ref ref) {
    Typed local = locals.get(ref.name());
    if (local != null) {
      return local;
    }
    return switch (ref.owner()) {
      case SELF, NETWORK -> world.network(ref, i(0));
      case POPULATION -> world.populationMember(ref, i(0));
      case PRE, POST, PEER, ARGUMENT, LOCAL -> throw unknown(ref.toString());
    };
  }
}

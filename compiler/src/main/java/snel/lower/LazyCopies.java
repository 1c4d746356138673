package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.model.Equation;

/// Copies of lazily decaying states as they are now, for a protocol that reads or records them:
/// reading does not touch a synapse (semantics.md §5).
final class LazyCopies {
  private final World world;
  private final Plasticity plasticity;

  LazyCopies(World world, Plasticity plasticity) {
    this.world = world;
    this.plasticity = plasticity;
  }

  /// Where the protocol reads a state: its own values unless a copy has to be made.
  static Buffer read(World world, Plasticity plasticity, String state) {
    boolean isCopied = plasticity.lazy().contains(state) && isObserved(world, plasticity, state);
    return isCopied ? copy(world, plasticity, state) : plasticity.variable(state);
  }

  private static boolean isObserved(World world, Plasticity plasticity, String state) {
    return world.needs().observed().contains(plasticity.links.path + "." + state);
  }

  private static Buffer copy(World world, Plasticity plasticity, String state) {
    Buffer values = plasticity.variable(state);
    return world.buffers.declare(
        values.name() + "@now", values.cell(), values.length(), Role.STATE);
  }

  /// Makes the copies in this phase: at the end of a step, or between steps.
  Optional<Kernel> kernel(Phase phase) {
    Expr now = phase == Phase.RECORD ? Emit.nextStep32() : Emit.step32();
    Expr k = world.names().index("k");
    List<Stmt> each = new ArrayList<>();
    for (Equation equation : plasticity.synapse.equations()) {
      String state = equation.variable();
      if (!Laziness.of(plasticity.synapse).contains(state)
          || !isObserved(world, plasticity, state)) {
        continue;
      }
      each.add(store(copy(world, plasticity, state), k, value(state, k, now)));
    }
    if (each.isEmpty()) {
      return Optional.empty();
    }
    String name = plasticity.links.path + ":now@" + phase.name().toLowerCase(Locale.ROOT);
    List<Stmt> all = List.of(Emit.loop(k, plasticity.links.synapseCount(), each));
    return Optional.of(new Kernel(name, phase, all));
  }

  /// A variable of synapse `k` as it is at the instant `now`.
  Expr value(String variable, Expr k, Expr now) {
    Expr value = load(plasticity.variable(variable), k);
    if (!plasticity.lazy().contains(variable)) {
      return value;
    }
    Equation equation =
        plasticity.synapse.equations().stream()
            .filter(e -> e.variable().equals(variable))
            .findFirst()
            .orElseThrow();
    Expr passed = convert(world.real(), Emit.sub(now, load(plasticity.touched(), k)));
    return LazyDecay.after(equation, value, passed, world.step(), world.real());
  }
}

package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.loop;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.InputBinding;
import snel.model.Population;
import snel.model.Variable;

/// The live inputs of one population: each follows an expression of its network.
final class FollowedInputs {
  private final World world;
  private final Cells cells;
  private final Population population;
  private final String path;

  FollowedInputs(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.population = cells.population;
    this.path = population.path();
  }

  /// Live inputs that change only when an experiment sets something.
  Optional<Kernel> bind() {
    return filled(":bind", binding -> !binding.eachStep());
  }

  /// Live inputs that follow what moves. An encoder spikes at the start of the step, so its inputs
  /// are sampled before that.
  Optional<Kernel> beforeSource() {
    return population.firing().isSource()
        ? filled(":sample", InputBinding::eachStep)
        : Optional.empty();
  }

  /// The same after what has arrived, for neurons that integrate: an encoder's are as they were
  /// unless arrivals can have changed them.
  Optional<Kernel> afterArrivals() {
    boolean isSampled = population.firing().isSource();
    return filled(
        ":follow", binding -> binding.eachStep() && (!isSampled || readsNeurons(binding)));
  }

  /// Whether what is followed is made of the time, the network and own states.
  boolean readNoInput() {
    return population.bindings().stream()
        .filter(InputBinding::eachStep)
        .noneMatch(binding -> Walk.any(binding.value(), this::isInput));
  }

  private boolean isInput(snel.math.Expr expression) {
    return expression instanceof snel.math.Expr.Ref ref
        && switch (ref.owner()) {
          case POPULATION, PEER -> true;
          case SELF -> population.input(ref.name()).isPresent();
          case PRE, POST, NETWORK, ARGUMENT, LOCAL -> false;
        };
  }

  private static boolean readsNeurons(InputBinding binding) {
    return Walk.any(
        binding.value(),
        e -> e instanceof snel.math.Expr.Ref ref && ref.owner() == Owner.POPULATION);
  }

  private Optional<Kernel> filled(String name, Predicate<InputBinding> which) {
    List<Stmt> all = new ArrayList<>();
    for (InputBinding binding : population.bindings()) {
      if (!which.test(binding)) {
        continue;
      }
      Variable input = population.input(binding.input()).orElseThrow();
      Buffer buffer = cells.variable(binding.input());
      Expr self = index("i");
      var kernel = world.kernel();
      List<Stmt> body =
          kernel.collect(() -> {
            NeuronDraws draws = NeuronDraws.ofArgument(path + "." + binding.input(), self);
            var scope = new NeuronScope(world, cells, self, kernel, draws, Emit.step());
            Expr value = new Expressions(scope, world.real()).of(binding.value(), input.kind());
            kernel.statements().add(store(buffer, self, convert(buffer.cell().scalar(), value)));
          });
      all.add(loop("i", i(cells.size), body));
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(new Kernel(path + name, Phase.BIND, all));
  }
}

package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.loop;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Firing;
import snel.model.Population;
import snel.model.Variable;

/// Where the variables of one population start.
final class NeuronInitials {
  private final World world;
  private final Cells cells;
  private final Population population;
  private final String path;

  NeuronInitials(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.population = cells.population;
    this.path = population.path();
  }

  /// Sets parameters, inputs and plastic states (once) or the other states (also at `reset`).
  Optional<Kernel> kernel(boolean resettable) {
    List<Variable> variables = new ArrayList<>();
    if (!resettable) {
      variables.addAll(population.parameters());
      variables.addAll(population.inputs());
    }
    for (Variable state : population.states()) {
      if (state.plastic() != resettable) {
        variables.add(state);
      }
    }
    List<Stmt> all = new ArrayList<>();
    for (Variable variable : variables) {
      all.addAll(initial(variable));
    }
    if (resettable) {
      all.addAll(books());
    }
    String name = path + (resettable ? ":reset" : ":init");
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(name, resettable ? Phase.RESET : Phase.BUILD, all));
  }

  /// Sets `states`, which connections read of their neurons when they are made, as `reset` will.
  Optional<Kernel> first(Set<String> states) {
    List<Stmt> all = new ArrayList<>();
    Set<String> wanted = withWhatTheyReadOf(states);
    population.states().stream()
        .filter(state -> !state.plastic() && wanted.contains(state.name()))
        .forEach(state -> all.addAll(initial(state)));
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":first", Phase.BUILD, all));
  }

  /// A state may start with what is made of another.
  private Set<String> withWhatTheyReadOf(Set<String> states) {
    Set<String> all = new HashSet<>(states);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Variable state : population.states()) {
        for (Variable other : population.states()) {
          grew |=
              all.contains(state.name())
                  && Walk.mentions(state.initial(), Owner.SELF, other.name())
                  && all.add(other.name());
        }
      }
    }
    return all;
  }

  private List<Stmt> initial(Variable variable) {
    if (snel.math.Fold.isZero(variable.initial())) {
      return List.of(); // buffers start as zeros, and `reset` zeroes the states
    }
    Buffer buffer = cells.variable(variable.name());
    Expr self = index("i");
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          String declaration = path + "." + variable.declaration();
          boolean isState = population.state(variable.name()).isPresent();
          NeuronDraws draws =
              isState
                  ? new NeuronDraws(declaration, "init", self, NeuronDraws.Time.INITIAL)
                  : NeuronDraws.ofArgument(declaration, self);
          var scope = new NeuronScope(world, cells, self, kernel, draws, Emit.step());
          Expr value = new Expressions(scope, world.real()).of(variable.initial(), variable.kind());
          kernel.statements().add(store(buffer, self, convert(buffer.cell().scalar(), value)));
        });
    return List.of(Emit.serial("i", i(0), variable.shared() ? i(1) : i(cells.size), body));
  }

  private List<Stmt> books() {
    List<Stmt> all = new ArrayList<>();
    for (String event : cells.lastUsed()) {
      all.add(fill(cells.last(event), Expr.i64(-1)));
    }
    if (population.refractory().isPresent()) {
      all.add(fill(cells.free(), Emit.i(1)));
    }
    if (population.firing() instanceof Firing.When(var condition, var crossing)
        && crossing
        && !Walk.hasDraw(condition)) {
      all.add(above(condition));
    }
    return all;
  }

  /// Who starts over the threshold has not crossed it.
  private Stmt above(snel.math.Expr condition) {
    Expr self = index("i");
    var kernel = world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          NeuronScope scope = world.bodies().scope(cells, self, kernel, "spike", Emit.step());
          Expr now = new Expressions(scope, world.real()).bool(condition);
          kernel.statements().add(store(cells.above(), self, convert(Scalar.I32, now)));
        });
    return Emit.serial("i", i(0), i(cells.size), body);
  }

  private Stmt fill(Buffer buffer, Expr value) {
    return loop("i", i(cells.size), List.of(store(buffer, index("i"), value)));
  }
}

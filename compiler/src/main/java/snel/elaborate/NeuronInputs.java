package snel.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Shapes;
import snel.math.Walk;
import snel.model.InputBinding;
import snel.model.Variable;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.ModelItem;

/// The inputs of a neuron model, and what one population lets them follow.
final class NeuronInputs {
  private final Context context;
  private final ModelParts parts;
  private final Neuron neuron;
  private final NeuronArguments arguments;
  private final NeuronVariables variables;
  private final List<Variable> inputs = new ArrayList<>();
  private final List<InputBinding> bindings = new ArrayList<>();
  private final Set<String> ownInputs = new LinkedHashSet<>();

  NeuronInputs(
      ModelParts parts, Neuron neuron, NeuronArguments arguments, NeuronVariables variables) {
    this.context = parts.context;
    this.parts = parts;
    this.neuron = neuron;
    this.arguments = arguments;
    this.variables = variables;
  }

  List<Variable> all() {
    return inputs;
  }

  List<InputBinding> bindings() {
    return bindings;
  }

  /// Declares an input.
  ///
  /// @return finds its value, when all names of the model are declared
  Runnable declare(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    Kind kind = Kinds.of(input.type());
    ownInputs.add(name);
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
    return () -> filled(input, kind, scope);
  }

  private void filled(ModelItem.Input input, Kind kind, FileScope scope) {
    String name = input.name().text();
    Optional<Argument> argument = arguments.named(name);
    Expr initial = Expr.num(0);
    String unit = Literals.unitOf(input.fallback(), input.type());
    if (argument.isPresent()) {
      Val value = arguments.value(argument.get());
      checkShape(value, argument.get().span());
      Optional<Expr> each = arguments.each(name, value, argument.get().span());
      if (each.isPresent()) {
        if (ModelParts.isConstant(each.get()) || !LiveValues.isIn(each.get())) {
          initial = each.get();
        } else {
          Expr followed = drawnOnce(input, each.get());
          bindings.add(new InputBinding(name, followed, changesEachStep(followed), false));
        }
      }
      unit = Literals.unitIn(argument.get().value()).orElse(unit);
    } else if (input.fallback() != null) {
      Expr value = parts.evaluator(scope).scalar(input.fallback()).orElse(initial);
      boolean isOwn = followsItself(value);
      if (isOwn || LiveValues.isIn(value)) {
        Expr followed = drawnOnce(input, value);
        bindings.add(new InputBinding(name, followed, isOwn || changesEachStep(followed), false));
      } else {
        initial = value;
      }
    }
    inputs.add(
        new Variable(
            name,
            kind,
            initial,
            Bounds.NONE,
            false,
            false,
            unit,
            Literals.factor(unit),
            input.span()));
  }

  /// Draws that nothing moves are made when the network is built, as those of a value that keeps
  /// still: each becomes a parameter that no one can name.
  private Expr drawnOnce(ModelItem.Input input, Expr value) {
    Map<Expr, Expr> drawn = new HashMap<>();
    return Walk.rebuildAsker(
        value,
        e ->
            e instanceof Expr.Draw && !LiveValues.isIn(e) && !followsItself(e)
                ? drawn.computeIfAbsent(e, draw -> drawn(input, draw, drawn.size()))
                : e);
  }

  private Expr drawn(ModelItem.Input input, Expr draw, int number) {
    String name = Variable.drawnFor(input.name().text(), number);
    variables.add(
        new Variable(name, Kind.REAL, draw, Bounds.NONE, false, false, "", 1, input.span()));
    return new Expr.Ref(Owner.SELF, name, Kind.REAL);
  }

  private void checkShape(Val value, Span span) {
    if (value instanceof Val.Num(_, var found) && !found.isEmpty()) {
      int count = Shapes.size(found);
      if (count != arguments.size()) {
        context.fault(
            Code.UNLIKE_SHAPES,
            "the value has shape " + found + ", but the population is " + arguments.shape(),
            span);
      }
    }
  }

  /// Whether a default speaks of what changes in the population itself.
  private boolean followsItself(Expr value) {
    return Walk.any(
        value,
        e ->
            e instanceof Expr.Ref ref
                && (ref.owner() == Owner.PEER
                    || ref.owner() == Owner.SELF
                        && (ownInputs.contains(ref.name()) || variables.isState(ref.name()))));
  }

  private boolean changesEachStep(Expr value) {
    return Walk.any(
        value,
        e ->
            e instanceof Expr.Ref ref
                && (ref.owner() == Owner.POPULATION
                    || ref.owner() == Owner.NETWORK
                        && (ref.name().equals("t")
                            || arguments.env().find("#state:" + ref.name()).isPresent())));
  }
}

package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Shapes;
import snel.math.Walk;
import snel.model.InputBinding;
import snel.model.Slice;
import snel.model.Variable;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.ModelItem;
import snel.syntax.Side;

/// The inputs of a synapse model, and what one projection lets them follow.
final class SynapseInputs {
  private final Context context;
  private final ModelParts parts;
  private final SynapseArguments arguments;
  private final Optional<Slice> source;
  private final Optional<Slice> target;
  private final Consumer<Runnable> later;
  private final List<Variable> inputs = new ArrayList<>();
  private final List<Variable> inputsOfPost = new ArrayList<>();
  private final List<Variable> inputsOfPre = new ArrayList<>();
  private final List<InputBinding> bindings = new ArrayList<>();

  /// @param source, target the neurons that are connected, if they have a model
  /// @param later takes what is to be read when all names are known
  SynapseInputs(
      ModelParts parts,
      SynapseArguments arguments,
      Optional<Slice> source,
      Optional<Slice> target,
      Consumer<Runnable> later) {
    this.context = parts.context;
    this.parts = parts;
    this.arguments = arguments;
    this.source = source;
    this.target = target;
    this.later = later;
  }

  /// Those that have one value in the whole projection.
  List<Variable> ofAll() {
    return inputs;
  }

  List<Variable> ofPost() {
    return inputsOfPost;
  }

  List<Variable> ofPre() {
    return inputsOfPre;
  }

  List<InputBinding> bindings() {
    return bindings;
  }

  /// Whether a name of the synapse stands for an input with one value in the whole projection.
  boolean isOne(String name) {
    return inputs.stream().anyMatch(v -> v.name().equals(name))
        || bindings.stream()
            .anyMatch(b -> b.input().equals(name) && !ModelParts.differs(b.value()));
  }

  void declare(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    parts.own(name, Kinds.of(input.type()));
    Optional<Argument> argument = arguments.named(name);
    if (argument.isPresent()) {
      followed(input, argument.get())
          .ifPresent(value ->
              bindings.add(
                  new InputBinding(
                      name, asSeenBySynapse(value, input.of()), true, input.of() == Side.PRE)));
      return;
    }
    later.accept(() -> byDefault(input, scope));
  }

  /// A default that speaks of anything is followed: that may change, or differ between synapses.
  private void byDefault(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    Expr value =
        input.fallback() == null
            ? Expr.num(0)
            : parts.evaluator(scope).scalar(input.fallback()).orElse(Expr.num(0));
    if (Walk.any(value, e -> e instanceof Expr.Ref)) {
      bindings.add(new InputBinding(name, value, true, input.of() == Side.PRE));
      return;
    }
    var variable =
        new Variable(
            name, Kinds.of(input.type()), value, Bounds.NONE, false, false, "", 1, input.span());
    of(input.of()).add(variable);
  }

  private List<Variable> of(@Nullable Side of) {
    return switch (of) {
      case PRE -> inputsOfPre;
      case POST -> inputsOfPost;
      case null -> inputs;
    };
  }

  /// What an input follows: one value, or, where it is `of post` or `of pre`, one for each neuron.
  private Optional<Expr> followed(ModelItem.Input input, Argument argument) {
    Val value = arguments.reader().eval(argument.value());
    boolean array =
        value instanceof Val.Items || value instanceof Val.Num(_, var shape) && !shape.isEmpty();
    String name = input.name().text();
    Optional<Slice> end = neurons(input.of());
    if (array && (input.of() == null || end.isEmpty())) {
      context.fault(
          Code.UNLIKE_SHAPES,
          "`"
              + name
              + "` is one value for all synapses, but an array is given to it; with one for"
              + " each target write `input "
              + name
              + " : … of post` in the synapse, with one for each source `of pre`",
          argument.span());
      return Optional.empty();
    }
    int neurons = end.map(Slice::size).orElse(1);
    if (value instanceof Val.Num(_, var shape)
        && !shape.isEmpty()
        && Shapes.size(shape) != neurons) {
      context.fault(
          Code.UNLIKE_SHAPES,
          "`"
              + name
              + "` wants one value for each of the "
              + neurons
              + (input.of() == Side.PRE ? " sources" : " targets")
              + ", but has the shape "
              + shape,
          argument.span());
      return Optional.empty();
    }
    return parts.perElement(value, context.unique("list"), List.of(neurons), argument.span());
  }

  /// An array's element is that of the neuron at the one end.
  private Expr asSeenBySynapse(Expr value, @Nullable Side of) {
    Owner end = of == Side.PRE ? Owner.PRE : Owner.POST;
    return neurons(of).map(slice -> new PlaceInSlice(context, slice, end).of(value)).orElse(value);
  }

  /// The neurons at one end, if they have a model.
  private Optional<Slice> neurons(@Nullable Side of) {
    return of == Side.PRE ? source : target;
  }
}

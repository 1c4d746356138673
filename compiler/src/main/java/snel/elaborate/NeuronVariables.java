package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Population;
import snel.model.Variable;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Expression;

/// The parameters and states of a neuron model, filled with the arguments of one population.
final class NeuronVariables {
  private final Context context;
  private final NeuronArguments arguments;
  private final Settings settings;
  private final ModelParts parts;
  private final Neuron neuron;
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final Set<String> ownStates = new LinkedHashSet<>();

  /// @param settings what experiments assign, among others
  NeuronVariables(ModelParts parts, Neuron neuron, NeuronArguments arguments, Settings settings) {
    this.context = parts.context;
    this.parts = parts;
    this.neuron = neuron;
    this.arguments = arguments;
    this.settings = settings;
  }

  List<Variable> parameters() {
    return parameters;
  }

  List<Variable> states() {
    return states;
  }

  boolean isState(String name) {
    return ownStates.contains(name);
  }

  /// A parameter that no one can name.
  void add(Variable parameter) {
    parameters.add(parameter);
  }

  private void checkName(Binding binding) {
    if (Population.MEMBERS.contains(binding.name().text())) {
      context.fault(
          Code.RESERVED_MEMBER,
          "`" + binding.name().text() + "` is what every neuron has: choose another name",
          binding.name().span());
    }
  }

  void parameter(Binding binding, FileScope scope) {
    checkName(binding);
    parts.declares(binding);
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    Optional<Argument> argument = arguments.named(name);
    @Nullable Expression written =
        binding.value() != null ? binding.value() : argument.map(Argument::value).orElse(null);
    neuron.unit(name, Literals.unitOf(written, binding.type()));
    @Nullable Expression list = argument.map(Argument::value).orElse(binding.value());
    if (parts.isList(binding, scope) && list != null) {
      list(binding, list, scope);
      return;
    }
    if (argument.isPresent()) {
      Val value = arguments.value(argument.get());
      Optional<Expr> each = arguments.each(name, value, argument.get().span());
      each.ifPresent(e -> bindParameter(binding, kind, e, argument.get(), scope));
      GivenRange.check(context, parts.env(scope), binding, value, argument.get().value().span());
      if (each.isEmpty()) {
        parts.define(name, Val.BAD);
        neuron.constant(name, Expr.num(0)); // it is there: what is missing is a value
      }
      return;
    }
    if (binding.value() == null) {
      parts.missing(binding);
      return;
    }
    Expression fallback = binding.value();
    boolean dynamic = settings.isAssigned(name);
    if (dynamic) {
      Optional<Expr> value = parts.evaluator(scope).scalar(fallback);
      value.ifPresent(e -> own(binding, kind, e, scope, isShared(name, e)));
      return;
    }
    parts.defineLazily(
        name,
        env -> {
          Val value = new Evaluator(context, env).eval(fallback);
          if (value instanceof Val.Num(var e, _) && !ModelParts.isConstant(e)) {
            own(binding, kind, e, scope, isShared(name, e));
            return Val.of(new Expr.Ref(Owner.SELF, name, kind));
          }
          return value;
        },
        scope);
    neuron.let(
        name,
        () ->
            parts
                .evaluator(scope)
                .scalar(new Expression.Variable(binding.name(), binding.name().span())));
  }

  /// All neurons have the whole list.
  private void list(Binding binding, Expression written, FileScope scope) {
    String name = binding.name().text();
    boolean isDefault = written == binding.value();
    parts.defineLazily(
        name,
        env -> {
          var reader = new Evaluator(context, isDefault ? env : arguments.env());
          return parts.list(
              binding,
              written,
              reader.eval(written),
              scope,
              (element, value) -> drawn(binding, element, value, scope));
        },
        scope);
    neuron.list(name, () -> parts.env(scope).find(name).orElse(Val.BAD));
  }

  /// An element of a list that each neuron draws.
  private Val drawn(Binding binding, String element, Expr value, FileScope scope) {
    Optional<Argument> argument = arguments.named(binding.name().text());
    if (argument.isPresent() && LiveValues.isIn(value)) {
      follows(element, value, argument.get());
      return Val.BAD;
    }
    Kind kind = ModelParts.kind(binding);
    parameters.add(parts.variable(binding, kind, value, false, false, scope).named(element));
    return Val.of(new Expr.Ref(Owner.SELF, element, kind));
  }

  /// A parameter is a variable also where no more than an experiment reads it.
  void settle(Binding binding, FileScope scope) {
    parts.evaluator(scope).eval(new Expression.Variable(binding.name(), binding.name().span()));
  }

  private void bindParameter(
      Binding binding, Kind kind, Expr value, Argument argument, FileScope scope) {
    String name = binding.name().text();
    if (LiveValues.isIn(value)) {
      follows(name, value, argument);
      parts.define(name, Val.BAD);
      return;
    }
    boolean constant = ModelParts.isConstant(value) && !settings.isAssigned(name);
    if (constant) {
      parts.define(name, Val.of(value));
      neuron.constant(name, value);
    } else {
      own(binding, kind, value, scope, isShared(name, value));
    }
  }

  private void follows(String name, Expr value, Argument argument) {
    taken(
        "`" + name + "` is a parameter and cannot follow ",
        value,
        argument,
        "declare it in `%s` as `input %s : …`; a parameter keeps the value it starts with"
            .formatted(neuron.model(), name));
  }

  /// A value that is taken once is given what changes in time. E0505.
  private void taken(String cannot, Expr value, Argument argument, String help) {
    String what = LiveValues.name(value).map(name -> "`" + name + "`, which").orElse("what");
    context.fault(
        Diagnostic.of(
                Code.PARAMETER_FOLLOWS_INPUT, cannot + what + " changes in time", argument.span())
            .help(help));
  }

  /// Whether one value does for all neurons, as it begins and as experiments change it.
  private boolean isShared(String name, Expr value) {
    return !ModelParts.differs(value) && !settings.apart().contains(name);
  }

  /// A parameter with storage of its own: one value a neuron, or one that experiments assign.
  private void own(Binding binding, Kind kind, Expr value, FileScope scope, boolean shared) {
    String name = binding.name().text();
    parameters.add(parts.variable(binding, kind, value, false, shared, scope));
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
  }

  /// Declares a state.
  ///
  /// @return finds its initial value, when all names of the model are declared
  Runnable state(Binding binding, boolean plastic, boolean shared, FileScope scope) {
    checkName(binding);
    ModelParts.requireSingle(context, binding, "neuron");
    parts.range(binding, scope);
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    parts.kinds.put(name, kind);
    ownStates.add(name);
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
    return () -> {
      Optional<Argument> argument = arguments.named(name);
      Optional<Expr> initial;
      if (argument.isPresent()) {
        Val value = arguments.value(argument.get());
        initial = arguments.each(name, value, argument.get().span());
        if (initial.filter(LiveValues::isIn).isPresent()) {
          taken(
              "the state `" + name + "` is set before anything is presented and cannot start from ",
              initial.get(),
              argument.get(),
              "give it a number, and let `%s` take the other as an `input`, which is live"
                  .formatted(neuron.model()));
          initial = Optional.empty();
        }
      } else if (binding.value() != null) {
        initial =
            arguments.each(name, parts.evaluator(scope).eval(binding.value()), binding.span());
      } else {
        context.fault(
            Code.NO_INITIAL_VALUE,
            "the state `" + name + "` has no initial value",
            binding.name().span());
        initial = Optional.empty();
      }
      states.add(parts.state(binding, kind, initial.orElse(Expr.num(0)), plastic, shared, scope));
    };
  }
}

package snel.elaborate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Bounds;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Precision;
import snel.math.Shapes;
import snel.model.Equation;
import snel.model.Variable;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.Type;

/// What neurons and synapses have in common: parameters, states, equations, periods.
final class ModelParts {
  final Context context;
  final String model;
  private final List<Argument> given;

  /// Names of the model; each file it is written in sees them before its own declarations.
  private final Map<String, Env> envs = new LinkedHashMap<>();

  private final Map<String, Val> own = new LinkedHashMap<>();
  private final Map<String, java.util.function.Function<Env, Val>> lazy = new LinkedHashMap<>();
  private final Precision precision;
  private final WrittenLists lists = new WrittenLists();
  private final Map<String, Binding> parameters = new LinkedHashMap<>();
  private final List<Binding> missing = new ArrayList<>();
  final Map<String, Kind> kinds = new LinkedHashMap<>();

  /// @param given to the model where it is used
  /// @param precision of the real numbers that the network computes
  ModelParts(Context context, String model, List<Argument> given, Precision precision) {
    this.context = context;
    this.model = model;
    this.given = given;
    this.precision = precision;
  }

  /// Defines a name for every file of the model.
  void define(String name, Val value) {
    own.put(name, value);
    envs.values().forEach(e -> e.define(name, value));
  }

  /// Defines a name of what the model itself has.
  void own(String name, Kind kind) {
    define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
  }

  void defineLazily(String name, java.util.function.Function<Env, Val> value, FileScope scope) {
    lazy.put(name, ignored -> value.apply(env(scope)));
    envs.values().forEach(e -> e.defineLazily(name, () -> value.apply(env(scope))));
  }

  /// The names as an item of file `scope` sees them.
  Env env(FileScope scope) {
    Env known = envs.get(scope.path());
    if (known != null) {
      return known;
    }
    Env fresh = Env.of(scope).inner();
    own.forEach(fresh::define);
    lazy.forEach((name, value) -> fresh.defineLazily(name, () -> value.apply(fresh)));
    envs.put(scope.path(), fresh);
    return fresh;
  }

  Evaluator evaluator(FileScope scope) {
    return new Evaluator(context, env(scope));
  }

  /// Makes a variable of a binding; its initial value comes from `given` or the binding itself.
  Variable variable(
      Binding binding, Kind kind, Expr initial, boolean plastic, boolean shared, FileScope scope) {
    boolean written = binding.value() != null && Literals.unitIn(binding.value()).isPresent();
    String unit =
        binding.storedIn() != null && !written
            ? binding.storedIn().text()
            : Literals.unitOf(binding.value(), binding.type());
    return new Variable(
        binding.name().text(),
        kind,
        initial,
        bounds(binding.bounds(), scope),
        plastic,
        shared,
        unit,
        Literals.factor(unit),
        binding.span());
  }

  /// Remembers a parameter that the model declares.
  void declares(Binding parameter) {
    parameters.put(parameter.name().text(), parameter);
  }

  /// Whether a declaration is of a list: `param p : real[2]`, `param p = [1, 2]`.
  static boolean isList(Binding binding) {
    return binding.type() == null
        ? binding.value() instanceof Expression.Array
        : binding.type() instanceof Type.Product(_, var shape, _) && !shape.isEmpty();
  }

  /// The same of a parameter, also where its default is worked out of lists.
  boolean isList(Binding binding, FileScope scope) {
    return lists.declares(binding, scope);
  }

  /// Makes a name stand for the whole list that a parameter is, which all neurons or synapses have.
  ///
  /// @param written the argument, or else the default
  /// @param value that of `written`
  /// @param drawn makes a parameter, of this name, of an element that is drawn
  Val list(
      Binding binding,
      Expression written,
      Val value,
      FileScope scope,
      BiFunction<String, Expr, Val> drawn) {
    boolean saysItsShape = written == binding.value() && binding.type() == null;
    Val fitting =
        saysItsShape
            ? value
            : new GivenList(context, env(scope)).check(model, binding, value, written);
    GivenRange.check(context, env(scope), binding, fitting, written.span());
    Val list = new DrawnElements(drawn).of(binding.name().text(), fitting);
    define(binding.name().text(), list);
    return list;
  }

  /// States are single values. E0410.
  static void requireSingle(Context context, Binding binding, String of) {
    if (isList(binding)) {
      context.fault(
          Diagnostic.of(
                  Code.UNLIKE_SHAPES,
                  "the state `%s` is one value for each %s and no list"
                      .formatted(binding.name().text(), of),
                  binding.name().span())
              .help("give each element a state of its own, or a neuron in a population"));
    }
  }

  /// Makes the range of a whole number known, for the lists that it is an index of.
  void range(Binding binding, FileScope scope) {
    Expression.Range bounds = binding.bounds();
    if (bounds != null) {
      defineLazily(
          TableAt.RANGE + binding.name().text(),
          env -> {
            Evaluator evaluator = new Evaluator(context, env);
            return new Val.Range(
                evaluator.eval(bounds.lower()), evaluator.eval(bounds.upper()), bounds.closed());
          },
          scope);
    }
  }

  /// Makes a state of a binding, which stays within its bounds.
  Variable state(
      Binding binding, Kind kind, Expr initial, boolean plastic, boolean shared, FileScope scope) {
    Variable declared = variable(binding, kind, initial, plastic, shared, scope);
    argument(given, binding.name().text())
        .map(Argument::value)
        .or(() -> Optional.ofNullable(binding.value()))
        .ifPresent(written -> new ClippedBeginnings(context).check(declared, initial, written));
    return declared.clipped(precision);
  }

  /// Between which a weight or a delay is clipped.
  Bounds clipping(
      Expression.@org.jspecify.annotations.Nullable Range range, Kind kind, FileScope scope) {
    return bounds(range, scope).closed(kind, precision);
  }

  private Bounds bounds(
      Expression.@org.jspecify.annotations.Nullable Range range, FileScope scope) {
    return Ranges.read(context, evaluator(scope), range, this::place);
  }

  static Kind kind(Binding binding) {
    if (binding.type() != null) {
      return Kinds.stored(Kinds.of(binding.type()), binding.storedIn());
    }
    return binding.value() instanceof Expression.Truth ? Kind.BOOL : Kind.REAL;
  }

  /// No argument gives a parameter without a default its value.
  void missing(Binding binding) {
    missing.add(binding);
    define(binding.name().text(), Val.BAD);
  }

  /// Reports all that is missing. E0119.
  void reportMissing() {
    if (missing.isEmpty()) {
      return;
    }
    List<String> names = missing.stream().map(b -> b.name().text()).toList();
    Span instance = context.instance().orElse(missing.getFirst().name().span());
    String wanted =
        (names.size() == 1 ? "a value" : "values") + " for `" + String.join("`, `", names);
    String arguments = String.join(": …, ", names) + ": …";
    Diagnostic diagnostic =
        Diagnostic.of(Code.MISSING_ARGUMENT, "`%s` wants %s`".formatted(model, wanted), instance);
    for (Binding binding : missing) {
      diagnostic = diagnostic.label(binding.name().span(), "declared without one");
    }
    context.fault(
        diagnostic.help(
            given.isEmpty()
                ? "write `%s(%s)`".formatted(withoutParentheses(instance), arguments)
                : "add `%s`".formatted(arguments)));
  }

  private static String withoutParentheses(Span instance) {
    return instance.text().replaceFirst("\\s*\\(\\s*\\)$", "");
  }

  /// The value that an argument gives a name, if there is one.
  static Optional<Argument> argument(List<Argument> arguments, String name) {
    return arguments.stream()
        .filter(a -> a.name() != null && a.name().text().equals(name))
        .findFirst();
  }

  /// An element of an array or list as expression of the element's own index.
  Optional<Expr> perElement(Val value, String table, List<Integer> shape, Span span) {
    return switch (value) {
      case Val.Num(var e, _) -> Optional.of(e);
      case Val.Items(var items) -> {
        List<Val> flat = Lists.flat(items);
        List<Expr> elements = new ArrayList<>();
        for (Val item : flat) {
          if (!(item instanceof Val.Num(var element, _))) {
            yield item instanceof Val.Bad ? Optional.empty() : noNumber(span);
          }
          elements.add(element);
        }
        int size = Shapes.size(shape);
        if (elements.size() != size) {
          context.fault(
              Code.UNLIKE_SHAPES,
              "the list has " + elements.size() + " values for " + size + " elements",
              span);
          yield Optional.empty();
        }
        List<Integer> own = Lists.shape(items);
        if (Shapes.size(own) == size && !Shapes.nest(own, shape)) {
          context.fault(
              Code.UNLIKE_SHAPES, "the list is " + own + " for elements of " + shape, span);
          yield Optional.empty();
        }
        Expr index = new Expr.Ref(Owner.SELF, "index", Kind.INT);
        yield Optional.of(new Places(context, table, index).of(elements));
      }
      case Val.Bad _ -> Optional.empty();
      default -> noNumber(span);
    };
  }

  private Optional<Expr> noNumber(Span span) {
    context.fault(Code.WRONG_KIND, "a number is wanted here", span);
    return Optional.empty();
  }

  List<Equation> equations(
      List<Inheritance.Placed<ModelItem.Equation>> equations,
      List<Inheritance.Placed<ModelItem.Integrate>> methods,
      Collection<String> noises) {
    var chosen = new ChosenMethods(context);
    methods.forEach(placed -> chosen.read(placed.item(), ""));
    List<Equation> all = new ArrayList<>();
    for (var placed : equations) {
      String name = placed.item().variable().text();
      if (!kinds.containsKey(name)) {
        context.fault(
            Code.EQUATION_FOR_NON_STATE,
            "`" + name + "` is no state, so it can have no equation",
            placed.item().variable().span());
        continue;
      }
      evaluator(placed.scope())
          .one(placed.item().value())
          .ifPresent(rate -> {
            var equation = new Equation(name, rate, chosen.of(name), placed.item().span());
            all.add(equation);
            new NegativeTimeConstants(
                    context, evaluator(placed.scope()), this::parameter, this::valuePlace)
                .check(equation, placed.item().value());
          });
    }
    new WrittenMethods(context, kinds.keySet(), noises).check(all, chosen.rules());
    return all;
  }

  private Optional<Binding> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /// Where the value of a parameter is written: at the argument, else at the default.
  private Span valuePlace(Expression parameter) {
    Span argument = place(parameter);
    return argument.equals(parameter.span())
        ? parameter(parameter.span().text())
            .flatMap(binding -> Optional.ofNullable(binding.value()))
            .map(Expression::span)
            .orElse(argument)
        : argument;
  }

  /// Where a value of the model is written: at the argument, if it is just that.
  private Span place(Expression value) {
    return value.ungrouped() instanceof Expression.Variable(var name, _)
        ? argument(given, name.text()).map(a -> a.value().span()).orElse(value.span())
        : value.span();
  }

  /// Whole steps of a constant period.
  Optional<Long> steps(Expression period, FileScope scope) {
    return evaluator(scope)
        .constant(period, "a period")
        .filter(ms -> isLong("a period", ms, period))
        .flatMap(ms -> steps(ms, period.span()));
  }

  /// Whether a time is longer than zero, which is reported if not.
  boolean isLong(String what, Exact ms, Expression written) {
    return Times.isLong(context, what, ms, place(written));
  }

  /// Whole steps of a time, reported when it is off the grid.
  Optional<Long> steps(Exact ms, Span span) {
    return Times.steps(context, ms, span);
  }

  static boolean isConstant(Expr expression) {
    return expression instanceof Expr.Num || expression instanceof Expr.Truth;
  }

  /// Whether a parameter has a value of its own for each element.
  static boolean differs(Expr value) {
    return snel.math.Walk.any(
        value,
        e ->
            e instanceof Expr.Draw
                || e instanceof Expr.Table
                || e instanceof Expr.Ref ref
                    && (ref.owner() == Owner.SELF
                        || ref.owner() == Owner.PRE
                        || ref.owner() == Owner.POST));
  }
}

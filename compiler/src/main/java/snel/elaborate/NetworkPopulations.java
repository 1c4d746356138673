package snel.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.math.Shapes;
import snel.model.Competition;
import snel.model.Firing;
import snel.model.Population;
import snel.model.Slice;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Instance;
import snel.syntax.NetworkItem;

/// The populations of a network and its parts.
final class NetworkPopulations {
  private final Context context;
  private final Settings settings;
  private final List<Supplier<Population>> unfilled = new ArrayList<>();
  private final List<Population> populations = new ArrayList<>();
  private final Map<String, Population> byPath = new HashMap<>();

  NetworkPopulations(Context context, Settings settings) {
    this.context = context;
    this.settings = settings;
  }

  List<Population> all() {
    return populations;
  }

  Optional<Population> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /// Fills all that are declared: what the input of one follows may be declared after it.
  void fill() {
    for (Supplier<Population> each : unfilled) {
      Population population = each.get();
      populations.add(population);
      byPath.putIfAbsent(population.path(), population);
    }
  }

  private static Val cells(String path, List<Integer> shape) {
    return new Val.Cells(new Slice(path, true, new int[0], shape), "");
  }

  /// An input of spikes: cells that fire when they are told to.
  Val ofSpikes(String path, List<Integer> shape, Span span) {
    var population =
        new Population(
            path,
            "spikes",
            shape,
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Firing.Never(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            span);
    unfilled.add(() -> population);
    context.neuron(path, new Neuron("spikes", Shapes.size(shape)));
    return cells(path, shape);
  }

  void add(NetworkItem.Population item, String name, NetworkScope scope) {
    var evaluator = new Evaluator(context, scope.env());
    Instance instance = item.model();
    Optional<Entity> model = scope.env().file().find(instance.model());
    Optional<List<Integer>> shape =
        instance.shape().isEmpty()
            ? Optional.of(List.of(1))
            : Kinds.sizes(instance.shape(), evaluator);
    if (model.isEmpty()
        || !(model.get() instanceof Entity.Declared declared)
        || !(declared.declaration() instanceof Declaration.Neuron)) {
      String text = instance.model().text();
      context.fault(
          model.isEmpty() ? Code.UNKNOWN_NAME : Code.NOT_A_MODEL,
          model.isEmpty()
              ? "unknown neuron `" + text + "`" + Nearest.hint(text, scope.env().file().names())
              : "`" + text + "` is no neuron",
          instance.model().span());
      scope.define(name, Val.BAD);
      return;
    }
    if (shape.isEmpty()) {
      scope.define(name, Val.BAD);
      return;
    }
    String path = scope.prefix() + name;
    scope.define(name, cells(path, shape.get()));
    var elaborator =
        new NeuronElaborator(
            context,
            scope.env(),
            instance.model().text(),
            path,
            shape.get(),
            instance.arguments(),
            settings);
    var inhibit = competition(item.inhibit(), scope);
    var winners = competition(item.winners(), scope);
    Span span = instance.span();
    context.neuron(path, context.filling(span, () -> elaborator.declare(declared)));
    unfilled.add(
        () -> context.filling(span, () -> elaborator.filled(inhibit, winners, item.span())));
  }

  private Optional<Competition> competition(
      @org.jspecify.annotations.Nullable Expression rule, NetworkScope scope) {
    if (!(rule instanceof Expression.Call(Expression.Variable(var name, _), var arguments, _))
        || !name.text().equals("first")) {
      if (rule != null) {
        context.fault(
            Code.UNKNOWN_OPTION, "competition is written `first(k, per: map)`", rule.span());
      }
      return Optional.empty();
    }
    var evaluator = new Evaluator(context, scope.env());
    int first = 1;
    Competition.Group group = Competition.Group.POPULATION;
    int radius = 0;
    for (Argument argument : arguments) {
      String label = argument.name() == null ? "" : argument.name().text();
      switch (label) {
        case "per" -> {
          String word = argument.value() instanceof Expression.Variable(var w, _) ? w.text() : "";
          group =
              switch (word) {
                case "map" -> Competition.Group.MAP;
                case "position" -> Competition.Group.POSITION;
                case "image", "population" -> Competition.Group.POPULATION;
                default -> {
                  context.fault(
                      Code.UNKNOWN_OPTION,
                      "competition is `per: map`, `per: position`, or `per: population` or `per: image`,"
                          + " which are of all",
                      argument.span());
                  yield Competition.Group.POPULATION;
                }
              };
        }
        case "radius" -> radius = counted(evaluator, argument.value(), "a radius", 0);
        default -> first = counted(evaluator, argument.value(), "the number of the first", 1);
      }
    }
    return Optional.of(new Competition(first, group, radius));
  }

  private int counted(Evaluator evaluator, Expression written, String what, int least) {
    Optional<Long> number = evaluator.whole(written, what);
    if (number.filter(n -> n < least).isPresent()) {
      context.fault(
          Diagnostic.of(
              Code.WHOLE_NUMBER_WANTED,
              what + " is a whole number from " + least + " on, but this is " + number.get(),
              written.span(),
              "too small"));
    }
    return number.map(n -> (int) Math.min(n, Integer.MAX_VALUE)).orElse(least);
  }
}

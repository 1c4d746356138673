package snel.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.Entity;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;
import snel.types.Type;

/// What sweeps name: the parameters of networks and experiments, an experiment's step, seed and
/// reports.
final class NamedMembers {
  /// What a pass over the data that minimises tells by itself.
  static final String LOSS = "loss";

  private final Context context;

  NamedMembers(Context context) {
    this.context = context;
  }

  Type of(Things.Named thing, Name name) {
    return switch (thing.declaration()) {
      case Declaration.Network network -> {
        NetworkModel model = context.models().network(network, thing.scope().file());
        Symbol symbol = model.members().get(name.text());
        if (symbol != null && symbol.role() == Role.PARAMETER) {
          context.usage().read(symbol);
          yield context.type(symbol);
        }
        yield missing(thing, model.parameters(), name, withinNetwork(model, symbol));
      }
      case Declaration.Experiment experiment -> ofExperiment(thing, experiment, name);
      case Declaration.Sweep sweep -> {
        var reported = new Reported();
        reported.note(sweep.body());
        yield reported.names.contains(name.text())
            ? context.open()
            : missing(thing, reported.names, name);
      }
      case Declaration.Neuron neuron ->
          context.models().neuron(neuron, thing.scope().file()).variable(name.text()).isPresent()
              ? context.faulty(ofModel(neuron.name().text(), name))
              : missing(thing, List.of(), name);
      case Declaration.Synapse _,
          Declaration.Data _,
          Declaration.Function _,
          Declaration.Test _,
          Declaration.Deployment _,
          snel.syntax.Let _ ->
          missing(thing, List.of(), name);
    };
  }

  /// How what the populations of a network have is varied.
  private static Optional<String> withinNetwork(NetworkModel model, @Nullable Symbol symbol) {
    return symbol == null
        ? Optional.empty()
        : Optional.of(
            "a sweep varies the parameters of a network: declare `param x = …` in `%1$s`, use it there, `Cell[…](I: x)`, and write `%1$s.x` here"
                .formatted(model.name()));
  }

  /// What each population has its own value of.
  private static Diagnostic ofModel(String model, Name name) {
    return Diagnostic.of(
            Code.UNKNOWN_MEMBER,
            "`%s` has one `%s` for each population made of it, and a sweep varies parameters of networks and experiments"
                .formatted(model, name.text()),
            name.span(),
            "of no network")
        .help(
            "give the network a parameter, `param %1$s = …`, hand it on, `%2$s[…](%1$s: %1$s)`, and write `Net.%1$s` here"
                .formatted(name.text(), model));
  }

  private Type ofExperiment(Things.Named thing, Declaration.Experiment experiment, Name name) {
    Map<String, Type> members = new LinkedHashMap<>();
    members.put("seed", Type.INT);
    members.put("step", Type.of(snel.units.Dimension.TIME));
    for (Statement statement : experiment.body()) {
      if (statement instanceof ModelItem.Parameters(var bindings, _, _)) {
        for (var binding : bindings) {
          Type type =
              Typing.of(
                  context, thing.scope(), binding.type(), binding.value(), binding.name().text());
          members.put(binding.name().text(), context.resolved(type));
          if (binding.name().text().equals(name.text())) {
            context.usage().readAt(binding.name().span());
          }
        }
      }
    }
    Type parameter = members.get(name.text());
    if (parameter != null) {
      return parameter;
    }
    var reported = new Reported();
    reported.note(experiment.body());
    if (reported.names.contains(name.text())) {
      return context.open();
    }
    var known = new ArrayList<>(reported.names);
    known.addAll(members.keySet());
    Optional<String> help =
        reported.nameless.stream()
            .min(Comparator.comparing(value -> !isMeant(value, name.text())))
            .map(value -> Wording.text(value.span()))
            .map(value ->
                "`%s` needs a name there: `report %s = %s`".formatted(value, name.text(), value));
    return missing(thing, known, name, help);
  }

  /// Whether a value is what `name` seems to ask for: `rate` for `rate(E)`, `mean_w` for `mean(w)`.
  private static boolean isMeant(Expression value, String name) {
    boolean isMeasure =
        value.ungrouped() instanceof Expression.Call(Expression.Variable(var function, _), _, _)
            && function.text().equals(name);
    return isMeasure || letters(Wording.text(value.span())).equals(letters(name));
  }

  private static String letters(String text) {
    return text.replaceAll("\\W|_", "");
  }

  /// The name of a value that is reported without one, if it is a single word: `rate(E)` is called
  /// `rate.E`.
  private static Optional<String> ownName(Expression value) {
    return switch (value.ungrouped()) {
      case Expression.Variable(var name, _) -> Optional.of(name.text());
      case Expression.Call(Expression.Variable(var function, _), var arguments, _)
          when function.text().equals("over_time") && arguments.size() == 1 ->
          ownName(arguments.getFirst().value());
      case Expression.Call(Expression.Variable(var function, _), var arguments, _)
          when function.text().equals("accuracy")
              || arguments.stream().noneMatch(argument -> argument.name() == null) ->
          Optional.of(function.text());
      default -> Optional.empty();
    };
  }

  /// What `report` tells, by the names that it has or gets from what it measures.
  private static final class Reported {
    final List<String> names = new ArrayList<>();
    final List<Expression> nameless = new ArrayList<>();

    void note(List<? extends Statement> body) {
      Inside.statements(
          body,
          statement -> {
            if (statement instanceof OutcomeStatement.Report(var items, _)) {
              items.forEach(this::note);
            } else if (statement instanceof ControlStatement.For loop
                && loop.body().stream().anyMatch(NamedMembers::minimises)) {
              names.add(LOSS);
            }
          });
    }

    private void note(OutcomeStatement.Reported item) {
      if (item.name() != null) {
        names.add(item.name().text());
      } else {
        ownName(item.value()).ifPresentOrElse(names::add, () -> nameless.add(item.value()));
      }
    }
  }

  /// A loop within, over samples of its own, tells its own loss.
  private static boolean minimises(Statement statement) {
    return statement instanceof TrainingStatement.Minimise
        || !(statement instanceof ControlStatement.For)
            && Inside.nested(statement).stream().anyMatch(NamedMembers::minimises);
  }

  private Type missing(Things.Named thing, List<String> known, Name name) {
    return missing(thing, known, name, Optional.empty());
  }

  private Type missing(Things.Named thing, List<String> known, Name name, Optional<String> help) {
    String owner = snel.resolve.Library.name(thing.declaration()).map(Name::text).orElse("this");
    return new Members(context.in(thing.scope())).missing("`" + owner + "`", known, name, help);
  }

  /// A declaration of a module: `models.Lif`.
  Type of(Expressions expressions, Entity module, Name name) {
    Optional<Entity> found = expressions.scope().file().member(module, name.text());
    if (found.isEmpty()) {
      return new Members(expressions).missing("the module", List.of(), name);
    }
    return context.models().entity(found.get());
  }
}

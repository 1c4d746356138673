package snel.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.math.Expr;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;
import snel.syntax.NeuronItem;
import snel.syntax.Node;
import snel.syntax.QualifiedName;

/// Finds what draws random numbers in a network or experiment.
final class Randomness {
  /// What draws beside the distributions.
  private static final Set<String> DRAWS =
      Set.of("kaiming", "poisson", "random_trains", "random_labels", "jitter");

  private static final Set<String> RULES =
      Set.of("bernoulli", "fixed_indegree", "fixed_outdegree", "fixed_total");

  private final Set<Declaration> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /// The first place of the body that draws, or of what the body is made of.
  Optional<Span> of(List<? extends Node> items, FileScope file) {
    for (Node item : items) {
      Optional<Span> found = item(item, file);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The first draw in a declared model or network.
  Optional<Span> of(QualifiedName name, FileScope file) {
    return file.find(name)
        .flatMap(e -> e instanceof Entity.Declared d ? declared(d) : Optional.empty());
  }

  private Optional<Span> declared(Entity.Declared declared) {
    if (!seen.add(declared.declaration())) {
      return Optional.empty();
    }
    FileScope file = declared.scope();
    return switch (declared.declaration()) {
      case Declaration.Neuron neuron ->
          of(neuron.items(), file).or(() -> parent(neuron.parent(), file));
      case Declaration.Synapse synapse ->
          of(synapse.items(), file).or(() -> parent(synapse.parent(), file));
      case Declaration.Network network -> of(network.items(), file);
      default -> Optional.empty();
    };
  }

  private Optional<Span> parent(@Nullable QualifiedName parent, FileScope file) {
    return parent == null ? Optional.empty() : of(parent, file);
  }

  private Optional<Span> item(Node item, FileScope file) {
    Optional<Span> own =
        switch (item) {
          case ModelItem.Noise noise -> Optional.of(noise.span());
          case NeuronItem.SpikeWithRate rate -> Optional.of(rate.span());
          case NetworkItem.Drive drive -> Optional.of(drive.source().span());
          case NetworkItem.Population population -> of(population.model().model(), file);
          case NetworkItem.Part part -> of(part.network().model(), file);
          case NetworkItem.For loop -> of(loop.body(), file);
          case NetworkItem.If(_, var then, var otherwise, _) ->
              of(then, file).or(() -> of(otherwise, file));
          case Connect connect -> connect(connect, file);
          default -> Optional.empty();
        };
    return own.or(() -> draws(item, file));
  }

  private Optional<Span> connect(Connect connect, FileScope file) {
    if (RULES.contains(connect.rule().name().text())) {
      return Optional.of(connect.rule().span());
    }
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.SynapseModel(var model, _)) {
        return of(model.name(), file);
      }
    }
    return Optional.empty();
  }

  private Optional<Span> draws(Node item, FileScope file) {
    for (Expression expression : Inside.item(item)) {
      Optional<Span> found = draw(expression, file);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The first draw in an expression.
  Optional<Span> draw(Expression expression, FileScope file) {
    boolean random =
        switch (expression) {
          case Expression.Call(Expression.Variable(var name, _), _, _) ->
              DRAWS.contains(name.text()) || Expr.Draw.DISTRIBUTIONS.contains(name.text());
          case Expression.Pipe(_, Expression.Variable(var stage, _), _) ->
              stage.text().equals("shuffle");
          default -> false;
        };
    if (random) {
      return Optional.of(expression.span());
    }
    Optional<Span> named =
        switch (expression) {
          case Expression.Variable(var name, _) -> file.find(name.text()).flatMap(this::constant);
          case Expression.Call(Expression.Variable(var name, _), _, _) ->
              file.function(name.text()).flatMap(this::body).map(_ -> expression.span());
          default -> Optional.empty();
        };
    if (named.isPresent()) {
      return named;
    }
    for (Expression part : Parts.of(expression)) {
      Optional<Span> found = draw(part, file);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Span> constant(Entity entity) {
    return entity instanceof Entity.Declared(Let let, var file) && seen.add(let)
        ? draw(let.value(), file)
        : Optional.empty();
  }

  private Optional<Span> body(Entity.Declared function) {
    return function.declaration() instanceof Declaration.Function declared && seen.add(declared)
        ? draw(declared.body(), function.scope())
        : Optional.empty();
  }
}

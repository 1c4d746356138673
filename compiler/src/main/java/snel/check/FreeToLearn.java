package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Reference;
import snel.syntax.StateStatement;

/// What of a network may still change by itself where an experiment has come to.
final class FreeToLearn {
  private final Optional<Learners> learners;
  private final List<Learner> free = new ArrayList<>();
  private final Scope root;

  /// Whether something may learn that is no item of the network itself.
  private boolean others;

  private FreeToLearn(Optional<Learners> learners, Scope root) {
    this.learners = learners;
    this.root = root;
    releaseAll();
  }

  /// At the beginning of an experiment, in the file `file`. A network that is not known may learn.
  static FreeToLearn in(Context context, Declaration.Experiment experiment, FileScope file) {
    Scope root = context.models().root(file);
    return file.find(experiment.network().model()).orElse(null)
            instanceof Entity.Declared(Declaration.Network network, FileScope scope)
        ? new FreeToLearn(Optional.of(Learners.of(context, network.items(), scope)), root)
        : new FreeToLearn(Optional.empty(), root);
  }

  boolean learns() {
    return others || !free.isEmpty();
  }

  void freeze(StateStatement.Selection what) {
    if (what.all()) {
      free.clear();
      others = false;
      what.references().forEach(this::release);
    } else {
      what.references().forEach(this::hold);
    }
  }

  void unfreeze(StateStatement.Selection what) {
    if (what.all()) {
      releaseAll();
      what.references().forEach(this::hold);
    } else {
      what.references().forEach(this::release);
    }
  }

  private void releaseAll() {
    free.clear();
    learners.ifPresent(it -> free.addAll(it.all()));
    others = learners.isEmpty();
  }

  private void release(Reference reference) {
    learners.stream()
        .flatMap(it -> it.all().stream())
        .filter(learner -> holds(reference, learner))
        .forEach(free::add);
    others |= learners.filter(it -> it.knows(owner(reference))).isEmpty();
  }

  private static String owner(Expression reference) {
    return switch (reference) {
      case Expression.Variable(var name, _) -> name.text();
      case Expression.Member(var owner, _, _) -> owner(owner);
      case Expression.Index(var owner, _, _) -> owner(owner);
      default -> "";
    };
  }

  private void hold(Reference reference) {
    free.removeIf(learner -> holds(reference, learner));
  }

  /// A member that is named by what counts in a loop stands for all that the loop comes to.
  private boolean holds(Reference reference, Learner learner) {
    return switch (reference) {
      case Expression.Variable(var name, _) -> learner.owner().equals(name.text());
      case Expression.Index(Expression.Variable(var name, _), var indices, _) ->
          learner.owner().equals(name.text()) && isAt(indices, learner.place());
      case Expression.Member(Reference owner, var variable, _) ->
          learner.variable().equals(variable.text()) && holds(owner, learner);
      case Expression.Member _, Expression.Index _ -> false;
    };
  }

  private boolean isAt(List<Expression> indices, List<Optional<String>> place) {
    if (indices.size() != place.size()) {
      return false;
    }
    for (int k = 0; k < place.size(); k++) {
      Optional<String> named = Learners.index(indices.get(k), Map.of(), root);
      if (named.isPresent() && !named.equals(place.get(k))) {
        return false;
      }
    }
    return true;
  }
}

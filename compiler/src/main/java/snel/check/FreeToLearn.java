package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Reference;
import snel.syntax.StateStatement;

/// What of a network may still change by itself where an experiment has come to.
final class FreeToLearn {
  private final Context context;
  private final Optional<Declaration.Network> network;
  private final FileScope scope;
  private final List<NetworkItem> free = new ArrayList<>();

  /// Whether something may learn that is no item of the network itself.
  private boolean others;

  private FreeToLearn(Context context, Optional<Declaration.Network> network, FileScope scope) {
    this.context = context;
    this.network = network;
    this.scope = scope;
    releaseAll();
  }

  /// At the beginning of an experiment, in the file `file`. A network that is not known may learn.
  static FreeToLearn in(Context context, Declaration.Experiment experiment, FileScope file) {
    return file.find(experiment.network().model()).orElse(null)
            instanceof Entity.Declared(Declaration.Network network, FileScope scope)
        ? new FreeToLearn(context, Optional.of(network), scope)
        : new FreeToLearn(context, Optional.empty(), file);
  }

  boolean learns() {
    return others || Learning.inNetwork(context, free, scope);
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
    network.ifPresent(it -> leaves(it.items()).forEach(free::add));
    others = network.isEmpty();
  }

  private void release(Reference reference) {
    List<NetworkItem> named =
        network.stream()
            .flatMap(it -> leaves(it.items()))
            .filter(item -> holds(reference, item))
            .toList();
    free.addAll(named);
    others |= named.isEmpty();
  }

  private void hold(Reference reference) {
    free.removeIf(item -> holds(reference, item));
  }

  private static Stream<NetworkItem> leaves(List<NetworkItem> items) {
    return items.stream()
        .flatMap(item ->
            switch (item) {
              case NetworkItem.For loop -> leaves(loop.body());
              case NetworkItem.If(_, var then, var otherwise, _) ->
                  Stream.concat(leaves(then), leaves(otherwise));
              default -> Stream.of(item);
            });
  }

  /// Whether what is named is all that the item may learn.
  private boolean holds(Reference reference, NetworkItem item) {
    return switch (reference) {
      case Expression.Variable(var name, _) -> isCalled(item, name.text());
      case Expression.Member(Expression.Variable(var owner, _), var variable, _) ->
          isCalled(item, owner.text())
              && item instanceof Connect connect
              && Learning.synapse(context, connect, scope)
                  .flatMap(SynapseModel::weight)
                  .filter(weight -> weight.name().equals(variable.text()))
                  .isPresent();
      case Expression.Member _, Expression.Index _ -> false;
    };
  }

  private static boolean isCalled(NetworkItem item, String name) {
    return switch (item) {
      case Connect connect -> connect.alias() != null && connect.alias().name().text().equals(name);
      case NetworkItem.Population population -> population.name().name().text().equals(name);
      default -> false;
    };
  }
}

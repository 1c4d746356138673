package snel.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.NetworkItem;

/// A network does not contain itself. E0415.
final class NetworkNesting {
  private final Set<Declaration.Network> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private NetworkNesting() {}

  static void check(Context context, Declaration.Network network, FileScope file) {
    parts(network.items()).stream()
        .filter(part -> new NetworkNesting().leadsTo(part, file, network))
        .findFirst()
        .ifPresent(part ->
            context.report(
                Diagnostic.of(
                    Code.NETWORK_INSIDE_ITSELF,
                    "`" + network.name().text() + "` contains itself",
                    part.network().model().span(),
                    "it would have no end")));
  }

  private boolean leadsTo(NetworkItem.Part part, FileScope file, Declaration.Network target) {
    Optional<Entity> found = file.find(part.network().model());
    if (found.isEmpty()
        || !(found.get() instanceof Entity.Declared declared)
        || !(declared.declaration() instanceof Declaration.Network network)) {
      return false;
    }
    if (network == target) {
      return true;
    }
    return open.add(network)
        && parts(network.items()).stream()
            .anyMatch(inner -> leadsTo(inner, declared.scope(), target));
  }

  private static List<NetworkItem.Part> parts(List<NetworkItem> items) {
    return items.stream()
        .flatMap(item ->
            switch (item) {
              case NetworkItem.Part part -> List.of(part).stream();
              case NetworkItem.For loop -> parts(loop.body()).stream();
              case NetworkItem.If(_, var then, var otherwise, _) ->
                  java.util.stream.Stream.concat(parts(then).stream(), parts(otherwise).stream());
              default -> java.util.stream.Stream.<NetworkItem.Part>of();
            })
        .toList();
  }
}

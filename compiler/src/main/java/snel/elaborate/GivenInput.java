package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;

/// An argument of a network that is for one of its inputs.
record GivenInput(String name, Expression value) {
  /// Those of the arguments that are for inputs of spikes, or of values.
  static List<GivenInput> of(
      Declaration.Network network, List<Argument> arguments, boolean spikes) {
    List<String> names = new ArrayList<>();
    for (NetworkItem item : network.items()) {
      if (item instanceof ModelItem.Input input && Kinds.isSpikes(input.type()) == spikes) {
        names.add(input.name().text());
      }
    }
    return arguments.stream()
        .filter(argument -> argument.name() != null)
        .map(argument ->
            new GivenInput(Objects.requireNonNull(argument.name()).text(), argument.value()))
        .filter(given -> names.contains(given.name))
        .toList();
  }
}

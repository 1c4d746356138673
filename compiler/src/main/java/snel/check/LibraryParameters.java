package snel.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import snel.syntax.Argument;
import snel.types.MathSignatures;
import snel.types.Signature;

/// The order of the parameters of the functions that every program knows.
public final class LibraryParameters {
  private LibraryParameters() {}

  private static int position(String function, String parameter) {
    return names(function).indexOf(parameter);
  }

  /// The arguments in the order of the parameters that they stand for; those that must be given,
  /// and those that may be repeated, without their names as far as none before is missing.
  public static List<Argument> plain(String function, List<Argument> arguments) {
    List<Argument> all = new ArrayList<>(inOrder(function, arguments));
    for (int k = 0; k < all.size(); k++) {
      Argument argument = all.get(k);
      if (argument.name() == null) {
        continue;
      }
      String name = argument.name().text();
      if (position(function, name) != k || !isPlain(function, name)) {
        break;
      }
      all.set(k, new Argument(null, argument.value(), argument.span()));
    }
    return all;
  }

  private static boolean isPlain(String function, String parameter) {
    Optional<LibraryFunction> known = LibraryFunctions.of(function);
    return known.isEmpty()
        || known.get().rest().equals(parameter)
        || known.get().parameters().stream()
            .anyMatch(p -> p.name().equals(parameter) && !p.optional());
  }

  /// The arguments in the order of the parameters that they stand for.
  static List<Argument> inOrder(String function, List<Argument> arguments) {
    if (arguments.stream().allMatch(argument -> argument.name() == null)) {
      return arguments;
    }
    List<Argument> ordered = new ArrayList<>(arguments);
    ordered.sort(
        Comparator.comparingInt(argument ->
            argument.name() == null
                ? arguments.indexOf(argument)
                : place(function, argument.name().text(), arguments.indexOf(argument))));
    return ordered;
  }

  private static int place(String function, String parameter, int otherwise) {
    int known = position(function, parameter);
    return known < 0 ? otherwise : known;
  }

  private static List<String> names(String function) {
    Optional<List<String>> ofLibrary =
        LibraryFunctions.of(function)
            .map(f -> f.parameters().stream().map(LibraryFunction.Parameter::name).toList());
    return ofLibrary
        .or(() ->
            MathSignatures.of(function)
                .map(s -> s.parameters().stream().map(Signature.Parameter::name).toList()))
        .orElse(List.of());
  }
}

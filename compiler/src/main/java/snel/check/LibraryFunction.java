package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a function of the library takes and gives, in the small notation of [LibraryFunctions].
///
/// @param rest the parameter that may be given any number of times; empty if there is none
/// @param reduces it gives one result however large its arguments are
record LibraryFunction(
    String name, List<Parameter> parameters, String rest, String result, boolean reduces) {

  record Parameter(String name, String kind, boolean optional) {}

  LibraryFunction {
    parameters = List.copyOf(parameters);
  }

  /// Reads `name(a : kind, b? : kind, c... : kind) => kind`.
  static LibraryFunction read(String line) {
    String name = line.substring(0, line.indexOf('('));
    String inside = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
    String tail = line.substring(line.lastIndexOf(')') + 1).strip();
    boolean reduces = tail.startsWith("=>");
    var parameters = new ArrayList<Parameter>();
    String rest = "";
    for (String part : inside.isBlank() ? new String[0] : inside.split(",")) {
      int colon = part.indexOf(" : ");
      String label = part.substring(0, colon).strip();
      boolean repeats = label.endsWith("...");
      boolean optional = repeats || label.endsWith("?");
      String bare = label.substring(0, label.length() - (repeats ? 3 : optional ? 1 : 0));
      rest = repeats ? bare : rest;
      parameters.add(new Parameter(bare, part.substring(colon + 3).strip(), optional));
    }
    return new LibraryFunction(
        name, parameters, rest, tail.substring(reduces ? 2 : 1).strip(), reduces);
  }

  /// `fano_factor(neurons, bin)`.
  String shown() {
    return name
        + parameters.stream()
            .map(p -> p.optional ? "[" + p.name + "]" : p.name)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}

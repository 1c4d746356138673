package snel.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Nearest;
import snel.syntax.Declaration;

/// An experiment with those that it starts from, the first one first.
///
/// @param isBroken whether one is missing, or they start from each other
record Chain(List<Declaration.Experiment> links, boolean isBroken) {
  Chain {
    links = List.copyOf(links);
  }

  static Chain of(String name, Map<String, Declaration.Experiment> all, Diagnostics diagnostics) {
    List<Declaration.Experiment> links = new ArrayList<>();
    Declaration.Experiment next = all.get(name);
    while (next != null) {
      if (links.contains(next)) {
        diagnostics.report(
            Diagnostic.of(Code.EXPERIMENT_CYCLE, cycle(links, next), next.name().span()));
        return new Chain(links, true);
      }
      links.addFirst(next);
      if (next.from() == null) {
        return new Chain(links, false);
      }
      String from = next.from().text();
      if (!all.containsKey(from)) {
        diagnostics.report(
            Diagnostic.of(
                Code.UNKNOWN_NAME,
                "unknown experiment `" + from + "`" + Nearest.hint(from, all.keySet()),
                next.from().span()));
        return new Chain(links, true);
      }
      next = all.get(from);
    }
    return new Chain(links, true);
  }

  private static String cycle(List<Declaration.Experiment> links, Declaration.Experiment again) {
    List<String> names = new ArrayList<>();
    for (Declaration.Experiment link : links.subList(0, links.indexOf(again) + 1)) {
      names.add("`" + link.name().text() + "`");
    }
    return names.size() == 1
        ? names.getFirst() + " starts from itself"
        : String.join(" and ", names) + " start from each other";
  }

  Declaration.Experiment last() {
    return links.getLast();
  }

  /// One of them with those that it starts from.
  List<Declaration.Experiment> upTo(Declaration.Experiment link) {
    return links.subList(0, links.indexOf(link) + 1);
  }

  List<String> names() {
    return links.stream().map(link -> link.name().text()).toList();
  }
}

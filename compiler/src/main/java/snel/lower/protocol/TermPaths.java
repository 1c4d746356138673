package snel.lower.protocol;

import java.util.LinkedHashSet;
import java.util.Set;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;

/// Finds what a term reads of the network.
final class TermPaths {
  private TermPaths() {}

  /// Names of the states, parameters and weights read.
  static Set<String> in(Term term) {
    Set<String> paths = new LinkedHashSet<>();
    Parts.eachTerm(term, part -> note(part, paths));
    return paths;
  }

  private static void note(Term term, Set<String> paths) {
    if (term instanceof Term.Read(String path, _, _)) {
      paths.add(path);
    } else if (term instanceof Term.ReadSynapses read) {
      paths.add(read.path());
    } else if (term instanceof Term.Recorded recorded) {
      paths.add(recorded.path());
    }
  }
}

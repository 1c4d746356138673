package snel.lower.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Arguments of a function that are worked out once, however often its body speaks of them: what is
/// drawn, for each draw gives another number, and arrays that a function of the library makes, for
/// they take time. Others stand for themselves.
final class ArgumentsOnce {
  private record Held(Term.Variable variable, Term value) {}

  private final Map<String, Meaning> meanings = new LinkedHashMap<>();
  private final List<Held> held = new ArrayList<>();

  ArgumentsOnce(Work work, Map<String, Meaning> bound) {
    bound.forEach((name, meaning) -> {
      if (meaning instanceof Meaning.Live(var term, var unit) && isOnce(term)) {
        Term.Variable variable = work.variable(name, term.type());
        held.add(new Held(variable, term));
        meanings.put(name, Meaning.of(variable, unit));
      } else {
        meanings.put(name, meaning);
      }
    });
  }

  /// What each parameter means in the body.
  Map<String, Meaning> meanings() {
    return meanings;
  }

  /// The body, with what it speaks of.
  Term around(Term body) {
    Term all = body;
    for (Held each : held.reversed()) {
      all = new Term.Let(each.variable(), each.value(), all);
    }
    return all;
  }

  private static boolean isOnce(Term term) {
    return Parts.any(term, Term.Draw.class::isInstance)
        || Parts.any(term, ArgumentsOnce::isMade)
            && !Parts.any(term, ArgumentsOnce::standsForItself);
  }

  private static boolean isMade(Term part) {
    return part instanceof Term.Call(_, _, var type) && type instanceof Type.Array;
  }

  /// Parts of the network and columns of data are looked at as they stand there.
  private static boolean standsForItself(Term part) {
    return part instanceof Term.Read
        || part instanceof Term.ReadSynapses
        || part instanceof Term.Spikes
        || part instanceof Term.Recorded
        || part instanceof Term.Neurons
        || part instanceof Term.Projection
        || part instanceof Term.ReadOut
        || part instanceof Term.Column;
  }
}

package snel.lower.protocol;

import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.model.Network.Numerics;

/// Constants that stand beside what the network keeps in single precision: rounded in the same way,
/// so that a weight that has reached its bound of 0.1 is 0.1.
record StoredPrecision(Numerics numerics) {
  /// @param other what it is compared with
  Term beside(Term constant, Term other) {
    return numerics == Numerics.F32
            && constant instanceof Term.Number(double number)
            && isStored(other)
        ? new Term.Number((float) number)
        : constant;
  }

  private static boolean isStored(Term term) {
    return switch (term) {
      case Term.Read _, Term.ReadSynapses _ -> true;
      case Term.Call(var function, var arguments, _) ->
          (function == Function.LEAST || function == Function.GREATEST)
              && isStored(arguments.getFirst());
      default -> false;
    };
  }
}

package snel.ir;

import java.util.List;
import java.util.Optional;

/// What becomes of a random word that [Stmt.Words] draws.
public sealed interface Draw {
  /// It stays as it is.
  record Word() implements Draw {}

  /// How many of these thresholds, rising and unsigned, it has reached: a draw from the
  /// distribution whose cumulative probabilities they are.
  record Count(List<Integer> thresholds) implements Draw {
    public Count {
      thresholds = List.copyOf(thresholds);
    }
  }

  /// The bits of the standard normal number, in single precision, that it stands for
  /// ([Function#NORMAL]).
  record Normal() implements Draw {
    /// The word that a number in single precision is made of, if it is one of a word.
    public static Optional<Expr> word(Expr number) {
      return number instanceof Expr.Call(Function function, Scalar type, var arguments)
              && function == Function.NORMAL
              && type == Scalar.F32
          ? Optional.of(arguments.getFirst())
          : Optional.empty();
    }

    /// The number, of what was drawn.
    public static Expr number(Expr drawn) {
      return new Expr.Call(Function.BITS_FLOAT, Scalar.F32, List.of(drawn));
    }
  }
}

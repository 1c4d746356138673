package snel.ir.protocol;

import java.util.List;
import java.util.Optional;

/// Typed expressions of a protocol. Arithmetic is element by element where an operand is an array;
/// shapes agree or one side is a scalar. Only [Draw] changes anything (its own counter).
public sealed interface Term {
  Type type();

  record Number(double value) implements Term {
    @Override
    public Type type() {
      return Type.REAL;
    }
  }

  record Whole(long value) implements Term {
    @Override
    public Type type() {
      return Type.INTEGER;
    }
  }

  record Truth(boolean value) implements Term {
    @Override
    public Type type() {
      return Type.TRUTH;
    }
  }

  /// Text whose parts are joined; numbers in it are shown in `unit` as reports show them.
  record Text(List<Term> parts) implements Term {
    public Text {
      parts = List.copyOf(parts);
    }

    @Override
    public Type type() {
      return Type.TEXT;
    }
  }

  record Word(String value) implements Term {
    @Override
    public Type type() {
      return Type.TEXT;
    }
  }

  /// A quantity inside a text.
  record Shown(Term value, Unit unit) implements Term {
    @Override
    public Type type() {
      return Type.TEXT;
    }
  }

  record None() implements Term {
    @Override
    public Type type() {
      return Type.NONE;
    }
  }

  /// Numbers known when compiled.
  record Numbers(List<Integer> shape, double[] values) implements Term {
    public Numbers {
      shape = List.copyOf(shape);
    }

    @Override
    public Type type() {
      return new Type.Array(shape);
    }
  }

  /// Spike times known when compiled, in ms, one row a neuron.
  record SpikeTimes(List<double[]> rows) implements Term {
    public SpikeTimes {
      rows = List.copyOf(rows);
    }

    @Override
    public Type type() {
      return Type.TRAINS;
    }
  }

  record Variable(int slot, String name, Type type) implements Term {}

  /// Time in ms since the present episode began.
  record Time() implements Term {
    @Override
    public Type type() {
      return Type.REAL;
    }
  }

  record Negate(Term operand) implements Term {
    @Override
    public Type type() {
      return operand.type();
    }
  }

  /// Of two integers: exact integer arithmetic for `ADD`, `SUBTRACT`, `MULTIPLY`, `POWER`; `DIVIDE`
  /// is of doubles always.
  record Arithmetic(Operator operator, Term left, Term right, Type type) implements Term {}

  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    POWER
  }

  /// Element by element for arrays (0 and 1); texts and labels compare by `EQUAL`, `UNEQUAL`.
  record Compare(Comparison comparison, Term left, Term right, Type type) implements Term {}

  enum Comparison {
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    EQUAL,
    UNEQUAL
  }

  /// `value in low .. high`, or `low ..< high`.
  record Inside(Term value, Term low, Term high, boolean upperOpen, Type type) implements Term {}

  record Not(Term operand) implements Term {
    @Override
    public Type type() {
      return Type.TRUTH;
    }
  }

  /// The right side is not evaluated when the left decides.
  record And(Term left, Term right) implements Term {
    @Override
    public Type type() {
      return Type.TRUTH;
    }
  }

  record Or(Term left, Term right) implements Term {
    @Override
    public Type type() {
      return Type.TRUTH;
    }
  }

  record Choose(Term condition, Term whenTrue, Term whenFalse, Type type) implements Term {
    /// Whether a condition is one for each element, of which each is chosen by itself.
    public static boolean isOfMany(Term condition) {
      return condition.type() instanceof Type.Array || condition.type() instanceof Type.Listing;
    }
  }

  /// `in`, where the variable holds `value`: the argument of a function is worked out once.
  record Let(Variable variable, Term value, Term in) implements Term {
    @Override
    public Type type() {
      return in.type();
    }
  }

  /// A library function; `arguments` in the order that [Function] documents, absent ones filled in.
  record Call(Function function, List<Term> arguments, Type type) implements Term {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// A random number for each element of `shape`. Element i of the evaluation number q (counted in
  /// `counterSlot`, an integer variable that starts at 0) uses word `i & 3` of the counter (i >> 2,
  /// 0, q, 0) of `stream`.
  ///
  /// @param bounds within which is drawn again
  /// @param stream FNV-1a of `EXPERIMENT:draw@j` (semantics.md §10)
  /// @param shape [-1] for as many as the synapses that are assigned
  record Draw(
      Distribution distribution,
      List<Term> parameters,
      Optional<Bounds> bounds,
      int stream,
      int counterSlot,
      List<Integer> shape,
      Type type)
      implements Term {
    public Draw {
      parameters = List.copyOf(parameters);
      shape = List.copyOf(shape);
    }
  }

  /// What lies below `low` or above `high` is drawn again, 64 times in all, then clipped. Redraw r
  /// has the counter (i >> 2, 0, q, r).
  record Bounds(Term low, Term high) {}

  /// Parameters: (low, high), (mean, sd), (probability), (mean, sd), (mean), (mean, sd), (number,
  /// probability).
  enum Distribution {
    UNIFORM,
    NORMAL,
    BERNOULLI,
    LOGNORMAL,
    EXPONENTIAL,
    GAMMA,
    BINOMIAL
  }

  /// Values of a state, parameter or input as they are now.
  ///
  /// @param path of [snel.ir.Directory.Value]
  record Read(String path, Selection selection, Type type) implements Term {}

  /// Values of a projection's variable: those of the synapses that exist between the two
  /// selections, in stored order; an array [pre, post] with zeros where there is none if `dense`.
  record ReadSynapses(
      String path, String projection, Selection pre, Selection post, boolean dense, Type type)
      implements Term {}

  /// A population, slice or event (`soma.burst`) as an argument.
  record Neurons(String population, Selection selection) implements Term {
    @Override
    public Type type() {
      return new Type.Neurons();
    }
  }

  record Projection(String name) implements Term {
    @Override
    public Type type() {
      return new Type.Synapses();
    }
  }

  record ReadOut(String name) implements Term {
    @Override
    public Type type() {
      return new Type.ReadOut();
    }
  }

  /// Spikes of the latest episode, in ms since it began.
  record Spikes(String population, Selection selection) implements Term {
    @Override
    public Type type() {
      return Type.TRAINS;
    }
  }

  /// What `record` kept of a state, over the latest episode.
  ///
  /// @param projection whose variable it is; empty for others
  /// @param selection the elements asked for of those recorded, or their sources
  /// @param post their targets, of a projection
  record Recorded(String path, String projection, Selection selection, Selection post)
      implements Term {
    /// Whether all is asked for that is recorded.
    public boolean isWhole() {
      return selection instanceof Selection.All && post instanceof Selection.All;
    }

    @Override
    public Type type() {
      return Type.SERIES;
    }
  }

  /// The label that a read-out gives to the latest episode: an integer, or none.
  record Label(String readOut) implements Term {
    @Override
    public Type type() {
      return Type.INTEGER;
    }
  }

  record Listing(List<Term> elements, Type type) implements Term {
    public Listing {
      elements = List.copyOf(elements);
    }
  }

  record Tuple(List<Term> elements, Type type) implements Term {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /// `list[i]`, a row of an array or trains, or a component of a tuple.
  record Element(Term of, Term index, Type type) implements Term {}

  /// `table[1 ..< 3, 0]`: several elements along some axes, an array or list of them; where an axis
  /// has one, it is left out of the shape.
  record Part(Term of, List<Axis> axes, Type type) implements Term {
    public Part {
      axes = List.copyOf(axes);
    }
  }

  /// Which elements along one axis: of the terms there are 1, 1, 2 (the second left out) and 0.
  record Axis(Picks picks, List<Term> terms) {
    public Axis {
      terms = List.copyOf(terms);
    }
  }

  enum Picks {
    ONE,
    LISTED,
    BETWEEN,
    ALL
  }

  /// A field of a sample.
  record Field(Term sample, String field, Type type) implements Term {}

  /// All records of a data set (`split` empty) or of one of its splits.
  record Data(String dataSet, String split, Type type) implements Term {}

  /// The values of one field over a whole stream (`spoken.test.speaker`).
  record FieldOfAll(Term stream, String field, Type type) implements Term {}

  /// `stream | take(n)` and its like.
  ///
  /// @param argument 0 where the stage takes none
  /// @param random FNV-1a of `NAME:shuffle`; `epochSlot` is the integer variable that counts how
  ///   often the stage began (both only for `SHUFFLE`)
  record Staged(Term stream, Stage stage, Term argument, int random, int epochSlot, Type type)
      implements Term {}

  enum Stage {
    TAKE,
    LAST,
    SHUFFLE
  }

  /// In a `data` declaration: a column of the present record, by number or by name.
  record Column(Term which, Type type) implements Term {}

  /// In a sweep: a result of an experiment at the present point, by the name it was reported under,
  /// in stored units.
  record ResultOf(String experiment, String result, Type type) implements Term {}
}

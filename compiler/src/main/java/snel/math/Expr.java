package snel.math;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A resolved expression. Quantities are in the coherent units of semantics.md §11, so no node
/// carries a dimension; names are resolved to an [Owner] and a member; whatever is constant has
/// been folded to [Num]. The tree keeps the author's order of operations.
public sealed interface Expr {
  record Num(Exact value) implements Expr {}

  record Truth(boolean value) implements Expr {}

  /// A variable. `name` may be a member that every neuron has (`index`, `spiked`, `count`,
  /// `position.0` …), `t`, or dotted for [Owner#POPULATION] (`out.spiked`).
  record Ref(Owner owner, String name, Kind kind) implements Expr {}

  record Neg(Expr operand) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Add(Expr left, Expr right) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Sub(Expr left, Expr right) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Mul(Expr left, Expr right) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Div(Expr left, Expr right) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Pow(Expr base, Expr exponent) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Compare(Relation relation, Expr left, Expr right) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record And(Expr left, Expr right) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Or(Expr left, Expr right) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Not(Expr operand) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  record Choose(Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  /// A library function by name (`exp`, `exprel`, `min`, `clip`, `floor`, `mod`, `sign` …).
  record Call(String function, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  /// A random draw; `ordinal` counts the draws of one declaration's expression from 0.
  /// Distributions: uniform(a, b), normal(mean, sd), lognormal(mean, sd), exponential(mean),
  /// gamma(mean, sd), binomial(n, p), bernoulli(p).
  record Draw(String distribution, List<Expr> parameters, Bounds redraw, int ordinal)
      implements Expr {
    public static final List<String> DISTRIBUTIONS =
        List.of("uniform", "normal", "lognormal", "gamma", "exponential", "binomial", "bernoulli");

    public Draw {
      parameters = List.copyOf(parameters);
    }

    /// The names of the parameters, in their order.
    public static List<String> parameters(String distribution) {
      return switch (distribution) {
        case "uniform" -> List.of("low", "high");
        case "exponential" -> List.of("mean");
        case "binomial" -> List.of("n", "p");
        case "bernoulli" -> List.of("p");
        default -> List.of("mean", "sd");
      };
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  /// `sum`, `mean`, `min` or `max` of `body` over every neuron of the population; the body's
  /// [Owner#PEER] references are the neuron that runs, [Owner#SELF] the one that asks.
  record OverPeers(String function, Expr body) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  /// The same reduction over `count` places of what has a shape (`mean(E.v)`, `sum(image)`): in the
  /// body [Owner#POPULATION] members are those of the neuron at the place, and the index of
  /// [Owner#SELF] is the place.
  record OverAll(String function, int count, Expr body) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  /// Milliseconds since the last spike (or named event) of `owner`, on the left limit; infinite
  /// before the first.
  record Since(Owner owner, String event) implements Expr {}

  /// An element of an array-valued network input, parameter or constant: `image[i]`. With `index`
  /// absent in the source, element `SELF.index` is meant.
  record Element(Ref array, Expr index) implements Expr {
    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  /// A compile-time table indexed at run time.
  record Table(String name, List<Exact> values, Expr index) implements Expr {
    public Table {
      values = List.copyOf(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return Structure.equal(this, other);
    }

    @Override
    public int hashCode() {
      return Structure.hash(this);
    }
  }

  static Expr num(long value) {
    return new Num(Exact.of(value));
  }

  static Expr num(double value) {
    return new Num(Exact.of(value));
  }
}

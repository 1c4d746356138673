package snel.types;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.units.Dimension;

/// What kind of thing an expression gives.
public sealed interface Type {
  /// A number with a dimension.
  record Real(DimensionTerm dimension) implements Type {
    @Override
    public String toString() {
      return dimension.toString();
    }
  }

  /// A whole number of 64 bits.
  record Int() implements Type {
    @Override
    public String toString() {
      return "int";
    }
  }

  record Bool() implements Type {
    @Override
    public String toString() {
      return "bool";
    }
  }

  record Text() implements Type {
    @Override
    public String toString() {
      return "string";
    }
  }

  /// Spikes on one line: events without a value.
  record Spikes() implements Type {
    @Override
    public String toString() {
      return "spikes";
    }
  }

  /// Two's complement with `integer` + `fraction` bits.
  record Fixed(int integer, int fraction, DimensionTerm dimension) implements Type {
    @Override
    public String toString() {
      String bits = "fixed(" + integer + ", " + fraction + ")";
      return dimension.isPlain() ? bits : dimension + "*" + bits;
    }
  }

  /// Numbers, truth values or spikes in a rectangular shape; the element is no array itself.
  record Array(Type element, List<Extent> shape) implements Type {
    public Array {
      shape = List.copyOf(shape);
    }

    @Override
    public String toString() {
      return inside(element) + Extent.written(shape);
    }
  }

  /// Values of different kinds side by side: `("tonic", 0.02)`.
  record Tuple(List<Type> parts) implements Type {
    public Tuple {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return "(" + String.join(", ", parts.stream().map(Type::inside).toList()) + ")";
    }
  }

  /// A list of anything, walked through when the program is compiled.
  record Sequence(Type element) implements Type {
    @Override
    public String toString() {
      return "list of " + inside(element);
    }
  }

  /// One sample of a data set, with its fields in order.
  record Sample(Map<String, Type> fields) implements Type {
    public Sample {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String toString() {
      var parts =
          fields.entrySet().stream().map(f -> f.getKey() + " : " + inside(f.getValue())).toList();
      return "sample(" + String.join(", ", parts) + ")";
    }
  }

  /// A data set, its split, or what stages make of it.
  record Stream(Type element) implements Type {
    @Override
    public String toString() {
      return "stream of " + inside(element);
    }
  }

  /// Something that is no value: a population, a projection, a read-out … What it is made of is the
  /// business of whoever makes such things; they agree when they are equal.
  non-sealed interface Thing extends Type {
    /// Its kind in one or two words.
    String kind();
  }

  /// Of something faulty that has been reported; it agrees with everything, so that nothing is said
  /// twice.
  record Unknown() implements Type {
    @Override
    public String toString() {
      return "unknown";
    }
  }

  Type PLAIN = new Real(DimensionTerm.PLAIN);
  Type INT = new Int();
  Type BOOL = new Bool();
  Type TEXT = new Text();
  Type SPIKES = new Spikes();
  Type UNKNOWN = new Unknown();

  static Type of(Dimension dimension) {
    return new Real(DimensionTerm.of(dimension));
  }

  /// The dimension of a number or of the numbers in an array.
  default Optional<DimensionTerm> numberDimension() {
    return switch (this) {
      case Real(var dimension) -> Optional.of(dimension);
      case Fixed(int _, int _, var dimension) -> Optional.of(dimension);
      case Int() -> Optional.of(DimensionTerm.PLAIN);
      case Array(var element, var _) -> element.numberDimension();
      case Bool(), Text(), Spikes(), Tuple(_), Sequence(_), Sample(_), Stream(_) ->
          Optional.empty();
      case Thing _, Unknown() -> Optional.empty();
    };
  }

  /// The shape of an array; of anything else the empty one.
  default List<Extent> shape() {
    return this instanceof Array(var _, var shape) ? shape : List.of();
  }

  /// The type of a single element of an array; of anything else the type itself.
  default Type single() {
    return this instanceof Array(var element, var _) ? element : this;
  }

  /// This as element of `shape`, which may be empty.
  default Type shaped(List<Extent> shape) {
    return shape.isEmpty() ? this : new Array(this, shape);
  }

  /// As it is written within another type.
  private static String inside(Type type) {
    return type instanceof Thing thing ? thing.kind() : type.toString();
  }

  /// For a sentence: "a voltage", "a whole number", "a list `real[3]`".
  default String described() {
    return switch (this) {
      case Real(var dimension) -> dimension.described();
      case Int() -> "a whole number";
      case Bool() -> "true or false";
      case Text() -> "a text";
      case Spikes() -> "a train of spikes";
      case Fixed f -> "a fixed-point number `" + f + "`";
      case Array a -> "a list `" + a + "`";
      case Tuple t -> "a tuple `" + t + "`";
      case Sequence(var element) -> "a list, each " + element.described();
      case Sample _ -> "a sample";
      case Stream _ -> "a stream of samples";
      case Thing thing ->
          ("aeio".indexOf(thing.kind().charAt(0)) >= 0 ? "an " : "a ") + thing.kind();
      case Unknown() -> "something faulty";
    };
  }
}

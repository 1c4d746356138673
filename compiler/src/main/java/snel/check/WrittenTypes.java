package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.types.DimensionTerm;
import snel.types.Extent;
import snel.types.Type;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.UnitReading;
import snel.units.Units;

/// Types as the author writes them. E0214.
final class WrittenTypes {
  private static final List<String> WORDS =
      List.of("real", "int", "bool", "string", "spikes", "any", "fixed");

  /// What others call them.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("integer", "int"),
          Map.entry("long", "int"),
          Map.entry("float", "real"),
          Map.entry("double", "real"),
          Map.entry("number", "real"),
          Map.entry("boolean", "bool"),
          Map.entry("text", "string"),
          Map.entry("class", "int"),
          Map.entry("category", "int"),
          Map.entry("label", "int"),
          Map.entry("str", "string"));

  private final Context context;
  private final Scope scope;
  private final DimensionTerm any;

  /// @param any what `any` stands for
  WrittenTypes(Context context, Scope scope, DimensionTerm any) {
    this.context = context;
    this.scope = scope;
    this.any = any;
  }

  /// Reads a type of something that is called `name`.
  static Type read(Context context, Scope scope, snel.syntax.Type type, String name) {
    DimensionTerm any = DimensionTerm.of(context.unification().rigid(name));
    return new WrittenTypes(context, scope, any).read(type);
  }

  Type read(snel.syntax.Type type) {
    return switch (type) {
      case snel.syntax.Type.Missing _ -> Type.UNKNOWN;
      case snel.syntax.Type.Like(var name, var span) -> like(name, span);
      case snel.syntax.Type.Product(var factors, var shape, _) -> {
        Type element = product(factors);
        yield element instanceof Type.Unknown ? element : element.shaped(extents(shape));
      }
    };
  }

  private Type like(snel.syntax.Name name, snel.source.Span span) {
    Type type = context.in(scope).type(new Expression.Variable(name, span));
    return type.numberDimension().<Type>map(Type.Real::new).orElse(Type.UNKNOWN);
  }

  private List<Extent> extents(List<Expression> shape) {
    var extents = new ArrayList<Extent>();
    for (Expression length : shape) {
      Sizes.check(context, scope, length);
      Optional<Rational> value = Constants.SURE.value(length, scope).filter(Rational::isWhole);
      extents.add(value.map(n -> Extent.of(n.numerator().longValue())).orElse(new Extent.Open()));
    }
    return extents;
  }

  private Type product(List<snel.syntax.Type.Factor> factors) {
    DimensionTerm dimension = DimensionTerm.PLAIN;
    Optional<Type> special = Optional.empty();
    for (snel.syntax.Type.Factor factor : factors) {
      if (factor.name() == null) {
        continue;
      }
      String word = factor.name().text();
      Optional<Type> kind = kind(word, factor.arguments());
      if (kind.isPresent()) {
        special = kind;
        continue;
      }
      Optional<DimensionTerm> named =
          word.equals("any") ? Optional.of(any) : Dimension.named(word).map(DimensionTerm::of);
      if (named.isEmpty()) {
        return word.isEmpty() ? Type.UNKNOWN : unknown(factor.name());
      }
      dimension = dimension.times(named.get().power(exponent(factor)));
    }
    if (special.isPresent() && special.get() instanceof Type.Fixed(int i, int f, _)) {
      return new Type.Fixed(i, f, dimension);
    }
    return special.orElse(new Type.Real(dimension));
  }

  private static Rational exponent(snel.syntax.Type.Factor factor) {
    Rational power =
        factor.exponent() == null
            ? Rational.ONE
            : Rational.of(factor.exponent().numerator(), factor.exponent().denominator());
    return factor.divides() ? power.negated() : power;
  }

  private Optional<Type> kind(String word, List<Argument> arguments) {
    return switch (word) {
      case "real" -> Optional.of(Type.PLAIN);
      case "int" -> Optional.of(Type.INT);
      case "bool" -> Optional.of(Type.BOOL);
      case "string" -> Optional.of(Type.TEXT);
      case "spikes" -> Optional.of(Type.SPIKES);
      case "readout" -> Optional.of(Things.READOUT);
      case "fixed" -> fixed(arguments);
      default -> Optional.empty();
    };
  }

  private Optional<Type> fixed(List<Argument> arguments) {
    return Optional.of(new FixedTypes(context).read(arguments));
  }

  private Type unknown(snel.syntax.Name word) {
    var names = new ArrayList<>(WORDS);
    names.addAll(Dimension.names());
    Optional<String> meant =
        Optional.ofNullable(ELSEWHERE.get(word.text()))
            .or(() -> Nearest.to(word.text(), names))
            .or(() -> ofUnit(word.text()));
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_TYPE,
            "unknown type `" + word.text() + "`" + Nearest.hint(meant),
            word.span(),
            "no type");
    if (KnownModels.NEURON.knows(scope.file(), word.text())) {
      return context.faulty(
          diagnostic.help(
              "neurons are a population: write `population P : "
                  + word.text()
                  + "[10]`, for example"));
    }
    return context.faulty(
        meant
            .map(m -> diagnostic.fix("write `" + m + "`", word.span(), m))
            .orElse(diagnostic.note("types are named by what is measured, such as `voltage`")));
  }

  /// `voltage` for `mV` and `volts`.
  private static Optional<String> ofUnit(String word) {
    return switch (Units.read(word)) {
      case UnitReading.Known(var unit) -> Optional.of(unit.dimension().toString());
      case UnitReading.Unknown(_, _, var meant) ->
          meant.filter(m -> !m.equals(word)).flatMap(WrittenTypes::ofUnit);
      case UnitReading.Malformed _ -> Optional.empty();
    };
  }
}

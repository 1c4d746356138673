package snel.check;

import java.util.Optional;
import snel.source.LineMap;
import snel.source.Span;
import snel.types.DimensionTerm;
import snel.types.DimensionVariable;
import snel.types.Type;
import snel.units.Dimension;

/// Turns types and source text into words of messages.
final class Wording {
  /// Name of the dimension variables that stand for something unknown or faulty.
  static final String OPEN = "?";

  private static final int LONGEST = 40;

  private Wording() {}

  /// Source text on one line, cut if long.
  static String text(Span span) {
    String whole = span.text().strip().replaceAll("\\s+", " ");
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST - 2).strip() + " …";
  }

  static int line(Span span) {
    return new LineMap(span.file().text()).line(span.start());
  }

  /// "line 5", or "line 5 of lab/stdp.snn" from another file.
  static String place(Span span, Span from) {
    String line = "line " + line(span);
    return span.file().equals(from.file()) ? line : line + " of " + span.file().name();
  }

  /// "a voltage", for an array that of its elements.
  static String described(Type type) {
    Type single = type.single();
    return single instanceof Type.Int ? "a plain number" : single.described();
  }

  /// Whether nothing sure can be said about this.
  static boolean isOpen(Type type) {
    return switch (type.single()) {
      case Type.Unknown() -> true;
      case Type.Real(var term) -> isOpen(term);
      case Type.Fixed(int _, int _, var term) -> isOpen(term);
      case Type.Sequence(var element) -> isOpen(element);
      case Type.Int(), Type.Bool(), Type.Text(), Type.Spikes() -> false;
      case Type.Array _, Type.Tuple _, Type.Sample _, Type.Stream _, Type.Thing _ -> false;
    };
  }

  static boolean isOpen(DimensionTerm term) {
    return term.powers().keySet().stream().map(DimensionVariable::name).anyMatch(OPEN::equals);
  }

  /// Whether this is the dimension that a weight takes from its port, of the weight itself.
  static boolean isOfPort(Type type, String receiver) {
    return type.single() instanceof Type.Real(var term)
        && term.known().isPlain()
        && term.powers().size() == 1
        && term.powers().keySet().stream()
            .allMatch(v -> v.rigid() && receiver.equals("`" + v.name() + "`"));
  }

  static boolean isNumber(Type type) {
    return type.single() instanceof Type.Real
        || type.single() instanceof Type.Int
        || type.single() instanceof Type.Fixed;
  }

  static boolean isPlain(Type type) {
    return type.numberDimension().filter(DimensionTerm::isPlain).isPresent();
  }

  /// The dimension of a number, where no variable is left in it.
  static Optional<Dimension> dimension(Type type) {
    return type.numberDimension().flatMap(DimensionTerm::fixed);
  }

  /// Whether it is the type of the literal `0`, which fits every dimension.
  static boolean fitsAll(Type type) {
    return type.single() instanceof Type.Real(var term)
        && term.known().isPlain()
        && term.powers().size() == 1
        && term.powers().keySet().stream().allMatch(v -> v.name().isEmpty());
  }
}

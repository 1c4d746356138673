package snel.lower.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.source.Span;

/// What encoders of the core and makers of spike trains refuse, where it is known before the run.
final class EncoderLimits {
  private static final Map<Function, List<Limit>> LIMITS =
      Map.of(
          Function.THRESHOLD_CROSSING,
          List.of(Limit.count(1, "levels"), Limit.notNegative(2, "cue", "")),
          Function.DIFFERENCE_OF_GAUSSIANS,
          List.of(Limit.notNegative(4, "normalise_radius", "")),
          Function.AVERAGED,
          List.of(Limit.count(1, "side")),
          Function.MOVED,
          List.of(Limit.positive(4, "scale", "")),
          Function.SPECTROGRAM,
          List.of(
              Limit.positive(1, "rate", " kHz"),
              Limit.positive(2, "window", " ms"),
              Limit.positive(3, "hop", " ms"),
              Limit.count(4, "bands"),
              Limit.notNegative(5, "low", " kHz")),
          Function.REGULAR_TRAIN,
          List.of(Limit.positive(0, "rate", " kHz"), Limit.notNegative(2, "spikes", "")),
          Function.RANDOM_TRAINS,
          List.of(
              Limit.notNegative(0, "sets", ""),
              Limit.count(1, "neurons"),
              Limit.notNegative(2, "rate", " kHz"),
              Limit.notNegative(3, "duration", " ms")),
          Function.RANDOM_MOMENTS,
          List.of(
              Limit.notNegative(0, "sets", ""),
              Limit.count(1, "neurons"),
              Limit.positive(2, "duration", " ms")),
          Function.RANDOM_LABELS,
          List.of(Limit.notNegative(0, "count", ""), Limit.count(1, "classes")),
          Function.JITTER,
          List.of(Limit.notNegative(1, "sd", " ms")));

  private EncoderLimits() {}

  /// What an argument must reach.
  ///
  /// @param example of what reaches it
  private record Limit(
      int position, String argument, String unit, String wanted, double least, int example) {
    static Limit count(int position, String argument) {
      return new Limit(position, argument, "", "to be 1 or more", 1, 1);
    }

    static Limit notNegative(int position, String argument, String unit) {
      return new Limit(position, argument, unit, "not to be below 0", 0, 0);
    }

    static Limit positive(int position, String argument, String unit) {
      return new Limit(position, argument, unit, "to be above 0", Double.MIN_VALUE, 1);
    }
  }

  /// @param name of the function in programs
  /// @param terms of all parameters, in order
  static Optional<Diagnostic> wrong(Function encoder, String name, List<Term> terms, Span span) {
    return LIMITS.getOrDefault(encoder, List.of()).stream()
        .flatMap(limit -> beyond(limit, name, terms.get(limit.position), span).stream())
        .findFirst()
        .or(() ->
            switch (encoder) {
              case DIFFERENCE_OF_GAUSSIANS ->
                  evenSize(terms.get(1), span).or(() -> badWidths(terms.get(2), span));
              case SPECTROGRAM -> aboveHalf(terms.get(6), terms.get(1), span);
              default -> Optional.empty();
            });
  }

  private static Optional<Diagnostic> beyond(Limit limit, String name, Term term, Span span) {
    OptionalDouble known = KnownNumber.of(term);
    return known.isEmpty() || known.getAsDouble() >= limit.least
        ? Optional.empty()
        : Optional.of(
            Diagnostic.of(
                    Code.OUT_OF_RANGE,
                    "`%s` wants `%s` %s".formatted(name, limit.argument, limit.wanted),
                    span,
                    "it is " + PlainNumber.of(known.getAsDouble()) + limit.unit)
                .help(
                    "write `%s: %d%s`, for example"
                        .formatted(limit.argument, limit.example, limit.unit)));
  }

  private static Optional<Diagnostic> evenSize(Term sizes, Span span) {
    return known(sizes)
        .filter(size -> size < 1 || size % 2 != 1)
        .boxed()
        .findFirst()
        .map(size ->
            Diagnostic.of(
                    Code.OUT_OF_RANGE,
                    "`difference_of_gaussians` wants odd sizes, in pixels",
                    span,
                    "a kernel of " + PlainNumber.of(size) + " pixels has no middle")
                .help("write an odd size, such as 3, 7 or 13"));
  }

  private static Optional<Diagnostic> badWidths(Term sigmas, Span span) {
    double[] widths = known(sigmas).toArray();
    boolean isLeft = widths.length == 1 && widths[0] == 0;
    boolean isGood = Arrays.stream(widths).allMatch(width -> width > 0);
    if (widths.length < given(sigmas) || isLeft || widths.length == 2 && isGood) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.of(
                Code.OUT_OF_RANGE,
                "`difference_of_gaussians` wants two widths above 0 as `sigma`: [centre, surround]",
                span)
            .help("write `sigma: [1, 2]`, for example"));
  }

  private static Optional<Diagnostic> aboveHalf(Term high, Term rate, Span span) {
    OptionalDouble top = KnownNumber.of(high);
    OptionalDouble samples = KnownNumber.of(rate);
    if (top.isEmpty() || samples.isEmpty() || top.getAsDouble() <= samples.getAsDouble() / 2) {
      return Optional.empty();
    }
    String half = PlainNumber.of(samples.getAsDouble() / 2) + " kHz";
    return Optional.of(
        Diagnostic.of(
                Code.OUT_OF_RANGE,
                "`spectrogram` wants `high` to be half of `rate` at most",
                span,
                "bands up to "
                    + PlainNumber.of(top.getAsDouble())
                    + " kHz of a sound that holds nothing above "
                    + half)
            .help("write `high: " + half + "` or less"));
  }

  private static DoubleStream known(Term term) {
    return switch (term) {
      case Term.Numbers(_, double[] values) -> Arrays.stream(values);
      case Term.Listing(var elements, _) ->
          elements.stream().flatMapToDouble(element -> KnownNumber.of(element).stream());
      default -> KnownNumber.of(term).stream();
    };
  }

  /// How many numbers a term has; 1 if that is not known.
  private static int given(Term term) {
    return switch (term) {
      case Term.Numbers(_, double[] values) -> values.length;
      case Term.Listing(var elements, _) -> elements.size();
      default -> 1;
    };
  }
}

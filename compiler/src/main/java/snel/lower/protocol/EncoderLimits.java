package snel.lower.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.source.Span;

/// What encoders of the core refuse, where it is known before the run.
final class EncoderLimits {
  private EncoderLimits() {}

  /// @param terms of all parameters, in order
  static Optional<Diagnostic> wrong(Function encoder, List<Term> terms, Span span) {
    return switch (encoder) {
      case DIFFERENCE_OF_GAUSSIANS -> evenSize(terms.get(1), span);
      case SPECTROGRAM -> aboveHalf(terms.get(6), terms.get(1), span);
      default -> Optional.empty();
    };
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
}

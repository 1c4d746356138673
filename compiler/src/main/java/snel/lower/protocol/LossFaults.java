package snel.lower.protocol;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;

/// Tells why something is no loss, or has no gradient.
final class LossFaults {
  /// When something spikes is no reading of a method with surrogates.
  static final String OF_TIMES =
      "a neuron `std.train.FirstSpikeTime` has that time as a state; `train by"
          + " spike_time_gradient(…)` and `eventprop(…)` know `y.first_spike`";

  private final Work work;

  LossFaults(Work work) {
    this.work = work;
  }

  void noGradient(Span span) {
    work.fault(
        Diagnostic.of(
                Code.NO_GRADIENT,
                "`" + Places.text(span) + "` has no gradient",
                span,
                "changes in steps, or not at all")
            .help(instead(Places.text(span))));
  }

  private String instead(String text) {
    if (work.lesson().byTimes()) {
      return "use `sum((y.first_spike - …)^2)`, in plain numbers";
    }
    if (text.contains("first_spike")) {
      return OF_TIMES;
    }
    return text.startsWith("victor_purpura") || text.startsWith("van_rossum")
        ? "a neuron `std.train.TrainDistance` has van Rossum's distance as a state; `train by"
            + " spike_time_gradient(…)` knows `victor_purpura(…)`"
        : "use `cross_entropy(max_over_time(y.v), …)`, `mean((y.count - …)^2)` or"
            + " `rate_outside(h, 1 Hz .. 50 Hz)`";
  }

  void unknown(Span span) {
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` as a loss; it knows one number that arithmetic and functions make of readings:"
                + (work.lesson().byTimes()
                    ? " `y.first_spike`, `max_over_time(y.v)`, `mean_over_time(y.v)`"
                    : " `max_over_time(y.v)`, `mean_over_time(y.v)`, `y.count`, `rate(h)`"));
  }

  void manyNumbers(Span span, int numbers) {
    work.lesson()
        .doubt(
            span,
            "`" + Places.text(span) + "` as a loss: it is " + numbers + " numbers",
            "a loss is one number: `sum(…)` or `mean(…)` makes one of them");
  }

  /// A penalty on the size of weights.
  void ofWeights(Span span) {
    work.lesson()
        .doubt(
            span,
            "`" + Places.text(span) + "` as a part of a loss",
            "weights decay by `train by bptt() with adam(1e-3, weight_decay: 1e-4)`, as by half of"
                + " 1e-4 times the sum of their squares");
  }

  void noClass(Span span) {
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` as the label of `cross_entropy`, which is the number of a class; a list of"
                + " targets is for `mean((… - one_hot(label, 10))^2)`");
  }

  /// @param read what the loss reads, `size` numbers
  void otherTargets(Span read, int size, Span target, int targets) {
    work.fault(
        Diagnostic.of(
                Code.UNLIKE_SHAPES,
                "the loss reads %d %s, but has %d %s"
                    .formatted(size, plural(size, "number"), targets, plural(targets, "target")),
                target,
                "this is [" + targets + "]")
            .label(read, "this is [" + size + "]"));
  }

  void noSuchClass(Span label, long number, int classes) {
    work.fault(
        Diagnostic.of(
            Code.INDEX_OUT_OF_RANGE,
            "the label %d is none of the %d that have a score".formatted(number, classes),
            label,
            "classes are numbered from 0 to " + (classes - 1)));
  }

  /// Told as a doubt: samples with such labels may be left out.
  void fewerScores(Span label, String field, long largest, int scores) {
    work.context()
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.LABELS_WITHOUT_SCORE,
                    "`%s` may be as large as %d, but only 0 to %d have a score"
                        .formatted(field, largest, scores - 1),
                    label,
                    "the run ends at a label without one")
                .help(
                    "read %d neurons, one for each class, or narrow the range of `%s`"
                        .formatted(largest + 1, field)));
  }

  private static String plural(int count, String word) {
    return count == 1 ? word : word + "s";
  }

  void reversed(Span span) {
    work.fault(
        Diagnostic.of(
                Code.OUT_OF_RANGE,
                "`rate_outside` wants a range that rises, but `" + Places.text(span) + "` falls",
                span,
                "no rate lies in it")
            .help("write the lower rate first: `1 Hz .. 50 Hz`"));
  }
}

package snel.lower.protocol;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Expression;

/// Tells why something is no loss, or has no gradient.
final class LossFaults {
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
            .help(
                work.lesson().byTimes()
                    ? "use `sum((y.first_spike - …)^2)`, in plain numbers"
                    : "use `cross_entropy(max_over_time(y.v), …)`, `mean((y.count - …)^2)` or"
                        + " `rate_outside(h, 1 Hz .. 50 Hz)`"));
  }

  void ofOnesOwn(Expression.Call call) {
    work.lesson()
        .doubt(
            call.span(),
            "`" + Places.text(call.span()) + "`, a function of one's own, as a loss",
            "write what `" + Places.text(call.callee().span()) + "` computes into the `minimise`");
  }

  void unknown(Span span) {
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` as a loss; it knows sums and differences of `cross_entropy(…)`,"
                + " `mean((… - target)^2)`, `mean(…)`, `sum(…)`"
                + (work.lesson().byTimes()
                    ? " and `victor_purpura(…)`"
                    : ", `rate_outside(…)` and `(rate(h) / 10 Hz - 1)^2`")
                + ", each with a constant factor");
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

  void factorInTheRun(Expression factor) {
    work.lesson()
        .doubt(
            factor.span(),
            "`"
                + Places.text(factor.span())
                + "` as a factor in a loss; a factor is a number that is known when compiled, such"
                + " as `0.1 * mean(y.count)`",
            "one of each sample goes into a target: after `var z = r`, `sum((r - (z + a * (one_hot(k,"
                + " 10) - exp(z) / sum(exp(z)))))^2) / 2` learns as `a * cross_entropy(r, k)`");
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

  /// A number as a part of a sum.
  void constant(Span span) {
    work.lesson()
        .doubt(
            span,
            "the number `"
                + Places.text(span)
                + "` as a part of a loss, which has no gradient: leave it out");
  }
}

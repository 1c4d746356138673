package snel.runtime.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import snel.runtime.record.ResultLine;

/// The figures of a program over its seeds; `NaN` for what it does not report.
record Summary(List<List<ResultLine>> runs) {
  private static final String ACCURACY = "accuracy";

  /// What an addition and a multiplication with an addition cost, of 32 bits in 45 nm: Horowitz
  /// (2014), in nJ.
  private static final double ADDITION = 0.9e-3;

  private static final double MULTIPLICATION_AND_ADDITION = 4.6e-3;

  private static final double MS_PER_S = 1000;

  static Summary of(Comparison.Row row) {
    return new Summary(row.runs());
  }

  /// A value over the seeds.
  record Spread(double mean, double low, double high) {}

  boolean isAccuracy() {
    return !runs.isEmpty() && accuracy(runs.getFirst()).isPresent();
  }

  /// The accuracy, or what a system that does not classify reports first.
  String mainName() {
    Map<String, Object> results = last(runs.getFirst()).results();
    return accuracy(runs.getFirst())
        .or(() ->
            results.keySet().stream()
                .filter(name -> results.get(name) instanceof Number)
                .findFirst())
        .orElse("");
  }

  /// What is called so, or else the first accuracy of a read-out.
  private static Optional<String> accuracy(List<ResultLine> run) {
    ResultLine line = last(run);
    return line.results().containsKey(ACCURACY)
        ? Optional.of(ACCURACY)
        : line.results().keySet().stream()
            .filter(name -> line.answers().values().stream().anyMatch(isReportedAs(name)))
            .findFirst();
  }

  private static Predicate<ResultLine.Answers> isReportedAs(String name) {
    return answers -> answers.reported().contains(name);
  }

  Spread main() {
    double[] values = each(run -> result(run, mainName()));
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new Spread(mean(values), low, high);
  }

  /// The accuracy of answering everything by the commonest class, or what the program says.
  double chance() {
    return isAccuracy() ? reported("chance", ResultLine.Answers::chance) : Double.NaN;
  }

  double published() {
    return mean(each(run -> result(run, "published")));
  }

  double trainingImages() {
    return mean(each(run -> result(run, "training_images")));
  }

  /// Of synapses, for an answer; `NaN` where none were counted.
  double operations() {
    return mean(each(Summary::operations));
  }

  /// Those of spikes, or what a program says whose synapses hand on values.
  private static double operations(List<ResultLine> run) {
    double tested = result(run, "tested_images");
    double whole = last(run).operations().synaptic() / tested;
    double counted = answers(run).map(ResultLine.Answers::operations).orElse(whole);
    double said = result(run, "synaptic_operations") / tested;
    return counted > 0 ? counted : said > 0 ? said : Double.NaN;
  }

  /// Which paper has what is published; empty if the program does not say.
  String paper() {
    return last(runs.getFirst()).results().get("paper") instanceof String paper ? paper : "";
  }

  double dense() {
    return reported(
        "dense_macs",
        answers -> answers.dense().stream().asDoubleStream().findFirst().orElse(Double.NaN));
  }

  /// In ms.
  double latency() {
    boolean seconds = "s".equals(last(runs.getFirst()).units().get("latency"));
    return reported("latency", ResultLine.Answers::latency) * (seconds ? MS_PER_S : 1);
  }

  /// What the program says, or else what its read-out does.
  private double reported(String name, ToDoubleFunction<ResultLine.Answers> counted) {
    return mean(
        each(run -> {
          double said = result(run, name);
          return Double.isNaN(said)
              ? answers(run).stream().mapToDouble(counted).findFirst().orElse(Double.NaN)
              : said;
        }));
  }

  /// In nJ, for an answer.
  double energy() {
    return operations() * ADDITION;
  }

  double denseEnergy() {
    return dense() * MULTIPLICATION_AND_ADDITION;
  }

  /// Of one seed, all experiments together.
  double cpuSeconds() {
    return mean(
        each(run -> run.stream().mapToDouble(line -> line.times().runCpu()).sum() / MS_PER_S));
  }

  private double[] each(ToDoubleFunction<List<ResultLine>> value) {
    return runs.stream().mapToDouble(value).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// A number that is reported, where that is in percent as a fraction.
  private static double result(List<ResultLine> run, String name) {
    if (!(last(run).results().get(name) instanceof Number number)) {
      return Double.NaN;
    }
    boolean percent = "%".equals(last(run).units().get(name));
    return percent ? number.doubleValue() / 100 : number.doubleValue();
  }

  /// Those of the read-out whose accuracy is reported. An accuracy that has come by a variable is
  /// of the one read-out that has it.
  private static Optional<ResultLine.Answers> answers(List<ResultLine> run) {
    String name = accuracy(run).orElse(ACCURACY);
    Collection<ResultLine.Answers> all = last(run).answers().values();
    return all.stream()
        .filter(isReportedAs(name))
        .findFirst()
        .or(() -> only(all.stream().filter(each -> each.accuracy() == result(run, name)).toList()));
  }

  private static <T> Optional<T> only(List<T> all) {
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private static ResultLine last(List<ResultLine> run) {
    return run.getLast();
  }
}

package snel.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.lower.Resources;
import snel.runtime.kernel.Network;

/// Is the layout that the compiler chooses the best there is? Six networks, every layout forced in
/// turn wherever it is possible, the processor time of the stepping thread compared with that of
/// the choice. Ends with 1 if a choice takes more than 1.15 times the best.
///
/// Arguments: the folder of the programs, then names of networks; none means all six.
public final class LayoutChoice {
  private static final double ALLOWED = 1.15;
  private static final int ROUNDS = 5;

  /// An experiment and the steps of a round.
  private record Case(String file, String experiment, int steps) {}

  private static final List<Case> CASES =
      List.of(
          new Case("cuba.snn", "cuba", 5_000),
          new Case("brunel.snn", "brunel", 500),
          new Case("brunel_stdp.snn", "brunel_stdp", 500),
          new Case("izhikevich.snn", "izhikevich", 500),
          new Case("izhikevich.snn", "izhikevich_sparse", 100),
          new Case("microcircuit.snn", "microcircuit", 300));

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private LayoutChoice() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    List<String> names = List.of(arguments).subList(1, arguments.length);
    boolean good = true;
    for (Case each : CASES) {
      if (names.isEmpty() || names.contains(each.experiment())) {
        good &= compare(folder, each);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean compare(Path folder, Case wanted) {
    Subject subject = Subject.of(folder, wanted.file(), wanted.experiment());
    Map<String, Network> distinct = new LinkedHashMap<>();
    Map<Resources.Rows, String> textOf = new LinkedHashMap<>();
    for (Resources.Rows rows : Resources.Rows.values()) {
      Program program = subject.program(rows);
      String text = ProgramPrinter.print(program);
      textOf.put(rows, text);
      distinct.computeIfAbsent(text, _ -> Subject.build(program));
    }
    Map<String, Double> times = times(distinct, wanted.steps());
    double chosen = times.getOrDefault(textOf.get(Resources.Rows.BY_COST), Double.NaN);
    double best = times.values().stream().mapToDouble(Double::doubleValue).min().orElse(chosen);
    System.out.printf(Locale.ROOT, "%-18s chosen %.2f us a step", wanted.experiment(), chosen);
    for (Map.Entry<Resources.Rows, String> each : textOf.entrySet()) {
      if (each.getKey() != Resources.Rows.BY_COST) {
        boolean same = each.getValue().equals(textOf.get(Resources.Rows.BY_COST));
        System.out.printf(
            Locale.ROOT,
            ", %s %s",
            each.getKey().name().toLowerCase(Locale.ROOT),
            same
                ? "is that"
                : String.format(Locale.ROOT, "%.2f", times.getOrDefault(each.getValue(), 0.0)));
      }
    }
    System.out.printf(Locale.ROOT, "; chosen / best %.2f%n", chosen / best);
    return chosen <= ALLOWED * best;
  }

  /// Microseconds a step of each program: the median of some rounds, all programs in turn.
  private static Map<String, Double> times(Map<String, Network> networks, int steps) {
    Map<String, List<Double>> rounds = new LinkedHashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Map.Entry<String, Network> each : networks.entrySet()) {
        long start = THREADS.getCurrentThreadCpuTime();
        each.getValue().run(steps);
        double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / steps;
        if (round > 0) {
          rounds.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(micros);
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    rounds.forEach((text, values) -> medians.put(text, median(values)));
    return medians;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

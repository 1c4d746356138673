package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.record.ResultLine;

/// Arguments of functions of the library by name, in any order, are those by place.
class NamedArgumentsTest {
  private static final List<List<String>> CALLS =
      List.of(
          List.of("sum(x)", "sum(x: x)"),
          List.of("mean(x)", "mean(x: x)"),
          List.of("deviation(x)", "deviation(x: x)"),
          List.of("size(x)", "size(of: x)"),
          List.of("flatten([x, x])", "flatten(x: [x, x])"),
          List.of("transpose([x, y])", "transpose(x: [x, y])"),
          List.of("one_hot(1, 3)", "one_hot(classes: 3, label: 1)"),
          List.of("repeat_each(x, 2)", "repeat_each(times: 2, x: x)"),
          List.of("linspace(0, 1, 3)", "linspace(count: 3, from: 0, to: 1)"),
          List.of("atan2(1, 2)", "atan2(x: 2, y: 1)"),
          List.of("is_finite(A[0].v)", "is_finite(x: A[0].v)"),
          List.of("to_step(2.4 ms)", "to_step(time: 2.4 ms)"),
          List.of("mod(7, 4)", "mod(y: 4, x: 7)"),
          List.of("clip(2 * live, 0, 1)", "clip(highest: 1, x: 2 * live, lowest: 0)"),
          List.of("max(x, 2)", "max(y: 2, x: x)"),
          List.of("min(x)", "min(x: x)"),
          List.of("exp(live)", "exp(x: live)"),
          List.of("count(A)", "count(of: A)"),
          List.of("rate(A)", "rate(of: A)"),
          List.of("first_spike(A)", "first_spike(of: A)"),
          List.of("cv_isi(A)", "cv_isi(of: A)"),
          List.of("correlation(A, 5 ms)", "correlation(bin: 5 ms, of: A)"),
          List.of("synchrony(A, 5 ms)", "synchrony(bin: 5 ms, of: A)"),
          List.of("fano_factor(A, 5 ms)", "fano_factor(bin: 5 ms, of: A)"),
          List.of(
              "van_rossum(A[0 ..< 2].spikes, B.spikes, 5 ms)",
              "van_rossum(tau: 5 ms, others: B.spikes, trains: A[0 ..< 2].spikes)"),
          List.of(
              "victor_purpura(A[0 ..< 2].spikes, B.spikes, 5 ms)",
              "victor_purpura(tau_q: 5 ms, others: B.spikes, trains: A[0 ..< 2].spikes)"),
          List.of("rate_outside(A, 1 Hz .. 10 Hz)", "rate_outside(range: 1 Hz .. 10 Hz, of: A)"),
          List.of("peak(recorded(B[0].v), 1)", "peak(number: 1, series: B[0].v)"),
          List.of("all_finite(A.v)", "all_finite(x: A.v)"),
          List.of("filtered(A, 5 ms)", "filtered(tau: 5 ms, of: A)"),
          List.of("max_over_time(B.v, 2 ms)", "max_over_time(last: 2 ms, series: B.v)"),
          List.of("mean_over_time(B.v)", "mean_over_time(series: B.v)"));

  @TempDir private Path folder = Path.of("");

  @Test
  void theyAreTheSame() throws IOException {
    var text =
        new StringBuilder(
            """
            neuron Cell {
              state v : real = clip(highest: 1, x: 2, lowest: 0) - mod(y: 4, x: 5)
              input I : real
              v' = (I - v) / 10 ms
              spike when v > 1
              reset { v = 0 }
            }
            network Net { population A : Cell[3](I: 2); population B : Cell[2](I: 1.5) }
            experiment e on Net {
              step 1 ms; seed 1
              record A.v every 1 ms
              record B.v every 1 ms
              run 30 ms
              let x = [3, 1, 2]
              let y = [4, 5, 6]
              var live = 0.75
            """);
    for (int k = 0; k < CALLS.size(); k++) {
      List<String> call = CALLS.get(k);
      text.append("  report p%d = %s, n%d = %s\n".formatted(k, call.get(0), k, call.get(1)));
    }
    Path program = folder.resolve("names.snn");
    Files.writeString(program, text + "}\n");
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err() + run.out());
    ResultLine line = ResultLine.parse("the line", run.out().strip());
    for (int k = 0; k < CALLS.size(); k++) {
      Object byPlace = line.results().get("p" + k);
      assertNotNull(byPlace, CALLS.get(k).toString());
      assertEquals(byPlace, line.results().get("n" + k), CALLS.get(k).toString());
    }
  }
}

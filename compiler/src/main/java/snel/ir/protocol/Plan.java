package snel.ir.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Everything a source file asks to be done.
public record Plan(
    List<Experiment> experiments, List<Sweep> sweeps, List<Test> tests, List<DataSet> dataSets) {
  public Plan {
    experiments = List.copyOf(experiments);
    sweeps = List.copyOf(sweeps);
    tests = List.copyOf(tests);
    dataSets = List.copyOf(dataSets);
  }

  public Optional<Experiment> experiment(String name) {
    return experiments.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /// A sweep: its body is a loop over the points of the product of its axes, the last axis fastest.
  /// A point changes constants, so its experiments are compiled anew with the axes' values set.
  ///
  /// @param pointSlot variable with the number of the present point
  /// @param slots number of variables of the body
  public record Sweep(
      String name, List<Axis> axes, int pointSlot, int slots, List<Action> body, Place place) {
    public Sweep {
      axes = List.copyOf(axes);
      body = List.copyOf(body);
    }

    /// What is set at a point, by `Owner.name`.
    public Map<String, String> settings(int point) {
      Map<String, String> settings = new LinkedHashMap<>();
      int rest = point;
      for (Axis axis : axes.reversed()) {
        settings.put(axis.path, axis.values.get(rest % axis.values.size()));
        rest /= axis.values.size();
      }
      return settings;
    }

    /// The same for people: `Brunel.g = 4.5, state.seed = 1`.
    public String shown(int point) {
      Map<String, String> settings = settings(point);
      return axes.stream()
          .map(axis -> axis.path + " = " + Axis.shown(settings.getOrDefault(axis.path, "")))
          .collect(Collectors.joining(", "));
    }
  }

  /// @param path `Owner.name` as `--set` takes it (`Brunel.g`, `state.seed`)
  /// @param values as source text, so that they can be set (`0.9`, `16 ms`)
  /// @param numbers the same in stored units, for figures
  /// @param unit how they are shown
  public record Axis(String path, List<String> values, List<Double> numbers, Unit unit) {
    public Axis {
      values = List.copyOf(values);
      numbers = List.copyOf(numbers);
    }

    /// `1.05 ms` for the value `21 / 20 * 1 ms`.
    public static String shown(String value) {
      String[] parts = value.split(" \\* 1 ", 2);
      String[] ratio = parts[0].split(" / ", 2);
      String number =
          ratio.length == 1
              ? ratio[0]
              : String.valueOf(Double.parseDouble(ratio[0]) / Double.parseDouble(ratio[1]));
      return number + (parts.length == 2 ? " " + parts[1] : "");
    }
  }

  /// A `test`: the refusals that were expected while compiling, and what there is to run.
  public record Test(
      String what, List<Refusal> refusals, Optional<Experiment> experiment, Place place) {
    public Test {
      refusals = List.copyOf(refusals);
    }
  }

  /// `expect error CODE { … }`: what checking the declarations gave.
  public record Refusal(String code, List<Given> given, Place place) {
    public Refusal {
      given = List.copyOf(given);
    }

    /// A fault that was found among the declarations.
    public record Given(String code, String message, int line) {
      boolean isError() {
        return code.startsWith("E");
      }
    }

    /// Whether there is that fault, and no other error.
    public boolean holds() {
      return given.stream().anyMatch(g -> g.code.equals(code))
          && given.stream().allMatch(g -> g.code.equals(code) || !g.isError());
    }

    /// What is said if it does not hold.
    public String failure() {
      var said = new StringBuilder("expected error " + code);
      List<Given> others = given.stream().filter(g -> g.isError() && !g.code.equals(code)).toList();
      if (given.stream().anyMatch(g -> g.code.equals(code))) {
        said.append(" alone, but there is another error as well");
      } else {
        said.append(others.isEmpty() ? ", but nothing was refused" : ", but got another error");
      }
      others.forEach(g ->
          said.append("\n  line ")
              .append(g.line)
              .append(": ")
              .append(g.code)
              .append(": ")
              .append(g.message));
      return said.toString();
    }
  }
}

package snel.ir.protocol;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
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

    /// Points at which each value of each axis is met, the other axes being at their first.
    public List<Integer> eachValue() {
      Set<Integer> points = new LinkedHashSet<>();
      int stride = 1;
      for (Axis axis : axes.reversed()) {
        for (int k = 0; k < axis.values.size(); k++) {
          points.add(k * stride);
        }
        stride *= axis.values.size();
      }
      return List.copyOf(points);
    }

    /// What is set at a point, by `Owner.name`.
    public Map<String, String> settings(int point) {
      Map<String, String> settings = new LinkedHashMap<>();
      values(point).forEach((path, value) -> settings.put(path, value.written));
      return settings;
    }

    /// The same for people: `Brunel.g = 4.5, state.seed = 1`.
    public String shown(int point) {
      return values(point).sequencedEntrySet().reversed().stream()
          .map(each -> each.getKey() + " = " + each.getValue().shown)
          .collect(Collectors.joining(", "));
    }

    /// By `Owner.name`, the last axis first.
    private SequencedMap<String, Value> values(int point) {
      SequencedMap<String, Value> values = new LinkedHashMap<>();
      int rest = point;
      for (Axis axis : axes.reversed()) {
        values.put(axis.path, axis.values.get(rest % axis.values.size()));
        rest /= axis.values.size();
      }
      return values;
    }
  }

  /// @param path `Owner.name` as `--set` takes it (`Brunel.g`, `state.seed`)
  /// @param unit how they are shown
  public record Axis(String path, List<Value> values, Unit unit) {
    public Axis {
      values = List.copyOf(values);
    }
  }

  /// A value of an axis.
  ///
  /// @param written as source text, so that it can be set (`9 / 10 * 1 ms`)
  /// @param shown as the author would write it (`0.9 ms`)
  /// @param term the same in stored units, for figures
  public record Value(String written, String shown, Term term) {}

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

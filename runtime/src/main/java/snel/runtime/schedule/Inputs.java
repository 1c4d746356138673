package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Variable;

/// The inputs of a network. Each has a base: its default, or what the experiment assigned. An
/// episode may hold it to something else; afterwards the base is back. While the network rests,
/// every input is at its default.
public final class Inputs {
  private final NetworkView view;
  private final Map<String, Object> defaults = new LinkedHashMap<>();
  private final Map<String, Object> bases = new LinkedHashMap<>();
  private final List<Varying> varying = new ArrayList<>();
  private boolean changed = true;

  /// What an episode does to an input.
  public sealed interface Hold {
    /// @param value one number for all cells picked, or one for each
    record Fixed(String path, int[] indices, Value value) implements Hold {}

    /// Evaluated at the beginning of every step.
    record Varying(String path, int[] indices, Evaluation value) implements Hold {}
  }

  private record Varying(Variable variable, int[] indices, Evaluation value) {}

  Inputs(NetworkView view) {
    this.view = view;
    for (Variable variable : view.variables().values()) {
      if (variable.isInput()) {
        defaults.put(variable.path(), Cells.copy(variable.array()));
        bases.put(variable.path(), Cells.copy(variable.array()));
      }
    }
  }

  /// An assignment by the experiment: the new base.
  void assign(Variable variable, int[] indices, Value value) {
    store(variable.path(), variable.array(), indices, value);
    Object base = bases.get(variable.path());
    if (base != null) {
      store(variable.path(), base, indices, value);
    }
    changed = true;
  }

  /// Begins an episode.
  void hold(List<Hold> holds) {
    for (Hold hold : holds) {
      switch (hold) {
        case Hold.Fixed(String path, int[] indices, Value value) ->
            store(path, view.variable(path).array(), indices, value);
        case Hold.Varying(String path, int[] indices, Evaluation value) ->
            varying.add(new Varying(view.variable(path), indices, value));
      }
      changed = true;
    }
  }

  boolean vary() {
    return !varying.isEmpty();
  }

  /// Evaluates what varies, for the step about to be run.
  void update(Machine machine) {
    for (Varying each : varying) {
      store(
          each.variable.path(), each.variable.array(), each.indices, each.value.evaluate(machine));
      changed = true;
    }
  }

  /// Every input to its default.
  void silence() {
    putAll(defaults);
  }

  /// Ends an episode or rest.
  void restore() {
    varying.clear();
    putAll(bases);
  }

  /// Lets the network follow what changed.
  void bind() {
    if (changed) {
      view.binds().forEach(view.network()::call);
      changed = false;
    }
  }

  void touched() {
    changed = true;
  }

  private void putAll(Map<String, Object> from) {
    from.forEach((path, kept) -> {
      Object array = view.variable(path).array();
      Cells.restore(kept, array);
    });
    changed = true;
  }

  static void store(String path, Object array, int[] indices, Value value) {
    double[] numbers = value.numbers();
    if (numbers.length != 1 && numbers.length != indices.length) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          path + " has " + indices.length + " elements, the value has " + numbers.length);
    }
    for (int k = 0; k < indices.length; k++) {
      Cells.set(array, indices[k], numbers.length == 1 ? numbers[0] : numbers[k]);
    }
  }

  /// Has the bases of another network's inputs.
  void follow(Inputs other) {
    bases.forEach((path, own) ->
        Optional.ofNullable(other.bases.get(path)).ifPresent(base -> Cells.restore(base, own)));
    putAll(bases);
  }

  Map<String, Object> bases() {
    return bases;
  }

  void bases(Map<String, double[]> kept) {
    kept.forEach((path, numbers) -> {
      Object base = bases.get(path);
      for (int k = 0; base != null && k < numbers.length; k++) {
        Cells.set(base, k, numbers[k]);
      }
    });
    changed = true;
  }
}

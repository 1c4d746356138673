package snel.runtime.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Shape;
import snel.runtime.file.DurableFile;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Filling;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.NetworkView.Projection;
import snel.runtime.schedule.NetworkView.Variable;

/// What `save` writes and `load` reads: an NPZ archive with one array for each weight and plastic
/// state, in the author's unit, and for each projection of drawn or listed synapses between which
/// neurons they are.
final class Weights {
  private Weights() {}

  static void save(NetworkView view, Path file) {
    Map<String, NumberArray> arrays = new LinkedHashMap<>();
    for (Variable variable : view.variables().values()) {
      if (variable.isPlastic()) {
        int[] places = places(view, variable);
        double[] shown = new double[places.length];
        for (int k = 0; k < shown.length; k++) {
          shown[k] = Cells.get(variable.array(), places[k]) / variable.factor();
        }
        arrays.put(variable.path(), NumberArray.of(shown, shown.length));
      }
    }
    for (Projection projection : view.projections().values()) {
      if (isSaved(view, projection)) {
        SavedWiring.add(projection, arrays);
      }
    }
    DurableFile.write(file, out -> Npz.write(arrays, out));
  }

  private static boolean isSaved(NetworkView view, Projection projection) {
    return projection.rowStart() != null
        && view.variables().values().stream().anyMatch(v -> v.isPlastic() && projection.has(v));
  }

  /// Where the numbers of a variable lie; those of synapses that are there.
  private static int[] places(NetworkView view, Variable variable) {
    for (Projection projection : view.projections().values()) {
      if (projection.has(variable)) {
        return projection.places();
      }
    }
    return IntStream.range(0, Cells.length(variable.array())).toArray();
  }

  /// Loads what the archive has of this network; it must have something. What it lacks, as where a
  /// layer is loaded into a larger network, is told.
  static void load(Machine machine, DataFile file) {
    ArrayFile arrays = Npz.read(file);
    for (Projection projection : machine.view().projections().values()) {
      if (isSaved(machine.view(), projection)) {
        SavedWiring.take(machine.view().network(), projection, arrays, file.name());
      }
    }
    List<Variable> wanted =
        machine.view().variables().values().stream().filter(Variable::isPlastic).toList();
    List<String> missing = new ArrayList<>();
    for (Variable variable : wanted) {
      @Nullable NumberArray array = arrays.get(variable.path());
      if (array == null) {
        missing.add("`" + variable.path() + "`");
      } else {
        copy(machine, file, variable, array);
      }
    }
    if (missing.size() == wanted.size()) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          file.name(),
          "weights of this network",
          String.join(", ", arrays.names()));
    }
    if (!missing.isEmpty()) {
      machine
          .host()
          .notice(
              "%s: %s has nothing for %s, which %s"
                  .formatted(
                      machine.spot(),
                      file.name(),
                      String.join(", ", missing),
                      missing.size() == 1 ? "stays as it was" : "stay as they were"));
    }
    machine.changed();
  }

  private static void copy(Machine machine, DataFile file, Variable variable, NumberArray array) {
    int[] places = places(machine.view(), variable);
    int length = places.length;
    String place = file.name() + ", `" + variable.path() + "`";
    if (array.values().length() != length) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          length + " numbers",
          String.valueOf(array.values().length()));
    }
    Shape own = Shape.of(variable.shape());
    if (array.shape().dimensions() > 1 && own.size() == length && !array.shape().equals(own)) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "an array of shape " + own,
          "one of shape " + array.shape());
    }
    array.require(place, Double::isFinite);
    double[] stored = new double[length];
    Arrays.setAll(stored, k -> array.values().real(k) * variable.factor());
    Filling.fill(machine, variable, places, stored);
  }
}

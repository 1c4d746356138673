package snel.runtime.schedule;

import java.util.stream.IntStream;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Variable;

/// The range of a parameter of which each neuron or synapse has a value of its own.
///
/// @param factor of the unit that values are shown in
public record ParameterRange(String path, double low, double high, double factor, String unit) {
  /// @throws ProtocolProblem that names the first element whose value lies outside
  public void check(NetworkView view) {
    Variable variable = view.variable(path);
    Object cells = variable.array();
    for (int k : places(view, variable)) {
      double value = Cells.get(cells, k);
      if (!(low <= value && value <= high)
          && !Cells.areOne(cells, value, low)
          && !Cells.areOne(cells, value, high)) {
        throw new ProtocolProblem(
            ProblemKind.BAD_VALUE,
            "`%s`%s cannot be %s: its range is %s .. %s (`clip` would keep it there)"
                .formatted(
                    path,
                    Cells.length(cells) == 1 ? "" : ElementText.of(view, path, k),
                    shown(value),
                    shown(low),
                    shown(high)));
      }
    }
  }

  private static int[] places(NetworkView view, Variable variable) {
    return view.projections().values().stream()
        .filter(projection -> projection.has(variable))
        .findFirst()
        .map(NetworkView.Projection::places)
        .orElseGet(() -> IntStream.range(0, Cells.length(variable.array())).toArray());
  }

  private String shown(double stored) {
    return NumberText.of(stored / factor) + (unit.isEmpty() ? "" : " " + unit);
  }
}

package snel.runtime.schedule;

import snel.runtime.schedule.NetworkView.Variable;

/// Puts numbers from outside into a variable, clipped to its range as what is assigned.
public final class Filling {
  private Filling() {}

  /// @param values as they are stored, one for each place
  public static void fill(Machine machine, Variable variable, int[] places, double[] values) {
    int clipped = 0;
    for (int k = 0; k < places.length; k++) {
      double within = Math.clamp(values[k], variable.low(), variable.high());
      clipped += Cells.areOne(variable.array(), within, values[k]) ? 0 : 1;
      Cells.set(variable.array(), places[k], within);
    }
    if (clipped > 0) {
      machine
          .host()
          .notice(
              ("%s: %d of the %d numbers loaded for `%s` lie outside its range and are clipped"
                      + " to %s .. %s")
                  .formatted(
                      machine.spot(),
                      clipped,
                      places.length,
                      variable.path(),
                      end(variable, variable.low()),
                      end(variable, variable.high())));
    }
  }

  private static String end(Variable variable, double stored) {
    double shown = stored / variable.factor();
    return Double.isInfinite(shown)
        ? (shown < 0 ? "-" : "") + "infinity"
        : (NumberText.of(shown) + " " + variable.unit()).strip();
  }
}

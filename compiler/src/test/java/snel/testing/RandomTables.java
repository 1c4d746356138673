package snel.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import snel.diagnostics.Code;
import snel.elaborate.BadFile;
import snel.elaborate.Context;
import snel.elaborate.Val;

/// Tables of edges that random networks name: `edges_SOURCES_TARGETS_ROWS_SEED.csv` has columns
/// `source`, `target`, `w` and `late`, rising by source and target.
public enum RandomTables implements Context.Files {
  EDGES;

  static String name(int sources, int targets, int rows, int seed) {
    return "edges_" + sources + "_" + targets + "_" + rows + "_" + seed + ".csv";
  }

  @Override
  public Val csv(String folder, String name, boolean header, char separator) {
    String[] parts = name.replace(".csv", "").split("_", -1);
    int sources = Integer.parseInt(parts[1]);
    int targets = Integer.parseInt(parts[2]);
    int rows = Integer.parseInt(parts[3]);
    Dice dice = new Dice(Long.parseLong(parts[4]));
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String column : new String[] {"source", "target", "w", "late"}) {
      columns.put(column, new double[rows]);
    }
    for (int row = 0; row < rows; row++) {
      at(columns, "source")[row] = dice.below(sources);
      at(columns, "target")[row] = dice.below(targets);
      at(columns, "w")[row] = Double.parseDouble(dice.number(-0.2, 0.5));
      at(columns, "late")[row] = dice.between(0, 4);
    }
    return new Val.Table(columns, rows);
  }

  private static double[] at(Map<String, double[]> columns, String name) {
    return java.util.Objects.requireNonNull(columns.get(name));
  }

  @Override
  public Val npy(String folder, String name) throws BadFile {
    throw new BadFile(Code.FILE_MISSING, "there is no file " + name);
  }
}

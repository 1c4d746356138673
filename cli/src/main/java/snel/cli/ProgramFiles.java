package snel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.BadFile;
import snel.elaborate.Context;
import snel.elaborate.Val;
import snel.math.Exact;
import snel.math.Expr;
import snel.runtime.data.Column;
import snel.runtime.data.CsvOptions;
import snel.runtime.data.CsvReader;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.FilePattern;
import snel.runtime.data.Npy;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Table;
import snel.runtime.record.SavedName;

/// The data files that a program names, looked for where its modules are.
record ProgramFiles(DiskLoader loader) implements Context.Files {

  /// A file beside the module in `folder`: on disk, or in the library.
  DataFile find(String folder, String name) {
    Path given = Path.of(name);
    if (given.isAbsolute()) {
      return DataFile.at(given);
    }
    for (Path root : loader.folders()) {
      for (String place : List.of(folder + name, name)) {
        Path file = root.resolve(place);
        if (Files.exists(file)) {
          return DataFile.at(file);
        }
      }
    }
    ClassLoader library = ProgramFiles.class.getClassLoader();
    if (library.getResource(folder + name) != null) {
      return DataFile.resource(library, folder + name);
    }
    return DataFile.at(loader.folders()[0].resolve(name));
  }

  /// The files that fit a pattern, beside the module in `folder` or beside the program.
  List<FilePattern.Match> fitting(String folder, String text) {
    FilePattern pattern = new FilePattern(text);
    for (Path root : loader.folders()) {
      for (String place : List.of(folder, "")) {
        Path beside = root.resolve(place);
        if (pattern.fitsIn(beside)) {
          return pattern.matches(beside);
        }
      }
    }
    return pattern.matches(loader.folders()[0].resolve(folder));
  }

  @Override
  public Optional<String> refusedToSave(String name) {
    return SavedName.refusal(name);
  }

  @Override
  public Val csv(String folder, String name, boolean header, char separator) throws BadFile {
    try {
      CsvOptions options = header ? CsvOptions.withHeader() : CsvOptions.withoutHeader();
      return table(CsvReader.read(find(folder, name), options.separatedBy(separator)));
    } catch (DataProblem problem) {
      throw bad(problem);
    }
  }

  private static BadFile bad(DataProblem problem) {
    Code code = Code.byId(problem.problem().id()).orElseThrow();
    return new BadFile(code, problem.getMessage());
  }

  /// Columns without names are called by their numbers; texts are no numbers and are left out.
  private static Val table(Table table) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int k = 0; k < table.columns().size(); k++) {
      String name = table.names().isEmpty() ? String.valueOf(k) : table.names().get(k);
      if (table.columns().get(k) instanceof Column.NumberColumn(double[] values)) {
        columns.put(name, values);
      }
    }
    return new Val.Table(columns, table.rows());
  }

  @Override
  public Val npy(String folder, String name) throws BadFile {
    try {
      DataFile file = find(folder, name);
      NumberArray array = Npy.read(file);
      array.require(file.name(), number -> !Double.isNaN(number));
      return items(array.toDoubles(), array.shape().lengths(), 0, new int[1]);
    } catch (DataProblem problem) {
      throw bad(problem);
    }
  }

  private static Val items(double[] numbers, List<Integer> shape, int axis, int[] next) {
    if (axis == shape.size()) {
      return Val.of(new Expr.Num(Exact.of(numbers[next[0]++])));
    }
    List<Val> items = new ArrayList<>();
    for (int k = 0; k < shape.get(axis); k++) {
      items.add(items(numbers, shape, axis + 1, next));
    }
    return new Val.Items(items);
  }
}

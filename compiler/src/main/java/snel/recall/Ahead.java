package snel.recall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Program;

/// What can be found out of many steps before the first of them is run: the spikes of sources that
/// hang on nothing that the network does, and sums of the rows of weights that they lead to. Summed
/// for all these steps together, a row comes from its distant cache once and not once a step.
///
/// @param program the same with kernels and buffers for that, which its steps do without
/// @param rows steps that there is room for
/// @param instead kernels that read sums where those of a step make them, by the names of the
///   latter
/// @param weights whose rows are summed
/// @param sums kernels that make the sums of all steps, out of the spikes of the sources
public record Ahead(
    Program program,
    int rows,
    List<Source> sources,
    Map<String, String> instead,
    List<Buffer> weights,
    List<String> sums) {
  /// `I32[1]`: the step that is run, of those that are known.
  public static final String ROW = "ahead.row";

  /// `I32[1]`: how many are known.
  public static final String ROWS = "ahead.rows";

  public Ahead {
    sources = List.copyOf(sources);
    instead = new LinkedHashMap<>(instead);
    weights = List.copyOf(weights);
    sums = List.copyOf(sums);
  }

  /// @param kernel that finds its spikes
  /// @param spikes `I32[rows · neurons]`: for each step who spikes in it
  /// @param counts `I32[rows]`: how many these are
  public record Source(
      Directory.Population population, String kernel, Buffer spikes, Buffer counts) {}

  /// Empty if there is nothing of that kind, or too little of it.
  public static Optional<Ahead> of(Program program) {
    var search = new AheadSearch(program);
    List<AheadSearch.Sum> sums = search.sums();
    return sums.isEmpty() ? Optional.empty() : Optional.of(new AheadKernels(program, sums).made());
  }

  /// The sources' kernels.
  public List<String> kernels() {
    List<String> all = new ArrayList<>();
    sources.forEach(source -> all.add(source.kernel()));
    return all;
  }
}

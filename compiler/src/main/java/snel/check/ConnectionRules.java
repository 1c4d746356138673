package snel.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.syntax.Name;

/// The rule of a connection is one of those there are. E0121.
final class ConnectionRules {
  /// What rules are called in other systems.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("all_to_all", "all"),
          Map.entry("full", "all"),
          Map.entry("dense", "all"),
          Map.entry("probability", "bernoulli(10 %)"),
          Map.entry("p", "bernoulli(10 %)"),
          Map.entry("random", "bernoulli(10 %)"),
          Map.entry("sparse", "bernoulli(10 %)"),
          Map.entry("pairwise_bernoulli", "bernoulli(10 %)"),
          Map.entry("fixed_probability", "bernoulli(10 %)"),
          Map.entry("identity", "one_to_one"),
          Map.entry("convolution", "conv([5, 5])"),
          Map.entry("depthwise", "conv([5, 5], groups: 8)"),
          Map.entry("deconv", "conv([4, 4], stride: 2, padding: 1, transposed: true)"),
          Map.entry("conv_transposed", "conv([4, 4], stride: 2, padding: 1, transposed: true)"),
          Map.entry("conv_transpose", "conv([4, 4], stride: 2, padding: 1, transposed: true)"));

  private static final List<String> NAMES =
      List.of(
          "all",
          "one_to_one",
          "bernoulli",
          "fixed_indegree",
          "fixed_outdegree",
          "fixed_total",
          "conv",
          "pool",
          "window",
          "edges_of");

  /// Those by which synapses grow.
  private static final List<String> GROWING = List.of("bernoulli", "replaced");

  private ConnectionRules() {}

  static void check(Context context, Name name) {
    if (name.text().isEmpty() || NAMES.contains(name.text())) {
      return;
    }
    Optional<String> elsewhere = Optional.ofNullable(ELSEWHERE.get(name.text()));
    Optional<String> near =
        elsewhere.isPresent() ? Optional.empty() : Nearest.to(name.text(), NAMES);
    String meant = elsewhere.map(ours -> "; here it is `" + ours + "`").orElse(Nearest.hint(near));
    Diagnostic unknown =
        Diagnostic.of(
            Code.UNKNOWN_OPTION,
            "there is no connection rule `" + name.text() + "`" + meant,
            name.span(),
            "no rule");
    context.report(
        near.map(n -> unknown.fix("write `" + n + "`", name.span(), n))
            .orElse(unknown.note("there are " + Prose.codes(NAMES))));
  }

  static void checkGrowing(Context context, Name name) {
    if (name.text().isEmpty() || GROWING.contains(name.text())) {
      return;
    }
    Diagnostic unknown =
        Diagnostic.of(
            Code.UNKNOWN_OPTION,
            "new synapses are drawn by `bernoulli(p)` or `replaced()`",
            name.span(),
            "not by this");
    context.report(
        Nearest.to(name.text(), GROWING)
            .map(n -> unknown.fix("write `" + n + "`", name.span(), n))
            .orElse(unknown));
  }
}

package snel.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.Rule;

/// The rule of a connection is one of those there are, and gets what it takes. E0118, E0121, E0213.
final class ConnectionRules {
  private static final String LARGEST = "pool([2, 2]) weight 1` with a synapse of `sum largest";
  private static final String MEAN = "pool([2, 2]) weight 1 / 4";

  /// What rules are called in other systems.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("all_to_all", "all"),
          Map.entry("full", "all"),
          Map.entry("dense", "all"),
          Map.entry("fully", "all"),
          Map.entry("fully_connected", "all"),
          Map.entry("complete", "all"),
          Map.entry("linear", "all"),
          Map.entry("probability", "bernoulli(10 %)"),
          Map.entry("p", "bernoulli(10 %)"),
          Map.entry("random", "bernoulli(10 %)"),
          Map.entry("sparse", "bernoulli(10 %)"),
          Map.entry("pairwise_bernoulli", "bernoulli(10 %)"),
          Map.entry("fixed_probability", "bernoulli(10 %)"),
          Map.entry("distance", "bernoulli(exp(-distance(pre, post) / 0.2))"),
          Map.entry("gaussian", "bernoulli(exp(-(distance(pre, post) / 0.2)^2))"),
          Map.entry("identity", "one_to_one"),
          Map.entry("convolution", "conv([5, 5])"),
          Map.entry("conv2d", "conv([5, 5])"),
          Map.entry("conv1d", "conv([5])"),
          Map.entry("max_pool", LARGEST),
          Map.entry("maxpool", LARGEST),
          Map.entry("max_pool2d", LARGEST),
          Map.entry("maxpool2d", LARGEST),
          Map.entry("avg_pool", MEAN),
          Map.entry("average_pool", MEAN),
          Map.entry("mean_pool", MEAN),
          Map.entry("avg_pool2d", MEAN),
          Map.entry("sum_pool", "pool([2, 2]) weight 1"),
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

  /// What each takes. The first must be given, and all others have their names.
  private static final Map<String, List<String>> PARAMETERS =
      Map.ofEntries(
          Map.entry("all", List.of()),
          Map.entry("one_to_one", List.of()),
          Map.entry("replaced", List.of()),
          Map.entry("bernoulli", List.of("p")),
          Map.entry("fixed_indegree", List.of("k")),
          Map.entry("fixed_outdegree", List.of("k")),
          Map.entry("fixed_total", List.of("n")),
          Map.entry(
              "conv", List.of("kernel", "stride", "padding", "dilation", "groups", "transposed")),
          Map.entry("pool", List.of("kernel", "stride", "padding", "far_padding")),
          Map.entry("window", List.of("kernel", "stride", "padding")),
          Map.entry("edges_of", List.of("table", "from", "to")));

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

  /// E0213, E0118.
  static void checkArguments(Context context, Rule rule) {
    String name = rule.name().text();
    List<String> parameters = PARAMETERS.get(name);
    if (parameters == null) {
      return;
    }
    List<Argument> values = rule.arguments().stream().filter(a -> !isMultapses(a)).toList();
    if (!name.startsWith("fixed_")) {
      rule.arguments().stream()
          .filter(ConnectionRules::isMultapses)
          .findFirst()
          .ifPresent(word -> context.report(joinsOnce(name, word)));
    }
    List<String> required = parameters.stream().limit(1).toList();
    String shown = parameters.isEmpty() ? name : name + "(" + String.join(", ", parameters) + ")";
    GivenArguments.match(
        context, parameters, required.size(), required, "", shown, values, rule.span());
  }

  private static Diagnostic joinsOnce(String name, Argument word) {
    return Diagnostic.of(
            Code.WRONG_ARGUMENT_COUNT,
            "`" + name + "` joins no pair twice, so it takes no `multapses`",
            word.span(),
            "not taken")
        .help("`fixed_indegree`, `fixed_outdegree` and `fixed_total` take it");
  }

  /// A word among the arguments, and no value.
  static boolean isMultapses(Argument argument) {
    return argument.name() == null
        && argument.value() instanceof Expression.Variable(var word, _)
        && word.text().equals("multapses");
  }
}

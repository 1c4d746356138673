package snel.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What a random network has besides: ports of whole and fixed-point numbers and of exact sums,
/// weights that are shared, edges of a table, winners. It has draws of its own, so that the rest of
/// a program does not depend on it.
final class RandomExtras {
  private static final String WON =
      """
      synapse Won {
        weight w : real in -1 .. 1
        trace x of pre tau 9 ms
        on pre { deliver w }
        on post.win { w += 0.1 * (x - 0.3) }
      }
      """;
  private static final String SHARED =
      """
      synapse SharedBase {
        weight w : real in -1 .. 1
        trace x of pre tau 7 ms
        on pre { deliver w; w -= 0.01 }
        on post { w += 0.05 * x }
      }
      """;
  private static final String EXACT =
      """
      synapse ExactRule {
        weight w : real in -1 .. 1
        trace y of post tau 8 ms
        on pre { deliver w; w += 0.03 * (0.5 - y) }
        sum exact
      }
      """;

  private final Dice dice;
  private final String stepMs;
  private final RandomLinks links;
  private final List<String> winning = new ArrayList<>();
  private final StringBuilder models = new StringBuilder();
  private final List<String> lines = new ArrayList<>();

  RandomExtras(long seed, String stepMs) {
    this.dice = new Dice(seed + 1_000_003);
    this.stepMs = stepMs;
    this.links = new RandomLinks(dice, stepMs);
  }

  /// Models and constants that the lines refer to.
  String models() {
    return models.toString();
  }

  List<String> lines() {
    return lines;
  }

  private String steps(int many) {
    return new BigDecimal(stepMs).multiply(BigDecimal.valueOf(many)).toPlainString() + " ms";
  }

  /// The text of a neuron with more ports.
  String neuron(String text) {
    String more =
        """
          state tally : int = 0
          receive count_in(k : int) { tally += k }
          receive exactly(w : real) sum exact { g += w }
          state raw : fixed(8, 8) = 0
          receive fixed_in(w : fixed(8, 8)) { raw += w }
          every %s { raw = decay(raw, 0.9); tally = mod(tally, 1000) }
        """
            .formatted(steps(dice.between(1, 4)));
    String wins = dice.chance(30) ? "  on win { g += 0.05 }\n" : "";
    return text.substring(0, text.lastIndexOf('}')) + more + wins + "}\n";
  }

  /// The clause of a population.
  String winners(String name, boolean map) {
    if (!dice.chance(25)) {
      return "";
    }
    winning.add(name);
    String group = map ? ", per: " + dice.any("position", "map", "image") : "";
    String radius = map && dice.chance(40) ? ", radius: 1" : "";
    return " winners first(" + dice.between(1, 4) + group + radius + ")";
  }

  /// More connections between these.
  void connect(List<RandomLinks.Source> sources, List<RandomLinks.Population> populations) {
    if (dice.chance(35)) {
      ports(dice.any(sources), dice.any(populations));
    }
    if (dice.chance(30)) {
      shared(dice.any(sources), dice.any(populations), populations);
    }
    if (dice.chance(30)) {
      edges(dice.any(sources), dice.any(populations));
    }
    if (!winning.isEmpty()) {
      models.append(WON);
      String rule = dice.any("all", "bernoulli(0.6)");
      lines.add(
          "connect %s -> %s.exc  %s  weight uniform(0, 0.2)  synapse Won"
              .formatted(dice.any(sources).name(), dice.any(winning), rule));
    }
  }

  /// A kernel that all neurons share hangs on none of them.
  private static String weighed(String rule, String weight) {
    boolean isShared = rule.startsWith("conv") && weight.contains("pre.");
    return rule + "  weight " + (isShared ? "1" : weight);
  }

  private void ports(RandomLinks.Source source, RandomLinks.Population target) {
    String head = "connect " + source.name() + " -> " + target.name();
    String delays = links.delays(source, true);
    String whole = dice.any("2", "-3", "1 + mod(pre.index, 3)");
    lines.add(head + ".count_in  " + weighed(links.rule(source, target), whole) + delays);
    String fine = dice.any("0.25", "-0.1", "0.5 * uniform(0, 1)", "0.01 * pre.index");
    delays = links.delays(source, true);
    lines.add(head + ".fixed_in  " + weighed(links.rule(source, target), fine) + delays);
    delays = links.delays(source, true);
    lines.add(
        head
            + ".exactly  "
            + weighed(
                links.rule(source, target),
                dice.any("0.07", "uniform(-0.05, 0.2)", "0.02 * pre.index"))
            + delays);
    if (dice.chance(50)) {
      models.append(EXACT);
      lines.add(
          head
              + ".exc as exact_rule  "
              + links.rule(source, target)
              + "  weight uniform(-0.1, 0.3)  synapse ExactRule");
    }
    if (dice.chance(50)) {
      String rate = "poisson(" + dice.number(0.05, 0.5) + " / " + steps(1) + ")";
      lines.add("drive " + target.name() + ".exactly by " + rate + " weight 0.03");
      lines.add("drive " + target.name() + ".count_in by " + rate + " weight 2");
      lines.add("drive " + target.name() + ".fixed_in by " + rate + " weight 0.2");
    }
  }

  private void shared(
      RandomLinks.Source source,
      RandomLinks.Population target,
      List<RandomLinks.Population> populations) {
    models.append(SHARED);
    String rule = dice.any("all", "all", "all  where pre.index > post.index");
    if (rule.equals("all") && dice.chance(30)) {
      rule += "  delay to_step(uniform(0 ms, " + steps(4) + "))";
    }
    String learns = dice.chance(70) ? "  synapse SharedBase" : "";
    lines.add(
        "connect %s -> %s.exc as shared_base  %s  weight uniform(-0.1, 0.3)%s"
            .formatted(source.name(), target.name(), rule, learns));
    boolean chosen = rule.contains("where");
    String sign = dice.chance(30) ? "-" : "";
    boolean isPopulation = populations.stream().anyMatch(p -> p.name().equals(source.name()));
    boolean mayTurn = isPopulation && !chosen && !source.name().equals(target.name());
    String from = mayTurn && dice.chance(60) ? target.name() : source.name();
    String to = from.equals(source.name()) ? target.name() : source.name();
    boolean back = !from.equals(source.name());
    String weights = back ? "transpose(shared_base.w)" : "shared_base.w";
    lines.add(
        "connect %s -> %s.exc  %s  tied to %s%s%s"
            .formatted(
                from,
                to,
                chosen ? rule : dice.any("all", "bernoulli(0.6)"),
                sign,
                weights,
                links.delays(source, !back)));
  }

  private void edges(RandomLinks.Source source, RandomLinks.Population target) {
    int rows = dice.between(1, source.size() * target.size() / 2 + 1);
    String file = RandomTables.name(source.size(), target.size(), rows, dice.below(1_000));
    models.append("let edges = csv(\"" + file + "\", header: true)\n");
    String delay = dice.any("", "  delay " + steps(1) + " * edge.late", "  delay " + steps(2));
    lines.add(
        "connect %s -> %s.exc  edges_of(edges, from: \"source\", to: \"target\")  weight %s%s"
            .formatted(
                source.name(), target.name(), dice.any("edge.w", "0.5 * edge.w", "0.1"), delay));
  }
}

package snel.testing;

import java.math.BigDecimal;
import java.util.List;

/// Random rules, weights and delays of connections.
final class RandomLinks {
  record Population(String name, List<Integer> shape, RandomNeuron model) {
    int size() {
      return shape.stream().reduce(1, (a, b) -> a * b);
    }
  }

  /// A source of spikes: a population, one of its events, or an encoder.
  record Source(String name, List<Integer> shape, boolean pure) {
    int size() {
      return shape.stream().reduce(1, (a, b) -> a * b);
    }
  }

  private final Dice dice;
  private final String stepMs;

  RandomLinks(Dice dice, String stepMs) {
    this.dice = dice;
    this.stepMs = stepMs;
  }

  private String steps(int many) {
    return new BigDecimal(stepMs).multiply(BigDecimal.valueOf(many)).toPlainString() + " ms";
  }

  private static boolean isMap(List<Integer> shape) {
    return shape.size() == 3;
  }

  String rule(Source source, Population target) {
    if (isMap(source.shape()) && isMap(target.shape()) && dice.chance(60)) {
      boolean sameMaps = source.shape().getFirst().equals(target.shape().getFirst());
      String each = ", groups: " + source.shape().getFirst();
      return switch (dice.below(sameMaps ? 6 : 3)) {
        case 0 -> "conv([3, 3], padding: 1)";
        case 1 -> "window([3, 3], padding: 1)";
        case 2 -> "conv([3, 3], padding: 1, transposed: true)";
        case 3 -> "conv([3, 5], padding: [2, 2], dilation: [2, 1]" + each + ")";
        case 4 -> "conv([3, 3], padding: 1, transposed: true" + each + ")";
        default -> "pool([3, 3], stride: 1, padding: 1)";
      };
    }
    int from = source.size();
    int to = target.size();
    boolean self = source.name().equals(target.name());
    String where =
        self && dice.chance(50)
            ? "  where pre != post"
            : dice.chance(15) ? "  where mod(pre.index + post.index, 3) != 0" : "";
    if (from == to && dice.chance(30)) {
      return "one_to_one";
    }
    String multapses = dice.chance(25) ? ", multapses" : "";
    int spare = self ? 1 : 0;
    return switch (dice.below(8)) {
      case 0, 1 -> "all" + where;
      case 2 -> "bernoulli(" + dice.number(0.1, 0.7) + ")" + where;
      case 3 -> "bernoulli(0.8 * exp(-abs(pre.index - post.index) / 4))" + where;
      case 4 ->
          from > spare
              ? "fixed_indegree("
                  + dice.between(1, from - spare)
                  + multapses
                  + ")"
                  + (self ? "  where pre != post" : "")
              : "all";
      case 5 ->
          to > spare
              ? "fixed_outdegree("
                  + dice.between(1, to - spare)
                  + multapses
                  + ")"
                  + (self ? "  where pre != post" : "")
              : "all";
      case 6 -> "fixed_total(" + dice.between(1, from * to) + multapses + ")";
      default -> "all" + where;
    };
  }

  String weight(Source source, Population target, String rule) {
    boolean isShared = rule.startsWith("conv");
    int fan = Math.max(1, source.size() / 3);
    String size = dice.number(0.3 / fan, 1.5 / fan + 0.05);
    return switch (dice.below(7)) {
      case 0, 1 -> dice.chance(25) ? "-" + size : size;
      case 2 -> "uniform(-0.05, " + size + ")";
      case 3 -> "normal(" + size + ", 0.1)";
      case 4 -> size + (isShared ? "" : " * (1 - 0.02 * pre.index)");
      case 5 ->
          size + " * uniform(0, 1)" + (isShared ? "" : " + 0.01 * post.index / " + target.size());
      default -> "lognormal(0.15, 0.08)";
    };
  }

  String delays(Source source, boolean axonal) {
    if (axonal && source.pure() && dice.chance(12)) {
      return "  instant";
    }
    StringBuilder text = new StringBuilder();
    if (axonal && dice.chance(45)) {
      text.append(dice.chance(50) ? "  delay " : "  axonal delay ").append(delay());
    }
    if (dice.chance(20)) {
      text.append("  dendritic delay ").append(delay());
      if (dice.chance(30)) {
        text.append("  backprop delay ").append(delay());
      }
    }
    return text.toString();
  }

  private String delay() {
    return switch (dice.below(4)) {
      case 0 -> "to_step(uniform(0 ms, " + steps(5) + "))";
      case 1 -> "to_step(min(" + steps(1) + " * post.index, " + steps(4) + "))";
      default -> steps(dice.between(0, 6));
    };
  }
}

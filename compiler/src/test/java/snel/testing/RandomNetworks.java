package snel.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Random programs that mean something: neurons with equations, noise, ports, events and
/// refractoriness, synapses that learn, every rule of connection, delays, competition.
public final class RandomNetworks {
  /// What may be left out of a program.
  public enum Part {
    /// Synapses that come and go.
    WIRING
  }

  private final Dice dice;
  private final Set<Part> without;
  private final RandomLinks links;
  private final RandomExtras extras;
  private final String stepMs;
  private final StringBuilder models = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private final List<RandomLinks.Population> populations = new ArrayList<>();
  private final List<RandomLinks.Source> sources = new ArrayList<>();
  private final List<String> projections = new ArrayList<>();
  private boolean hasState;
  private int count;

  private RandomNetworks(long seed, Set<Part> without) {
    this.dice = new Dice(seed);
    this.without = without;
    this.stepMs = dice.any("0.1", "0.5", "1");
    this.links = new RandomLinks(dice, stepMs);
    this.extras = new RandomExtras(seed, stepMs);
  }

  /// Neurons, synapses and a network `Net` of this seed.
  ///
  /// @param text all of it, without an experiment
  /// @param header the first statements of an experiment on it
  /// @param populations that spike
  /// @param projections with a name
  public record Made(
      String text,
      String header,
      String stepMs,
      List<String> populations,
      List<String> projections) {
    /// The program with an experiment `e` of these statements.
    public String with(String statements) {
      return text + "experiment e on Net {\n  " + header + "\n" + statements + "}\n";
    }

    /// The length of so many steps.
    public String steps(int count) {
      return new BigDecimal(stepMs).multiply(BigDecimal.valueOf(count)).toPlainString() + " ms";
    }
  }

  public static Made of(long seed, Set<Part> without) {
    return new RandomNetworks(seed, without).make(seed);
  }

  private Made make(long seed) {
    models.append("function bend(x : real, by : real = 0.5) : real = x / (1 + by * abs(x))\n");
    network();
    String text = models + "network Net {\n" + body + "}\n";
    String numerics = dice.chance(50) ? "; numerics f64" : "";
    String header = "step " + stepMs + " ms; seed " + seed + numerics;
    return new Made(
        text,
        header,
        stepMs,
        populations.stream().map(RandomLinks.Population::name).toList(),
        List.copyOf(projections));
  }

  private void line(String text) {
    body.append("  ").append(text).append('\n');
  }

  private String steps(int many) {
    return new BigDecimal(stepMs).multiply(BigDecimal.valueOf(many)).toPlainString() + " ms";
  }

  private void network() {
    if (dice.chance(30)) {
      hasState = true;
      line("state level : real = 0.4");
      String noise = dice.chance(30) ? " + 0.1 * xi / sqrt(" + steps(20) + ")" : "";
      if (!noise.isEmpty()) {
        line("noise xi");
      }
      line("level' = (0.5 - level) / " + steps(30) + noise);
    }
    boolean maps = dice.chance(35);
    encoders(maps);
    int kinds = dice.between(1, 2);
    List<RandomNeuron> neurons = new ArrayList<>();
    for (int k = 0; k < kinds; k++) {
      RandomNeuron neuron = RandomNeuron.of("N" + k, dice, stepMs);
      models.append(extras.neuron(neuron.text()));
      neurons.add(neuron);
    }
    int many = dice.between(2, 3);
    for (int k = 0; k < many; k++) {
      population("P" + k, dice.any(neurons), maps && k < 2);
    }
    int connections = dice.between(3, 6);
    for (int k = 0; k < connections; k++) {
      connect();
    }
    if (dice.chance(25)) {
      RandomLinks.Population target = dice.any(populations);
      String port = dice.any(target.model().values());
      line(
          "drive %s.%s by poisson(%s) weight %s"
              .formatted(
                  target.name(), port, rate(dice.number(0.05, 0.8)), dice.number(0.05, 0.3)));
    }
    if (dice.chance(20)) {
      gap();
    }
    part();
    extras.connect(sources, populations);
    models.append(extras.models());
    extras.lines().forEach(this::line);
  }

  private static String frequency(String perStep, String stepMs) {
    return new BigDecimal(perStep)
            .multiply(BigDecimal.valueOf(1000))
            .divide(new BigDecimal(stepMs))
            .toPlainString()
        + " Hz";
  }

  private String rate(String perStep) {
    return frequency(perStep, stepMs);
  }

  private void encoders(boolean maps) {
    int many = dice.between(1, 2);
    for (int k = 0; k < many; k++) {
      String model = "Src" + k;
      List<Integer> shape =
          maps && k == 0 ? List.of(dice.between(1, 3), 4, 4) : List.of(dice.between(2, 24));
      models.append("neuron ").append(model).append(" {\n");
      String argument = "";
      switch (dice.below(4)) {
        case 0 -> {
          models.append("  param late = 0 ms\n  spike at late\n");
          argument = "(late: to_step(uniform(0 ms, " + steps(60) + ")))";
        }
        case 1 ->
            models.append(
                "  spike at poisson(" + rate(dice.number(0.02, 0.3)) + ", frozen: true)\n");
        default -> {
          models.append("  input rate : frequency\n  spike at poisson(rate)\n");
          String value =
              switch (dice.below(3)) {
                case 0 -> rate(dice.number(0.02, 0.4));
                case 1 -> rate("0.01") + " * (1 + self.index)";
                default -> hasState ? "level * " + rate("0.3") : rate("0.2");
              };
          argument = "(rate: " + value + ")";
        }
      }
      models.append("}\n");
      line("population X" + k + " : " + model + shapeText(shape) + argument);
      sources.add(new RandomLinks.Source("X" + k, shape, true));
    }
  }

  private static String shapeText(List<Integer> shape) {
    return shape.toString();
  }

  private void population(String name, RandomNeuron model, boolean map) {
    List<Integer> shape = map ? List.of(dice.between(1, 3), 4, 4) : List.of(dice.between(1, 20));
    List<String> arguments = new ArrayList<>();
    if (dice.chance(40)) {
      arguments.add(
          "v: " + dice.any("uniform(-0.5, 1)", "0.1 * self.index", "0.3", "normal(0, 0.3)"));
    }
    if (!model.inputs().isEmpty() && dice.chance(50)) {
      arguments.add("drive_in: " + (hasState && dice.chance(50) ? "level" : dice.number(0, 1)));
    }
    if (dice.chance(20)) {
      arguments.add("th: " + dice.any("0.9", "uniform(0.7, 1.2)", "0.8 + 0.02 * self.index"));
    }
    String competition = "";
    if (dice.chance(15)) {
      String group = map ? dice.any("position", "map", "image") : "image";
      competition = " inhibit first(" + dice.between(1, 3) + ", per: " + group + ")";
    }
    String given = arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")";
    line(
        "population "
            + name
            + " : "
            + model.name()
            + shapeText(shape)
            + given
            + competition
            + extras.winners(name, map));
    populations.add(new RandomLinks.Population(name, shape, model));
    sources.add(new RandomLinks.Source(name, shape, false));
    if (!model.events().isEmpty()) {
      sources.add(new RandomLinks.Source(name + ".burst", shape, false));
    }
  }

  private void connect() {
    RandomLinks.Source source = dice.any(sources);
    RandomLinks.Population target = dice.any(populations);
    RandomNeuron model = target.model();
    String rule = links.rule(source, target);
    if (!model.pulses().isEmpty() && dice.chance(25)) {
      line(
          "connect "
              + source.name()
              + " -> "
              + target.name()
              + ".pulse  "
              + rule
              + links.delays(source, true));
      return;
    }
    boolean bent = !model.bent().isEmpty() && dice.chance(30);
    String port = bent ? dice.any(model.bent()) : dice.any(model.values());
    String name = "c" + count++;
    String head = "connect " + source.name() + " -> " + target.name() + "." + port;
    String weight = "  weight " + links.weight(source, target, rule);
    if (dice.chance(35)) {
      String as = dice.chance(50) ? " as " + name : "";
      line(head + as + "  " + rule + weight + links.delays(source, true));
      return;
    }
    projections.add(name);
    RandomSynapse synapse = RandomSynapse.of("S" + count, dice, stepMs, model);
    boolean shared = rule.startsWith("conv");
    boolean kept = without.contains(Part.WIRING) || shared;
    models.append(kept ? synapse.text().replaceAll("  prune.*\n", "") : synapse.text());
    String driven = "";
    if (!synapse.inputs().isEmpty()) {
      driven = "(m: " + (hasState && dice.chance(60) ? "level" : dice.number(-0.5, 0.5)) + ")";
    }
    boolean prunes = !kept && synapse.prunes();
    // spikes on their way one by one hold on to their synapses
    boolean grows =
        !without.contains(Part.WIRING)
            && !synapse.delays()
            && dice.chance(12)
            && !shared
            && !rule.startsWith("pool")
            && !rule.startsWith("window");
    String delays = links.delays(source, !synapse.delays());
    String clauses = weight + (bent && (prunes || grows) ? "" : delays);
    if (synapse.delays()) {
      clauses += "  delay " + steps(dice.between(0, 4));
    }
    clauses += "  synapse " + synapse.name() + driven;
    if (dice.chance(15) && !shared) {
      String event = "presentation." + dice.any("start", "end");
      clauses += "  normalise sum(w) per post to " + dice.number(0.5, 2) + " on " + event;
    }
    if (grows) {
      String growing =
          synapse.prunes() && dice.chance(50)
              ? "replaced()"
              : "bernoulli(" + dice.number(0.02, 0.1) + ")";
      clauses += "  grow " + growing + " every " + steps(dice.between(5, 20));
    }
    line(head + " as " + name + "  " + rule + clauses);
    for (String each : synapse.ports()) {
      RandomLinks.Source reward = dice.any(sources);
      line(
          "connect "
              + reward.name()
              + " -> "
              + name
              + "."
              + each
              + "  all  weight "
              + dice.number(-0.5, 0.5));
    }
    for (String each : synapse.teachers()) {
      RandomLinks.Source teacher = dice.any(sources);
      line(
          "connect "
              + teacher.name()
              + " -> "
              + name
              + "."
              + each
              + "  bernoulli(0.3)  weight "
              + dice.number(-0.5, 0.5));
    }
  }

  /// Populations that send each other values.
  private void gap() {
    List<RandomLinks.Population> open =
        populations.stream().filter(each -> !each.model().inputs().isEmpty()).toList();
    if (open.isEmpty()) {
      return;
    }
    RandomLinks.Population target = dice.any(open);
    RandomLinks.Population source = dice.any(populations);
    models.append(
        "synapse Gap {\n  weight g : real\n  transmit g * ("
            + dice.any("pre.v - post.v", "tanh(pre.v)", "pre.g")
            + ")\n}\n");
    String where = source == target ? " where pre != post" : "";
    line(
        "connect "
            + source.name()
            + " -> "
            + target.name()
            + ".drive_in  all"
            + where
            + "  weight 0.1  synapse Gap");
  }

  /// A network within the network, once or several times.
  private void part() {
    if (!dice.chance(20)) {
      return;
    }
    // An input of spikes takes those of a population or an encoder, not an event.
    RandomLinks.Source source =
        dice.any(sources.stream().filter(s -> !s.name().endsWith(".burst")).toList());
    RandomLinks.Population inner = populations.getFirst();
    RandomLinks.Population target = dice.any(populations);
    models.append(
        """
        network Part {
          param strength = 0.2
          input come : spikes[%d]
          population A : %s[4](th: uniform(0.6, 1))
          connect come -> A.exc  fixed_indegree(1)  weight strength  delay %s
          connect A -> A.exc  all where pre != post  weight -0.1
          output go = A
        }
        """
            .formatted(source.size(), inner.model().name(), steps(dice.between(0, 3))));
    if (dice.chance(50)) {
      line("network part : Part(strength: " + dice.number(0.2, 0.9) + ")");
      line("connect " + source.name() + " -> part.come  one_to_one");
      line("connect part.go -> " + target.name() + ".exc  all  weight 0.1");
    } else {
      line("for k in 0 ..< 2 {");
      line("  network part[k] : Part(strength: 0.3 + 0.2 * k)");
      line("  connect " + source.name() + " -> part[k].come  one_to_one");
      line("  connect part[k].go -> " + target.name() + ".exc  all  weight 0.1 * k");
      line("}");
    }
  }
}

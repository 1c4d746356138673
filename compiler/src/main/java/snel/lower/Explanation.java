package snel.lower;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import snel.diagnostics.Prose;
import snel.ir.Buffer;
import snel.ir.Length;
import snel.math.Expr;
import snel.model.Action;
import snel.model.Endpoint;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Variable;
import snel.model.WeightSource;

/// What was decided for every population and projection, and why, as `snel plan` shows it.
///
/// @param bytes predicted memory of all buffers
public record Explanation(List<Part> parts, long bytes, Level level) {
  public Explanation {
    parts = List.copyOf(parts);
  }

  /// One population or projection.
  ///
  /// @param decisions one sentence each
  /// @param bytes predicted memory
  public record Part(String title, List<String> decisions, long bytes) {
    public Part {
      decisions = List.copyOf(decisions);
    }
  }

  /// The same with one more sentence about some parts.
  ///
  /// @param subjects `population x`, `projection a`
  public Explanation about(Collection<String> subjects, String sentence) {
    List<Part> all = new ArrayList<>();
    for (Part part : parts) {
      List<String> decisions = new ArrayList<>(part.decisions());
      if (subjects.stream().anyMatch(subject -> part.title().startsWith(subject + " : "))) {
        decisions.add(sentence);
      }
      all.add(new Part(part.title(), decisions, part.bytes()));
    }
    return new Explanation(all, bytes, level);
  }

  /// @param buildOnly buffers that are given back once the network is made, one after the other
  static Explanation of(World world, Set<Buffer> buildOnly) {
    List<Part> parts = new ArrayList<>();
    for (Cells cells : world.allCells()) {
      parts.add(population(world, buildOnly, cells));
    }
    for (Plasticity plasticity : world.allPlasticities()) {
      parts.add(projection(world, buildOnly, plasticity));
    }
    long bytes = 0;
    long passing = 0;
    for (Buffer buffer : world.buffers.all()) {
      if (buildOnly.contains(buffer)) {
        passing = Math.max(passing, bytes(world, buffer));
      } else {
        bytes += bytes(world, buffer);
      }
    }
    Map<String, String> own = Integrators.ofNetwork(world);
    if (!own.isEmpty()) {
      parts.add(new Part("network " + world.network.name(), sentences(own), 0));
    }
    return new Explanation(parts, bytes + passing, Level.of(world.network));
  }

  private static long bytes(World world, Buffer buffer) {
    return buffer.cell().bytes()
        * switch (buffer.length()) {
          case Length.Fixed(var count) -> count;
          case Length.Synapses(var wiring, var each) ->
              each
                  * world
                      .find(wiring)
                      .map(p -> world.rows().counts().rounded(p.projection))
                      .orElse(0L);
        };
  }

  private static long owned(World world, Set<Buffer> buildOnly, String path) {
    long bytes = 0;
    for (Buffer buffer : world.buffers.all()) {
      if (buffer.name().startsWith(path + ".") && !buildOnly.contains(buffer)) {
        bytes += bytes(world, buffer);
      }
    }
    return bytes;
  }

  private static List<String> sentences(Map<String, String> integrators) {
    return integrators.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }

  // Populations

  private static Part population(World world, Set<Buffer> buildOnly, Cells cells) {
    Population population = cells.population;
    List<String> decisions = new ArrayList<>();
    if (population.isInput()) {
      decisions.add("spikes come from outside");
    } else {
      decisions.addAll(sentences(Integrators.ofNeurons(world, cells)));
    }
    if (population.firing().isSource()) {
      decisions.add("an input: its spikes are stamped with the start of the step they act in");
    }
    population
        .refractory()
        .ifPresent(r ->
            decisions.add(
                r.holding().isEmpty()
                    ? "refractory: only a second spike is masked"
                    : "refractory: "
                        + String.join(", ", r.holding())
                        + " held, arrivals to it "
                        + (r.accumulates() ? "kept, decayed, to the end" : "dropped")));
    for (Variable parameter : population.parameters()) {
      decisions.add(
          "parameter "
              + parameter.name()
              + (parameter.shared()
                  ? ": one value, because an experiment assigns it"
                  : ": one value a neuron, because it is drawn or differs"));
    }
    String title =
        "population " + population.path() + " : " + population.model() + population.shape();
    return new Part(title, decisions, owned(world, buildOnly, population.path()));
  }

  // Projections

  private static Part projection(World world, Set<Buffer> buildOnly, Plasticity plasticity) {
    Links links = plasticity.links;
    Projection projection = plasticity.projection;
    List<String> decisions = new ArrayList<>();
    long synapses = world.rows().counts().rounded(projection);
    decisions.add(
        switch (links.layout) {
          case ONE_TO_ONE -> "one to one: no indices stored";
          case DENSE ->
              "dense: all pairs, so no indices are stored"
                  + (plasticity.weight().isEmpty() ? "; nothing is stored at all" : "");
          case SPARSE ->
              "compressed rows with "
                  + (links.targets <= 65_536 ? "16-bit" : "32-bit")
                  + " targets, about "
                  + String.format(Locale.ROOT, "%,d", synapses)
                  + " synapses";
          case BITS ->
              "rows of bits, about " + String.format(Locale.ROOT, "%,d", synapses) + " synapses";
          case PROCEDURAL ->
              "procedural: no synapse is stored, of about "
                  + String.format(Locale.ROOT, "%,d", synapses);
        });
    world.rows().explained(links.path).ifPresent(decisions::add);
    if (links.layout == Links.Layout.SPARSE || links.layout == Links.Layout.BITS) {
      world.rows().bits().explained(projection).ifPresent(decisions::add);
    }
    decisions.add(weight(plasticity));
    decisions.addAll(delays(plasticity));
    boolean exactly =
        plasticity.synapse.sum() == Port.Sum.EXACT
            || plasticity.effect.port().filter(p -> p.sum() == Port.Sum.EXACT).isPresent();
    if (exactly) {
      decisions.add("arrivals are added up exactly, in 64-bit integers");
    } else if (projection.target() instanceof Endpoint.NeuronPort
        && EndEvents.handlersOfSource(plasticity.projection).stream()
            .anyMatch(h -> Action.delivered(h.body()).findAny().isPresent())) {
      decisions.add(arrivals(plasticity));
    }
    if (plasticity.addsInAnyOrder()) {
      decisions.add(
          "`sum any`: the order of the sum is left open, so the level of the program is stat, not"
              + " bit; rows of weights that most steps have in common may be added up once");
    }
    decisions.addAll(sentences(Integrators.ofSynapses(world, projection)));
    for (TraceStore trace : plasticity.followers.traces()) {
      decisions.add(
          "trace "
              + trace.trace.name()
              + ": one "
              + kept(trace)
              + ", "
              + (trace.slots().isPresent()
                  ? "with a ring of past values for the delays"
                  : "decayed once a step"));
    }
    for (Variable state : plasticity.synapse.states()) {
      decisions.add(state(plasticity, state));
    }
    String title =
        "projection "
            + links.path
            + " : "
            + (plasticity.synapse.model().isEmpty() ? "static" : plasticity.synapse.model())
            + " ["
            + links.sources
            + " → "
            + links.targets
            + "]";
    long bytes = owned(world, buildOnly, links.path);
    if (synapses > 0) {
      decisions.add(String.format(Locale.ROOT, "%.1f bytes a synapse", bytes / (double) synapses));
    }
    return new Part(title, decisions, bytes);
  }

  private static String arrivals(Plasticity plasticity) {
    if (plasticity.projection.weight() instanceof WeightSource.None) {
      return "arrivals are counted (class i)";
    }
    if (plasticity.isConstantWeight() && Constancy.deliversWeight(plasticity.projection)) {
      return "arrivals are counted and multiplied once (class i)";
    }
    if (plasticity.effect.isLookedUp()) {
      return plasticity.delays().isKnownAtEmission()
          ? "arrivals come one by one, by their stamps (class ii)"
          : "arrivals come one by one, as their handlers run (class iii)";
    }
    return plasticity.delays().isKnownAtEmission()
        ? "arrivals are summed when they are emitted (class ii)"
        : "arrivals are summed as their handlers run, apart from others (class iii)";
  }

  private static String kept(TraceStore trace) {
    if (trace.isOfSynapses()) {
      return "synapse";
    }
    return switch (trace.side) {
      case PRE -> "source neuron";
      case POST, PORT -> "target neuron";
      case BROADCAST -> "projection";
    };
  }

  private static String weight(Plasticity plasticity) {
    return switch (plasticity.projection.weight()) {
      case WeightSource.None _ -> "no weights: pure events";
      case WeightSource.Tied tied -> "weights of " + tied.projection() + " are used";
      case WeightSource.Matrix _ -> "weights: one a synapse, given as a matrix";
      case WeightSource.Value(var e) ->
          plasticity.weight().isEmpty()
              ? e instanceof Expr.Num
                  ? "weight: one constant for all, kept in the code"
                  : "weights: one a synapse, drawn again with it"
              : plasticity.links.sharedWeights().isPresent()
                  ? "weights: shared by the places of a map"
                  : e instanceof Expr.Num && !plasticity.projection.changesWeight()
                      ? "weight: one for all"
                      : "weights: one a synapse, because "
                          + (plasticity.projection.changesWeight()
                              ? "they learn"
                              : "they are drawn or differ");
    };
  }

  private static List<String> delays(Plasticity plasticity) {
    if (plasticity.projection.instant()) {
      return List.of("instant: acts within the step");
    }
    Delays delays = plasticity.delays();
    if (plasticity.effect.isStatic()) {
      return List.of(delay(plasticity, "delay", delays.arrival()));
    }
    List<String> all = new ArrayList<>();
    all.add(delay(plasticity, "axonal delay", delays.axonal()));
    if (!delays.arrival().isNone()) {
      all.add(delay(plasticity, "dendritic delay", delays.arrival()));
    }
    if (!delays.backprop().equals(delays.arrival())) {
      all.add(delay(plasticity, "backprop delay", delays.backprop()));
    }
    return all;
  }

  private static String delay(Plasticity plasticity, String name, Delays.Delay delay) {
    if (delay.isNone()) {
      boolean isPrecise = plasticity.links.world().carriesPrecise(plasticity.projection);
      return "no "
          + name
          + ": acts "
          + (isPrecise ? "at the time of the spike" : "in the next step");
    }
    if (!delay.differs()) {
      return name + ": " + Prose.counted(delay.longest(), "step") + " for all";
    }
    if (plasticity.delays().isLearned() && delay.equals(plasticity.delays().axonal())) {
      return name + ": one a synapse that may change; a list of arrivals for each instant";
    }
    if (delay.owned().isPresent()) {
      return name + ": one a synapse, which only training or the experiment changes";
    }
    if (delay.each().isEmpty()) {
      return name + ": one a synapse, drawn again with it";
    }
    return name
        + ": one a synapse in "
        + delay.each().get().cell()
        + (plasticity.delays().isSortedBy(delay)
            ? ", rows sorted by it so that a step touches only those due"
            : "");
  }

  private static String state(Plasticity plasticity, Variable state) {
    String where =
        switch (plasticity.place(state.name())) {
          case SYNAPSE -> "one a synapse";
          case TARGET -> "one a target neuron, because it depends on nothing else";
          case SOURCE -> "one a source neuron";
          case PROJECTION -> "one for the projection";
        };
    boolean lazy = plasticity.lazy().contains(state.name());
    return "state "
        + state.name()
        + ": "
        + where
        + (lazy ? ", decayed when the synapse is touched" : "");
  }
}

package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.source.Span;
import snel.units.Rational;

/// What one elaboration shares: the step, where faults go, the files of the program, the numbers
/// that are drawn once.
public final class Context {
  private final Rational step;
  private final Diagnostics diagnostics;
  private final Files files;
  private final Chance chance;
  private final Map<String, Integer> paths = new LinkedHashMap<>();
  private final Map<String, Integer> values = new LinkedHashMap<>();
  private final Map<String, Neuron> neurons = new LinkedHashMap<>();
  private final Map<String, Map<String, Listed>> listsOfSynapses = new LinkedHashMap<>();
  private final List<Contrast> contrasts = new ArrayList<>();
  private Optional<Span> instance = Optional.empty();
  private boolean elaborated;

  /// Reads the tables that programs name (`csv`, `npy`), relative to the file that names them;
  /// knows which files a run may save.
  public interface Files {
    Val csv(String folder, String name, boolean header, char separator) throws BadFile;

    Val npy(String folder, String name) throws BadFile;

    /// Why a run cannot save a file of this name.
    default Optional<String> refusedToSave(String name) {
      return Optional.empty();
    }
  }

  /// Where no seed is known yet.
  public Context(Rational step, Diagnostics diagnostics, Files files) {
    this(step, diagnostics, files, Chance.WITHOUT_SEED);
  }

  /// @param chance what draws the numbers that a run has once
  public Context(Rational step, Diagnostics diagnostics, Files files, Chance chance) {
    this.step = step;
    this.diagnostics = diagnostics;
    this.files = files;
    this.chance = chance;
  }

  /// The step h in milliseconds.
  public Rational step() {
    return step;
  }

  public Files files() {
    return files;
  }

  Chance chance() {
    return chance;
  }

  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /// Remembers what the neurons of a population show.
  void neuron(String population, Neuron neuron) {
    neurons.put(population, neuron);
  }

  /// The unit in which a parameter or `let` of a population's neurons is shown, empty where none is
  /// known.
  public String unit(String population, String member) {
    return neuron(population).map(neuron -> neuron.unit(member)).orElse("");
  }

  /// Remembers the parameters of a projection's synapses that are lists.
  void lists(String projection, Map<String, Listed> lists) {
    listsOfSynapses.put(projection, lists);
  }

  /// The parameter of a projection's synapses that is a list of this name.
  public Optional<Listed> list(String projection, String name) {
    return Optional.ofNullable(listsOfSynapses.getOrDefault(projection, Map.of()).get(name));
  }

  Optional<Neuron> neuron(String population) {
    return Optional.ofNullable(neurons.get(population));
  }

  /// The contrast with these options, made if the network is not finished and has none yet.
  Optional<Contrast> contrast(
      String image, List<Integer> shape, List<Val> options, String function, Span span) {
    Optional<Contrast> known =
        contrasts.stream()
            .filter(c -> c.image().equals(image) && c.options().equals(options))
            .findFirst();
    if (known.isPresent() || elaborated) {
      return known;
    }
    Contrast made = new Contrast(unique(image + ":" + function), image, shape, options, span);
    contrasts.add(made);
    return Optional.of(made);
  }

  /// The contrasts that the network takes of its inputs.
  public List<Contrast> contrasts() {
    return List.copyOf(contrasts);
  }

  /// From now on the network gets no new inputs.
  void finishNetwork() {
    elaborated = true;
  }

  public Val fault(Code code, String message, Span at) {
    return fault(Diagnostic.of(code, message, at));
  }

  public Val fault(Diagnostic diagnostic) {
    diagnostics.report(instance.map(diagnostic::seenFrom).orElse(diagnostic));
    return Val.BAD;
  }

  /// The instance whose model is being filled.
  Optional<Span> instance() {
    return instance;
  }

  /// Fills a model; what is wrong with it then is told at the instance.
  <T> T filling(Span instance, Supplier<T> work) {
    Optional<Span> outer = this.instance;
    this.instance = Optional.of(instance);
    T result = work.get();
    this.instance = outer;
    return result;
  }

  /// `path`, or `path#k` for the k-th declaration of an equal one.
  String unique(String path) {
    return numbered(paths, path);
  }

  /// The same of a parameter or `let` of a network; other declarations leave its number alone.
  String uniqueValue(String path) {
    return numbered(values, path);
  }

  private static String numbered(Map<String, Integer> paths, String path) {
    int k = paths.merge(path, 1, Integer::sum) - 1;
    return k == 0 ? path : path + "#" + k;
  }
}

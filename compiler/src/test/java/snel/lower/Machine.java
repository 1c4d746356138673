package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Program;
import snel.math.Expr;
import snel.model.Network.Numerics;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.resolve.Loader;
import snel.runtime.kernel.Network;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;
import snel.testing.NoTables;
import snel.units.Rational;

/// A network of a program, compiled for the JVM and driven step by step: spikes of its inputs are
/// forced, states read.
final class Machine {
  final Program program;
  final Network network;
  private final Map<String, TreeMap<Long, List<Integer>>> forced = new LinkedHashMap<>();
  private long step;

  private Machine(Program program) {
    this.program = program;
    this.network = new JvmTarget().build(program);
  }

  /// How a network is compiled.
  record Options(String step, Numerics numerics, int seed, Map<String, Double> set, Needs needs) {
    static final Options F32 = new Options("0.1", Numerics.F32, 42, Map.of(), Needs.NONE);
    static final Options F64 = new Options("0.1", Numerics.F64, 42, Map.of(), Needs.NONE);

    Options step(String ms) {
      return new Options(ms, numerics, seed, set, needs);
    }

    /// Values for parameters of the network, in the base units.
    Options set(Map<String, Double> values) {
      return new Options(step, numerics, seed, values, needs);
    }

    Options needs(Needs other) {
      return new Options(step, numerics, seed, set, other);
    }
  }

  /// The network `name` of a program without faults.
  static Machine of(String text, String name, Options options) {
    var diagnostics = new Diagnostics();
    Program program = compile(text, name, options, diagnostics);
    assertEquals("", said(diagnostics));
    return new Machine(java.util.Objects.requireNonNull(program));
  }

  static String said(Diagnostics diagnostics) {
    return diagnostics.sorted().stream()
        .map(d -> d.code() + " " + d.message())
        .collect(Collectors.joining("\n"));
  }

  /// Codes of what is wrong with a program.
  static List<String> faults(String text, String name, Options options) {
    var diagnostics = new Diagnostics();
    compile(text, name, options, diagnostics);
    return diagnostics.sorted().stream().map(Diagnostic::code).map(Object::toString).toList();
  }

  static @Nullable Program compile(
      String text, String name, Options options, Diagnostics diagnostics) {
    snel.model.Network model = elaborate(text, name, options, diagnostics);
    if (model == null) {
      return null;
    }
    Set<String> observed =
        Lowering.lower(model, options.needs()).buffers().stream()
            .map(Buffer::name)
            .collect(Collectors.toSet());
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)
        .run(model, options.needs(), observed);
  }

  static snel.model.@Nullable Network elaborate(
      String text, String name, Options options, Diagnostics diagnostics) {
    FileScope scope = Library.read(new SourceFile("test.snn", text), Loader.NONE, diagnostics);
    if (diagnostics.hasErrors()) {
      return null;
    }
    var context =
        new Context(Rational.parse(options.step()).orElseThrow(), diagnostics, NoTables.NONE);
    Map<String, Val> overrides = new LinkedHashMap<>();
    options.set().forEach((k, v) -> overrides.put(name + "." + k, Val.of(Expr.num(v))));
    var settings = new Settings(options.seed(), options.numerics(), overrides, Set.of());
    var declared = (Entity.Declared) scope.find(name).orElseThrow();
    var elaborated =
        new NetworkElaborator(context, settings).elaborate(declared, List.of(), Env.of(scope));
    return diagnostics.hasErrors() ? null : elaborated.network();
  }

  /// Forces spikes of neuron `neuron` of an input population, stamped with these steps.
  Machine spikes(String population, int neuron, long... stamps) {
    for (long stamp : stamps) {
      forced
          .computeIfAbsent(population, p -> new TreeMap<>())
          .computeIfAbsent(stamp, s -> new ArrayList<>())
          .add(neuron);
    }
    return this;
  }

  /// Runs until `until` steps have been done since the start.
  Machine runTo(long until) {
    while (step < until) {
      forced.forEach(
          (population, stamps) -> force(population, stamps.getOrDefault(step, List.of())));
      network.run(1);
      step++;
    }
    return this;
  }

  private void force(String name, List<Integer> neurons) {
    Directory.Population population = population(name);
    int[] list = (int[]) network.array(population.spikes().name());
    int[] count = (int[]) network.array(population.spikeCount().name());
    for (int neuron : neurons.stream().sorted().toList()) {
      list[count[0]++] = neuron;
    }
  }

  private Directory.Population population(String name) {
    return program.directory().populations().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Neurons of `name` whose spikes are stamped with the present step.
  List<Integer> spiking(String name) {
    Directory.Population population = population(name);
    int[] list = (int[]) network.array(population.spikes().name());
    int count = ((int[]) network.array(population.spikeCount().name()))[0];
    List<Integer> all = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      all.add(list[k]);
    }
    return all;
  }

  /// Stamps of the only neuron of `name` up to step `until`.
  List<Long> stamps(String name, long until) {
    List<Long> all = new ArrayList<>();
    while (step < until) {
      runTo(step + 1);
      spiking(name).forEach(neuron -> all.add(step));
    }
    return all;
  }

  /// Element `k` of the value that the program calls `path`.
  double value(String path, int k) {
    Directory.Value value =
        program.directory().values().stream()
            .filter(v -> v.path().equals(path))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no value " + path));
    return element(value.buffer().name(), k);
  }

  double value(String path) {
    return value(path, 0);
  }

  /// Element `k` of a buffer.
  double element(String buffer, int k) {
    return switch (network.array(buffer)) {
      case byte[] bytes -> bytes[k];
      case char[] chars -> chars[k];
      case int[] ints -> ints[k];
      case long[] longs -> longs[k];
      case float[] floats -> floats[k];
      case double[] doubles -> doubles[k];
      default -> throw new AssertionError("no array " + buffer);
    };
  }

  /// The bits of an `f32` value.
  int bits(String path, int k) {
    return Float.floatToRawIntBits((float) value(path, k));
  }
}

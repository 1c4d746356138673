package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import snel.compiler.Compiler;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.ir.Backward;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.runtime.kernel.Network;
import snel.runtime.schedule.Cells;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;
import snel.testing.Folder;
import snel.testing.NoTables;

/// A small network in training, driven by hand.
final class Learning {
  private static final Path STDLIB = Path.of("../stdlib/src/main/resources");

  /// Spikes and potentials learn: `a` comes to those that spike, `b` and `c` to those that do not.
  static final String NETWORK =
      """
      import std.neurons.unit.{Lif, Leaky}
      neuron Source { input r : frequency; spike at poisson(r) }
      network Net {
        input gain : real
        population x : Source[6](r: gain * 200 Hz)
        population h : Lif[5]
        population y : Leaky[3]
        connect x -> h as a  all  weight uniform(0, 1)  instant
        connect x -> y as b  all  weight uniform(-1, 1)  instant
        connect h -> y as c  all  weight uniform(-1, 1)  instant
      }
      """;

  private static final String PROGRAM =
      NETWORK
          + """
          experiment e on Net {
            step 1 ms; seed 3; numerics f64
            train by bptt() with %s
            reset all
            present gain = 1 for 25 ms
            minimise %s
          }
          """;

  private final Program program;
  private final Network network;

  Learning(String loss, String optimiser) {
    this(loss, optimiser, JvmTarget.Code.ADAPTIVE);
  }

  Learning(String loss, String optimiser, JvmTarget.Code code) {
    this(PROGRAM.formatted(optimiser, loss), code);
  }

  /// The experiment `e` of a program, of 25 steps.
  static Learning of(String program, JvmTarget.Code code) {
    return new Learning(program, code);
  }

  private Learning(String text, JvmTarget.Code code) {
    var diagnostics = new Diagnostics();
    var source = new SourceFile("test.snn", text);
    this.program =
        Compiler.open(source, Folder.loader(STDLIB), NoTables.NONE, diagnostics)
            .experiment("e", Options.NONE, diagnostics)
            .orElseThrow(() ->
                new AssertionError(new TextRenderer(Palette.PLAIN).render(diagnostics.sorted())))
            .program();
    this.network = new JvmTarget(code).build(program);
  }

  double[] values(String buffer) {
    return (double[]) network.array(buffer);
  }

  float[] floats(String buffer) {
    return (float[]) network.array(buffer);
  }

  /// Spikes of each neuron.
  int[] counts(String population) {
    return (int[]) network.array(population + ".count");
  }

  double lossNow() {
    network.call(Backward.LOSS);
    return values(Backward.SAMPLE_LOSS)[0];
  }

  /// Shows the sample; the loss.
  double show(double... targets) {
    network.reset();
    Arrays.fill((long[]) network.array(Clock.NAME), 0);
    ((int[]) network.array(Backward.ON))[0] = 1;
    Cells.set(network.array("gain"), 0, 1);
    program.binds().stream().map(Kernel::name).forEach(network::call);
    assertEquals(25, network.run(25));
    for (int k = 0; has(Backward.target(k)); k++) {
      Object target = network.array(Backward.target(k));
      int length = Cells.length(target);
      for (int n = 0; n < length; n++) {
        Cells.set(target, n, length == 1 ? targets[k] : n == targets[k] ? 1 : 0);
      }
    }
    network.call(Backward.PREPARE);
    return lossNow();
  }

  /// The derivative of the loss by a reading, as a central difference.
  double slopeByReading(double[] reading, int k, double step) {
    call(Backward.PREPARE);
    double slope = slope(reading, k, step, this::lossNow);
    call(Backward.PREPARE);
    lossNow();
    return slope;
  }

  /// The derivative of the loss of a sample by a weight, as a central difference.
  double slopeByWeight(double[] weights, int k, double step, double... targets) {
    return slope(weights, k, step, () -> show(targets));
  }

  private static double slope(double[] values, int k, double step, DoubleSupplier loss) {
    double before = values[k];
    values[k] = before + step;
    double above = loss.getAsDouble();
    values[k] = before - step;
    double below = loss.getAsDouble();
    values[k] = before;
    return (above - below) / (2 * step);
  }

  /// Adds the gradient of the sample up.
  void sample(double... targets) {
    show(targets);
    back();
  }

  boolean has(String name) {
    return program.buffers().stream().anyMatch(buffer -> buffer.name().equals(name));
  }

  void call(String kernel) {
    network.call(kernel);
  }

  void back() {
    List<String> kernels =
        program.onDemand().stream()
            .map(Kernel::name)
            .filter(name -> name.startsWith(Backward.BACK))
            .toList();
    if (has(Backward.SLOT)) {
      ((int[]) network.array(Backward.SLOTS))[0] = 1;
      ((int[]) network.array(Backward.STEPS))[0] = 25;
    }
    for (int t = 0; t < 25; t++) {
      kernels.forEach(network::call);
    }
    program.onDemand().stream()
        .map(Kernel::name)
        .filter(name -> List.of(Backward.LIST, Backward.RELEASE).contains(name))
        .forEach(network::call);
  }

  void update(int samples) {
    ((int[]) network.array(Backward.SAMPLES))[0] = samples;
    program.onDemand().stream()
        .map(Kernel::name)
        .filter(name -> name.startsWith(Backward.UPDATE))
        .forEach(network::call);
  }
}

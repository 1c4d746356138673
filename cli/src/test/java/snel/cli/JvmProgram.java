package snel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.protocol.DataSet;
import snel.runtime.kernel.Network;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Measures;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Recording;
import snel.runtime.schedule.Results;
import snel.runtime.schedule.Sampler;
import snel.runtime.schedule.Value;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.protocol.ProtocolLinker;
import snel.target.jvm.protocol.ViewLinker;

/// Runs the experiments of a program in this JVM, the state hashed after every step.
final class JvmProgram {
  private final OpenProgram program;
  private final ProgramFiles files;
  private final Options options;
  private final BiFunction<Network, List<String>, Network> observed;
  private final JvmTarget target;

  JvmProgram(Path file, Map<String, String> settings) {
    this(file, settings, HashedNetwork::new);
  }

  /// @param observed the network with something around it that writes hashes of its states down
  JvmProgram(
      Path file,
      Map<String, String> settings,
      BiFunction<Network, List<String>, Network> observed) {
    this(file, settings, observed, new JvmTarget());
  }

  JvmProgram(
      Path file,
      Map<String, String> settings,
      BiFunction<Network, List<String>, Network> observed,
      JvmTarget target) {
    this.observed = observed;
    this.target = target;
    SourceFile source = ProgramFile.read(file);
    this.files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(file)));
    Diagnostics diagnostics = new Diagnostics();
    this.program = Compiler.open(source, files.loader(), files, diagnostics);
    this.options = new Options(settings, OptionalInt.empty());
  }

  /// The experiment and those that it starts from, compiled.
  List<Compiled> chain(String experiment) {
    List<Compiled> chain = new ArrayList<>();
    for (String link : program.chain(experiment)) {
      chain.add(program.experiment(link, options, new Diagnostics()).orElseThrow());
    }
    return chain;
  }

  List<ProgramRun> runs(String experiment) {
    return runs(experiment, -1);
  }

  /// The same where each experiment is broken off after the checkpoint of this number, or the last
  /// one before, and gone on with by another machine.
  List<ProgramRun> resumed(String experiment, int checkpoint) {
    return runs(experiment, checkpoint);
  }

  private List<ProgramRun> runs(String experiment, int checkpoint) {
    List<ProgramRun> runs = new ArrayList<>();
    @Nullable Machine before = null;
    for (Compiled link : chain(experiment)) {
      ProgramRun run = ProgramRun.of(link.experiment().name());
      Machine earlier = before;
      List<Snapshot> snapshots = new ArrayList<>();
      before =
          machine(
              link,
              run,
              earlier,
              machine -> {
                if (snapshots.size() <= checkpoint) {
                  snapshots.add(Snapshot.of(machine));
                }
              });
      before.run();
      if (checkpoint >= 0) {
        Snapshot last = snapshots.getLast();
        run = ProgramRun.of(link.experiment().name());
        before = machine(link, run, earlier, _ -> {});
        last.restore(before);
        before.run();
      }
      runs.add(ended(run, before));
    }
    return runs;
  }

  private Machine machine(
      Compiled link, ProgramRun run, @Nullable Machine before, Consumer<Machine> checkpoints) {
    List<DataSet> dataSets = link.dataSets();
    double stepMs = link.experiment().stepMs();
    Network network = observed.apply(target.build(link.program()), run.hashes());
    NetworkView view = ViewLinker.link(link.program(), network);
    Machine machine =
        ProtocolLinker.machine(
            link.experiment(),
            view,
            new SnapshotHost(new TranslationInputs(files, dataSets, stepMs), checkpoints),
            new Kept(run));
    if (before != null) {
      NetworkView old = before.view();
      for (String name : view.taken(link.experiment().anew())) {
        if (old.carried().contains(name)) {
          Object from = old.network().array(name);
          System.arraycopy(from, 0, network.array(name), 0, Cells.length(from));
        }
      }
      machine.inherit(before.legacy());
    }
    return machine;
  }

  private static ProgramRun ended(ProgramRun run, Machine machine) {
    Results results = machine.results();
    for (Map.Entry<String, Results.Shown> each : results.values().entrySet()) {
      run.results().put(each.getKey(), plain(each.getValue()));
    }
    for (NetworkView.Population population : machine.view().populations().values()) {
      if (!population.isEvent() && !population.isSilent()) {
        run.spikeCounts().put(population.name(), population.total()[0]);
      }
    }
    for (Results.Failure failure : results.failures()) {
      run.failures().add(failure.spot() + ": `" + failure.spot().text() + "`: " + failure.found());
    }
    NetworkView view = machine.view();
    return run.with(hash(view.network()), Measures.synapticOperations(view), results.passed());
  }

  private static String hash(Network network) {
    return String.format("%016x", network.stateHash());
  }

  private static Object plain(Results.Shown shown) {
    return switch (shown.inUnit()) {
      case Value.Real(double number) -> List.of(number);
      case Value.Whole(long value) -> List.of((double) value);
      case Value.Array(int[] _, double[] elements) -> DoubleStream.of(elements).boxed().toList();
      case Value.Listing(var elements) when isOfNumbers(elements) -> numbers(elements);
      case Value.Tuple(var parts) when isOfNumbers(parts) -> numbers(parts);
      case Value value -> exact(value);
    };
  }

  private static boolean isOfNumbers(List<Value> values) {
    return values.stream()
        .allMatch(value -> value instanceof Value.Real || value instanceof Value.Whole);
  }

  private static List<Double> numbers(List<Value> values) {
    return values.stream().map(Value::real).toList();
  }

  /// With all digits, as [CProgram] reads them.
  private static String exact(Value value) {
    return switch (value) {
      case Value.Real(double number) -> Double.toString(number);
      case Value.Whole(long number) -> Double.toString(number);
      case Value.Array(int[] _, double[] elements) -> Arrays.toString(elements);
      case Value.Listing(var elements) -> "[" + exact(elements) + "]";
      case Value.Tuple(var parts) -> "(" + exact(parts) + ")";
      default -> value.shown();
    };
  }

  private static String exact(List<Value> values) {
    return String.join(", ", values.stream().map(JvmProgram::exact).toList());
  }

  /// Keeps what is recorded.
  private record Kept(ProgramRun run) implements Recording {
    @Override
    public void openSpikes(String population, int[] indices) {}

    @Override
    public void spikes(
        String population, long[] stamps, double @Nullable [] early, int[] neurons, int count) {
      for (int k = 0; k < count; k++) {
        Optional<Double> share = early == null ? Optional.empty() : Optional.of(early[k]);
        run.spike(population, stamps[k], neurons[k], share);
      }
    }

    @Override
    public void openSamples(Sampler sampler) {}

    @Override
    public void sample(Sampler sampler, long label, double[] row) {
      List<Double> numbers = new ArrayList<>();
      numbers.add((double) label);
      DoubleStream.of(row).forEach(numbers::add);
      run.sample(sampler.path(), numbers);
    }
  }

  /// A network whose state is hashed after every step.
  private record HashedNetwork(Network network, List<String> hashes) implements Network {
    @Override
    public long run(long steps) {
      network.run(1);
      hashes.add(hash(network));
      return 1;
    }

    @Override
    public void expect(long steps) {
      network.expect(steps);
    }

    @Override
    public void call(String kernel) {
      network.call(kernel);
    }

    @Override
    public Object array(String buffer) {
      return network.array(buffer);
    }

    @Override
    public void reset() {
      network.reset();
    }

    @Override
    public void presentationStart() {
      network.presentationStart();
    }

    @Override
    public void presentationEnd() {
      network.presentationEnd();
    }

    @Override
    public void checkStates() {
      network.checkStates();
    }

    @Override
    public void settle() {
      network.settle();
    }

    @Override
    public long memoryBytes() {
      return network.memoryBytes();
    }

    @Override
    public long stateHash() {
      return network.stateHash();
    }
  }
}

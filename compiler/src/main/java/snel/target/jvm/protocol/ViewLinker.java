package snel.target.jvm.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.runtime.kernel.Network;
import snel.runtime.record.TimeStep;
import snel.runtime.schedule.FixedCells;
import snel.runtime.schedule.NetworkView;
import snel.target.jvm.SampleBuffers;

/// Shows a built network to the machine by the names of its directory.
public final class ViewLinker {
  private final Program program;
  private final Network network;

  private ViewLinker(Program program, Network network) {
    this.program = program;
    this.network = network;
  }

  public static NetworkView link(Program program, Network network) {
    return new ViewLinker(program, network).view();
  }

  private NetworkView view() {
    Directory directory = program.directory();
    Map<String, NetworkView.Population> populations = new LinkedHashMap<>();
    for (Directory.Population each : directory.populations()) {
      populations.put(each.name(), population(each));
    }
    Map<String, NetworkView.Projection> projections = new LinkedHashMap<>();
    for (Directory.Projection each : directory.projections()) {
      projections.put(each.name(), projection(each));
    }
    Map<String, NetworkView.Variable> variables = new LinkedHashMap<>();
    for (Directory.Value each : directory.values()) {
      variables.put(each.path(), variable(each));
    }
    Map<String, int[]> flags = new LinkedHashMap<>();
    directory.freezable().forEach(flag -> flags.put(flag.path(), ints(flag.flag())));
    Map<String, NetworkView.Port> ports = new LinkedHashMap<>();
    directory.ports().forEach(port -> ports.put(port.path(), port(port)));
    return new NetworkView(
        network,
        TimeStep.ofMilliseconds(program.stepMs()),
        program.seed(),
        (long[]) network.array(Clock.NAME),
        (int[]) network.array(Clock.HALT),
        populations,
        projections,
        variables,
        flags,
        ports,
        program.binds().stream().map(Kernel::name).toList(),
        learning(),
        names(program.kept()),
        names(program.carried()),
        names(program.buffers().stream().filter(Buffer::isCleared).toList()));
  }

  private NetworkView.Learning learning() {
    return new NetworkView.Learning(
        kernels(Backward.BACK),
        kernels(Backward.AGAIN),
        kernels(Backward.LIST),
        kernels(Backward.SUM),
        kernels(Backward.UPDATE),
        kernels(Backward.KEEP),
        kernels(Backward.RESTORE),
        Backward.samples(program),
        SampleBuffers.of(program).map(SampleBuffers::addsOnTheWay).orElse(true));
  }

  private List<String> kernels(String prefix) {
    return program.onDemand().stream()
        .map(Kernel::name)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private NetworkView.Population population(Directory.Population each) {
    return new NetworkView.Population(
        each.name(),
        TermLinker.ints(each.shape()),
        each.isInput(),
        each.isEvent(),
        each.isSilent(),
        ints(each.spikes()),
        ints(each.spikeCount()),
        each.episodeCounts().map(this::ints).orElse(null),
        each.firstSpike().map(this::longs).orElse(null),
        each.firstEarly().map(this::doubles).orElse(null),
        longs(each.total()),
        each.log().map(this::log).orElse(null));
  }

  private NetworkView.Log log(Directory.Log log) {
    return new NetworkView.Log(
        ints(log.logging()),
        ints(log.index()),
        longs(log.step()),
        log.early().map(this::doubles).orElse(null),
        ints(log.count()));
  }

  private NetworkView.Projection projection(Directory.Projection each) {
    return new NetworkView.Projection(
        each.name(),
        each.source(),
        each.target(),
        each.sources(),
        each.targets(),
        each.synapses().orElse(NetworkView.BY_ROWS),
        each.withoutSelf(),
        rises(each),
        each.rowStart().map(this::ints).orElse(null),
        array(each.targetIndex()),
        each.delivered().map(this::longs).orElse(null),
        each.updates().map(this::longs).orElse(null),
        each.load().map(this::loading).orElse(null));
  }

  private boolean rises(Directory.Projection each) {
    return program.build().stream()
        .noneMatch(step ->
            step instanceof Build.SortByDelay sort
                && each.rowStart().filter(sort.wiring().rowStart()::equals).isPresent());
  }

  private NetworkView.Loading loading(Directory.Loading loading) {
    return new NetworkView.Loading(
        ints(loading.rowStart()), network.array(loading.targetIndex().name()), loading.kernel());
  }

  private @Nullable Object array(Optional<Buffer> buffer) {
    return buffer.isPresent() ? network.array(buffer.get().name()) : null;
  }

  private NetworkView.Variable variable(Directory.Value each) {
    return new NetworkView.Variable(
        each.path(),
        cells(each.buffer()),
        TermLinker.ints(each.shape()),
        each.kind() == Directory.Kind.INPUT,
        each.isPlastic(),
        each.unit(),
        each.factor(),
        each.low(),
        each.high());
  }

  private NetworkView.Port port(Directory.Port port) {
    return new NetworkView.Port(
        port.path(),
        ints(port.pending()),
        port.arguments().stream().map(this::cells).toList(),
        port.additive());
  }

  /// The array of a buffer, with the meaning of its numbers where it is not the plain one.
  private Object cells(Buffer buffer) {
    Object array = network.array(buffer.name());
    return buffer
        .scale()
        .<Object>map(scale -> new FixedCells(array, scale.bits(), scale.amount()))
        .orElse(array);
  }

  private int[] ints(Buffer buffer) {
    return (int[]) network.array(buffer.name());
  }

  private double[] doubles(Buffer buffer) {
    return (double[]) network.array(buffer.name());
  }

  private long[] longs(Buffer buffer) {
    return (long[]) network.array(buffer.name());
  }

  private static List<String> names(List<Buffer> buffers) {
    return buffers.stream().map(Buffer::name).toList();
  }
}

package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import snel.ir.Program;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.text.ProgramReader;
import snel.runtime.convert.Conversion;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Recording;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Sampler;
import snel.runtime.schedule.Value;
import snel.target.jvm.JvmTarget;

/// Two neurons that add up their input and spike at 1, losing 1: small enough to know by heart what
/// every protocol does to them. A spike of the input population `x` adds 0.5, an event on the port
/// `cell.kick` what it carries. The step is 1 ms.
final class SmallNetwork {
  static final Place HERE = new Place("small.snn", 1, "statement");

  static final Program PROGRAM =
      ProgramReader.read(
          """
          program "small" step 1.0 real f64 seed 7
          sites []

          buffers
            clock i64[5] clock
            halt i32[1] log
            fault i64[3] log
            cell.v f64[2] state
            cell.I f64[2] input
            cell.spikes i32[2] queue
            cell.spikes.count i32[1] queue
            cell.count i32[2] log
            cell.first i64[2] log
            cell.total i64[1] log
            cell.log i32[1] parameter
            cell.log.index i32[4] log
            cell.log.step i64[4] log
            cell.log.count i32[1] log
            x.spikes i32[2] queue
            x.spikes.count i32[1] queue
            x.total i64[1] log
            cell.kick.sent i32[2] queue
            cell.kick.sent.w f64[2] queue

          build

          reset

          start

          step
            kernel deliver deliver {
              for k in 0 ..< x.spikes.count[0] {
                cell.v[x.spikes[k]] = cell.v[x.spikes[k]] + 0.5
              }
              x.total[0] = x.total[0] + i64(x.spikes.count[0])
              x.spikes.count[0] = 0
              for j in 0 ..< 2 {
                cell.v[j] = cell.v[j] + cell.kick.sent.w[j]
                cell.kick.sent[j] = 0
                cell.kick.sent.w[j] = 0.0
              }
            }
            kernel integrate integrate {
              each i in 0 ..< 2 {
                cell.v[i] = cell.v[i] + cell.I[i]
              }
            }
            kernel threshold threshold {
              cell.spikes.count[0] = 0
              collect i in 0 ..< 2 where cell.v[i] >= 1.0 into cell.spikes, cell.spikes.count
            }
            kernel spiked reset_spiked {
              for s in 0 ..< cell.spikes.count[0] {
                let n = cell.spikes[s]
                cell.v[n] = cell.v[n] - 1.0
                cell.count[n] = cell.count[n] + 1
                if cell.first[n] < 0L {
                  cell.first[n] = clock[3] + 1L
                }
                cell.total[0] = cell.total[0] + 1L
                if cell.log[0] != 0 {
                  let c = cell.log.count[0]
                  cell.log.index[c] = n
                  cell.log.step[c] = clock[0] + 1L
                  cell.log.count[0] = c + 1
                }
              }
              if cell.log.count[0] > 2 {
                halt[0] = 1
              }
            }

          end

          demand

          directory Directory(populations: [Population(name: "cell", shape: [2], isInput: false, isEvent: false, isSilent: false, spikes: @cell.spikes, spikeCount: @cell.spikes.count, episodeCounts: @cell.count, firstSpike: @cell.first, firstEarly: none, total: @cell.total, log: Log(logging: @cell.log, index: @cell.log.index, step: @cell.log.step, early: none, count: @cell.log.count)), Population(name: "x", shape: [2], isInput: true, isEvent: false, isSilent: false, spikes: @x.spikes, spikeCount: @x.spikes.count, episodeCounts: none, firstSpike: none, firstEarly: none, total: @x.total, log: none)], projections: [], values: [Value(path: "cell.v", buffer: @cell.v, shape: [2], kind: state, unit: "", factor: 1.0, range: Interval(low: -Infinity, high: Infinity)), Value(path: "cell.I", buffer: @cell.I, shape: [2], kind: input, unit: "", factor: 1.0, range: Interval(low: -Infinity, high: Infinity))], freezable: [], ports: [Port(path: "cell.kick", pending: @cell.kick.sent, arguments: [@cell.kick.sent.w], additive: true)])
          """);

  private SmallNetwork() {}

  static NetworkView build() {
    return ViewLinker.link(PROGRAM, new JvmTarget().build(PROGRAM));
  }

  static Experiment experiment(int slots, Action... body) {
    return new Experiment(
        "small",
        "Small",
        "small",
        Optional.empty(),
        false,
        7,
        1,
        slots,
        List.of(body),
        List.of("cell"),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "",
        HERE);
  }

  static Machine machine(Experiment experiment, Notes notes) {
    return ProtocolLinker.machine(experiment, build(), notes, notes);
  }

  /// A machine that has run to the end.
  static Machine ran(int slots, Action... body) {
    Machine machine = machine(experiment(slots, body), new Notes());
    machine.run();
    return machine;
  }

  static Term n(long value) {
    return new Term.Whole(value);
  }

  static Term r(double value) {
    return new Term.Number(value);
  }

  /// A checkpoint, with what had been recorded by then.
  record Kept(byte[] position, Map<String, Object> buffers, List<String> lines) {
    void restore(Machine machine) {
      buffers.forEach((name, cells) -> {
        Object array = machine.view().network().array(name);
        System.arraycopy(cells, 0, array, 0, Cells.length(array));
      });
      machine.restore(position);
    }
  }

  /// Notes what is recorded; takes a checkpoint whenever it may, if asked to.
  static final class Notes implements Host, Recording {
    final List<String> lines = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<Kept> checkpoints = new ArrayList<>();
    boolean eager;

    @Override
    public void breathe(Machine machine) {}

    @Override
    public boolean checkpointIsDue() {
      return eager;
    }

    @Override
    public void checkpoint(Machine machine) {
      byte[] position = machine.position();
      Map<String, Object> buffers = new HashMap<>();
      for (String name : machine.view().kept()) {
        buffers.put(name, Cells.copy(machine.view().network().array(name)));
      }
      checkpoints.add(new Kept(position, buffers, List.copyOf(lines)));
    }

    @Override
    public Records open(Machine machine, String dataSet) {
      throw new IllegalStateException(dataSet);
    }

    @Override
    public void save(Machine machine, String file) {
      lines.add("save " + file);
    }

    @Override
    public void load(Machine machine, String file) {
      lines.add("load " + file);
    }

    @Override
    public void convert(
        Machine machine, Conversion conversion, String file, String of, List<double[]> samples) {
      lines.add("convert " + file);
    }

    @Override
    public void runExperiment(Machine machine, String experiment) {
      lines.add("run " + experiment);
    }

    @Override
    public Value resultOf(Machine machine, String experiment, String result) {
      return Value.NOTHING;
    }

    @Override
    public void told(String name, Supplier<String> text) {
      told.add(name + " " + text.get());
    }

    @Override
    public void pass(int depth, long done, long left) {}

    @Override
    public void openSpikes(String population, int[] indices) {}

    @Override
    public void spikes(
        String population, long[] stamps, double @Nullable [] early, int[] neurons, int count) {
      for (int k = 0; k < count; k++) {
        lines.add(population + "[" + neurons[k] + "] " + stamps[k]);
      }
    }

    @Override
    public void openSamples(Sampler sampler) {}

    @Override
    public void sample(Sampler sampler, long label, double[] row) {
      lines.add(sampler.path() + " " + label + " " + row[0]);
    }
  }
}

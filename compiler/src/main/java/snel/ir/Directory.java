package snel.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.math.Interval;
import snel.math.Shapes;

/// What the outside (protocol, recorder, report) needs to find its way in a program: names of the
/// source → buffers and kernels.
public record Directory(
    List<Population> populations,
    List<Projection> projections,
    List<Value> values,
    List<Flag> freezable,
    List<Port> ports) {
  public Directory {
    populations = List.copyOf(populations);
    projections = List.copyOf(projections);
    values = List.copyOf(values);
    freezable = List.copyOf(freezable);
    ports = List.copyOf(ports);
  }

  /// The same without the values and books that lie in none of these buffers.
  Directory over(List<Buffer> buffers) {
    Set<String> there = buffers.stream().map(Buffer::name).collect(Collectors.toSet());
    List<Value> kept =
        values.stream().filter(value -> there.contains(value.buffer().name())).toList();
    List<Population> keeping = populations.stream().map(p -> p.over(there)).toList();
    return new Directory(keeping, projections, kept, freezable, ports);
  }

  /// The same with other projections.
  public Directory withProjections(List<Projection> others) {
    return new Directory(populations, others, values, freezable, ports);
  }

  /// The same without the synapses of these projections, which lie in these buffers; how many they
  /// are is left.
  public Directory withoutSynapses(Set<String> paths, Set<Buffer> buffers) {
    List<Projection> kept =
        projections.stream().map(p -> paths.contains(p.name()) ? p.withoutSynapses() : p).toList();
    List<Value> others = values.stream().filter(v -> !buffers.contains(v.buffer())).toList();
    return new Directory(populations, kept, others, freezable, ports);
  }

  /// What waits in logs to be recorded.
  Set<Buffer> logged() {
    Set<Buffer> all = new HashSet<>();
    for (Population each : populations) {
      each.log()
          .ifPresent(log -> {
            all.addAll(List.of(log.index(), log.step()));
            log.early().ifPresent(all::add);
          });
    }
    return all;
  }

  /// All buffers that it names.
  public Set<Buffer> buffers() {
    Set<Buffer> all = new HashSet<>();
    for (Population each : populations) {
      all.addAll(List.of(each.spikes(), each.spikeCount(), each.total()));
      Stream.of(each.episodeCounts(), each.firstSpike(), each.firstEarly())
          .flatMap(Optional::stream)
          .forEach(all::add);
      each.log()
          .ifPresent(log -> {
            all.addAll(List.of(log.logging(), log.index(), log.step(), log.count()));
            log.early().ifPresent(all::add);
          });
    }
    for (Projection each : projections) {
      Stream.of(
              each.rowStart(), each.targetIndex(), each.weight(), each.delivered(), each.updates())
          .flatMap(Optional::stream)
          .forEach(all::add);
    }
    values.forEach(value -> all.add(value.buffer()));
    freezable.forEach(flag -> all.add(flag.flag()));
    for (Port port : ports) {
      all.add(port.pending());
      all.addAll(port.arguments());
    }
    return all;
  }

  /// A population, or an `input x : spikes[...]`, which is a population driven from outside.
  ///
  /// @param shape as declared
  /// @param isEvent a user event (`soma.burst`), listed as if it were a population
  /// @param isSilent whether its neurons have no spikes at all
  /// @param spikes `I32[size]`, with `spikeCount` `I32[1]`: the neurons whose spike is stamped with
  ///   the present instant and not yet delivered; before a step the protocol may append (rising
  ///   order kept) spikes of an input population, whose list a step clears after delivery
  /// @param episodeCounts `I32[size]`: spikes of each neuron in the latest episode (cleared by the
  ///   protocol when an episode begins), absent when nothing asks for them
  /// @param firstSpike `I64[size]`: stamp, in steps since the episode began, of each neuron's first
  ///   spike of the episode; -1 if none; absent when nothing asks
  /// @param firstEarly `F64[size]`: how much of a step that spike came before its stamp; absent
  ///   where all spikes come at the ends of steps
  /// @param total `I64[1]`: spikes of the whole population since the experiment began
  /// @param log spikes to be recorded: pairs appended as `logIndex` (`I32`) and `logStep` (`I64`,
  ///   the stamp), with `logEarly` (`F64`) where spikes are located, `logCount` `I32[1]`; taken and
  ///   zeroed by the recorder; logging happens while `logging` `I32[1]` is not zero
  public record Population(
      String name,
      List<Integer> shape,
      boolean isInput,
      boolean isEvent,
      boolean isSilent,
      Buffer spikes,
      Buffer spikeCount,
      Optional<Buffer> episodeCounts,
      Optional<Buffer> firstSpike,
      Optional<Buffer> firstEarly,
      Buffer total,
      Optional<Log> log) {
    public Population {
      shape = List.copyOf(shape);
    }

    /// The same without the books that lie in none of the buffers with these names.
    Population over(Set<String> buffers) {
      return new Population(
          name,
          shape,
          isInput,
          isEvent,
          isSilent,
          spikes,
          spikeCount,
          episodeCounts.filter(buffer -> buffers.contains(buffer.name())),
          firstSpike.filter(buffer -> buffers.contains(buffer.name())),
          firstEarly.filter(buffer -> buffers.contains(buffer.name())),
          total,
          log);
    }

    public int size() {
      return Shapes.size(shape);
    }
  }

  public record Log(
      Buffer logging, Buffer index, Buffer step, Optional<Buffer> early, Buffer count) {}

  /// @param delivered `I64[1]`: synaptic operations so far (spikes times the fan-out delivered)
  /// @param updates `I64[1]`: how often learning has changed something of a synapse, where that is
  ///   counted
  /// @param synapses how many there are, where the rule alone says so
  /// @param withoutSelf whether there is no synapse of a source onto the target of the same index,
  ///   though there is room for it: only where all are joined to all without rows
  /// @param rowStart present when the synapses are stored
  /// @param targetIndex present when they are stored in an order of their own
  /// @param load how others are put in their place, where they come and go and a file is loaded
  public record Projection(
      String name,
      String source,
      String target,
      int sources,
      int targets,
      Optional<Long> synapses,
      boolean withoutSelf,
      Optional<Buffer> rowStart,
      Optional<Buffer> targetIndex,
      Optional<Buffer> weight,
      Optional<Buffer> delivered,
      Optional<Buffer> updates,
      Optional<Loading> load) {
    private Projection withoutSynapses() {
      return new Projection(
          name,
          source,
          target,
          sources,
          targets,
          synapses,
          withoutSelf,
          rowStart,
          Optional.empty(),
          Optional.empty(),
          delivered,
          updates,
          load);
    }

    /// The same, its updates being counted.
    public Projection countingIn(Buffer counter) {
      return new Projection(
          name,
          source,
          target,
          sources,
          targets,
          synapses,
          withoutSelf,
          rowStart,
          targetIndex,
          weight,
          delivered,
          Optional.of(counter),
          load);
    }
  }

  /// The synapses that kernel `kernel` puts in place of those that are there.
  public record Loading(Buffer rowStart, Buffer targetIndex, String kernel) {}

  /// A named quantity that the protocol may read or write: states, parameters, inputs, weights.
  ///
  /// @param path as written: `E.v`, `feed.w`, `image`, `first.a_plus`, `dopamine`
  /// @param shape empty for one value
  /// @param unit the unit the author wrote, for display (`mV`), with its factor: stored = shown *
  ///   factor
  /// @param range that what is stored is clipped to, where the protocol puts it there
  public record Value(
      String path,
      Buffer buffer,
      List<Integer> shape,
      Kind kind,
      String unit,
      double factor,
      Interval range) {
    public Value {
      shape = List.copyOf(shape);
    }

    /// Whether `save` writes it.
    public boolean isPlastic() {
      return kind == Kind.WEIGHT || buffer.role() == Role.PLASTIC;
    }

    public double low() {
      return range.low();
    }

    public double high() {
      return range.high();
    }
  }

  public enum Kind {
    STATE,
    PARAMETER,
    INPUT,
    /// An input that synapses transmit to, which the protocol neither holds nor restores.
    FED_INPUT,
    WEIGHT,
    SYNAPSE_STATE
  }

  /// Something `freeze` can hold: `flag[0]` is 1 while held (`I32[1]`).
  public record Flag(String path, Buffer flag) {}

  /// Where `send` leaves an event for the next step, whose phase 1 takes and clears it.
  ///
  /// @param path `cell.exc`, or `learn.reward` of a projection
  /// @param pending `I32`, one per element (one in all for a projection's `receive`): how many
  ///   events wait; while it is 0 the arguments mean nothing
  /// @param arguments one buffer for each parameter of the port, indexed as `pending`; of several
  ///   events for one element the sum, which only ports linear in it allow
  /// @param additive whether several events may wait for one element
  public record Port(String path, Buffer pending, List<Buffer> arguments, boolean additive) {
    public Port {
      arguments = List.copyOf(arguments);
    }
  }
}

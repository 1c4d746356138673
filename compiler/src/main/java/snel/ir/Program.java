package snel.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// One network, elaborated and lowered for one experiment chain.
///
/// A step runs `step` in order; the driver then advances the [Clock] and stops early when
/// [Clock#HALT] is not zero. Kernels named by the protocol (drives, sends, measures) are in
/// `onDemand`.
///
/// @param stepMs length h of a step in milliseconds (exact value is a rational; this is its double)
/// @param real `F32` or `F64`: the type of the language's `real`
/// @param reset run by `reset all` after every QUEUE and STATE buffer was zeroed
/// @param faultSites what the place number of a fault means, for messages (`E.v`)
public record Program(
    String name,
    double stepMs,
    Scalar real,
    int seed,
    List<Buffer> buffers,
    List<Build> build,
    List<Kernel> reset,
    List<Kernel> presentationStart,
    List<Kernel> step,
    List<Kernel> presentationEnd,
    List<Kernel> onDemand,
    List<String> faultSites,
    Directory directory) {
  public Program {
    buffers = List.copyOf(buffers);
    build = List.copyOf(build);
    reset = List.copyOf(reset);
    presentationStart = List.copyOf(presentationStart);
    step = List.copyOf(step);
    presentationEnd = List.copyOf(presentationEnd);
    onDemand = List.copyOf(onDemand);
    faultSites = List.copyOf(faultSites);
  }

  /// A program without a network.
  public static Program empty(double stepMs) {
    List<Buffer> buffers =
        List.of(
            new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK),
            new Buffer(Clock.HALT, Cell.I32, Length.of(1), Role.LOG),
            new Buffer(Clock.FAULT, Cell.I64, Length.of(3), Role.LOG));
    return new Program(
        "",
        stepMs,
        Scalar.F64,
        0,
        buffers,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  public Buffer buffer(String name) {
    for (Buffer buffer : buffers) {
      if (buffer.name().equals(name)) {
        return buffer;
      }
    }
    throw new IllegalArgumentException("no buffer " + name);
  }

  /// All kernels, those of the build steps first.
  public List<Kernel> kernels() {
    List<Kernel> all = new ArrayList<>();
    for (Build step : build) {
      if (step instanceof Build.Run(Kernel kernel)) {
        all.add(kernel);
      }
    }
    all.addAll(scheduled());
    return all;
  }

  /// The kernels that run once the network is built.
  public List<Kernel> scheduled() {
    return Stream.of(reset, presentationStart, step, presentationEnd, onDemand)
        .flatMap(List::stream)
        .toList();
  }

  /// The kernels after which the state is as it is read from outside.
  public List<Kernel> settling() {
    Set<String> names = new HashSet<>();
    for (Build step : build) {
      if (step instanceof Build.Lists lists) {
        names.add(lists.settle());
      }
    }
    return onDemand.stream().filter(kernel -> names.contains(kernel.name())).toList();
  }

  /// The kernels that follow an input or parameter which has changed.
  public List<Kernel> binds() {
    return presentationStart.stream().filter(kernel -> kernel.phase() == Phase.BIND).toList();
  }

  /// What an experiment takes over from the one it is `from`: all that may have changed since the
  /// network was built, with the wiring of projections whose synapses come and go.
  public List<Buffer> carried() {
    return inRoles(Role::isLeft);
  }

  /// Wiring and scratch that only the build steps use.
  public Set<Buffer> buildOnly() {
    Set<Buffer> only = new HashSet<>();
    for (Buffer buffer : buffers) {
      if (buffer.role() == Role.WIRING || buffer.role() == Role.SCRATCH) {
        only.add(buffer);
      }
    }
    scheduled().forEach(kernel -> only.removeAll(Nodes.buffers(kernel.body())));
    only.removeAll(directory.buffers());
    return only;
  }

  /// What a checkpoint holds: what is carried, and what the protocol and the recorders changed.
  /// What waits to be recorded is taken before.
  public List<Buffer> kept() {
    Set<Buffer> taken = directory.logged();
    return inRoles(Role::isKept).stream().filter(buffer -> !taken.contains(buffer)).toList();
  }

  private List<Buffer> inRoles(Predicate<Role> roles) {
    Set<Buffer> changing = changingWiring();
    return buffers.stream()
        .filter(buffer -> roles.test(buffer.role()) || changing.contains(buffer))
        .toList();
  }

  /// Wiring that structural change rewrites.
  private Set<Buffer> changingWiring() {
    Set<Buffer> changing = new HashSet<>();
    for (Kernel kernel : scheduled()) {
      Nodes.eachStatement(
          kernel.body(),
          stmt ->
              Nodes.written(stmt).stream()
                  .filter(buffer -> buffer.role() == Role.WIRING)
                  .forEach(changing::add));
    }
    return changing;
  }

  /// The same program with each kernel replaced by what `change` makes of it. A kernel that runs in
  /// several places, as those of `reset` do when the network is built, is changed once.
  public Program mapKernels(UnaryOperator<Kernel> change) {
    Map<Kernel, Kernel> repeated = new HashMap<>();
    List<Build> steps = new ArrayList<>();
    for (Build step : build) {
      if (step instanceof Build.Run(Kernel kernel)) {
        Kernel changed = change.apply(kernel);
        steps.add(new Build.Run(changed));
        if (kernel.phase() == Phase.RESET) {
          repeated.put(kernel, changed);
        }
      } else {
        steps.add(step);
      }
    }
    UnaryOperator<Kernel> once =
        kernel -> {
          Kernel known = repeated.get(kernel);
          return known == null ? change.apply(kernel) : known;
        };
    return with(buffers, steps, directory, kernels -> kernels.stream().map(once).toList());
  }

  /// The same program without the scheduled kernels that do nothing.
  public Program withoutIdleKernels() {
    return with(
        buffers,
        build,
        directory,
        kernels -> kernels.stream().filter(kernel -> !kernel.body().isEmpty()).toList());
  }

  /// The same program with other kernels in a step, without the buffers of these names.
  public Program withStep(List<Kernel> kernels, Set<String> gone) {
    List<Buffer> kept = buffers.stream().filter(b -> !gone.contains(b.name())).toList();
    return new Program(
        name,
        stepMs,
        real,
        seed,
        kept,
        build,
        reset,
        presentationStart,
        kernels,
        presentationEnd,
        onDemand,
        faultSites,
        directory.over(kept));
  }

  /// The same kernels over some of the buffers, built by these steps. Values whose buffer is gone
  /// leave the directory.
  public Program with(List<Buffer> buffers, List<Build> build) {
    return with(buffers, build, directory.over(buffers), UnaryOperator.identity());
  }

  /// The same kernels over other buffers, which another directory names.
  public Program with(List<Buffer> buffers, List<Build> build, Directory directory) {
    return with(buffers, build, directory, UnaryOperator.identity());
  }

  /// The same network that is laid out otherwise: with other buffers, build steps and kernels of a
  /// step.
  public Program laidOut(
      List<Buffer> others, List<Build> builds, List<Kernel> steps, Directory named) {
    return laidOut(others, builds, steps, onDemand, named);
  }

  /// The same with other kernels on demand, too.
  public Program laidOut(
      List<Buffer> others,
      List<Build> builds,
      List<Kernel> steps,
      List<Kernel> demand,
      Directory named) {
    return new Program(
        name,
        stepMs,
        real,
        seed,
        others,
        builds,
        reset,
        presentationStart,
        steps,
        presentationEnd,
        demand,
        faultSites,
        named);
  }

  /// The same with other kernels in its steps and at the ends of presentations.
  public Program rewired(List<Kernel> steps, List<Kernel> ends) {
    return new Program(
        name,
        stepMs,
        real,
        seed,
        buffers,
        build,
        reset,
        presentationStart,
        steps,
        ends,
        onDemand,
        faultSites,
        directory);
  }

  /// The same network with further buffers and other kernels around its steps.
  public Program differentiated(
      List<Buffer> allBuffers, List<Kernel> onReset, List<Kernel> steps, List<Kernel> demand) {
    return new Program(
        name,
        stepMs,
        real,
        seed,
        allBuffers,
        build,
        onReset,
        presentationStart,
        steps,
        presentationEnd,
        demand,
        faultSites,
        directory);
  }

  private Program with(
      List<Buffer> buffers,
      List<Build> build,
      Directory directory,
      UnaryOperator<List<Kernel>> schedule) {
    return new Program(
        name,
        stepMs,
        real,
        seed,
        buffers,
        build,
        schedule.apply(reset),
        schedule.apply(presentationStart),
        schedule.apply(step),
        schedule.apply(presentationEnd),
        schedule.apply(onDemand),
        faultSites,
        directory);
  }
}

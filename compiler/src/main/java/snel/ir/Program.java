package snel.ir;

import java.util.List;

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

  public Buffer buffer(String name) {
    for (Buffer buffer : buffers) {
      if (buffer.name().equals(name)) {
        return buffer;
      }
    }
    throw new IllegalArgumentException("no buffer " + name);
  }
}

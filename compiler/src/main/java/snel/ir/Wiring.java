package snel.ir;

import java.util.Optional;

/// The synapses of one projection as compressed rows, sorted by (source, target, multapse).
///
/// @param name unique; [Length.Synapses] refers to it
/// @param stream Philox stream of the rule's draws (FNV-1a of `path:connect`)
/// @param excludeSelf no synapse where the two neurons are the same one; then sources and targets
///   are slices of one population and `selfOffset` is (target index) - (source index) of one neuron
///   in the two slices
/// @param rowStart `I32[sources + 1]` out
/// @param target `U16` or `I32`, one per synapse, out: local target index
/// @param multapse `I32` per synapse, out: r of the r-th synapse of a pair; absent unless needed
/// @param shared `I32` per synapse, out: index into the shared weights of a convolution, or the
///   list row of [Rule.Pairs]; absent unless needed
public record Wiring(
    String name,
    Rule rule,
    int sources,
    int targets,
    int stream,
    boolean excludeSelf,
    int selfOffset,
    Buffer rowStart,
    Buffer target,
    Optional<Buffer> multapse,
    Optional<Buffer> shared) {}

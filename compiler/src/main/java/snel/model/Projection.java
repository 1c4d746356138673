package snel.model;

import java.util.Optional;
import snel.math.Expr;
import snel.source.Span;

/// One projection from one source to one target.
///
/// @param path its name (`feed`), or `E->E.exc` (with `#k` for the k-th of an equal path): the path
///   of its random streams
/// @param name the author's name by `as`, if any
/// @param sourceEvent empty for spikes, else the user event (`burst`)
/// @param self `where pre != post` on two slices of one population
/// @param where further condition on the pair, if any
/// @param axonal, dendritic, backprop delays in ms
public record Projection(
    String path,
    Optional<String> name,
    Slice source,
    String sourceEvent,
    Endpoint target,
    Connection connection,
    boolean excludeSelf,
    Optional<Expr> where,
    WeightSource weight,
    Optional<Expr> axonal,
    Optional<Expr> dendritic,
    Optional<Expr> backprop,
    boolean instant,
    Synapse synapse,
    Optional<Normalise> normalise,
    Optional<Grow> grow,
    String weightUnit,
    double weightFactor,
    Span span) {
  /// Of its weights.
  public String weightPath() {
    return path + "." + synapse.weightName();
  }

  /// Whether the network itself changes the weights.
  public boolean changesWeight() {
    String name = synapse.weightName();
    return synapse.assigns(name)
        || synapse.equations().stream().anyMatch(e -> e.variable().equals(name))
        || normalise.isPresent();
  }

  /// The same from other neurons, which stand for its own.
  public Projection from(Slice other) {
    return with(other, weight, synapse, normalise);
  }

  /// The same with other weights.
  public Projection weighing(WeightSource other) {
    return with(source, other, synapse, normalise);
  }

  /// The same whose weights are held: nothing changes them.
  public Projection holdingWeight() {
    return with(source, weight, synapse.holdingWeight(), Optional.empty());
  }

  private Projection with(
      Slice from, WeightSource weights, Synapse model, Optional<Normalise> normalising) {
    return new Projection(
        path,
        name,
        from,
        sourceEvent,
        target,
        connection,
        excludeSelf,
        where,
        weights,
        axonal,
        dendritic,
        backprop,
        instant,
        model,
        normalising,
        grow,
        weightUnit,
        weightFactor,
        span);
  }

  /// `normalise sum(w) per post to total on event`.
  public record Normalise(Expr total, String event) {}

  /// `grow rule every steps`.
  public record Grow(Connection rule, boolean replaced, long steps) {}
}

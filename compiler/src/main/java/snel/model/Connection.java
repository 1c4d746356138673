package snel.model;

import snel.math.Expr;

/// Connection rules with their arguments evaluated.
public sealed interface Connection {
  record All() implements Connection {}

  record OneToOne() implements Connection {}

  /// `probability` is constant or depends on `pre`, `post` (one value a pair).
  record Bernoulli(Expr probability) implements Connection {}

  record FixedIndegree(int count, boolean multapses) implements Connection {}

  record FixedOutdegree(int count, boolean multapses) implements Connection {}

  record FixedTotal(long count, boolean multapses) implements Connection {}

  /// @param groups that channels are dealt into
  /// @param transposed the kernel moves over the target
  record Convolution(
      int[] kernel, int[] stride, int[] padding, int[] dilation, int groups, boolean transposed)
      implements Connection {}

  record Pooling(int[] kernel, int[] stride, int[] padding) implements Connection {}

  record Window(int[] kernel, int[] stride, int[] padding) implements Connection {}

  /// Listed pairs; `columns` are values of each edge by name (`edge.contacts`).
  record Edges(int[] sources, int[] targets, java.util.Map<String, double[]> columns)
      implements Connection {}
}

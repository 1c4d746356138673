package snel.elaborate;

import java.util.Arrays;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.model.Connection;
import snel.model.Projection;
import snel.model.WeightSource;
import snel.source.Span;

/// `tied to`: every pair that is joined takes the weight of the same pair of another projection,
/// which therefore must have one.
final class TiedPairs {
  private TiedPairs() {}

  static void check(Context context, Projection tied, Projection owner, Span span) {
    boolean swapped = ((WeightSource.Tied) tied.weight()).transposed();
    int from = swapped ? owner.target().size() : owner.source().size();
    int to = swapped ? owner.source().size() : owner.target().size();
    if (tied.source().size() != from || tied.target().size() != to) {
      context.fault(
          Diagnostic.of(
              Code.UNEQUAL_SIZES,
              "the weights of `%s` join %d to %d neurons, but these are %d and %d"
                  .formatted(owner.path(), from, to, tied.source().size(), tied.target().size()),
              span));
      return;
    }
    if (owner.grow().isPresent()
        || owner.synapse().prune().isPresent()
        || !isWithin(tied, owner, swapped)) {
      context.fault(
          Diagnostic.of(
                  Code.NO_MEANING_HERE,
                  "`%s` may have no weight for some of the pairs that are joined here"
                      .formatted(owner.path()),
                  span)
              .help("share the weights of a connection of `all` pairs that stay"));
    }
  }

  /// Whether all that `tied` joins is joined by `owner`, by their text.
  private static boolean isWithin(Projection tied, Projection owner, boolean swapped) {
    if (owner.connection() instanceof Connection.All
        && owner.where().isEmpty()
        && (!owner.excludeSelf() || tied.excludeSelf())) {
      return true;
    }
    Optional<Boolean> same =
        switch (tied.connection()) {
          case Connection.OneToOne _ ->
              Optional.of(owner.connection() instanceof Connection.OneToOne);
          case Connection.All _,
              Connection.Convolution _,
              Connection.Pooling _,
              Connection.Window _ ->
              Optional.of(!swapped && isLike(tied.connection(), owner.connection()));
          // a table may have a pair twice
          case Connection.Edges _,
              Connection.Bernoulli _,
              Connection.FixedIndegree _,
              Connection.FixedOutdegree _,
              Connection.FixedTotal _ ->
              Optional.empty();
        };
    return same.orElse(false)
        && tied.where().equals(owner.where())
        && (tied.excludeSelf() || !owner.excludeSelf());
  }

  private static boolean isLike(Connection a, Connection b) {
    return switch (a) {
      case Connection.Convolution(
              var kernel,
              var stride,
              var padding,
              var dilation,
              var groups,
              var transposed) ->
          b instanceof Connection.Convolution(var k, var s, var p, var d, var g, var t)
              && groups == g
              && transposed == t
              && Arrays.equals(kernel, k)
              && Arrays.equals(stride, s)
              && Arrays.equals(padding, p)
              && Arrays.equals(dilation, d);
      case Connection.Pooling(var kernel, var stride, var padding) ->
          b instanceof Connection.Pooling(var k, var s, var p)
              && Arrays.equals(kernel, k)
              && Arrays.equals(stride, s)
              && Arrays.equals(padding, p);
      case Connection.Window(var kernel, var stride, var padding) ->
          b instanceof Connection.Window(var k, var s, var p)
              && Arrays.equals(kernel, k)
              && Arrays.equals(stride, s)
              && Arrays.equals(padding, p);
      default -> a.equals(b);
    };
  }
}

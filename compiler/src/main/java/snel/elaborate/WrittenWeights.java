package snel.elaborate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.model.Connection;
import snel.model.Slice;
import snel.model.WeightSource;
import snel.source.Span;

/// Weights that are written as a list: a row for each source; the kernels of a `conv`; one for each
/// pair of `one_to_one`.
final class WrittenWeights {
  private final Context context;
  private final Connection connection;
  private final Slice source;
  private final Slice target;

  WrittenWeights(Context context, Connection connection, Slice source, Slice target) {
    this.context = context;
    this.connection = connection;
    this.source = source;
    this.target = target;
  }

  /// Empty, and reported, if the list has another shape or is not made of constants.
  Optional<WeightSource> read(Val.Items list, Span span) {
    List<Val> flat = Lists.flat(list.items());
    double[] values = new double[flat.size()];
    for (int k = 0; k < values.length; k++) {
      if (flat.get(k) instanceof Val.Num(Expr.Num(var number), _)) {
        values[k] = number.toDouble();
      } else {
        context.fault(
            Diagnostic.of(
                    Code.CHANGES_IN_TIME,
                    "weights in a list must be constants",
                    span,
                    "a list of what is not known when compiled")
                .help("pick each weight by its neuron: `[1, 2, 3][pre.index]`"));
        return Optional.empty();
      }
    }
    List<Integer> shape = Lists.shape(list.items());
    boolean isMatrix = fits(shape, values.length, source.size(), target.size());
    return switch (connection) {
      case Connection.OneToOne _ when values.length == source.size() && shape.size() == 1 ->
          Optional.of(new WeightSource.Matrix(values));
      case Connection.OneToOne _ when isMatrix -> Optional.of(diagonal(values));
      case Connection.OneToOne _ -> unlike(shape, "one for each of the " + source.size(), span);
      case Connection.Convolution rule when isKernel(shape, values.length, rule) ->
          Optional.of(new WeightSource.Matrix(values));
      case Connection.Convolution rule -> unlike(shape, kernels(rule), span);
      default ->
          isMatrix
              ? Optional.of(new WeightSource.Matrix(values))
              : unlike(
                  shape,
                  source.size() + " rows, one a source, of " + target.size() + " weights",
                  span);
    };
  }

  private WeightSource diagonal(double[] matrix) {
    double[] values = new double[source.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = matrix[k * target.size() + k];
    }
    return new WeightSource.Matrix(values);
  }

  /// Rows are told from columns where rows are written; what is flat, or has the axes of maps, goes
  /// by its number of elements.
  private static boolean fits(List<Integer> shape, int count, int rows, int columns) {
    boolean isTable = shape.size() == 2;
    return count == (long) rows * columns
        && (!isTable || shape.get(0) == rows && shape.get(1) == columns);
  }

  private boolean isKernel(List<Integer> shape, int count, Connection.Convolution rule) {
    int axes = shape.size();
    boolean isOfKernel =
        axes < 2
            || shape.get(axes - 1) == rule.kernel()[1] && shape.get(axes - 2) == rule.kernel()[0];
    return isOfKernel && count == weights(rule);
  }

  private long weights(Connection.Convolution rule) {
    return (long) channels(source)
        * channels(target)
        / rule.groups()
        * rule.kernel()[0]
        * rule.kernel()[1];
  }

  private static int channels(Slice slice) {
    return slice.shape().size() < 3 ? 1 : slice.shape().getFirst();
  }

  private String kernels(Connection.Convolution rule) {
    int size = rule.kernel()[0] * rule.kernel()[1];
    String one = "a kernel of %d by %d".formatted(rule.kernel()[0], rule.kernel()[1]);
    long count = weights(rule) / size;
    return count == 1 ? one : count + " times " + one;
  }

  private Optional<WeightSource> unlike(List<Integer> shape, String wanted, Span span) {
    String found = shape.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNLIKE_SHAPES,
            "these weights are a list of " + found + ", but the connection takes " + wanted,
            span,
            found);
    boolean isTurned = shape.equals(List.of(target.size(), source.size()));
    String turned = "transpose(" + span.text() + ")";
    context.fault(
        isTurned
            ? diagnostic.fix("a row a target? write `" + turned + "`", span, turned)
            : diagnostic);
    return Optional.empty();
  }
}

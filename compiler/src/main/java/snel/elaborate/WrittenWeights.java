package snel.elaborate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Shapes;
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
    boolean isMatrix = Shapes.nest(shape, List.of(source.size(), target.size()));
    return switch (connection) {
      case Connection.OneToOne _ when values.length == source.size() && shape.size() == 1 ->
          Optional.of(new WeightSource.Matrix(values));
      case Connection.OneToOne _ when isMatrix -> Optional.of(diagonal(values));
      case Connection.OneToOne _ -> unlike(shape, "one for each of the " + source.size(), span);
      case Connection.Convolution rule when Shapes.nest(shape, weights(rule)) ->
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

  /// [target channels, source channels of a group, height, width], or transposed [source channels,
  /// target channels of a group, height, width].
  private List<Integer> weights(Connection.Convolution rule) {
    Slice first = rule.transposed() ? source : target;
    Slice second = rule.transposed() ? target : source;
    return List.of(
        channels(first), channels(second) / rule.groups(), rule.kernel()[0], rule.kernel()[1]);
  }

  private static int channels(Slice slice) {
    return slice.shape().size() < 3 ? 1 : slice.shape().getFirst();
  }

  private String kernels(Connection.Convolution rule) {
    List<Integer> shape = weights(rule);
    String one = "a kernel of %d by %d".formatted(shape.get(2), shape.get(3));
    int count = shape.get(0) * shape.get(1);
    return count == 1 ? one : count + " times " + one + ", in the shape " + shape;
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

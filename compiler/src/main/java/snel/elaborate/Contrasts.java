package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.NetworkInput;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;

/// `difference_of_gaussians` in a network: two maps, ON and OFF, for each size, computed by the run
/// when the picture is presented.
final class Contrasts {
  private static final String NAME = "difference_of_gaussians";

  private final Evaluator evaluator;

  Contrasts(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Val of(
      Declaration.Function function,
      Entity.Declared declared,
      List<Argument> arguments,
      Span span) {
    Context context = evaluator.context();
    List<Val> values = values(function, declared, arguments);
    if (values.stream().anyMatch(value -> value instanceof Val.Bad)) {
      return Val.BAD;
    }
    if (!(values.getFirst() instanceof Val.Num(Expr.Element(var image, _), var shape))
        || image.owner() != Owner.NETWORK
        || shape.size() != 2) {
      return context.fault(Code.UNLIKE_SHAPES, "an image [height, width] is wanted", span);
    }
    List<Val> options = values.subList(1, values.size());
    Optional<String> wrong = wrong(options);
    if (wrong.isPresent()) {
      return context.fault(Code.OUT_OF_RANGE, "`" + NAME + "` " + wrong.get(), span);
    }
    int maps = 2 * numbers(options.getFirst()).orElseThrow().size();
    Optional<Contrast> contrast =
        context.contrast(
            image.name(), List.of(maps, shape.get(0), shape.get(1)), options, NAME, span);
    if (contrast.isEmpty()) {
      return context.fault(
          Code.NO_MEANING_HERE, "nothing in the network takes this contrast, so it has none", span);
    }
    var filtered = new Expr.Ref(Owner.NETWORK, contrast.get().path(), Kind.REAL);
    return new Val.Num(
        new Expr.Element(filtered, new Expr.Ref(Owner.SELF, "index", Kind.INT)),
        contrast.get().shape());
  }

  private List<Val> values(
      Declaration.Function function, Entity.Declared declared, List<Argument> arguments) {
    List<Val> values = new ArrayList<>();
    for (int k = 0; k < function.parameters().size(); k++) {
      var parameter = function.parameters().get(k);
      Optional<Expression> given = Calls.given(arguments, parameter.name().text(), k);
      Expression fallback = parameter.fallback();
      values.add(
          given.isPresent()
              ? evaluator.eval(given.get())
              : fallback == null
                  ? evaluator
                      .context()
                      .fault(
                          Code.MISSING_ARGUMENT,
                          "`" + NAME + "` wants `" + parameter.name().text() + "`",
                          function.name().span())
                  : evaluator.in(Env.of(declared.scope())).eval(fallback));
    }
    return values;
  }

  /// What is wrong with size, sigma, threshold and radius.
  private static Optional<String> wrong(List<Val> options) {
    List<Optional<List<Double>>> given = options.stream().map(Contrasts::numbers).toList();
    if (given.stream().anyMatch(Optional::isEmpty)) {
      return Optional.of("wants options that are known when compiled");
    }
    List<Double> sizes = given.get(0).orElseThrow();
    List<Double> sigmas = given.get(1).orElseThrow();
    List<Double> radius = given.get(3).orElseThrow();
    if (sizes.isEmpty() || sizes.stream().anyMatch(size -> !isWhole(size) || size % 2 != 1)) {
      return Optional.of("wants odd sizes, in pixels");
    }
    boolean left = sigmas.equals(List.of(0.0));
    if (!left && (sigmas.size() != 2 || sigmas.stream().anyMatch(sigma -> !(sigma > 0)))) {
      return Optional.of("wants two widths above 0 as `sigma`: [centre, surround]");
    }
    return radius.size() == 1
            && isWhole(radius.getFirst())
            && given.get(2).orElseThrow().size() == 1
        ? Optional.empty()
        : Optional.of("wants one threshold, and a whole radius of 0 or more");
  }

  private static boolean isWhole(double number) {
    return number >= 0 && number == Math.rint(number);
  }

  private static Optional<List<Double>> numbers(Val value) {
    List<Val> items = value instanceof Val.Items(var all) ? all : List.of(value);
    List<Double> numbers = new ArrayList<>();
    for (Val item : items) {
      if (!(item instanceof Val.Num(Expr.Num(var number), _))) {
        return Optional.empty();
      }
      numbers.add(number.toDouble());
    }
    return Optional.of(numbers);
  }

  /// The inputs of a network, and behind them those that hold contrasts of them. A contrast is 0
  /// until its picture is presented, so the picture must be too.
  static List<NetworkInput> with(List<NetworkInput> inputs, Context context) {
    List<NetworkInput> all = new ArrayList<>(inputs);
    for (Contrast contrast : context.contrasts()) {
      Optional<NetworkInput> image =
          inputs.stream().filter(input -> input.path().equals(contrast.image())).findFirst();
      if (image.isEmpty() || image.get().initial() != 0) {
        context.fault(
            Diagnostic.of(
                    Code.NO_MEANING_HERE,
                    "the contrast of `" + contrast.image() + "` is known only when it is presented",
                    contrast.span())
                .help("take the contrast of an `input` that starts at 0"));
      }
      all.add(new NetworkInput(contrast.path(), contrast.shape(), 0, "", 1, contrast.span()));
    }
    return all;
  }
}

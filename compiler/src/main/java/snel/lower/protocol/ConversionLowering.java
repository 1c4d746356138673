package snel.lower.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Conversion;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Expr;
import snel.math.Shapes;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// Lowers `load onnx(…)` and its like: weights of a trained network of another kind.
final class ConversionLowering {
  private static final double USUAL_PERCENTILE = 99.9;

  private final Block block;
  private final Work work;

  ConversionLowering(Block block) {
    this.block = block;
    this.work = block.work();
  }

  Optional<Action> lower(
      Conversion.Format format, List<Argument> arguments, Span span, Place place) {
    var call =
        new Arguments(
            block.reader(), format.name().toLowerCase(java.util.Locale.ROOT), arguments, span);
    Optional<Term> file = call.term("file", 0);
    ConversionNames names = new ConversionNames(block);
    List<Conversion.Match> map = names.map(call.expression("map", -1));
    List<Conversion.Norm> normalised = names.normalised(call.expression("normalised", -1));
    Set<String> maxima = names.maxima(call.expression("maximum", -1));
    Set<String> filled = new LinkedHashSet<>();
    map.forEach(match -> filled.add(match.target()));
    if (format == Conversion.Format.ONNX && !normalised.isEmpty()) {
      work.fault(
          Code.UNKNOWN_ARGUMENT,
          "`onnx` has no `normalised`: what the graph normalises is folded without being named",
          call.expression("normalised", -1).orElseThrow().span());
    }
    Optional<Expression> samples = call.expression("calibrate", -1);
    Conversion.Scale scale = scale(call.expression("scale", -1), samples.isPresent());
    boolean isScaled = !(scale instanceof Conversion.Scale.None);
    var layers =
        new ConvertedLayers(work.elaborated().network(), work.stepMs(), filled, maxima, isScaled);
    List<Conversion.Layer> read = layers.read();
    if (!layers.reasons().isEmpty()) {
      refuse(layers.reasons(), span);
      return Optional.empty();
    }
    layers.touched().forEach(work.demands()::touches);
    for (Conversion.Layer layer : read) {
      layer.bias().ifPresent(bias -> work.demands().observes(bias.path()));
      layer.bias().ifPresent(bias -> work.demands().assigns(bias.path()));
    }
    Optional<Term> inputs = samples.flatMap(given -> inputs(given, read));
    if (scale instanceof Conversion.Scale.Data && samples.isEmpty()) {
      work.fault(
          Code.MISSING_ARGUMENT, "a scale by activities wants samples: `calibrate: …`", span);
      return Optional.empty();
    }
    Optional<String> of = call.expression("of", -1).map(given -> Places.text(given.span()));
    if (file.isEmpty() || samples.isPresent() && inputs.isEmpty()) {
      return Optional.empty();
    }
    double peak = call.expression("peak", -1).map(this::spikesPerStep).orElse(1.0);
    return Optional.of(
        new Action.Convert(
            new Conversion(format, file.get(), of, map, normalised, scale, peak, inputs, read),
            place));
  }

  private void refuse(Map<Span, String> reasons, Span span) {
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.CANNOT_CONVERT,
            "this network is no stack of layers that could take trained weights"
                + (reasons.size() == 1 ? "" : ", for " + reasons.size() + " reasons"),
            span,
            "loaded here");
    for (Map.Entry<Span, String> reason : reasons.entrySet()) {
      diagnostic = diagnostic.label(reason.getKey(), reason.getValue());
    }
    work.fault(diagnostic);
  }

  // scale

  private Conversion.Scale scale(Optional<Expression> given, boolean hasSamples) {
    if (given.isEmpty()) {
      return hasSamples
          ? new Conversion.Scale.Data(USUAL_PERCENTILE)
          : new Conversion.Scale.Model();
    }
    switch (given.get().ungrouped()) {
      case Expression.Variable(var name, _) when name.text().equals("none") -> {
        return new Conversion.Scale.None();
      }
      case Expression.Variable(var name, _) when name.text().equals("model") -> {
        return new Conversion.Scale.Model();
      }
      case Expression.Variable(var name, _) when name.text().equals("data") -> {
        return new Conversion.Scale.Data(100);
      }
      case Expression.Call(Expression.Variable(var name, _), var arguments, _)
          when name.text().equals("percentile") && arguments.size() == 1 -> {
        double percent = number(arguments.getFirst().value());
        if (percent > 0 && percent <= 100) {
          return new Conversion.Scale.Data(percent);
        }
      }
      default -> {}
    }
    work.fault(
        Code.WRONG_KIND,
        "a scale is `percentile(99.9)` with up to 100, `data`, `model` or `none`",
        given.get().span());
    return new Conversion.Scale.None();
  }

  private double number(Expression expression) {
    return block.reader().read(expression)
            instanceof Meaning.Fixed(Val.Num(Expr.Num(var number), _), var _)
        ? number.toDouble()
        : Double.NaN;
  }

  /// Spikes in a step at this rate.
  private double spikesPerStep(Expression rate) {
    double perMs = number(rate);
    if (perMs > 0 && perMs * work.stepMs() <= 1) {
      return perMs * work.stepMs();
    }
    work.fault(
        Code.WRONG_KIND,
        "a rate is wanted of at most a spike a step, known when compiled",
        rate.span());
    return 1;
  }

  // calibrate

  /// The first field of the samples that has as many numbers as the input has neurons.
  private Optional<Term> inputs(Expression given, List<Conversion.Layer> layers) {
    Optional<Term> stream = block.reader().term(given);
    if (stream.isEmpty()) {
      return Optional.empty();
    }
    int size = layers.getFirst().size();
    if (stream.get().type() instanceof Type.Stream(Type.Sample(String name))) {
      for (DataSet.Field field : work.demands().dataSet(name).fields()) {
        if (field.type() instanceof Type.Array(var shape) && Shapes.size(shape) == size) {
          return Optional.of(
              new Term.FieldOfAll(stream.get(), field.name(), new Type.Listing(field.type())));
        }
      }
    }
    work.fault(
        Code.WRONG_KIND, "samples with " + size + " numbers each are wanted here", given.span());
    return Optional.empty();
  }
}

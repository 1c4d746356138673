package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.protocol.Conversion;
import snel.ir.protocol.Place;
import snel.runtime.convert.Scaling;
import snel.runtime.convert.Stack;
import snel.runtime.convert.Structure;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.Value;
import snel.target.jvm.MapsOf;

/// Turns a conversion into what carries it out.
final class ConversionLinker {
  private ConversionLinker() {}

  static void link(ScriptWriter writer, Conversion conversion, Place place) {
    Evaluation file = TermLinker.link(conversion.file());
    Optional<Evaluation> samples = conversion.samples().map(TermLinker::link);
    var linked =
        new snel.runtime.convert.Conversion(
            snel.runtime.convert.Conversion.Format.valueOf(conversion.format().name()),
            conversion.map().stream()
                .map(match ->
                    new snel.runtime.convert.Conversion.Match(match.name(), match.target()))
                .toList(),
            conversion.normalised().stream()
                .map(norm ->
                    new snel.runtime.convert.Conversion.Norm(
                        norm.name(), norm.population(), norm.epsilon()))
                .toList(),
            conversion.of().isPresent(),
            scaling(conversion.scale()),
            conversion.peak(),
            new Structure(conversion.layers().stream().map(ConversionLinker::layer).toList()));
    writer.add(
        place,
        machine -> {
          List<double[]> inputs = new ArrayList<>();
          if (samples.isPresent()) {
            Value all = samples.get().evaluate(machine);
            for (int k = 0; k < all.size(); k++) {
              inputs.add(all.element(k).numbers());
            }
          }
          String name = file.evaluate(machine).text();
          machine.host().convert(machine, linked, name, conversion.of().orElse(""), inputs);
        });
  }

  private static Scaling scaling(Conversion.Scale scale) {
    return switch (scale) {
      case Conversion.Scale.None _ -> new Scaling.None();
      case Conversion.Scale.Model _ -> new Scaling.Model();
      case Conversion.Scale.Data(double percent) -> new Scaling.Data(percent);
    };
  }

  private static Structure.Layer layer(Conversion.Layer layer) {
    return new Structure.Layer(
        layer.population(),
        layer.size(),
        layer.links().stream().map(ConversionLinker::link).toList(),
        layer.bias().map(ConversionLinker::store),
        Structure.Activation.valueOf(layer.response().activation().name()),
        layer.response().ceiling());
  }

  private static Structure.Link link(Conversion.Link link) {
    return new Structure.Link(
        link.projection(),
        link.source(),
        wiring(link.wiring()),
        switch (link.weights()) {
          case Conversion.Weights.Stored(var store) -> new Structure.Weights.Stored(store(store));
          case Conversion.Weights.Constant(double value, var kept) ->
              new Structure.Weights.Constant(value, kept.map(ConversionLinker::store));
          case Conversion.Weights.Average _ -> new Structure.Weights.Average();
        },
        link.maximum());
  }

  private static Structure.Store store(Conversion.Store store) {
    return new Structure.Store(store.path(), store.perStep());
  }

  private static Stack stack(Conversion.Stack stack) {
    return new Stack(stack.channels(), stack.places());
  }

  private static Structure.Wiring wiring(Conversion.Wiring wiring) {
    return switch (wiring) {
      case Conversion.Wiring.Full(var sources, var targets) ->
          new Structure.Wiring.Full(stack(sources), stack(targets));
      case Conversion.Wiring.OneToOne(int size) -> new Structure.Wiring.OneToOne(size);
      case Conversion.Wiring.Convolution(var shape) ->
          new Structure.Wiring.Convolution(MapsOf.shape(shape));
      case Conversion.Wiring.Pool(var shape) -> new Structure.Wiring.Pool(MapsOf.shape(shape));
    };
  }
}

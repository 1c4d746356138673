package snel.elaborate;

import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.math.Expr;
import snel.math.Kind;
import snel.model.Slice;
import snel.model.Synapse;
import snel.model.WeightSource;
import snel.resolve.Entity;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;

/// Reads the `synapse` of a `connect`; without one, a spike delivers the weight.
final class SynapseReader {
  /// A synapse model with its arguments.
  ///
  /// @param weightUnit that of its weight, unless this takes the dimension of the port
  /// @param lists its parameters that are lists
  record Filled(Synapse synapse, Optional<String> weightUnit, Map<String, Listed> lists) {}

  private final NetworkElaborator network;
  private final Context context;
  private final Env arguments;
  private final Slice source;
  private final Optional<Slice> target;

  /// @param arguments names for the arguments of the model
  SynapseReader(NetworkElaborator network, Env arguments, Slice source, Optional<Slice> target) {
    this.network = network;
    this.context = network.context();
    this.arguments = arguments;
    this.source = source;
    this.target = target;
  }

  /// @param kind of what arrives
  /// @param takesValue whether what a spike leads to takes a value
  Optional<Filled> read(
      Connect connect, Optional<WeightSource> weight, Kind kind, boolean takesValue) {
    for (Clause clause : connect.clauses()) {
      if (!(clause instanceof Clause.SynapseModel(var model, var span))) {
        continue;
      }
      Optional<Entity> entity = arguments.file().find(model.name());
      if (entity.isPresent()
          && entity.get() instanceof Entity.Declared declared
          && declared.declaration() instanceof Declaration.Synapse) {
        Optional<Expr> initial =
            weight.flatMap(
                w -> w instanceof WeightSource.Value(var e) ? Optional.of(e) : Optional.empty());
        var elaborator =
            new SynapseElaborator(
                context,
                arguments,
                model.name().text(),
                model.arguments(),
                network.settings(),
                context.neuron(source.population()),
                target.flatMap(t -> context.neuron(t.population())),
                source,
                target,
                initial);
        Synapse filled = context.filling(model.span(), () -> elaborator.elaborate(declared));
        return Optional.of(new Filled(filled, elaborator.weightUnit(), elaborator.lists()));
      }
      String name = model.name().text();
      context.fault(
          entity.isPresent() ? Code.NOT_A_MODEL : Code.UNKNOWN_NAME,
          entity.isPresent()
              ? "`" + name + "` is no synapse"
              : "unknown synapse `" + name + "`" + Nearest.hint(name, arguments.file().names()),
          span);
      return Optional.empty();
    }
    return Optional.of(
        new Filled(
            SynapseElaborator.fixed(connect.span(), kind, takesValue && weight.isPresent()),
            Optional.empty(),
            Map.of()));
  }
}

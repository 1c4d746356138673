package snel.check;

import java.util.LinkedHashMap;
import java.util.Optional;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.SynapseItem;
import snel.types.DimensionTerm;
import snel.types.Type;

/// Reads what a synapse declares, for one use of it.
final class SynapseReader {
  private final Context context;
  private final SynapseUse use;

  SynapseReader(Context context, SynapseUse use) {
    this.context = context;
    this.use = use;
  }

  SynapseModel read(Declaration.Synapse synapse, Scope root) {
    Optional<SynapseModel> parent =
        Ancestors.of(context, synapse.parent(), synapse, root.file())
            .flatMap(declared ->
                declared.declaration() instanceof Declaration.Synapse ancestor
                    ? Optional.of(read(ancestor, context.models().root(declared.scope())))
                    : Optional.empty());
    Scope given = root.inner(Place.SYNAPSE);
    given.put(Symbol.given("pre", new Things.End("pre", use.pre()), synapse.name().span()));
    given.put(Symbol.given("post", new Things.End("post", use.post()), synapse.name().span()));
    var variables = new LinkedHashMap<String, Symbol>();
    parent.ifPresent(p -> variables.putAll(p.variables()));
    Scope scope = given.sharing(variables, Place.SYNAPSE);
    var model = new SynapseModel(synapse, scope, parent);
    var own = new OwnNames(context, scope);
    for (SynapseItem item : synapse.items()) {
      switch (item) {
        case Let let -> own.add(ModelNames.let(context, scope, let));
        case ModelItem.Receive receive -> model.add(Port.of(context, scope, receive));
        case SynapseItem.WeightVariable w ->
            own.add(written(scope, w.name(), w.type(), Role.WEIGHT));
        case SynapseItem.DelayVariable d -> own.add(written(scope, d.name(), d.type(), Role.DELAY));
        case SynapseItem.DecayingTrace trace -> own.add(trace(scope, trace));
        case SynapseItem.WindowTrace trace ->
            own.add(Symbol.of(trace.name(), Role.TRACE, Type.PLAIN));
        case ModelItem shared -> ModelNames.of(context, scope, shared).forEach(own::add);
        case SynapseItem.Transmit _, SynapseItem.Prune _ -> {}
        case SynapseItem.Coincident _, SynapseItem.Sum _ -> {}
      }
    }
    return model;
  }

  private Symbol written(Scope scope, Name name, snel.syntax.Type type, Role role) {
    DimensionTerm any =
        use.weight().orElseGet(() -> DimensionTerm.of(context.unification().rigid(name.text())));
    return Symbol.lazy(
        name, role, Optional.empty(), self -> new WrittenTypes(context, scope, any).read(type));
  }

  /// Plain unless an amount is written.
  private Symbol trace(Scope scope, SynapseItem.DecayingTrace trace) {
    Expression amount = trace.amount();
    return Symbol.lazy(
        trace.name(),
        Role.TRACE,
        Optional.empty(),
        self ->
            amount == null ? Type.PLAIN : Typing.settled(context, context.in(scope).type(amount)));
  }
}

package snel.check;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Diagnostics;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.syntax.Declaration;
import snel.types.Signature;
import snel.types.Type;
import snel.types.Unification;

/// What the declarations of all files mean, each read once when first asked for. What lies in files
/// that are not checked, as those of the library, is trusted: its faults go nowhere.
final class Models {
  private final Context checked;
  private final Context trusted;
  private final Set<FileScope> files;
  private @Nullable Driving driving;
  private final Map<FileScope, Scope> roots = new IdentityHashMap<>();
  private final Map<Declaration, Object> known = new IdentityHashMap<>();

  /// @param files that are checked
  /// @param given what is set from outside the program, as `Owner.name`
  Models(Diagnostics diagnostics, Set<FileScope> files, Set<String> given) {
    this.files = files;
    var unification = new Unification();
    checked = new Context(diagnostics, unification, new Usage(), new Unknowns(), this, given);
    trusted = checked.reportingTo(new Diagnostics());
  }

  /// What the files give values and events to.
  Driving driving() {
    Driving known = driving;
    if (known == null) {
      known = Driving.of(files);
      driving = known;
    }
    return known;
  }

  Context context() {
    return checked;
  }

  Context context(FileScope file) {
    return files.contains(file) ? checked : trusted;
  }

  /// The names of a file that stand for values, models and experiments.
  Scope root(FileScope file) {
    Scope ready = roots.get(file);
    if (ready != null) {
      return ready;
    }
    Scope root = Scope.of(file);
    roots.put(file, root);
    new FileNames(this, root).fill();
    return root;
  }

  NeuronModel neuron(Declaration.Neuron neuron, FileScope file) {
    return remembered(
        neuron, NeuronModel.class, () -> new NeuronReader(context(file)).read(neuron, root(file)));
  }

  /// A synapse by itself, whose neurons are not known.
  SynapseModel synapse(Declaration.Synapse synapse, FileScope file) {
    return remembered(
        synapse,
        SynapseModel.class,
        () -> new SynapseReader(context(file), SynapseUse.NOWHERE).read(synapse, root(file)));
  }

  NetworkModel network(Declaration.Network network, FileScope file) {
    return remembered(
        network, NetworkModel.class, () -> NetworkModel.read(context(file), network, root(file)));
  }

  Signature function(Declaration.Function function, FileScope file) {
    return remembered(
        function, Signature.class, () -> Functions.signature(context(file), function, root(file)));
  }

  private <T> T remembered(Declaration declaration, Class<T> kind, Supplier<T> reading) {
    Object ready = known.get(declaration);
    if (ready == null) {
      ready = reading.get();
      known.put(declaration, ready);
    }
    return kind.cast(ready);
  }

  /// The type of a name that stands for this.
  Type entity(Entity entity) {
    return switch (entity) {
      case Entity.Declared declared -> {
        Optional<Symbol> symbol = symbol(declared);
        symbol.ifPresent(checked.usage()::read);
        yield symbol.map(checked::type).orElse(Type.UNKNOWN);
      }
      case Entity.Module _, Entity.Folder _ -> new Things.Module(entity, this);
    };
  }

  /// The name of a declaration in its file; functions have none.
  Optional<Symbol> symbol(Entity.Declared declared) {
    return Library.name(declared.declaration())
        .flatMap(name -> root(declared.scope()).own(name.text()));
  }
}

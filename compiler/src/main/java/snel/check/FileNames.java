package snel.check;

import java.util.Optional;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.syntax.Declaration;
import snel.syntax.Let;
import snel.syntax.Name;
import snel.types.Type;

/// Fills the outermost scope of a file: what it declares and what it imports.
final class FileNames {
  private final Models models;
  private final Scope root;

  FileNames(Models models, Scope root) {
    this.models = models;
    this.root = root;
  }

  void fill() {
    FileScope file = root.file();
    for (Declaration declaration : file.file().declarations()) {
      Optional<Name> name = Library.name(declaration);
      if (name.isPresent() && !(declaration instanceof Declaration.Function)) {
        root.put(symbol(declaration, name.get()));
      }
    }
    for (String name : file.names()) {
      if (root.own(name).isEmpty()) {
        file.find(name).ifPresent(entity -> bring(name, entity));
      }
    }
  }

  private Symbol symbol(Declaration declaration, Name name) {
    Context context = models.context(root.file());
    return switch (declaration) {
      case Let let ->
          Symbol.lazy(
              name,
              Role.CONSTANT,
              Optional.of(new Symbol.Definition(let.value(), root)),
              self -> Typing.ofLet(context, root, let));
      case Declaration.Data data ->
          Symbol.lazy(
              name, Role.DATA, Optional.empty(), self -> DataFields.type(context, data, root));
      case Declaration.Neuron _, Declaration.Synapse _, Declaration.Network _ ->
          named(declaration, name);
      case Declaration.Experiment _, Declaration.Sweep _, Declaration.Test _ ->
          named(declaration, name);
      case Declaration.Deployment _, Declaration.Function _ -> named(declaration, name);
    };
  }

  private Symbol named(Declaration declaration, Name name) {
    return Symbol.of(name, Role.DECLARED, new Things.Named(declaration, root));
  }

  private void bring(String name, Entity entity) {
    switch (entity) {
      case Entity.Declared(var declaration, var file) -> {
        Optional<Symbol> symbol =
            file == root.file()
                ? Optional.empty()
                : Library.name(declaration).flatMap(n -> models.root(file).own(n.text()));
        symbol.ifPresent(s -> root.own().putIfAbsent(name, s));
      }
      case Entity.Module _, Entity.Folder _ ->
          root.own()
              .put(
                  name,
                  Symbol.given(
                      name, (Type) new Things.Module(entity, models), root.file().file().span()));
    }
  }
}

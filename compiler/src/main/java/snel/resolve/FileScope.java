package snel.resolve;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;
import snel.syntax.Declaration;
import snel.syntax.File;

/// The names of one file: what it declares and what it imports. Functions are a namespace of their
/// own.
public final class FileScope {
  private final String path;
  private final File file;
  private final Library all;
  private final Map<String, Entity> names = new LinkedHashMap<>();
  private final Map<String, Entity.Declared> functions = new LinkedHashMap<>();
  private final Set<String> imported = new LinkedHashSet<>();

  FileScope(String path, File file, Library all) {
    this.path = path;
    this.file = file;
    this.all = all;
  }

  /// Another text of the file: those that it imports are what they were.
  public FileScope readAgain(SourceFile text, Diagnostics diagnostics) {
    return all.readAgain(text, this, diagnostics);
  }

  /// Path of the file (`std/neurons/Lif.snn`); the name given by the user for the main file.
  public String path() {
    return path;
  }

  /// Folder of the file, with a trailing `/` unless empty.
  public String folder() {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /// What stands before names of this file where another imports it (`std.neurons.Lif.`); empty for
  /// the main file.
  public String prefix() {
    return all.isMain(this) ? "" : path.replaceFirst("\\.snn$", "").replace('/', '.') + ".";
  }

  public File file() {
    return file;
  }

  void declare(String name, Entity.Declared declared) {
    if (declared.declaration() instanceof Declaration.Function) {
      functions.put(name, declared);
    } else {
      names.put(name, declared);
    }
  }

  void bring(String name, Entity entity) {
    imported.add(name);
    if (entity instanceof Entity.Declared declared
        && declared.declaration() instanceof Declaration.Function) {
      functions.put(name, declared);
    } else {
      names.put(name, entity);
    }
  }

  /// Own declaration of that name, imported ones left aside.
  Optional<Entity.Declared> own(String name) {
    if (imported.contains(name)) {
      return Optional.empty();
    }
    if (names.get(name) instanceof Entity.Declared declared) {
      return Optional.of(declared);
    }
    return Optional.ofNullable(functions.get(name));
  }

  public Optional<Entity> find(String name) {
    return Optional.ofNullable(names.get(name));
  }

  public Optional<Entity.Declared> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /// A file of the library that is there without being imported, if the library has it.
  public Optional<FileScope> standard(String libraryPath) {
    return all.standard(libraryPath);
  }

  /// A name inside an entity: a declaration of a module, a file of a folder.
  public Optional<Entity> member(Entity owner, String name) {
    return all.member(owner, name);
  }

  /// What lies in a folder of the library, without endings.
  public Collection<String> namesIn(String folder) {
    return all.names(folder);
  }

  /// Looks up joined names: `models.unit.Lif`.
  public Optional<Entity> find(snel.syntax.QualifiedName name) {
    Optional<Entity> found = find(name.parts().get(0).text());
    for (int k = 1; k < name.parts().size() && found.isPresent(); k++) {
      found = member(found.get(), name.parts().get(k).text());
    }
    return found;
  }

  /// Looks up a function by joined names: `decode.MaxCount`.
  public Optional<Entity.Declared> function(snel.syntax.QualifiedName name) {
    return name.parts().size() == 1
        ? function(name.last().text())
        : find(name)
            .filter(Entity.Declared.class::isInstance)
            .map(Entity.Declared.class::cast)
            .filter(declared -> declared.declaration() instanceof Declaration.Function);
  }

  public Collection<String> names() {
    return names.keySet();
  }

  public Collection<String> functionNames() {
    return functions.keySet();
  }

  public Collection<Entity> entities() {
    return names.values();
  }
}

package snel.resolve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.parse.Parser;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.File;
import snel.syntax.Import;
import snel.syntax.Name;

/// All files of one program, read once each.
public final class Library {
  private final Loader loader;
  private final Diagnostics diagnostics;
  private final LinkedHashMap<String, FileScope> files = new LinkedHashMap<>();
  private final Set<String> opening = new LinkedHashSet<>();

  private Library(Loader loader, Diagnostics diagnostics) {
    this.loader = loader;
    this.diagnostics = diagnostics;
  }

  /// Reads `main` and everything it imports.
  public static FileScope read(SourceFile main, Loader loader, Diagnostics diagnostics) {
    var library = new Library(loader, diagnostics);
    return library.open(main.name(), main);
  }

  /// Reads another text of the main file.
  FileScope readAgain(SourceFile main, FileScope before, Diagnostics found) {
    var again = new Library(loader, found);
    files.values().stream()
        .filter(file -> file != before)
        .forEach(file -> again.files.put(file.path(), file));
    FileScope scope = again.open(main.name(), main);
    again.files.putFirst(main.name(), scope);
    return scope;
  }

  /// Whether a file is the one that imports the others.
  boolean isMain(FileScope file) {
    return files.firstEntry().getValue() == file;
  }

  private FileScope open(String path, SourceFile source) {
    File file = Parser.parse(source, diagnostics);
    var scope = new FileScope(path, file, this);
    files.put(path, scope);
    opening.add(path);
    for (Declaration declaration : file.declarations()) {
      name(declaration).ifPresent(name -> declare(scope, name, declaration));
    }
    for (Import item : file.imports()) {
      bring(scope, item);
    }
    opening.remove(path);
    return scope;
  }

  private void declare(FileScope scope, Name name, Declaration declaration) {
    Optional<Entity.Declared> earlier = scope.own(name.text());
    boolean function = declaration instanceof Declaration.Function;
    boolean sameSpace =
        earlier
            .filter(e -> e.declaration() instanceof Declaration.Function == function)
            .isPresent();
    if (sameSpace) {
      Name first = name(earlier.orElseThrow().declaration()).orElseThrow();
      diagnostics.report(
          Diagnostic.of(
                  Code.DECLARED_TWICE,
                  "`" + name.text() + "` is already declared",
                  name.span(),
                  "declared again")
              .label(first.span(), "first declared here"));
      return;
    }
    scope.declare(name.text(), new Entity.Declared(declaration, scope));
  }

  /// The name of a declaration; tests have none.
  public static Optional<Name> name(Declaration declaration) {
    return switch (declaration) {
      case snel.syntax.Let let -> Optional.of(let.name());
      case Declaration.Function d -> Optional.of(d.name());
      case Declaration.Neuron d -> Optional.of(d.name());
      case Declaration.Synapse d -> Optional.of(d.name());
      case Declaration.Network d -> Optional.of(d.name());
      case Declaration.Data d -> Optional.of(d.name());
      case Declaration.Experiment d -> Optional.of(d.name());
      case Declaration.Sweep d -> Optional.of(d.name());
      case Declaration.Deployment d -> Optional.of(d.name());
      case Declaration.Test _ -> Optional.empty();
    };
  }

  private void bring(FileScope scope, Import item) {
    List<String> parts = item.path().parts().stream().map(Name::text).toList();
    if (item.names().isEmpty()) {
      Optional<Entity> found = find(parts, item);
      String name = item.alias() != null ? item.alias().text() : parts.get(parts.size() - 1);
      if (found.isEmpty()) {
        unknown(item, parts);
        meant(item, parts).ifPresent(right -> bringMeant(scope, right, item));
      } else {
        bind(scope, name, found.get(), item);
      }
      return;
    }
    for (Import.Imported one : item.names()) {
      Optional<Entity> found = find(with(parts, one.name().text()), item);
      if (found.isEmpty() && find(parts, item).isEmpty()) {
        diagnostics.reportOnce(List.of(Code.UNKNOWN_IMPORT, item.span()), absent(item, parts));
        meant(item, parts)
            .ifPresent(right -> bringMeant(scope, with(right, one.name().text()), item));
      } else if (found.isEmpty()) {
        Span at = one.name().span();
        String name = one.name().text();
        Optional<String> near = Nearest.to(name, inside(parts, item));
        var diagnostic =
            Diagnostic.of(
                Code.UNKNOWN_IMPORT,
                "`" + String.join(".", parts) + "` has no `" + name + "`" + Nearest.hint(near),
                at,
                "not found");
        diagnostics.report(
            near.map(n -> diagnostic.fix("write `" + n + "`", at, n)).orElse(diagnostic));
        near.ifPresent(n -> bringMeant(scope, with(parts, n), item));
      } else {
        bind(
            scope, one.alias() != null ? one.alias().text() : one.name().text(), found.get(), item);
      }
    }
  }

  private void bind(FileScope scope, String name, Entity entity, Import item) {
    if (scope.own(name).isPresent()) {
      diagnostics.report(
          Diagnostic.of(
              Code.DECLARED_TWICE,
              "`" + name + "` is imported and declared",
              item.span(),
              "import it under another name with `as`"));
      return;
    }
    scope.bring(name, entity);
  }

  private static List<String> with(List<String> parts, String last) {
    List<String> full = new ArrayList<>(parts);
    full.add(last);
    return full;
  }

  /// What a wrong import was meant to bring is not reported as unknown, too.
  private void bringMeant(FileScope scope, List<String> parts, Import item) {
    String name = parts.getLast();
    if (scope.own(name).isEmpty() && scope.find(name).isEmpty()) {
      find(parts, item).ifPresent(found -> scope.bring(name, found));
    }
  }

  private void unknown(Import item, List<String> parts) {
    diagnostics.report(absent(item, parts));
  }

  private Diagnostic absent(Import item, List<String> parts) {
    Span at = item.path().span();
    List<String> longer = longer(item, parts);
    Optional<String> near =
        longer.size() > 1
            ? Optional.empty()
            : longer.stream()
                .findFirst()
                .map(name -> String.join(".", with(parts.subList(0, parts.size() - 1), name)))
                .or(() -> meant(item, parts).map(right -> String.join(".", right)));
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_IMPORT,
            "cannot find `" + String.join(".", parts) + "`" + Nearest.hint(near),
            at,
            "not found");
    return near.map(n -> diagnostic.fix("write `" + n + "`", at, n))
        .orElseGet(() ->
            diagnostic.help(
                longer.isEmpty()
                    ? "a path names a file from the program's folder, or the library `std`"
                    : "there are " + Prose.codes(longer)));
  }

  /// What lies there under longer names: `PairStdp`, `TripletStdp` and others where `STDP` was
  /// typed. None if the name was typed in another case only.
  private List<String> longer(Import item, List<String> parts) {
    String typed = parts.getLast();
    List<String> folder = parts.subList(0, parts.size() - 1);
    Collection<String> there = folder.isEmpty() ? List.of() : inside(folder, item);
    return typed.length() < 3 || there.stream().anyMatch(typed::equalsIgnoreCase)
        ? List.of()
        : there.stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(typed.toLowerCase(Locale.ROOT)))
            .sorted()
            .toList();
  }

  private Optional<List<String>> meant(Import item, List<String> parts) {
    return respelt(item, parts).or(() -> elsewhere(parts.getLast()));
  }

  /// The one place in the library, if it has one, where a file of that name is, else a declaration
  /// within a file.
  private Optional<List<String>> elsewhere(String name) {
    Set<List<String>> places = new LinkedHashSet<>();
    seek(List.of("std"), name, places);
    if (places.isEmpty()) {
      var declaration =
          Pattern.compile("(?m)^(?:neuron|synapse|network|function|data) " + name + "\\b");
      seekWithin(List.of("std"), name, declaration, places);
    }
    return places.size() == 1 ? places.stream().findFirst() : Optional.empty();
  }

  private void seek(List<String> folder, String name, Set<List<String>> places) {
    String path = String.join("/", folder);
    for (String there : loader.names(path)) {
      if (there.equalsIgnoreCase(name)) {
        places.add(with(folder, there));
      } else if (loader.isFolder(path + "/" + there)) {
        seek(with(folder, there), name, places);
      }
    }
  }

  private void seekWithin(
      List<String> folder, String name, Pattern declaration, Set<List<String>> places) {
    String path = String.join("/", folder);
    for (String there : loader.names(path)) {
      List<String> below = with(folder, there);
      if (loader.isFolder(path + "/" + there)) {
        seekWithin(below, name, declaration, places);
      } else if (loader
          .load(path + "/" + there + ".snn")
          .filter(file -> declaration.matcher(file.text()).find())
          .isPresent()) {
        places.add(with(below, name));
      }
    }
  }

  /// The path with the first part that is not there put right, if something is there then.
  private Optional<List<String>> respelt(Import item, List<String> parts) {
    List<String> right = new ArrayList<>(parts);
    for (int k = 0; k < parts.size(); k++) {
      Collection<String> there = inside(right.subList(0, k), item);
      if (!there.contains(right.get(k))) {
        Optional<String> near = Nearest.to(right.get(k), there);
        if (near.isEmpty()) {
          return Optional.empty();
        }
        right.set(k, near.get());
      }
    }
    return find(right, item).map(_ -> right);
  }

  Collection<String> names(String folder) {
    return loader.names(folder);
  }

  /// What a folder or file has in it.
  private Collection<String> inside(List<String> parts, Import item) {
    if (parts.isEmpty()) {
      return loader.names("");
    }
    String path = String.join("/", parts);
    Set<String> all = new LinkedHashSet<>(loader.names(path));
    if (all.isEmpty()) {
      file(path + ".snn", item)
          .ifPresent(file ->
              file.file().declarations().forEach(d -> name(d).ifPresent(n -> all.add(n.text()))));
    }
    return all;
  }

  /// `a.b.Name`: the declaration of that name in `a/b/Name.snn`, else in `a/b.snn`, else the file
  /// or folder itself.
  private Optional<Entity> find(List<String> parts, Import item) {
    String whole = String.join("/", parts);
    String last = parts.get(parts.size() - 1);
    Optional<FileScope> file = file(whole + ".snn", item);
    if (file.isPresent()) {
      Optional<Entity.Declared> same = file.get().own(last);
      return same.isPresent()
          ? Optional.of(same.get())
          : Optional.of(new Entity.Module(file.get()));
    }
    if (parts.size() > 1) {
      String folder = String.join("/", parts.subList(0, parts.size() - 1));
      Optional<FileScope> module = file(folder + ".snn", item);
      Optional<Entity.Declared> inside = module.flatMap(m -> m.own(last));
      if (inside.isPresent()) {
        return Optional.of(inside.get());
      }
    }
    return loader.isFolder(whole) ? Optional.of(new Entity.Folder(whole)) : Optional.empty();
  }

  private Optional<FileScope> file(String path, Import item) {
    if (opening.contains(path)) {
      diagnostics.report(
          Diagnostic.of(
              Code.IMPORT_CYCLE,
              "files import each other",
              item.span(),
              "leads back to this file"));
    }
    FileScope known = files.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    return loader.load(path).map(source -> open(path, source));
  }

  Optional<FileScope> standard(String path) {
    FileScope known = files.get(path);
    return known != null ? Optional.of(known) : loader.load(path).map(source -> open(path, source));
  }

  Optional<Entity> member(Entity owner, String name) {
    return switch (owner) {
      case Entity.Module(var scope) -> scope.own(name).map(d -> (Entity) d);
      case Entity.Folder(var path) -> {
        String below = path + "/" + name;
        FileScope known = files.get(below + ".snn");
        Optional<FileScope> file =
            known != null
                ? Optional.of(known)
                : loader.load(below + ".snn").map(source -> open(below + ".snn", source));
        if (file.isPresent()) {
          Optional<Entity.Declared> same = file.get().own(name);
          yield same.isPresent()
              ? Optional.of(same.get())
              : Optional.of(new Entity.Module(file.get()));
        }
        yield loader.isFolder(below) ? Optional.of(new Entity.Folder(below)) : Optional.empty();
      }
      case Entity.Declared _ -> Optional.empty();
    };
  }

  Collection<FileScope> files() {
    return files.values();
  }
}

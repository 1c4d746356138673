package snel.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Import;
import snel.syntax.Name;
import snel.syntax.QualifiedName;

/// The neurons, synapses and networks that are used are declared. E0108, E0517.
enum KnownModels {
  NEURON("neuron", Declaration.Neuron.class, "std/neurons", "std/neurons/unit", "std/encode"),
  SYNAPSE("synapse", Declaration.Synapse.class, "std/synapses", "std/rules", "std/neurons/unit"),
  NETWORK("network", Declaration.Network.class);

  /// What models are called elsewhere, in small letters and without `_`.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("alif", "AdaptiveThresholdLif"),
          Map.entry("cubalif", "CurrentLif"),
          Map.entry("hh", "HodgkinHuxley"),
          Map.entry("if", "IntegrateFire"),
          Map.entry("izh", "Izhikevich"),
          Map.entry("leakyintegrateandfire", "Lif"),
          Map.entry("poissongenerator", "Poisson"),
          Map.entry("poissongroup", "Poisson"),
          Map.entry("rstdp", "RewardStdp"),
          Map.entry("stdp", "PairStdp"),
          Map.entry("stdpsynapse", "PairStdp"),
          Map.entry("stp", "TsodyksMarkram"),
          Map.entry("tsodyks2synapse", "TsodyksMarkram"));

  private final String word;
  private final Class<? extends Declaration> kind;
  private final List<String> folders;

  KnownModels(String word, Class<? extends Declaration> kind, String... folders) {
    this.word = word;
    this.kind = kind;
    this.folders = List.of(folders);
  }

  /// Whether a file or the library has a model of this name.
  boolean knows(FileScope file, String name) {
    return file.find(name).filter(this::fits).isPresent()
        || inLibrary(file, name, models -> models.stream().filter(name::equals).findFirst())
            .isPresent();
  }

  void check(Context context, Scope scope, QualifiedName name) {
    FileScope file = scope.file();
    Optional<Entity> found = file.find(name);
    Name first = name.parts().getFirst();
    if (first.text().isEmpty() || found.filter(this::fits).isPresent()) {
      return;
    }
    if (found.isPresent()) {
      context.report(another(context, found.get(), name));
    } else if (!isImported(file, first.text()) && !Unknowns.inSkippedText(scope, first)) {
      context
          .diagnostics()
          .reportOnce(
              List.of(Code.UNKNOWN_NAME, file.path(), name.text(), word),
              unknown(context, file, name));
    }
  }

  private Diagnostic another(Context context, Entity found, QualifiedName name) {
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.NOT_A_MODEL,
            "`" + name.text() + "` is no " + word,
            name.span(),
            found instanceof Entity.Declared(var declaration, var place)
                ? "this is "
                    + Prose.withArticle(
                        new Things.Named(declaration, context.models().root(place)).kind())
                : "this is a file or folder");
    return this == NETWORK && NEURON.fits(found)
        ? diagnostic.help(
            "declare a network of it: `network Alone { population n : " + name.text() + "[1] }`")
        : diagnostic;
  }

  private Diagnostic unknown(Context context, FileScope file, QualifiedName name) {
    String typed = name.last().text();
    String own = own(typed);
    Optional<String> importable =
        inLibrary(file, typed, names -> names.stream().filter(own::equalsIgnoreCase).findFirst())
            .or(() -> besideAnother(file, own));
    List<String> known =
        file.names().stream().filter(n -> file.find(n).filter(this::fits).isPresent()).toList();
    Optional<String> near =
        name.parts().size() > 1 || importable.isPresent()
            ? Optional.empty()
            : Nearest.to(name.text(), known);
    near.ifPresent(n -> {
      context.usage().readImport(file, n);
      context.usage().readAt(declared(file, n));
    });
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_NAME,
            "unknown " + word + " `" + name.text() + "`" + Nearest.hint(near),
            name.span(),
            "not declared");
    if (near.isPresent()) {
      return diagnostic.fix("write `" + near.get() + "`", name.span(), near.get());
    }
    Optional<String> similar =
        importable.or(() -> inLibrary(file, typed, names -> Nearest.to(typed, names)));
    if (similar.isPresent()) {
      return diagnostic.help(similar.get());
    }
    return known.isEmpty() ? diagnostic : diagnostic.note("there is " + Prose.codes(known));
  }

  private static String own(String typed) {
    return ELSEWHERE.getOrDefault(typed.toLowerCase(Locale.ROOT).replace("_", ""), typed);
  }

  /// How to import the model that `choice` finds among those of the library, the first folder that
  /// has one.
  private Optional<String> inLibrary(
      FileScope file, String typed, Function<List<String>, Optional<String>> choice) {
    for (String folder : folders) {
      List<String> models =
          file.namesIn(folder).stream()
              .filter(n -> file.member(new Entity.Folder(folder), n).filter(this::fits).isPresent())
              .toList();
      Optional<String> found = choice.apply(models);
      if (found.isPresent()) {
        String path = folder.replace('/', '.') + "." + found.get();
        return Optional.of(
            imported(path) + (found.get().equals(typed) ? "" : ", and `" + found.get() + "` here"));
      }
    }
    return Optional.empty();
  }

  /// How to import a model of the library that stands in a file of another name.
  private Optional<String> besideAnother(FileScope file, String name) {
    for (String folder : folders) {
      for (String module : file.namesIn(folder)) {
        Optional<Entity> model =
            file.member(new Entity.Folder(folder), module)
                .map(entity ->
                    entity instanceof Entity.Declared(_, var scope)
                        ? new Entity.Module(scope)
                        : entity)
                .flatMap(entity -> file.member(entity, name))
                .filter(this::fits);
        if (model.isPresent()) {
          return Optional.of(imported(folder.replace('/', '.') + "." + module + "." + name));
        }
      }
    }
    return Optional.empty();
  }

  private static String imported(String path) {
    return "write `import %s` at the top of the file".formatted(path);
  }

  private boolean fits(Entity entity) {
    return entity instanceof Entity.Declared declared && kind.isInstance(declared.declaration());
  }

  private static snel.source.Span declared(FileScope file, String name) {
    return file.find(name)
        .flatMap(e ->
            e instanceof Entity.Declared d
                ? snel.resolve.Library.name(d.declaration())
                : Optional.empty())
        .orElseThrow()
        .span();
  }

  /// Whether the name was to come from a file, which has been told to be missing.
  private static boolean isImported(FileScope file, String name) {
    for (Import item : file.file().imports()) {
      Name whole = item.alias() != null ? item.alias() : item.path().last();
      boolean one =
          item.names().stream()
              .map(n -> n.alias() != null ? n.alias() : n.name())
              .anyMatch(n -> n.text().equals(name));
      if (one || item.names().isEmpty() && whole.text().equals(name)) {
        return true;
      }
    }
    return false;
  }
}

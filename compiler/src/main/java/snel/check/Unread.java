package snel.check;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Import;
import snel.syntax.Name;
import snel.syntax.TestItem;

/// What is declared and read nowhere. W0801; where another name differs from it in case only, W0811
/// instead.
final class Unread {
  /// What nothing outside its declaration can be meant to read.
  private static final Set<Role> PRIVATE = Set.of(Role.PARAMETER, Role.LET, Role.NOISE, Role.TRACE);

  private static final Set<Role> VISIBLE = Set.of(Role.STATE, Role.INPUT, Role.WEIGHT);

  private final Context context;
  private final FileScope file;
  private final boolean program;
  private final List<Span> refusedTexts;

  private Unread(Context context, FileScope file, boolean program) {
    this.context = context;
    this.file = file;
    this.program = program;
    this.refusedTexts = file.file().declarations().stream().flatMap(Unread::refusedTexts).toList();
  }

  /// @param unreadable files in which not everything could be read
  static void check(
      Context context, FileScope main, Collection<FileScope> files, Set<SourceFile> unreadable) {
    for (FileScope file : files) {
      if (!unreadable.contains(file.file().span().file())) {
        new Unread(context, file, file == main && isProgram(file)).check();
      }
    }
  }

  private static boolean isProgram(FileScope file) {
    return file.file().declarations().stream()
        .anyMatch(d -> d instanceof Declaration.Experiment || d instanceof Declaration.Test);
  }

  private void check() {
    boolean runs = program && hasExperiment();
    for (Declaration declaration : file.file().declarations()) {
      if (runs) {
        unused(declaration);
      }
      switch (declaration) {
        case Declaration.Neuron neuron -> {
          NeuronModel model = context.models().neuron(neuron, file);
          inherited(model.parent().map(NeuronModel::variables), model.variables());
          names(neuron.span(), model.variables());
        }
        case Declaration.Synapse synapse -> {
          SynapseModel model = context.models().synapse(synapse, file);
          inherited(model.parent().map(SynapseModel::variables), model.variables());
          names(synapse.span(), model.variables());
        }
        case Declaration.Network network -> {
          NetworkModel model = context.models().network(network, file);
          names(network.span(), model.members());
          model.loops().values().forEach(loop -> names(network.span(), loop.own()));
        }
        case Declaration.Experiment _, Declaration.Test _, Declaration.Sweep _ -> {}
        case snel.syntax.Let _,
            Declaration.Data _,
            Declaration.Function _,
            Declaration.Deployment _ -> {}
      }
    }
    if (program) {
      constants();
    }
    for (Symbol local : context.usage().locals()) {
      if (local.span().file().equals(file.file().span().file())) {
        symbol(local, List.of());
      }
    }
    file.file().imports().forEach(this::imported);
  }

  private boolean hasExperiment() {
    return file.file().declarations().stream().anyMatch(d -> d instanceof Declaration.Experiment);
  }

  /// A model, network or data set that no experiment uses.
  private void unused(Declaration declaration) {
    boolean counts =
        switch (declaration) {
          case Declaration.Neuron _, Declaration.Synapse _, Declaration.Network _ -> true;
          case Declaration.Data _ -> true;
          case Declaration.Experiment _, Declaration.Test _, Declaration.Sweep _ -> false;
          case Declaration.Function _, Declaration.Deployment _, snel.syntax.Let _ -> false;
        };
    Optional<Name> name = Library.name(declaration).filter(n -> counts && !n.text().isEmpty());
    if (name.isPresent()
        && !context.usage().isReadAt(name.get().span())
        && !inRefusedText(name.get().text())) {
      var diagnostic =
          Diagnostic.of(
              Code.NEVER_READ,
              "nothing uses `" + name.get().text() + "`",
              name.get().span(),
              "never used");
      context.report(use(declaration, name.get().text()).map(diagnostic::help).orElse(diagnostic));
    }
  }

  /// How something of its kind comes to be used.
  private Optional<String> use(Declaration declaration, String name) {
    return switch (declaration) {
      case Declaration.Neuron _ ->
          Optional.of("a network has neurons by `population A : " + name + "[100]`");
      case Declaration.Synapse _ -> Optional.of(synapseUse(name));
      case Declaration.Network _ ->
          Optional.of("an experiment runs it: `experiment first on " + name + " { … }`");
      default -> Optional.empty();
    };
  }

  /// With a connection of the file that has no synapse yet, if there is one.
  private String synapseUse(String name) {
    Optional<Connect> plain =
        file.file().declarations().stream()
            .filter(d -> d instanceof Declaration.Network)
            .flatMap(d -> ((Declaration.Network) d).items().stream())
            .filter(item -> item instanceof Connect)
            .map(item -> (Connect) item)
            .filter(connect -> Projections.clause(connect).isEmpty())
            .findFirst();
    return plain
        .map(connect ->
            "no connection is made with it: write `synapse %s` at the end of line %d"
                .formatted(name, Wording.line(connect.span())))
        .orElse(
            "no connection is made with it: write `connect A -> B.exc  all  weight …  synapse "
                + name
                + "`");
  }

  /// What replaces something of an ancestor is there for the ancestor's handlers.
  private void inherited(Optional<Map<String, Symbol>> ancestor, Map<String, Symbol> own) {
    for (String replaced : ancestor.map(Map::keySet).orElse(Set.of())) {
      Symbol symbol = own.get(replaced);
      if (symbol != null) {
        context.usage().read(symbol);
      }
    }
  }

  private void names(Span declaration, Map<String, Symbol> symbols) {
    Map<String, List<Symbol>> alike = alike(symbols);
    for (Symbol symbol : symbols.values()) {
      boolean own =
          symbol.span().file().equals(declaration.file())
              && symbol.span().start() >= declaration.start()
              && symbol.span().end() <= declaration.end();
      boolean counts =
          PRIVATE.contains(symbol.role()) || program && VISIBLE.contains(symbol.role());
      if (own && counts) {
        symbol(symbol, alike.getOrDefault(letters(symbol), List.of()));
      }
    }
  }

  private void constants() {
    Scope root = context.models().root(file);
    Map<String, List<Symbol>> alike = alike(root.own());
    for (Declaration declaration : file.file().declarations()) {
      if (declaration instanceof snel.syntax.Let let) {
        root.own(let.name().text())
            .ifPresent(symbol -> symbol(symbol, alike.getOrDefault(letters(symbol), List.of())));
      }
    }
  }

  /// The names that differ in case at most, by their letters.
  private static Map<String, List<Symbol>> alike(Map<String, Symbol> symbols) {
    return symbols.values().stream().collect(Collectors.groupingBy(Unread::letters));
  }

  private static String letters(Symbol symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }

  /// @param alike names beside it that differ from its own in case at most
  private void symbol(Symbol symbol, List<Symbol> alike) {
    if (context.usage().isRead(symbol) || inRefusedText(symbol.name())) {
      return;
    }
    Optional<Symbol> twin =
        alike.stream()
            .filter(o -> !o.name().equals(symbol.name()) && o.role() != Role.GIVEN)
            .findFirst();
    if (twin.isPresent()) {
      context.report(
          Diagnostic.of(
                  Code.NAMES_DIFFER_IN_CASE,
                  "`"
                      + symbol.name()
                      + "` differs from `"
                      + twin.get().name()
                      + "` in case only, and nothing reads it",
                  symbol.span(),
                  "never read")
              .label(twin.get().span(), "the other one"));
      return;
    }
    context.report(unread(symbol.name(), symbol.span()));
  }

  private static Diagnostic unread(String name, Span at) {
    return Diagnostic.of(Code.NEVER_READ, "nothing reads `" + name + "`", at, "never read");
  }

  private void imported(Import item) {
    if (item.names().isEmpty()) {
      Name name = item.alias() != null ? item.alias() : item.path().last();
      imported(name.text(), item.span());
    }
    for (Import.Imported one : item.names()) {
      Name name = one.alias() != null ? one.alias() : one.name();
      imported(name.text(), one.span());
    }
  }

  private void imported(String name, Span at) {
    boolean known = file.find(name).isPresent() || file.function(name).isPresent();
    if (known && !context.usage().isReadImport(file, name) && !inRefusedText(name)) {
      context.report(
          Diagnostic.of(Code.NEVER_READ, "nothing uses `" + name + "`", at, "never used"));
    }
  }

  private boolean inRefusedText(String name) {
    return refusedTexts.stream().anyMatch(text -> Words.contains(text, name));
  }

  /// Texts that are not looked into: what a test expects to be refused, deployments.
  private static Stream<Span> refusedTexts(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Deployment deployment -> Stream.of(deployment.span());
      case Declaration.Test test ->
          test.body().stream()
              .filter(TestItem.ExpectError.class::isInstance)
              .map(item -> ((TestItem.ExpectError) item).span());
      default -> Stream.empty();
    };
  }
}

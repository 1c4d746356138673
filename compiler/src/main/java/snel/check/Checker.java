package snel.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;

/// Checks a program without running or building anything: names, kinds, dimensions, and everything
/// else that the text alone decides. Goes on after a fault; one cause gives one message.
public final class Checker {
  private final Models models;
  private final Set<FileScope> files;

  private Checker(Diagnostics found, Set<FileScope> files, Set<String> given) {
    this.files = files;
    this.models = new Models(found, files, given);
  }

  /// Checks `main` and the author's files that it imports. Those of the library are trusted, unless
  /// one of them is `main` itself.
  ///
  /// @param given what is set from outside the program, as `Owner.name`
  public static void check(FileScope main, Set<String> given, Diagnostics diagnostics) {
    Set<FileScope> files = new LinkedHashSet<>();
    collect(main, files);
    check(main, files, files, given, diagnostics);
  }

  /// Checks `main`, where the files that it imports have been checked.
  public static void checkAlone(FileScope main, Set<String> given, Diagnostics diagnostics) {
    Set<FileScope> files = new LinkedHashSet<>();
    collect(main, files);
    check(main, files, Set.of(main), given, diagnostics);
  }

  private static void check(
      FileScope main,
      Set<FileScope> files,
      Set<FileScope> unchecked,
      Set<String> given,
      Diagnostics diagnostics) {
    var found = new Diagnostics();
    List<Diagnostic> before = diagnostics.sorted();
    new Checker(found, files, given).check(main, unchecked, SyntaxFirst.unreadable(before));
    diagnostics.reportAll(SyntaxFirst.filtered(found.sorted(), before));
  }

  /// Checks a value that takes the place of a parameter's, as `--set` gives it: its kind and its
  /// dimension.
  ///
  /// @param parameter as `Owner.name`
  /// @param replaced the value that the program gives it
  public static void check(
      FileScope main,
      Expression parameter,
      Expression value,
      Optional<Span> replaced,
      Diagnostics diagnostics) {
    Set<FileScope> files = new LinkedHashSet<>();
    collect(main, files);
    var checker = new Checker(diagnostics, files, Set.of());
    Context context = checker.models.context();
    files.forEach(file -> checker.models.root(file));
    new OutsideValues(context, checker.models.root(main)).check(parameter, value, replaced);
  }

  /// Whether nothing may be called so, because the name has one meaning in all programs.
  public static boolean isKnownEverywhere(String name) {
    return Names.isKnownEverywhere(name);
  }

  private static void collect(FileScope file, Set<FileScope> files) {
    if (!files.add(file)) {
      return;
    }
    var entities = new ArrayList<>(file.entities());
    file.functionNames().forEach(name -> file.function(name).ifPresent(entities::add));
    for (Entity entity : entities) {
      FileScope imported =
          switch (entity) {
            case Entity.Declared(_, var scope) -> scope;
            case Entity.Module(var scope) -> scope;
            case Entity.Folder _ -> file;
          };
      if (!imported.path().startsWith("std/")) {
        collect(imported, files);
      }
    }
  }

  /// What others are made of is gone through in all files: dimensions are found out there.
  private void check(FileScope main, Set<FileScope> unchecked, Set<SourceFile> unreadable) {
    Context context = models.context();
    files.forEach(file -> models.root(file));
    unchecked.forEach(file -> Names.check(context, file));
    for (FileScope file : files) {
      each(file, declaration -> values(context, declaration, models.root(file)));
    }
    for (FileScope file : unchecked) {
      each(file, declaration -> networks(context, declaration, file));
    }
    for (FileScope file : unchecked) {
      each(file, declaration -> experiments(context, declaration, models.root(file)));
    }
    for (FileScope file : unchecked) {
      each(file, declaration -> Rules.ALL.forEach(r -> r.check(context, file, declaration)));
    }
    Refusals.check(context, unchecked);
    context.unknowns().report(context);
    Unread.check(context, main, unchecked, unreadable);
  }

  private static void each(FileScope file, java.util.function.Consumer<Declaration> visit) {
    List<Declaration> declarations = file.file().declarations();
    declarations.forEach(visit);
  }

  private void values(Context context, Declaration declaration, Scope root) {
    switch (declaration) {
      case Let let -> {
        root.own(let.name().text()).ifPresent(context::type);
        Lets.check(context, root, let);
      }
      case Declaration.Function function -> Functions.check(context, function, root);
      case Declaration.Neuron neuron ->
          new NeuronCheck(context, models.neuron(neuron, root.file())).check();
      case Declaration.Synapse synapse ->
          new SynapseCheck(context, models.synapse(synapse, root.file())).check();
      case Declaration.Data data -> {
        root.own(data.name().text()).ifPresent(context::type);
        DataFields.check(context, data, root);
      }
      case Declaration.Network _, Declaration.Experiment _, Declaration.Sweep _ -> {}
      case Declaration.Test _, Declaration.Deployment _ -> {}
    }
  }

  private void networks(Context context, Declaration declaration, FileScope file) {
    if (declaration instanceof Declaration.Network network) {
      NetworkNesting.check(context, network, file);
      NetworkCheck.check(context, models.network(network, file));
    }
  }

  private void experiments(Context context, Declaration declaration, Scope root) {
    switch (declaration) {
      case Declaration.Experiment experiment -> new Experiments(context, root).check(experiment);
      case Declaration.Sweep sweep -> new Experiments(context, root).check(sweep);
      case Declaration.Test test -> new Experiments(context, root).check(test);
      case Declaration.Network _, Declaration.Neuron _, Declaration.Synapse _ -> {}
      case Declaration.Data _, Declaration.Function _, Declaration.Deployment _, Let _ -> {}
    }
  }
}

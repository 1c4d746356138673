package snel.compiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import snel.check.Checker;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Nearest;
import snel.elaborate.Context;
import snel.elaborate.Env;
import snel.elaborate.Evaluator;
import snel.elaborate.Val;
import snel.lower.protocol.Header;
import snel.parse.Parser;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Binding;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.File;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Statement;
import snel.units.Rational;

/// Turns `--set Owner.name=value` into values: finds the owner of a bare name, reads the value as
/// an expression of the program.
final class OpenSettings {
  private final FileScope scope;
  private final Diagnostics diagnostics;
  private final Map<String, List<String>> owners = new LinkedHashMap<>();
  private final List<String> experiments = new ArrayList<>();
  private final Map<String, Span> written = new LinkedHashMap<>();

  OpenSettings(FileScope scope, Diagnostics diagnostics) {
    this.scope = scope;
    this.diagnostics = diagnostics;
    for (Entity entity : scope.entities()) {
      if (entity instanceof Entity.Declared(Declaration.Network network, _)) {
        network.items().stream()
            .filter(item -> item instanceof ModelItem.Parameters)
            .forEach(item -> add(network.name().text(), (ModelItem.Parameters) item));
      }
      if (entity instanceof Entity.Declared(Declaration.Experiment experiment, _)) {
        String name = experiment.name().text();
        experiment.body().stream()
            .filter(statement -> statement instanceof ModelItem.Parameters)
            .forEach(statement -> add(name, (ModelItem.Parameters) statement));
        experiments.add(name);
        owners.computeIfAbsent("seed", _ -> new ArrayList<>()).add(name);
        owners.computeIfAbsent("step", _ -> new ArrayList<>()).add(name);
        for (Statement statement : experiment.body()) {
          if (statement instanceof Statement.Step(var duration, _)) {
            written.put(name + ".step", duration.span());
          } else if (statement instanceof Statement.Seed(var number, _)) {
            written.put(name + ".seed", number.span());
          }
        }
      }
    }
  }

  private void add(String owner, ModelItem.Parameters parameters) {
    for (Binding binding : parameters.bindings()) {
      owners.computeIfAbsent(binding.name().text(), _ -> new ArrayList<>()).add(owner);
      if (binding.value() != null) {
        written.put(owner + "." + binding.name().text(), binding.value().span());
      }
    }
  }

  /// What options set in a program, as `Owner.name`; what they cannot set is left out.
  static Set<String> given(FileScope scope, Options options) {
    var settings = new OpenSettings(scope, new Diagnostics());
    Set<String> given = new LinkedHashSet<>();
    options.settings().keySet().forEach(name -> settings.path(name).ifPresent(given::add));
    if (options.seed().isPresent()) {
      settings.seeded().forEach(given::add);
    }
    return given;
  }

  /// The values by `Owner.name`.
  Map<String, Val> values(Map<String, String> settings, OptionalInt seed, Context.Files files) {
    Map<String, Val> values = new LinkedHashMap<>();
    settings.forEach((name, text) -> {
      Optional<String> path = path(name, text);
      Optional<Val> value = value(name, text, path.orElse(name), files);
      if (path.isPresent() && value.isPresent()) {
        values.put(path.get(), value.get()); // of two the later
      }
    });
    if (seed.isPresent()) {
      Val value = Val.of(Integer.toUnsignedLong(seed.getAsInt()));
      seeded().forEach(path -> values.put(path, value));
    }
    return values;
  }

  private List<String> seeded() {
    return experiments.stream().map(owner -> owner + ".seed").toList();
  }

  /// The first of these names that is the seed of an experiment.
  Optional<String> seedAmong(Collection<String> names) {
    return names.stream()
        .filter(name -> path(name).filter(seeded()::contains).isPresent())
        .findFirst();
  }

  /// `Owner.name` of what is called `name`, if that is clear.
  Optional<String> path(String name) {
    return path(name, "");
  }

  /// Where the program writes the value that a setting replaces, if it does.
  Optional<Span> place(String name, String text) {
    return path(name, text).map(written::get);
  }

  private Optional<String> path(String name, String text) {
    int dot = name.lastIndexOf('.');
    String owner = dot < 0 ? "" : name.substring(0, dot);
    String bare = name.substring(dot + 1);
    List<String> known = owners.getOrDefault(bare, List.of());
    if (dot >= 0) {
      if (known.contains(owner)) {
        return Optional.of(name);
      }
      return refuse(name, text, "nothing is called `" + name + "`" + Nearest.hint(name, paths()));
    }
    if (known.size() == 1) {
      return Optional.of(known.getFirst() + "." + bare);
    }
    return known.isEmpty()
        ? refuse(
            name,
            text,
            "nothing that can be set is called `"
                + name
                + "`"
                + Nearest.hint(name, owners.keySet()))
        : refuse(
            name,
            text,
            "`"
                + name
                + "` is unclear: "
                + String.join(", ", known.stream().map(o -> "`" + o + "." + bare + "`").toList()));
  }

  private Set<String> paths() {
    Set<String> all = new LinkedHashSet<>();
    owners.forEach((name, list) -> list.forEach(owner -> all.add(owner + "." + name)));
    return all;
  }

  private Optional<String> refuse(String name, String text, String message) {
    SourceFile source = new SourceFile("--set", name + "=" + text);
    diagnostics.report(
        Diagnostic.of(
            Code.UNKNOWN_SETTING, message, new Span(source, 0, name.length()), "not found"));
    return Optional.empty();
  }

  /// Reports settings whose values are of another kind or dimension than what they replace.
  void check(Map<String, String> settings) {
    settings.forEach((name, text) -> {
      Optional<Expression> parameter = path(name, text).flatMap(path -> read(name, path));
      Optional<Expression> value = read(name, text);
      if (parameter.isPresent() && value.isPresent()) {
        Checker.check(scope, parameter.get(), value.get(), place(name, text), diagnostics);
      }
    });
  }

  private Optional<Val> value(String name, String text, String path, Context.Files files) {
    Context context = new Context(Rational.ONE, diagnostics, files);
    Env env = Env.of(scope);
    return read(name, text)
        .filter(value ->
            switch (ofExperiment(path) ? lastPart(path) : "") {
              case "seed" -> Header.seed(value, context, env).isPresent();
              case "step" -> Header.step(value, context, env).isPresent();
              default -> true;
            })
        .map(value -> new Evaluator(context, env).eval(value));
  }

  private boolean ofExperiment(String path) {
    int dot = path.lastIndexOf('.');
    return dot >= 0 && experiments.contains(path.substring(0, dot));
  }

  /// An expression of the command line.
  private Optional<Expression> read(String name, String text) {
    SourceFile source = new SourceFile("--set", "let " + lastPart(name) + " = " + text + "\n");
    Diagnostics own = new Diagnostics();
    File file = Parser.parse(source, own);
    diagnostics.reportAll(own.sorted());
    return !own.hasErrors()
            && file.declarations().size() == 1
            && file.declarations().getFirst() instanceof Let let
        ? Optional.of(let.value())
        : Optional.empty();
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}

package snel.check;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.syntax.Argument;
import snel.syntax.Name;
import snel.units.Dimension;

/// Arguments of a model are given by names that it has (E0118), each once (E0213).
final class ArgumentNames {
  private static final Set<Role> OF_CELLS = EnumSet.of(Role.PARAMETER, Role.STATE, Role.INPUT);
  private static final Set<Role> OF_NETWORKS = EnumSet.of(Role.PARAMETER, Role.INPUT);

  private final Context context;
  private final Scope scope;
  private final Scope model;
  private final boolean isWhole;

  /// @param scope where the arguments stand
  /// @param model the names of the model
  /// @param isWhole whether all of them are known
  ArgumentNames(Context context, Scope scope, Scope model, boolean isWhole) {
    this.context = context;
    this.scope = scope;
    this.model = model;
    this.isWhole = isWhole;
  }

  void check(String name, List<Argument> arguments) {
    Map<String, Name> first = new HashMap<>();
    for (Argument argument : arguments) {
      Name given = argument.name();
      if (given == null) {
        context.report(nameless(name, argument));
        continue;
      }
      Optional<Symbol> symbol = model.own(given.text());
      boolean known = symbol.filter(this::isGiven).isPresent();
      if (!known && isWhole && !isUnread(given)) {
        context.report(
            symbol.isPresent() ? fixed(name, given, symbol.get()) : unknown(name, argument, given));
      }
      Name other = first.putIfAbsent(given.text(), given);
      if (other != null) {
        context.report(
            Diagnostic.of(
                    Code.WRONG_ARGUMENT_COUNT,
                    "`" + given.text() + "` of `" + name + "` is given twice",
                    given.span(),
                    "a second time")
                .label(other.span(), "given here"));
      }
    }
  }

  private boolean isGiven(Symbol symbol) {
    return (model.place() == Place.NETWORK ? OF_NETWORKS : OF_CELLS).contains(symbol.role());
  }

  /// Whether the name may stand in text of the model's file that could not be read.
  private boolean isUnread(Name name) {
    return model.file().file().skipped().stream()
        .anyMatch(span -> Words.contains(span, name.text()));
  }

  private Diagnostic nameless(String name, Argument argument) {
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_ARGUMENT,
            "arguments of a model are given by name: `name: value`",
            argument.span(),
            "of what?");
    Optional<Dimension> value = dimension(argument);
    List<String> takers =
        value.isPresent() ? given(symbol -> dimension(symbol).equals(value)) : List.of();
    if (takers.size() == 1) {
      String named = takers.getFirst() + ": " + argument.span().text();
      return diagnostic.fix("write `" + named + "`", argument.span(), named);
    }
    return model.place() == Place.NEURON && value.isEmpty()
        ? diagnostic.help("a size stands in square brackets: `" + name + "[100]`")
        : takers.isEmpty() ? diagnostic : diagnostic.note("it has " + Prose.codes(takers));
  }

  /// Of what an argument is, if that is no plain number.
  private Optional<Dimension> dimension(Argument argument) {
    return Wording.dimension(context.silent().in(scope).resolved(argument.value()))
        .filter(dimension -> !dimension.isPlain());
  }

  private Optional<Dimension> dimension(Symbol symbol) {
    return Wording.dimension(context.type(symbol));
  }

  /// The names that may be given a value, of those that suit.
  private List<String> given(Predicate<Symbol> suits) {
    return model.own().values().stream()
        .filter(this::isGiven)
        .filter(suits)
        .map(Symbol::name)
        .toList();
  }

  private static Diagnostic fixed(String name, Name given, Symbol symbol) {
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_ARGUMENT,
            "`%s` of `%s` is %s, which takes no value here"
                .formatted(given.text(), name, symbol.role().words()),
            given.span(),
            "no parameter");
    return Context.labelled(diagnostic, symbol.span(), "declared here");
  }

  private Diagnostic unknown(String name, Argument argument, Name given) {
    List<String> all = given(_ -> true);
    Optional<Dimension> value = dimension(argument);
    List<String> alike =
        given(symbol -> {
          Optional<Dimension> own = dimension(symbol);
          return value.isEmpty() || own.isEmpty() || own.equals(value);
        });
    Optional<String> near = Nearest.to(given.text(), alike);
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_ARGUMENT,
            "`" + name + "` has no `" + given.text() + "`" + Nearest.hint(near),
            given.span(),
            "no such parameter");
    return near.isPresent()
        ? diagnostic.fix("write `" + near.get() + "`", given.span(), near.get())
        : diagnostic.note(all.isEmpty() ? "it takes nothing" : "it has " + Prose.codes(all));
  }
}

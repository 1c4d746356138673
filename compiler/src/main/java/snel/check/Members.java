package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.model.Population;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.types.Type;
import snel.units.Dimension;

/// `owner.name`. E0120.
final class Members {
  private final Expressions expressions;
  private final Context context;

  Members(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Member member) {
    return of(expressions.resolved(member.owner()), member.owner(), member.name());
  }

  /// The member `name` of `owner`, which is written as `text`.
  Type of(Type owner, Expression text, Name name) {
    if (name.text().isEmpty()) {
      return Type.UNKNOWN;
    }
    return switch (owner) {
      case Things.Cells(var model) -> ofNeurons(model, text, name, true);
      case Things.End(var word, var model) -> ofNeurons(model, text, name, word.equals("peers"));
      case Things.Wires(var model, var weight) -> ofSynapses(model, weight, name);
      case Things.Part(var model) ->
          model.<Type>map(m -> named(m.members(), m.name(), name)).orElseGet(context::open);
      case Things.Dataset(var members, _) -> inDataset(members, name);
      case Type.Stream(Type.Sample(var fields)) -> DataFields.ofAll(inSamples(fields, text, name));
      case Type.Sample(var fields) -> inMap(fields, "the sample", name);
      case Things.Table _ -> Things.array(Type.PLAIN);
      case Things.Numbers(var word) -> word.equals("edge") ? context.open() : Type.PLAIN;
      case Things.Readout _ when name.text().equals("label") -> Type.INT;
      case Things.Named thing -> new NamedMembers(context).of(thing, name);
      case Things.Module(var entity, _) -> new NamedMembers(context).of(expressions, entity, name);
      case Type.Unknown() -> owner;
      default ->
          Wording.isOpen(owner)
              ? Type.UNKNOWN
              : context.faulty(asFunction(text, name, ofPosition(text, absent(text, name))));
    };
  }

  private static Diagnostic absent(Expression text, Name name) {
    String message = "`" + Wording.text(text.span()) + "` has no `" + name.text() + "`";
    return Diagnostic.of(Code.UNKNOWN_MEMBER, message, name.span(), "not found");
  }

  /// `A.rate`, `A.v.mean()`, `A.spikes.count()`: what is worked out is a function of it.
  private Diagnostic asFunction(Expression text, Name name, Diagnostic diagnostic) {
    Expression of =
        text instanceof Expression.Member(var owner, var member, _)
                && member.text().equals("spikes")
            ? owner
            : text;
    return expressions.scope().place() == Place.EXPERIMENT
            && LibraryFunctions.names().contains(name.text())
        ? diagnostic.help("write `%s(%s)`".formatted(name.text(), Wording.text(of.span())))
        : diagnostic;
  }

  private static Diagnostic ofPosition(Expression text, Diagnostic diagnostic) {
    String owner = Wording.text(text.span());
    return text instanceof Expression.Member(_, var member, _) && member.text().equals("position")
        ? diagnostic.help("its coordinates are `" + owner + "[0]`, `" + owner + "[1]`, …")
        : diagnostic;
  }

  private Type ofNeurons(Optional<NeuronModel> model, Expression text, Name name, boolean many) {
    Type type =
        Population.MEMBERS.contains(name.text())
            ? common(name.text())
            : model.isPresent() ? ofModel(model.get(), text, name) : context.open();
    boolean value = Wording.isNumber(type) || type.single() instanceof Type.Bool;
    return many && value ? Things.array(type) : type;
  }

  private static Type common(String member) {
    return switch (member) {
      case "position" -> Things.array(Type.PLAIN);
      case "spikes" -> Things.array(Type.of(Dimension.TIME));
      case "first_spike" -> Type.of(Dimension.TIME);
      case "spiked", "won" -> Type.BOOL;
      default -> Type.INT;
    };
  }

  private Type ofModel(NeuronModel model, Expression text, Name name) {
    Optional<Symbol> symbol = model.variable(name.text());
    if (symbol.isPresent()) {
      context.usage().read(symbol.get());
      return context.type(symbol.get());
    }
    if (model.hasEvent(name.text())) {
      return new Things.Happening(Optional.of(model), name.text());
    }
    var known = new ArrayList<String>();
    for (boolean parameter : new boolean[] {false, true}) {
      model.variables().values().stream()
          .filter(s -> (s.role() == Role.PARAMETER) == parameter)
          .map(Symbol::name)
          .forEach(known::add);
    }
    known.addAll(model.events());
    known.addAll(Population.MEMBERS);
    if (expressions.scope().place() == Place.EXPERIMENT) {
      known.remove("position"); // only models read it
    }
    String owner = "`" + model.name() + "`";
    return Nearest.to(name.text(), known).isPresent()
        ? missing(owner, known, name)
        : context.faulty(
            asFunction(
                text, name, unlike(model, owner + " has no `" + name.text() + "`", known, name)));
  }

  /// Nothing there is called nearly so: its states are told with what they are.
  private Diagnostic unlike(NeuronModel model, String message, List<String> known, Name name) {
    List<Symbol> states =
        model.variables().values().stream().filter(s -> s.role() == Role.STATE).toList();
    var diagnostic = Diagnostic.of(Code.UNKNOWN_MEMBER, message, name.span(), "not found");
    if (states.isEmpty()) {
      return diagnostic.note("it has " + Prose.codes(known));
    }
    var others = new ArrayList<>(known);
    others.removeAll(states.stream().map(Symbol::name).toList());
    String what =
        Prose.listed(
            states.stream()
                .map(state ->
                    "`%s` (%s)".formatted(state.name(), WrongKind.described(context.type(state))))
                .toList(),
            "and");
    return diagnostic
        .note((states.size() == 1 ? "its state is " : "its states are ") + what)
        .note("it also has " + Prose.codes(others));
  }

  private Type ofSynapses(Optional<SynapseModel> model, Type weight, Name name) {
    if (model.isPresent()) {
      Symbol symbol = model.get().variables().get(name.text());
      if (symbol != null && symbol.role() == Role.TRACE) {
        context.usage().read(symbol);
        return context.faulty(hidden(name, symbol));
      }
      return Things.array(named(model.get().variables(), model.get().name(), name));
    }
    if (name.text().equals("w") || weight instanceof Type.Unknown) {
      return name.text().equals("w") ? Things.array(weight) : context.open();
    }
    boolean meant = name.text().equals("weight") || name.text().equals("weights");
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.UNKNOWN_MEMBER,
                "the projection has no `"
                    + name.text()
                    + "`"
                    + (meant ? "; did you mean `w`?" : ""),
                name.span(),
                "not found")
            .note("without a `synapse` it has its weight `w` and nothing else");
    if (name.text().equals("fan_in") || name.text().equals("fan_out")) {
      diagnostic =
          diagnostic.help(
              "`count(f)` is how many synapses a projection has, and `degree_distribution(f)` draws"
                  + " how many each neuron has");
    }
    return context.faulty(meant ? diagnostic.fix("write `w`", name.span(), "w") : diagnostic);
  }

  private static Diagnostic hidden(Name name, Symbol trace) {
    return Context.labelled(
        Diagnostic.of(
                Code.WRONG_KIND,
                "`" + name.text() + "` is a trace, which only its synapse can read",
                name.span(),
                "no state")
            .help("to see or set it, give the synapse a state with the same equation"),
        trace.span(),
        "declared here");
  }

  private Type named(Map<String, Symbol> symbols, String owner, Name name) {
    Symbol symbol = symbols.get(name.text());
    if (symbol == null) {
      return missing("`" + owner + "`", List.copyOf(symbols.keySet()), name);
    }
    context.usage().read(symbol);
    return context.type(symbol);
  }

  /// `digits.train.batch(10)`: what samples go through stands behind a bar.
  private Type inSamples(Map<String, Type> fields, Expression text, Name name) {
    Type type = fields.get(name.text());
    Optional<String> stage =
        Optional.of(name.text())
            .filter(Stages.NAMES::contains)
            .map(word -> "write `" + Wording.text(text.span()) + " | " + word + "(…)`");
    return type != null
        ? type
        : missing("a stream of samples", List.copyOf(fields.keySet()), name, stage);
  }

  private Type inDataset(Map<String, Type> members, Name name) {
    Type type = members.get(name.text());
    return type != null
        ? type
        : missing(
            "the data set",
            List.copyOf(members.keySet()),
            name,
            Optional.of("a part of it is declared: `split " + name.text() + " where index < 100`"));
  }

  private Type inMap(Map<String, Type> members, String owner, Name name) {
    Type type = members.get(name.text());
    return type != null ? type : missing(owner, List.copyOf(members.keySet()), name);
  }

  Type missing(String owner, List<String> known, Name name) {
    return missing(owner, known, name, Optional.empty());
  }

  /// @param help where nothing known is called nearly so
  Type missing(String owner, List<String> known, Name name, Optional<String> help) {
    if (Unknowns.inSkippedText(expressions.scope(), name)) {
      return Type.UNKNOWN;
    }
    Optional<String> near = Nearest.to(name.text(), known);
    var diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_MEMBER,
            owner + " has no `" + name.text() + "`" + Nearest.hint(near),
            name.span(),
            "not found");
    if (near.isPresent()) {
      return context.faulty(diagnostic.fix("write `" + near.get() + "`", name.span(), near.get()));
    }
    var noted = known.isEmpty() ? diagnostic : diagnostic.note("it has " + Prose.codes(known));
    return context.faulty(help.map(noted::help).orElse(noted));
  }
}

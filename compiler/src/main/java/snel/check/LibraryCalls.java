package snel.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.TextPart;
import snel.types.DimensionTerm;
import snel.types.Type;
import snel.units.Dimension;

/// Calls of the functions in [LibraryFunctions].
final class LibraryCalls {
  private final Expressions expressions;
  private final Context context;

  /// What the letters of a signature stand for in this call.
  private final Map<String, Type> letters = new HashMap<>();

  private Optional<Type> shaped = Optional.empty();

  LibraryCalls(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  /// Says what a letter stands for.
  void let(String letter, Type type) {
    letters.put(letter, type);
  }

  Type type(LibraryFunction function, Expression.Call call) {
    if (DataSources.misplaced(context, expressions.scope(), function.name(), call)) {
      context.silent().in(expressions.scope()).all(call.arguments());
      return Type.UNKNOWN;
    }
    List<String> names =
        function.parameters().stream().map(LibraryFunction.Parameter::name).toList();
    List<String> required =
        function.parameters().stream()
            .filter(p -> !p.optional())
            .map(LibraryFunction.Parameter::name)
            .toList();
    Optional<GivenArguments> given =
        GivenArguments.match(
            context,
            names,
            required,
            function.rest(),
            function.shown(),
            call.arguments(),
            call.span());
    if (given.isEmpty()) {
      if (!function.name().equals("since")) {
        expressions.all(call.arguments());
      }
      return Type.UNKNOWN;
    }
    if (function.name().equals("since")) {
      Expression event = given.get().of("event").getFirst();
      new SinceCalls(context, expressions.scope()).check(call, event);
      return Type.of(Dimension.TIME);
    }
    asked(function, given.get());
    boolean sound = true;
    for (LibraryFunction.Parameter parameter : function.parameters()) {
      for (Expression argument : given.get().of(parameter.name())) {
        sound &= argument(function, parameter, argument, call);
      }
    }
    if (function.name().equals("csv") && given.get().of("header").isEmpty()) {
      return Things.array(context.open());
    }
    return sound ? result(function) : Type.UNKNOWN;
  }

  /// Of arguments that must be alike, the first with a dimension tells which all have: the unit of
  /// one without may have been forgotten.
  private void asked(LibraryFunction function, GivenArguments given) {
    Context silent = context.silent();
    function.parameters().stream()
        .filter(parameter -> parameter.kind().equals("a"))
        .flatMap(parameter -> given.of(parameter.name()).stream())
        .map(silent.in(expressions.scope())::resolved)
        .flatMap(type -> Wording.dimension(type).stream())
        .filter(dimension -> !dimension.isPlain())
        .findFirst()
        .ifPresent(dimension -> letters.put("a", Type.of(dimension)));
  }

  /// Whether an argument is of the kind that its parameter wants; else it has been reported.
  boolean argument(
      LibraryFunction function,
      LibraryFunction.Parameter parameter,
      Expression argument,
      Expression call) {
    String kind = parameter.kind();
    if ((kind.equals("string") || kind.equals("column")) && isUndeclared(argument)) {
      unquoted(argument);
      return false;
    }
    Type type = expressions.resolved(argument);
    if (type.single() instanceof Type.Unknown) {
      return true;
    }
    return switch (kind) {
      case "value", "column", "event" -> true;
      case "synapse" -> synapse(type, argument);
      case "neurons", "counted", "trains", "place", "projection", "readout", "list" ->
          thing(kind, type, argument);
      case "string", "bool" -> plainKind(kind, type, argument);
      case "character" -> character(parameter.name(), argument);
      case "classes" -> classes(type, argument);
      case "int" -> {
        Sizes.check(
            context, type, argument, "`" + parameter.name() + "` of `" + function.name() + "`");
        shaped(type);
        yield true;
      }
      default ->
          kind.endsWith("..")
              ? range(function, kind.substring(0, kind.length() - 2), type, argument, call)
              : number(function, kind, type, argument, call);
    };
  }

  /// Whether it is a name, or the member of one, that is declared nowhere: `train.csv`.
  private boolean isUndeclared(Expression argument) {
    return switch (argument.ungrouped()) {
      case Expression.Member(var owner, _, _) -> isUndeclared(owner);
      case Expression.Variable(var name, _) ->
          !name.text().isEmpty()
              && !expressions.scope().isIncomplete()
              && expressions.scope().find(name.text()).isEmpty();
      default -> false;
    };
  }

  private void unquoted(Expression argument) {
    String text = Wording.text(argument.span());
    String quoted = '"' + text + '"';
    context.report(
        Diagnostic.of(
                Code.UNKNOWN_NAME,
                "unknown name `" + text + "`; a text stands in quotes",
                argument.span(),
                "not declared")
            .fix("write `" + quoted + "`", argument.span(), quoted));
  }

  /// `PairStdp(w_max: 1)`, whose arguments must fit the model.
  private boolean synapse(Type type, Expression argument) {
    if (!(type instanceof Things.Named(Declaration.Synapse declared, var scope))) {
      WrongKind.report(context, type, argument.span(), "a synapse model");
      return false;
    }
    DimensionTerm any = DimensionTerm.of(context.unification().fresh(""));
    var use = new SynapseUse(Optional.of(any), Optional.empty(), Optional.empty());
    SynapseModel model = new SynapseReader(context.silent(), use).read(declared, scope);
    if (model.weight().isEmpty()) {
      WrongKind.report(context, type, argument.span(), "a synapse model with a weight");
      return false;
    }
    letters.put("weight", context.type(model.weight().get()));
    List<Argument> arguments =
        argument instanceof Expression.Call call ? call.arguments() : List.of();
    new Instances(context, expressions.scope()).check(model, arguments, argument.span());
    return true;
  }

  private boolean thing(String kind, Type type, Expression argument) {
    boolean fits =
        switch (type) {
          case Things.Cells _, Things.Happening _ ->
              List.of("neurons", "counted", "trains").contains(kind);
          case Things.End _ -> kind.equals("place") || kind.equals("neurons");
          case Things.Wires _ -> kind.equals("projection") || kind.equals("counted");
          case Things.Readout _ -> kind.equals("readout");
          case Type.Spikes() -> kind.equals("trains");
          case Type.Sequence _, Type.Stream _, Things.Dataset _ ->
              kind.equals("list") || kind.equals("trains");
          case Type.Array _ -> List.of("list", "trains", "place").contains(kind);
          default -> Wording.isOpen(type);
        };
    if (!fits && !isOfSpikes(kind, argument)) {
      WrongKind.report(context, type, argument.span(), wanted(kind));
    }
    if (kind.equals("list")) {
      letters.put(letters.containsKey("first") ? "second" : "first", element(type));
    }
    return fits;
  }

  /// `cv_isi(E.spikes)`, reported if so: what is measured of spikes is asked of the neurons.
  private boolean isOfSpikes(String kind, Expression argument) {
    if (!List.of("neurons", "counted").contains(kind)
        || !(argument.ungrouped() instanceof Expression.Member(var owner, var name, _))
        || !name.text().equals("spikes")
        || !(context.silent().in(expressions.scope()).resolved(owner) instanceof Things.Cells)) {
      return false;
    }
    String neurons = Wording.text(owner.span());
    context.report(
        Diagnostic.of(
                Code.WRONG_KIND,
                wanted(kind) + " is wanted here, not its spikes",
                argument.span(),
                "the times of the spikes")
            .fix("write `" + neurons + "`", argument.span(), neurons));
    return true;
  }

  private static String wanted(String kind) {
    return switch (kind) {
      case "neurons" -> "a population";
      case "counted" -> "a population or projection";
      case "trains" -> "a list of spike times";
      case "place" -> "a neuron or a position";
      case "readout" -> WrongKind.READOUT;
      default -> "a " + kind;
    };
  }

  private static Type element(Type type) {
    return switch (type) {
      case Type.Sequence(var element) -> element;
      case Type.Stream(var element) -> element;
      case Type.Array(var element, var shape) ->
          shape.size() > 1 ? new Type.Array(element, shape.subList(1, shape.size())) : element;
      default -> Type.UNKNOWN;
    };
  }

  private boolean plainKind(String kind, Type type, Expression argument) {
    boolean fits = kind.equals("bool") ? type instanceof Type.Bool : type instanceof Type.Text;
    if (!fits) {
      WrongKind.report(
          context, type, argument.span(), kind.equals("bool") ? "true or false" : "a text");
    }
    return fits;
  }

  /// One that a line of a table may hold between two cells.
  private boolean character(String parameter, Expression argument) {
    boolean fits =
        argument.ungrouped() instanceof Expression.Text(var parts, _)
            && parts.size() == 1
            && parts.getFirst() instanceof TextPart.Plain(var characters, _)
            && characters.length() == 1
            && "\"\n".indexOf(characters.charAt(0)) < 0;
    if (!fits) {
      context.report(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "`" + parameter + "` is one character in quotes, between cells",
                  argument.span())
              .help(
                  "write `" + parameter + ": \";\"` or, for a tab, `" + parameter + ": \"\\t\"`"));
    }
    return fits;
  }

  private boolean classes(Type type, Expression argument) {
    boolean fits =
        type instanceof Type.Sequence(var each) && each.single() instanceof Type.Text
            || type instanceof Type.Array
            || Wording.isOpen(type);
    if (!fits) {
      WrongKind.report(
          context, type, argument.span(), "a list such as `[\"left\", \"right\"]` or `[3, 8]`");
    }
    return fits;
  }

  private boolean range(
      LibraryFunction function, String kind, Type type, Expression argument, Expression call) {
    if (type instanceof Things.Interval(var of)) {
      return number(function, kind, context.resolved(of), argument, call);
    }
    WrongKind.report(context, type, argument.span(), "a range");
    return false;
  }

  private boolean number(
      LibraryFunction function, String kind, Type given, Expression argument, Expression call) {
    Type type = function.reduces() && given instanceof Type.Sequence(var element) ? element : given;
    boolean counts = function.reduces() && type.single() instanceof Type.Bool && kind.equals("a");
    if (counts) {
      letters.put(kind, function.name().equals("sum") ? Type.INT : Type.PLAIN);
      return true;
    }
    if (!Wording.isOpen(type) && !Wording.isNumber(type)) {
      WrongKind.report(context, type, argument.span(), "a number");
      return false;
    }
    shaped(type);
    Type wanted = letters.computeIfAbsent(kind, this::kind);
    DimensionTerm dimension = wanted.numberDimension().orElse(DimensionTerm.PLAIN);
    DimensionTerm found = type.numberDimension().orElse(dimension);
    if (context.unification().unify(found, dimension)) {
      return true;
    }
    if (kind.equals("rise")) {
      ArgumentFaults.report(
          expressions,
          function.name(),
          argument,
          type,
          wanted,
          UnitAdvice.ofRise(context, expressions.scope(), argument, type, wanted));
    } else {
      ArgumentFaults.report(expressions, function.name(), argument, type, wanted, call);
    }
    return false;
  }

  private void shaped(Type type) {
    if (type instanceof Type.Array && shaped.isEmpty()) {
      shaped = Optional.of(type);
    }
  }

  private Type kind(String word) {
    return switch (word) {
      case "real" -> Type.PLAIN;
      case "a", "rise", "weights" ->
          new Type.Real(DimensionTerm.of(context.unification().fresh("")));
      default -> Type.of(Dimension.named(word).orElse(Dimension.PLAIN));
    };
  }

  private Type result(LibraryFunction function) {
    String word = function.result();
    boolean array = word.endsWith("[]");
    String of = array ? word.substring(0, word.length() - 2) : word;
    Type element =
        switch (of) {
          case "int" -> Type.INT;
          case "bool" -> Type.BOOL;
          case "figure" -> Things.FIGURE;
          case "table" -> Things.TABLE;
          case "spikes" -> Type.SPIKES;
          case "open" -> context.open();
          case "labels" -> new Type.Sequence(Type.INT);
          case "pairs" ->
              new Type.Sequence(
                  new Type.Tuple(
                      List.of(
                          letters.getOrDefault("first", Type.UNKNOWN),
                          letters.getOrDefault("second", Type.UNKNOWN))));
          default -> context.resolved(letters.computeIfAbsent(of, this::kind));
        };
    if (array) {
      return Things.array(element);
    }
    return function.reduces() || shaped.isEmpty()
        ? element
        : new Type.Array(element.single(), shaped.get().shape());
  }
}

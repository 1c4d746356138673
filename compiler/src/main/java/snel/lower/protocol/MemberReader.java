package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import snel.check.EventReaders;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.elaborate.Listed;
import snel.elaborate.Val;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.lower.Geometry;
import snel.math.Expr;
import snel.model.Connection;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Variable;
import snel.model.WeightSource;
import snel.source.Span;
import snel.syntax.Expression;

/// `owner.name` in protocols.
final class MemberReader {
  private final ExpressionReader reader;
  private final Work work;

  MemberReader(ExpressionReader reader) {
    this.reader = reader;
    this.work = reader.work();
  }

  /// @param whole the expression, for what only the elaboration knows
  Meaning member(Meaning owner, String name, Expression whole, Span span) {
    return switch (owner) {
      case Meaning.Fixed(Val.Cells(var slice, var _), var _) ->
          ofPopulation(
              slice.population(),
              Selections.of(slice),
              slice.whole() ? List.of() : slice.shape(),
              slice.size() == 1,
              name,
              whole,
              span);
      case Meaning.Element(String population, Term index) ->
          ofPopulation(population, new Selection.At(index), List.of(), true, name, whole, span);
      case Meaning.Fixed(Val.Wires(String path), var _) -> ofProjection(path, name, span);
      case Meaning.Fixed(Val.Reading(String readOut), var _) when name.equals("label") ->
          Meaning.of(new Term.Label(readOut));
      case Meaning.Fixed(Val.Part(var scope), var _) ->
          scope
              .member(name)
              .map(value -> reader.networkValue(scope.prefix() + name, value))
              .orElseGet(() -> unknown("part", name, List.of(), span));
      case Meaning.Live live -> ofLive(live, name, span);
      case Meaning.Assignable(var variable, var _) ->
          ofLive(new Meaning.Live(variable, ""), name, span);
      case Meaning.Owner(String experiment) when work.sweeps() -> work.resultOf(experiment, name);
      case Meaning.Owner(String experiment) -> ofExperiment(experiment, name, span);
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Meaning.FAULTY;
      case Meaning.Fixed _ ->
          work.fault(Code.UNKNOWN_MEMBER, "this has no member `" + name + "`", span);
    };
  }

  private Meaning ofExperiment(String experiment, String name, Span span) {
    work.fault(
        Diagnostic.of(
                Code.NO_MEANING_HERE,
                "`" + experiment + "." + name + "` is read in a sweep, not in an experiment",
                span,
                "only a sweep knows what experiments have and report")
            .help(
                "write `"
                    + name
                    + "` for a parameter of this experiment or its network; what it is `from` has"
                    + " left its states and weights"));
    return Meaning.FAULTY;
  }

  private Meaning unknown(String kind, String name, List<String> names, Span span) {
    return work.fault(
        Code.UNKNOWN_MEMBER,
        "the " + kind + " has no `" + name + "`" + Nearest.hint(name, names),
        span);
  }

  private Meaning ofPopulation(
      String path,
      Selection selection,
      List<Integer> sliceShape,
      boolean single,
      String name,
      Expression whole,
      Span span) {
    Population population = work.population(path).orElseThrow();
    List<Integer> shape = sliceShape.isEmpty() ? population.shape() : sliceShape;
    Type type = single ? Type.REAL : new Type.Array(shape);
    Term neurons = new Term.Neurons(path, selection);
    switch (name) {
      case "count" -> {
        return single
            ? Meaning.of(new Term.Call(Function.COUNT, List.of(neurons), Type.INTEGER))
            : Meaning.of(new Term.Call(Function.COUNT_EACH, List.of(neurons), type));
      }
      case "spiked" -> {
        return Meaning.of(anyOf(neurons, single, type));
      }
      case "won" -> {
        return won(population, selection, single, type, span);
      }
      case "first_spike" -> {
        Function function = single ? Function.FIRST_SPIKE : Function.FIRST_SPIKE_EACH;
        return Meaning.of(new Term.Call(function, List.of(neurons), type), "ms");
      }
      case "index" -> {
        return Meaning.of(indices(selection, population.size(), single, type));
      }
      case "spikes" -> {
        work.demands().spikes(path);
        return Meaning.of(new Term.Spikes(path, selection), "ms");
      }
      default -> {}
    }
    boolean isEvent =
        population.events().stream().anyMatch(event -> event.name().equals(name))
            || (name.equals("win") && population.winners().isPresent());
    if (isEvent) {
      work.demands().observes(path + "." + name); // they are raised only where it is worked out
      return new Meaning.Fixed(
          new Val.Cells(new Slice(path, true, new int[0], population.shape()), name), "");
    }
    Optional<Variable> variable =
        population
            .state(name)
            .or(() -> population.input(name))
            .or(() -> population.parameter(name));
    if (variable.isPresent()) {
      Type own = variable.get().shared() ? Type.REAL : type;
      Selection picked = variable.get().shared() ? Selection.ALL : selection;
      return Meaning.of(new Term.Read(path + "." + name, picked, own), variable.get().unit());
    }
    return computed(whole, selection, single, work.context().unit(path, name), span);
  }

  /// Whether there is an event in the latest episode.
  private static Term anyOf(Term neurons, boolean single, Type type) {
    Term count =
        single
            ? new Term.Call(Function.COUNT, List.of(neurons), Type.INTEGER)
            : new Term.Call(Function.COUNT_EACH, List.of(neurons), type);
    Term none = new Term.Whole(0);
    return new Term.Compare(Term.Comparison.GREATER, count, none, Types.comparison(count, none));
  }

  private Meaning won(
      Population population, Selection selection, boolean single, Type type, Span span) {
    if (population.winners().isEmpty()) {
      return work.fault(
          Code.UNKNOWN_EVENT,
          "`" + span.text() + "` never holds: the population has no `winners`",
          span);
    }
    String wins = population.path() + ".win";
    work.demands().observes(wins);
    return Meaning.of(anyOf(new Term.Neurons(wins, selection), single, type));
  }

  private static Term indices(Selection selection, int size, boolean single, Type type) {
    int[] all =
        switch (selection) {
          case Selection.All _ -> IntStream.range(0, size).toArray();
          case Selection.Range(int from, int until) -> IntStream.range(from, until).toArray();
          case Selection.Listed(var listed) ->
              listed.stream().mapToInt(Integer::intValue).toArray();
          case Selection.At _ -> new int[0];
        };
    if (selection instanceof Selection.At(Term index)) {
      return index;
    }
    return single
        ? new Term.Whole(all[0])
        : new Term.Numbers(
            type instanceof Type.Array(var shape) ? shape : List.of(all.length),
            IntStream.of(all).asDoubleStream().toArray());
  }

  /// A constant, or something that a `let` of the neuron makes of its states.
  private Meaning computed(
      Expression whole, Selection selection, boolean single, String unit, Span span) {
    Val value = reader.constants().evaluate(whole);
    if (value instanceof Val.Items) {
      return new Meaning.Fixed(value, unit); // all neurons have the whole list
    }
    if (value instanceof Val.Num(Expr expr, var shape)) {
      Optional<Term> term = NetworkTerms.of(work, expr, single ? List.of() : shape, selection);
      if (term.isPresent()) {
        return Meaning.of(term.get(), unit);
      }
      return work.fault(
          Code.WRONG_KIND,
          "`" + span.text() + "` can be read in models, not in an experiment",
          span);
    }
    return value instanceof Val.Cells
        ? work.fault(
            Code.UNKNOWN_EVENT,
            "`" + span.text() + "` never comes: the population has no `winners`",
            span)
        : Meaning.FAULTY;
  }

  private Meaning ofProjection(String path, String name, Span span) {
    Projection projection = work.projection(path).orElseThrow();
    Optional<Variable> weight = projection.synapse().weight();
    boolean isWeight = weight.map(w -> w.name().equals(name)).orElse(name.equals("w"));
    if (isWeight && projection.weight() instanceof WeightSource.Tied(String other, _, _)) {
      return work.fault(
          Code.UNKNOWN_MEMBER,
          "the weights of `" + path + "` are those of `" + other + "`: read them there",
          span);
    }
    if (isWeight && projection.connection() instanceof Connection.Convolution rule) {
      work.demands().touches(path);
      return Meaning.of(
          new Term.Read(
              path + "." + name,
              Selection.ALL,
              new Type.Array(Geometry.of(projection, rule).weights())),
          projection.weightUnit());
    }
    if (projection.connection() instanceof Connection.OneToOne) {
      // without rows of its own, such a projection looks like one of all to all
      work.demands().inspects(path);
    }
    if (isWeight) {
      work.demands().touches(path);
      return Meaning.of(
          new Term.ReadSynapses(
              path + "." + name, path, Selection.ALL, Selection.ALL, false, Type.array(-1)),
          projection.weightUnit());
    }
    Optional<Variable> delay =
        projection.synapse().delay().filter(variable -> variable.name().equals(name));
    Optional<Variable> state = named(projection.synapse().states(), name);
    if (state.filter(Variable::shared).isPresent()) {
      return Meaning.of(
          new Term.Read(path + "." + name, Selection.ALL, Type.REAL), state.get().unit());
    }
    if (delay.isPresent() || state.isPresent()) {
      work.demands().touches(path);
      Variable variable = delay.orElseGet(state::orElseThrow);
      return Meaning.of(
          new Term.ReadSynapses(
              path + "." + name, path, Selection.ALL, Selection.ALL, false, Type.array(-1)),
          variable.unit());
    }
    Optional<Listed> list = work.context().list(path, name);
    if (list.isPresent()) {
      return ofList(list.get(), span);
    }
    Optional<Variable> constant = named(projection.synapse().constants(), name);
    if (constant.isPresent()) {
      return new Meaning.Fixed(Val.of(constant.get().initial()), constant.get().unit());
    }
    Optional<Variable> value =
        named(projection.synapse().parameters(), name)
            .or(() -> named(projection.synapse().inputs(), name));
    if (value.isEmpty()) {
      return unknown("projection", name, names(projection), span);
    }
    String whole = path + "." + name;
    return projection.synapse().differs(value.get())
        ? Meaning.of(
            new Term.ReadSynapses(whole, path, Selection.ALL, Selection.ALL, false, Type.array(-1)),
            value.get().unit())
        : Meaning.of(new Term.Read(whole, Selection.ALL, Type.REAL), value.get().unit());
  }

  /// All synapses have the whole list.
  private Meaning ofList(Listed list, Span span) {
    return list.isConstant()
        ? new Meaning.Fixed(list.value(), list.unit())
        : work.fault(
            Code.WRONG_KIND,
            "`" + span.text() + "` can be read in models, not in an experiment",
            span);
  }

  private static Optional<Variable> named(List<Variable> variables, String name) {
    return variables.stream().filter(variable -> variable.name().equals(name)).findFirst();
  }

  private static List<String> names(Projection projection) {
    return java.util.stream.Stream.of(
            projection.synapse().weight().stream(),
            projection.synapse().states().stream(),
            projection.synapse().constants().stream(),
            projection.synapse().parameters().stream(),
            projection.synapse().inputs().stream())
        .flatMap(variables -> variables)
        .map(Variable::name)
        .toList();
  }

  private Meaning ofLive(Meaning.Live live, String name, Span span) {
    return switch (live.type()) {
      case Type.Sample(String dataSet) -> {
        Optional<DataSet.Field> field = field(dataSet, name);
        yield field.isPresent()
            ? Meaning.of(new Term.Field(live.term(), name, field.get().type()), field.get().unit())
            : unknown("data set", name, fieldNames(dataSet), span);
      }
      case Type.Stream(Type.Sample(String dataSet)) -> ofStream(live, dataSet, name, span);
      default -> work.fault(Code.UNKNOWN_MEMBER, "this has no member `" + name + "`", span);
    };
  }

  private Meaning ofStream(Meaning.Live live, String dataSet, String name, Span span) {
    if (live.term() instanceof Term.Data(String data, String split, Type type)
        && split.isEmpty()
        && work.demands().dataSet(data).splits().stream().anyMatch(s -> s.name().equals(name))) {
      return Meaning.of(new Term.Data(data, name, type));
    }
    Optional<DataSet.Field> field = field(dataSet, name);
    boolean isOne = EventReaders.WORDS.contains(work.demands().dataSet(dataSet).reader());
    if (isOne && field.isPresent() && field.get().type() instanceof Type.Trains) {
      Term record = new Term.Element(live.term(), new Term.Whole(0), new Type.Sample(dataSet));
      return Meaning.of(new Term.Field(record, name, Type.TRAINS));
    }
    return field.isPresent()
        ? Meaning.of(
            new Term.FieldOfAll(live.term(), name, new Type.Listing(field.get().type())),
            field.get().unit())
        : unknown("data set", name, fieldNames(dataSet), span);
  }

  private Optional<DataSet.Field> field(String dataSet, String name) {
    return work.demands().dataSet(dataSet).fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst();
  }

  private List<String> fieldNames(String dataSet) {
    return work.demands().dataSet(dataSet).fields().stream().map(DataSet.Field::name).toList();
  }
}

package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.elaborate.Times;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Place;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Exact;
import snel.math.Expr;
import snel.model.Population;
import snel.model.Port;
import snel.model.Slice;
import snel.source.Span;
import snel.syntax.BinMode;
import snel.syntax.Expression;
import snel.syntax.Statement;

/// `present` and `send`: what an experiment does to the inputs and ports of its network.
final class Presentations {
  private final Block block;
  private final Work work;

  Presentations(Block block) {
    this.block = block;
    this.work = block.work();
  }

  void present(Statement.Present present, Place place, List<Action> actions) {
    if (block.inTimer()) {
      work.fault(
          Code.MISPLACED_STATEMENT,
          "the network runs already: nothing can be run or presented inside `every` or `after`",
          present.span());
      return;
    }
    List<Action.Binding> bindings = new ArrayList<>();
    boolean whole = true;
    List<Given> given = new ArrayList<>();
    for (Statement.Driven driven : present.inputs()) {
      Optional<Action.Binding> binding = binding(driven, place, actions);
      whole &= binding.isPresent();
      binding.ifPresent(bindings::add);
      binding
          .map(Given::of)
          .ifPresent(input -> {
            once(given.stream().noneMatch(input::meets), driven);
            given.add(input);
          });
      binding.ifPresent(
          image -> bindings.addAll(new DerivedInputs(work).of(image, driven.value().span())));
    }
    Optional<Term> steps = new Durations(block).steps(present.duration());
    if (steps.isPresent() && whole) {
      actions.add(new Action.Present(bindings, steps.get(), place));
    }
  }

  /// The input that a binding is of.
  private record Given(String path, Selection selection) {
    static Given of(Action.Binding binding) {
      return switch (binding) {
        case Action.Binding.Hold(var path, var selection, _) -> new Given(path, selection);
        case Action.Binding.Vary(var path, var selection, _) -> new Given(path, selection);
        case Action.Binding.Play(var path, var selection, _) -> new Given(path, selection);
      };
    }

    /// Whether both give a value to the same neuron, as far as that is known when compiled.
    boolean meets(Given other) {
      return path.equals(other.path)
          && (selection.equals(other.selection)
              || isAll(other.selection) && mayHaveOne(selection)
              || isAll(selection) && mayHaveOne(other.selection)
              || indices(selection).anyMatch(k -> indices(other.selection).anyMatch(j -> j == k)));
    }

    private static boolean isAll(Selection selection) {
      return selection instanceof Selection.All;
    }

    private static boolean mayHaveOne(Selection selection) {
      return selection instanceof Selection.At || indices(selection).findAny().isPresent();
    }

    private static IntStream indices(Selection selection) {
      return switch (selection) {
        case Selection.Range(int from, int until) -> IntStream.range(from, until);
        case Selection.Listed(var listed) -> listed.stream().mapToInt(Integer::intValue);
        case Selection.All _, Selection.At _ -> IntStream.empty();
      };
    }
  }

  private void once(boolean isFirst, Statement.Driven driven) {
    if (!isFirst) {
      String name = Places.text(driven.input().span());
      work.context()
          .fault(
              Diagnostic.of(
                      Code.INPUT_DRIVEN_TWICE,
                      "`" + name + "` is presented twice by one statement",
                      driven.input().span(),
                      "it has a value already")
                  .help("say it once, or present one after the other"));
    }
  }

  private Optional<Action.Binding> binding(
      Statement.Driven driven, Place place, List<Action> actions) {
    Meaning input = block.reader().read(driven.input());
    return switch (input) {
      case Meaning.Fixed(Val.Cells(var slice, var event), var _)
          when event.isEmpty() && isInput(slice) -> {
        Optional<Term> trains = trains(driven, slice);
        yield trains.map(
            term -> new Action.Binding.Play(slice.population(), Selections.of(slice), term));
      }
      case Meaning.Live(Term.Read(String path, Selection selection, Type type), var _)
          when isValueInput(path) -> {
        bound(path, driven.input().span());
        yield value(driven, path, selection, type, place, actions);
      }
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      default -> {
        String name = Places.text(driven.input().span());
        work.fault(
            Code.NOT_ASSIGNABLE,
            "`"
                + name
                + "` is no input, so nothing can be presented to it"
                + Nearest.hint(name, inputs()),
            driven.input().span());
        yield Optional.empty();
      }
    };
  }

  private boolean isInput(Slice slice) {
    return work.population(slice.population()).filter(Population::isInput).isPresent();
  }

  private List<String> inputs() {
    List<String> names = new ArrayList<>();
    work.elaborated().network().inputs().forEach(input -> names.add(input.path()));
    for (Population population : work.elaborated().network().populations()) {
      if (population.isInput()) {
        names.add(population.path());
      }
      population.inputs().forEach(input -> names.add(population.path() + "." + input.name()));
    }
    return names;
  }

  private boolean isValueInput(String path) {
    return inputs().contains(path);
  }

  /// An input that follows something already cannot be presented too.
  private void bound(String path, Span span) {
    for (Population population : work.elaborated().network().populations()) {
      population.bindings().stream()
          .filter(binding -> path.equals(population.path() + "." + binding.input()))
          .findFirst()
          .ifPresent(_ ->
              work.fault(
                  Code.INPUT_DRIVEN_TWICE,
                  "`" + path + "` already gets its value in the network",
                  span));
    }
  }

  private Optional<Action.Binding> value(
      Statement.Driven driven,
      String path,
      Selection selection,
      Type type,
      Place place,
      List<Action> actions) {
    Optional<Term> read = block.reader().term(driven.value());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Term value = ElementDraws.each(read.get(), type);
    if (value.type() instanceof Type.Series) {
      Term.Variable held = work.variable("signal", Type.SERIES);
      actions.add(new Action.Define(held.slot(), "signal", value, place));
      Term now = new Term.Call(Function.SAMPLED_AT, List.of(held, new Term.Time()), Type.REAL);
      return Optional.of(new Action.Binding.Vary(path, selection, now));
    }
    if (!new DerivedInputs(work).hang(path)) {
      checkShape(value, type, path, driven);
    }
    Optional<String> moment = work.times().moment(value);
    if (moment.isPresent() && !TimeDependence.has(value)) {
      standing(moment.get(), driven.value().span());
      return Optional.empty();
    }
    if (work.changes().in(value)) {
      withoutWayBack(path, value, driven);
      Term followed = new Followed(work, path, place, actions).value(value);
      return Optional.of(new Action.Binding.Vary(path, selection, followed));
    }
    if (new DerivedInputs(work).hang(path)) {
      // Evaluated once: it may draw random numbers.
      Term.Variable held = work.variable("picture", value.type());
      actions.add(new Action.Define(held.slot(), "picture", value, place));
      return Optional.of(new Action.Binding.Hold(path, selection, held));
    }
    return Optional.of(new Action.Binding.Hold(path, selection, value));
  }

  /// What is presented is no part of the steps that derivatives go back over.
  private void withoutWayBack(String path, Term value, Statement.Driven driven) {
    if (work.lesson().isTraining() && work.changes().ofNetwork(value, path)) {
      String input = Places.text(driven.input().span());
      work.lesson()
          .doubt(
              driven.value().span(),
              "`"
                  + input
                  + "` follows the network, and no derivative goes back by what is presented",
              "give it in the network: `population … : NEURON[n](INPUT: EXPRESSION)`, or a"
                  + " connection with `transmit`");
    }
  }

  private void standing(String let, Span span) {
    work.context()
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.PARAMETER_FOLLOWS_INPUT,
                    "`" + let + "` is worked out where its `let` stands and does not follow `t`",
                    span,
                    "would stand still")
                .help(
                    "write the expression with `t` in `present`; if the value of that moment is"
                        + " meant, write `var` in place of `let`"));
  }

  private void checkShape(Term value, Type input, String path, Statement.Driven driven) {
    if (value.type() instanceof Type.Array(var given)
        && input instanceof Type.Array(var wanted)
        && !given.contains(-1)
        && size(given) != size(wanted)) {
      work.context()
          .diagnostics()
          .report(
              Diagnostic.of(
                  Code.UNLIKE_SHAPES,
                  "`" + path + "` is " + wanted + ", but the value is " + given,
                  driven.value().span()));
    } else if (value.type() instanceof Type.Array(var given)
        && !(input instanceof Type.Array)
        && !given.contains(-1)
        && size(given) != 1) {
      work.fault(
          Code.UNLIKE_SHAPES,
          "`" + path + "` is a single value, but the value is " + given,
          driven.value().span());
    }
  }

  private static long size(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /// Spike times known when compiled must lie on the grid.
  private Optional<Term> trains(Statement.Driven driven, Slice slice) {
    Expression value = driven.value();
    Meaning meaning = block.reader().read(value);
    if (meaning instanceof Meaning.Fixed(Val.Items(var rows), _)) {
      if (!rows.stream().allMatch(row -> row instanceof Val.Items)) {
        work.context()
            .diagnostics()
            .report(
                Diagnostic.of(
                        Code.UNLIKE_SHAPES,
                        "spikes are a list of times for each of the " + slice.size() + " inputs",
                        value.span(),
                        "one list, of none of them")
                    .help("write a list of lists: `[[1 ms, 3 ms], …]`"));
        return Optional.empty();
      }
      Optional<List<Val>> steps = new WrittenSteps(work, slice.size()).times(value, rows);
      return steps.flatMap(known -> times(known, driven, slice));
    }
    Optional<Term> term = block.reader().term(meaning, value.span());
    BinMode bin = driven.bin();
    if (bin == null || term.isEmpty()) {
      return term;
    }
    Optional<Term> binned = new Bins(bin, work.context().step()).times(term.get());
    if (binned.isEmpty()) {
      work.fault(
          Code.UNKNOWN_OPTION,
          "`bin` wants a list of times for each neuron, written out as `[[1.25 ms], []]`",
          driven.span());
    }
    return binned;
  }

  private Optional<Term> times(List<Val> rows, Statement.Driven driven, Slice slice) {
    Expression value = driven.value();
    List<double[]> trains = new ArrayList<>();
    for (Val row : rows) {
      List<Val> times = ((Val.Items) row).items();
      double[] train = new double[times.size()];
      for (int k = 0; k < train.length; k++) {
        if (!(times.get(k) instanceof Val.Num(Expr.Num(var ms), _))) {
          work.fault(Code.WRONG_KIND, "spike times are wanted here", value.span());
          return Optional.empty();
        }
        Optional<Double> time = onGrid(ms, driven);
        if (time.isEmpty()) {
          return Optional.empty();
        }
        train[k] = time.get();
      }
      trains.add(train);
    }
    if (trains.size() != slice.size()) {
      work.fault(
          Code.UNLIKE_SHAPES,
          "there are " + trains.size() + " spike trains for " + slice.size() + " inputs",
          value.span());
      return Optional.empty();
    }
    return Optional.of(new Term.SpikeTimes(trains));
  }

  /// The time itself, which must be on the grid, or what `bin` makes of it.
  private Optional<Double> onGrid(Exact ms, Statement.Driven driven) {
    BinMode bin = driven.bin();
    if (bin == null) {
      return Times.steps(work.context(), ms, driven.value().span()).map(n -> ms.toDouble());
    }
    return Optional.of(new Bins(bin, work.context().step()).time(ms));
  }

  // send

  Optional<Action> send(Statement.Send send, Place place) {
    if (!(send.port() instanceof Expression.Member(var owner, var name, _))) {
      work.fault(Code.UNKNOWN_PORT, "the port must be named, as in `cell.exc`", send.port().span());
      return Optional.empty();
    }
    Meaning meaning = block.reader().read(owner);
    return switch (meaning) {
      case Meaning.Fixed(Val.Cells(var slice, var _), var _) ->
          sent(slice.population(), Selections.of(slice), name.text(), send, place);
      case Meaning.Element(String population, Term index) ->
          sent(population, new Selection.At(index), name.text(), send, place);
      case Meaning.Fixed(Val.Wires(String path), var _) ->
          toSynapses(path, name.text(), send, place);
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      default -> {
        work.fault(Code.WRONG_KIND, "events are sent to populations and projections", owner.span());
        yield Optional.empty();
      }
    };
  }

  private Optional<Action> sent(
      String population, Selection selection, String port, Statement.Send send, Place place) {
    Population to = work.population(population).orElseThrow();
    int neurons =
        switch (selection) {
          case Selection.All _ -> to.size();
          case Selection.Range(int from, int until) -> until - from;
          case Selection.Listed(var indices) -> indices.size();
          case Selection.At _ -> 1;
        };
    return checked(population, to.ports(), port, send)
        .filter(known -> takesOne(population, known, send))
        .flatMap(known -> event(population + "." + port, known, selection, send, place))
        .filter(made -> made.arguments().stream().allMatch(one -> isForEach(one, neurons, send)))
        .map(Action.class::cast);
  }

  /// What comes to a neuron by a connection is one value, so its ports are made for one.
  private boolean takesOne(String population, Port port, Statement.Send send) {
    boolean one = port.parameters().size() < 2;
    if (!one) {
      work.fault(
          Code.NO_MEANING_HERE,
          "`%s.%s` takes %d values, but a neuron is sent one: let it have a port for each"
              .formatted(population, port.name(), port.parameters().size()),
          send.port().span());
    }
    return one;
  }

  private boolean isForEach(Term argument, int neurons, Statement.Send send) {
    boolean fits =
        !(argument.type() instanceof Type.Array(var shape))
            || shape.stream().anyMatch(length -> length < 0)
            || shape.stream().reduce(1, (a, b) -> a * b) == neurons;
    if (!fits) {
      work.fault(
          Code.UNLIKE_SHAPES,
          neurons == 1
              ? "one neuron is sent one value, no list"
              : "a list that is sent wants one value for each of the %d neurons".formatted(neurons),
          send.span());
    }
    return fits;
  }

  private Optional<Action> toSynapses(String path, String port, Statement.Send send, Place place) {
    List<Port> ports = work.projection(path).orElseThrow().synapse().ports();
    return checked(path, ports, port, send)
        .flatMap(known -> event(path + "." + port, known, Selection.ALL, send, place))
        .map(Action.class::cast);
  }

  private Optional<Port> checked(String owner, List<Port> ports, String port, Statement.Send send) {
    Optional<Port> found = ports.stream().filter(p -> p.name().equals(port)).findFirst();
    if (found.isEmpty()) {
      List<String> names = ports.stream().map(Port::name).toList();
      work.fault(
          Code.UNKNOWN_PORT,
          "`" + owner + "` has no port `" + port + "`" + Nearest.hint(port, names),
          send.port().span());
    }
    return found;
  }

  private Optional<Action.Send> event(
      String path, Port port, Selection selection, Statement.Send send, Place place) {
    if (send.arguments().size() != port.parameters().size()) {
      work.fault(
          Code.WRONG_ARGUMENT_COUNT,
          "`"
              + path
              + "` takes "
              + port.parameters().size()
              + " values, not "
              + send.arguments().size(),
          send.span());
      return Optional.empty();
    }
    List<Term> arguments = new ArrayList<>();
    for (var argument : send.arguments()) {
      block.reader().term(argument.value()).ifPresent(arguments::add);
    }
    Optional<Term> after =
        send.after() == null
            ? Optional.of(new Term.Whole(0))
            : new Durations(block).steps(send.after());
    work.demands().sends(path);
    return after.map(steps -> new Action.Send(path, selection, arguments, steps, place));
  }
}

package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Shapes;
import snel.model.Population;
import snel.model.Port;
import snel.syntax.Expression;
import snel.syntax.Statement;

/// `send`: events that an experiment gives to the ports of its network.
final class SentEvents {
  private final Block block;
  private final Work work;

  SentEvents(Block block) {
    this.block = block;
    this.work = block.work();
  }

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
            || Shapes.size(shape) == neurons;
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

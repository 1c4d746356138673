package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Every;
import snel.model.Handler;
import snel.model.Population;
import snel.model.Port;
import snel.model.UserEvent;
import snel.source.Span;

/// Neurons do the same thing one after the other, and no result may depend on who comes first: what
/// they assign there they cannot read of each other.
final class PeersInTurn {
  private final Context context;
  private final Population population;

  PeersInTurn(Context context, Population population) {
    this.context = context;
    this.population = population;
  }

  /// Statements that are done for one neuron before the next has its turn.
  private record Turn(String name, List<Action> body, Span span) {}

  void check() {
    population.every().forEach(every -> check(List.of(turn(every))));
    population.ports().forEach(port -> check(List.of(turn(port))));
    List<Turn> own = new ArrayList<>(of("spike"));
    if (!population.reset().isEmpty()) {
      own.addFirst(new Turn("reset", population.reset(), population.span()));
    }
    check(own);
    for (UserEvent event : population.events()) {
      List<Turn> turns = new ArrayList<>(of(event.name()));
      turns.addFirst(new Turn("event " + event.name(), event.body(), event.span()));
      check(turns);
    }
    for (String event : List.of("win", "peers.spike", "presentation.start", "presentation.end")) {
      check(of(event));
    }
  }

  private static Turn turn(Every every) {
    return new Turn("every", every.body(), every.span());
  }

  private Turn turn(Port port) {
    return new Turn("receive " + port.name(), port.body(), population.span());
  }

  private List<Turn> of(String event) {
    return population.handlers().stream()
        .filter(handler -> handler.event().equals(event))
        .map(PeersInTurn::turn)
        .toList();
  }

  private static Turn turn(Handler handler) {
    return new Turn("on " + handler.event(), handler.body(), handler.span());
  }

  private void check(List<Turn> turns) {
    for (Turn reading : turns) {
      Optional<String> both =
          turns.stream()
              .flatMap(turn -> Action.assigned(turn.body()))
              .filter(state -> reads(reading.body(), state))
              .findFirst();
      if (both.isPresent()) {
        report(reading, both.get());
        return;
      }
    }
  }

  private void report(Turn turn, String state) {
    context.fault(
        Diagnostic.of(
                Code.NO_MEANING_HERE,
                "`%s` of `%s` reads `%s` of its peers, which do the same in turn: it would depend on who comes first"
                    .formatted(turn.name(), population.model(), state),
                turn.span())
            .help(
                "read a copy: another state that `every dt` sets to `"
                    + state
                    + "`, or write an equation"));
  }

  private static boolean reads(List<Action> body, String state) {
    return Action.expressions(body).anyMatch(e -> Walk.any(e, part -> isOfPeers(part, state)));
  }

  private static boolean isOfPeers(Expr expression, String state) {
    return expression instanceof Expr.Ref(Owner owner, String name, _)
        && owner == Owner.PEER
        && name.equals(state);
  }
}

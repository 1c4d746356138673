package snel.runtime.schedule;

import java.util.List;

/// Tells of spikes and events that an experiment gives and that never arrive.
final class Undelivered {
  private final Host host;
  private boolean told;
  private boolean toldJoined;

  Undelivered(Host host) {
    this.host = host;
  }

  /// Before a presentation; once in an experiment.
  void look(Machine machine, long steps, List<SpikeSource> sources) {
    for (SpikeSource source : sources) {
      if (source.missed() > 0 && !told) {
        told = true;
        host.notice(
            "%s: %s outside the %s ms of the presentation and %s left out"
                .formatted(
                    machine.spot(),
                    spikes(source, source.missed(), "lies", "lie"),
                    NumberText.of(machine.view().time(steps)),
                    source.missed() == 1 ? "is" : "are"));
      }
      long joined = toldJoined ? 0 : source.joined();
      if (joined > 0) {
        toldJoined = true;
        host.notice(
            "%s: %s into a step in which their neuron has one already; a neuron spikes once a step"
                .formatted(machine.spot(), spikes(source, joined, "falls", "fall")));
      }
    }
  }

  /// "3 of the spikes for `x` lie".
  private static String spikes(SpikeSource source, long count, String ofOne, String ofMany) {
    String verb = count == 1 ? ofOne : ofMany;
    return "%d of the spikes for `%s` %s".formatted(count, source.population().name(), verb);
  }

  /// When the experiment has ended. What is due after `infinity` is meant never to arrive.
  void look(Machine machine, List<Mailbox.Letter> letters) {
    if (!letters.isEmpty() && letters.getFirst().due() != Long.MAX_VALUE) {
      Mailbox.Letter next = letters.getFirst();
      long steps = next.due() - machine.episodes().step();
      String early =
          steps > 0 ? NumberText.of(machine.view().time(steps)) + " ms before" : "just as";
      host.notice(
          "%s: the experiment ends %s what was sent to `%s` is due: it never arrives"
              .formatted(machine.spot(), early, next.port()));
    }
  }
}

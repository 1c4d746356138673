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
            "%s: %d of the spikes for `%s` lie outside the %s ms of the presentation and are left out"
                .formatted(
                    machine.spot(),
                    source.missed(),
                    source.population().name(),
                    NumberText.of(machine.view().time(steps))));
      }
      long joined = toldJoined ? 0 : source.joined();
      if (joined > 0) {
        toldJoined = true;
        host.notice(
            "%s: %d of the spikes for `%s` fall into a step in which their neuron has one already; a neuron spikes once a step"
                .formatted(machine.spot(), joined, source.population().name()));
      }
    }
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

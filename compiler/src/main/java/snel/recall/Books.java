package snel.recall;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Directory;

/// What is written down of the spikes of a population.
final class Books {
  private Books() {}

  static Set<Buffer> of(Directory.Population population) {
    Set<Buffer> all = new HashSet<>();
    all.addAll(List.of(population.spikes(), population.spikeCount(), population.total()));
    population.episodeCounts().ifPresent(all::add);
    population.firstSpike().ifPresent(all::add);
    population.log().ifPresent(log -> all.addAll(List.of(log.index(), log.step(), log.count())));
    return all;
  }
}

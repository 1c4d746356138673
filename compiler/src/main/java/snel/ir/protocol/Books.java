package snel.ir.protocol;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/// Of which populations somebody asks how often, or when first, a neuron spiked in the latest
/// episode.
///
/// @param all whether of all of them, whoever may ask
public record Books(boolean all, Set<String> counts, Set<String> firstSpikes) {
  public static final Books ALL = new Books(true, Set.of(), Set.of());
  public static final Books NONE = new Books(false, Set.of(), Set.of());

  private static final Set<Function> FIRST =
      EnumSet.of(Function.FIRST_SPIKE, Function.FIRST_SPIKE_EACH);

  public Books {
    counts = Set.copyOf(counts);
    firstSpikes = Set.copyOf(firstSpikes);
  }

  /// What an experiment asks for; counts of all neurons that it names, whatever it asks of them.
  public static Books of(Experiment experiment) {
    boolean[] all = {false};
    Set<String> counts = new HashSet<>();
    Set<String> firstSpikes = new HashSet<>();
    Parts.eachTerm(
        experiment,
        (term, _) -> {
          if (term instanceof Term.Neurons(String population, _)) {
            counts.add(population);
          } else if (term instanceof Term.Call(Function function, var arguments, _)) {
            all[0] |= function == Function.EVENTS_PER_SECOND;
            if (FIRST.contains(function)
                && arguments.getFirst() instanceof Term.Neurons(String population, _)) {
              firstSpikes.add(population);
            }
          }
        });
    return all[0] ? ALL : new Books(false, counts, firstSpikes);
  }

  /// What either asks for.
  public Books and(Books other) {
    return new Books(
        all || other.all, union(counts, other.counts), union(firstSpikes, other.firstSpikes));
  }

  public boolean asksCounts(String population) {
    return all || counts.contains(population);
  }

  public boolean asksFirstSpikes(String population) {
    return all || firstSpikes.contains(population);
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    Set<String> either = new HashSet<>(first);
    either.addAll(second);
    return either;
  }
}

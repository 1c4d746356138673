package snel.lower;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.protocol.Books;
import snel.ir.protocol.Recallable;

/// What the protocol of an experiment chain asks of the network beyond running it.
///
/// @param sentPorts `E.exc`: ports that `send` reaches
/// @param touchedWeights paths of projections whose weights the protocol assigns, saves or loads
/// @param atDeliver `E.g_e`: states recorded at delivery
/// @param inspected paths of projections whose synapses the protocol lists or counts
/// @param assigned `E.tau`: states and parameters that the protocol assigns
/// @param observed states that the protocol reads or records
/// @param resetApart paths of projections that a `reset` reaches without what is on its way to
///   them, or the other way round
/// @param loads whether a file with weights is loaded
/// @param trains whether weights are changed by gradients
/// @param cutsResets whether derivatives pass by what handlers do at a spike and not by the reset
/// @param countsUpdates whether the protocol asks how often learning changed something
/// @param books whose spikes it asks about
/// @param recallable whose spikes may be kept for each sample
public record Needs(
    Set<String> sentPorts,
    Set<String> touchedWeights,
    Set<String> atDeliver,
    Set<String> inspected,
    Set<String> assigned,
    Set<String> observed,
    Set<String> resetApart,
    boolean loads,
    boolean trains,
    boolean cutsResets,
    boolean countsUpdates,
    Books books,
    Recallable recallable) {
  /// Of no protocol that is known: it may ask for all books.
  public static final Needs NONE =
      new Needs(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  /// Of a protocol that only runs the network.
  public static final Needs NOTHING = NONE.with(Books.NONE, Recallable.NONE);

  /// The state that a neuron's potential is in.
  public static final String POTENTIAL = "v";

  /// What `observed` calls the potential of each neuron at its first spike in the episode.
  public static String firstPotential(String population) {
    return population + ".first_spike." + POTENTIAL;
  }

  /// Without loading anything, for whoever may ask for books.
  public Needs(
      Set<String> sentPorts,
      Set<String> touchedWeights,
      Set<String> atDeliver,
      Set<String> inspected,
      Set<String> assigned,
      Set<String> observed) {
    this(
        sentPorts,
        touchedWeights,
        atDeliver,
        inspected,
        assigned,
        observed,
        Set.of(),
        false,
        false,
        false,
        false,
        Books.ALL,
        Recallable.NONE);
  }

  public Needs {
    assigned = inOrder(assigned);
    observed = inOrder(observed);
    resetApart = inOrder(resetApart);
    inspected = inOrder(inspected);
    sentPorts = inOrder(sentPorts);
    touchedWeights = inOrder(touchedWeights);
    atDeliver = inOrder(atDeliver);
  }

  /// What either asks.
  public Needs and(Needs other) {
    return new Needs(
        union(sentPorts, other.sentPorts),
        union(touchedWeights, other.touchedWeights),
        union(atDeliver, other.atDeliver),
        union(inspected, other.inspected),
        union(assigned, other.assigned),
        union(observed, other.observed),
        union(resetApart, other.resetApart),
        loads || other.loads,
        trains || other.trains,
        cutsResets || other.cutsResets,
        countsUpdates || other.countsUpdates,
        books.and(other.books),
        Recallable.NONE);
  }

  private Needs with(Books wanted, Recallable kept) {
    return new Needs(
        sentPorts,
        touchedWeights,
        atDeliver,
        inspected,
        assigned,
        observed,
        resetApart,
        loads,
        trains,
        cutsResets,
        countsUpdates,
        wanted,
        kept);
  }

  /// The same where spikes may be kept of those populations that nobody looks into or sends to.
  public Needs recalling(Recallable wanted) {
    Set<String> unseen = new HashSet<>(wanted.populations());
    unseen.removeIf(population ->
        Stream.of(observed, atDeliver, sentPorts)
            .flatMap(Set::stream)
            .anyMatch(path -> path.startsWith(population + ".")));
    return with(books, wanted.only(unseen));
  }

  /// A copy. What is generated for each goes in their order, which is the program's.
  private static Set<String> inOrder(Set<String> paths) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(paths));
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    Set<String> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return all;
  }
}

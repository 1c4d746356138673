package snel.runtime.connect;

/// Rules without chance: `all`, `one_to_one`, lists of pairs.
public final class Simple {
  private Simple() {}

  /// Every pair.
  public static Csr all(Ends ends) {
    int[] rowStart = new int[ends.sources() + 1];
    Targets target = Targets.room(ends.pairs(), ends.targets());
    int size = 0;
    for (int i = 0; i < ends.sources(); i++) {
      int self = ends.selfTarget(i);
      for (int j = 0; j < ends.targets(); j++) {
        if (j != self) {
          target.set(size++, j);
        }
      }
      rowStart[i + 1] = size;
    }
    return Csr.of(rowStart, target);
  }

  /// Source i to target i.
  public static Csr oneToOne(Ends ends) {
    if (ends.sources() != ends.targets()) {
      throw new IllegalArgumentException(
          "one to one from " + ends.sources() + " to " + ends.targets());
    }
    int[] rowStart = new int[ends.sources() + 1];
    int[] target = new int[ends.sources()];
    int size = 0;
    for (int i = 0; i < ends.sources(); i++) {
      if (ends.selfTarget(i) != i) {
        target[size++] = i;
      }
      rowStart[i + 1] = size;
    }
    return Csr.of(rowStart, Targets.of(target, size, ends.targets()));
  }

  /// Listed pairs, equal ones in the order of the list; `shared` holds the row of the list that a
  /// synapse came from.
  public static Csr pairs(Ends ends, int[] sources, int[] targets) {
    int count = sources.length;
    int[] columnStart = new int[ends.targets() + 1];
    int[] rowStart = new int[ends.sources() + 1];
    int kept = 0;
    for (int e = 0; e < count; e++) {
      if (ends.selfTarget(sources[e]) != targets[e]) {
        columnStart[targets[e] + 1]++;
        rowStart[sources[e] + 1]++;
        kept++;
      }
    }
    Csr.accumulate(columnStart);
    Csr.accumulate(rowStart);
    int[] byTarget = new int[kept];
    for (int e = 0; e < count; e++) {
      if (ends.selfTarget(sources[e]) != targets[e]) {
        byTarget[columnStart[targets[e]]++] = e;
      }
    }
    int[] cursor = Csr.cursors(rowStart);
    int[] target = new int[kept];
    int[] edge = new int[kept];
    for (int e : byTarget) {
      int place = cursor[sources[e]]++;
      target[place] = targets[e];
      edge[place] = e;
    }
    return new Csr(rowStart, Targets.of(target, kept, ends.targets()), edge);
  }
}

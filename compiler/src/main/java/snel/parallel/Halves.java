package snel.parallel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Stmt;

/// Which pieces of a step belong to its near half, which to its far half ([Span]), and of what each
/// part has a copy, so that a part needs nothing of others but their spikes.
final class Halves {
  /// Longer spans save no more waiting that shows.
  private static final int MOST_STEPS = 16;

  private final Program program;
  private final Ranges ranges;
  private final Divider near;
  private final Divider far;
  private final Segments segments;
  private final Copies copies = new Copies();
  private final Set<Buffer> lists = new HashSet<>();
  private final Set<String> farNames = new HashSet<>();

  /// What was found of pieces before, by the piece itself.
  private final Map<Piece, Share> nearShares = new IdentityHashMap<>();

  private final Map<Piece, Share> farShares = new IdentityHashMap<>();
  private final Map<Piece, Set<Buffer>> written = new IdentityHashMap<>();
  private final Map<Piece, List<Touch>> touches = new IdentityHashMap<>();
  private List<Piece> pieces;
  private String why = "no spikes are looked for";

  private Halves(
      Program program, Ranges ranges, Tables tables, RowLimits limits, ListedArrivals arrivals) {
    this.program = program;
    this.ranges = ranges;
    this.segments = new Segments(ranges);
    this.near = new Divider(ranges, tables, limits, segments, arrivals);
    this.far = new Divider(ranges, tables, limits, new Segments(ranges), arrivals);
    this.pieces = Piece.of(program.step());
  }

  /// What each part does of a piece.
  ///
  /// @param isShared whether not only the first part does something
  record Share(
      Piece piece, boolean isFar, boolean isShared, List<List<Stmt>> parts, Accesses accesses) {}

  /// @param most steps of a span
  record Found(
      int most, List<Share> shares, List<Stmt.Collect> collects, Copies copies, Segments segments) {
    /// Whether a piece of the far half comes before the first spikes of a step are found.
    boolean isHead(Share share) {
      return shares.indexOf(share) < firstCollect(shares.stream().map(Share::piece).toList());
    }
  }

  /// The halves, if spans are possible, or else why they are not.
  static Either of(
      Program program, Ranges ranges, Tables tables, RowLimits limits, ListedArrivals arrivals) {
    Halves halves = new Halves(program, ranges, tables, limits, arrivals);
    Optional<Found> found = halves.found();
    return new Either(found, halves.why);
  }

  record Either(Optional<Found> found, String why) {}

  private Optional<Found> found() {
    Optional<List<Stmt.Collect>> collects = collects();
    if (collects.isEmpty() || collects.get().isEmpty()) {
      return Optional.empty();
    }
    copies.add(program.buffer(Clock.NAME));
    for (Stmt.Collect collect : collects.get()) {
      segments.note(collect);
      for (Buffer list : List.of(collect.list(), collect.count())) {
        lists.add(list);
        copies.add(list);
      }
    }
    while (true) {
      List<Share> shares = shares();
      Optional<String> crossing = crossing(shares);
      if (crossing.isPresent()) {
        if (!copy(program.buffer(crossing.get()))) {
          why = "threads share `" + crossing.get() + "`";
          return Optional.empty();
        }
      } else if (!moveToFar()) {
        int most = Math.min(MOST_STEPS, most());
        Optional<Share> unsound = shares.stream().filter(share -> !isSound(share)).findFirst();
        unsound.ifPresent(share -> why = "`" + share.piece().name() + "` may find something wrong");
        return most >= 2 && unsound.isEmpty()
            ? Optional.of(new Found(most, shares, collects.get(), copies, segments))
            : Optional.empty();
      }
    }
  }

  /// The collections of spikes, each of a list that nobody else writes; without what empties their
  /// lists before. Empty if one is of another kind.
  private Optional<List<Stmt.Collect>> collects() {
    List<Stmt.Collect> collects = new ArrayList<>();
    List<Piece> others = new ArrayList<>();
    for (Piece piece : pieces) {
      Optional<Stmt.Collect> collect = piece.collect();
      if (collect.isPresent()) {
        boolean isFromStart = !others.isEmpty() && others.getLast().empties(collect.get().count());
        if (!isFromStart || divided(collect.get()).isEmpty()) {
          why = "`" + collect.get().list().name() + "` is made by one thread";
          return Optional.empty();
        }
        others.removeLast();
        collects.add(collect.get());
      }
      others.add(piece);
    }
    pieces = others;
    for (Stmt.Collect collect : collects) {
      if (writers(collect.list()).size() != 1 || writers(collect.count()).size() != 1) {
        return Optional.empty();
      }
    }
    return Optional.of(collects);
  }

  private Set<Buffer> written(Piece piece) {
    return written.computeIfAbsent(piece, Piece::written);
  }

  private List<Piece> writers(Buffer buffer) {
    return pieces.stream().filter(piece -> written(piece).contains(buffer)).toList();
  }

  private Optional<Division> divided(Stmt.Collect collect) {
    return near.divide(
        collect, part -> segments.list(collect, part), part -> segments.count(collect, part));
  }

  private List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (Piece piece : pieces) {
      Share share = share(piece, farNames.contains(piece.name()));
      if (!share.isFar() && share.parts().stream().anyMatch(this::seesAllSpikes)) {
        farNames.add(piece.name());
        share = share(piece, true);
      }
      shares.add(share);
    }
    return shares;
  }

  private boolean seesAllSpikes(List<Stmt> block) {
    return new Piece("", Phase.DELIVER, List.of(), block).read().stream().anyMatch(lists::contains);
  }

  private Share share(Piece piece, boolean isFar) {
    return isCopied(piece)
        ? copied(piece, isFar)
        : (isFar ? farShares : nearShares).computeIfAbsent(piece, _ -> dealtOut(piece, isFar));
  }

  /// Each part does all of the piece for its copies.
  private Share copied(Piece piece, boolean isFar) {
    Accesses accesses = new Accesses();
    for (Buffer buffer : piece.read()) {
      accesses.read(buffer, Owner.SHARED);
    }
    return new Share(
        piece,
        isFar,
        true,
        IntStream.range(0, ranges.parts()).mapToObj(_ -> piece.whole()).toList(),
        accesses);
  }

  private Share dealtOut(Piece piece, boolean isFar) {
    Accesses accesses = new Accesses();
    Optional<Division> division =
        piece.body().size() != 1
            ? Optional.empty()
            : piece
                .collect()
                .flatMap(this::divided)
                .or(() -> (isFar ? far : near).divide(piece.body().getFirst()));
    if (division.isEmpty()) {
      accesses.byFirst(piece.whole());
      return new Share(
          piece,
          isFar,
          false,
          IntStream.range(0, ranges.parts())
              .mapToObj(part -> part == 0 ? piece.whole() : List.<Stmt>of())
              .toList(),
          accesses);
    }
    accesses.add(division.get().accesses());
    Nodes.buffers(piece.lets()).forEach(buffer -> accesses.read(buffer, Owner.SHARED));
    List<List<Stmt>> parts =
        division.get().parts().stream()
            .map(block ->
                block.isEmpty()
                    ? block
                    : new Piece(piece.name(), piece.phase(), piece.lets(), block).whole())
            .toList();
    return new Share(piece, isFar, true, parts, accesses);
  }

  /// Whether each part does all of the piece for its copies.
  private boolean isCopied(Piece piece) {
    Set<Buffer> changed = written(piece);
    return !changed.isEmpty()
        && changed.stream().allMatch(copies::has)
        && piece.collect().isEmpty();
  }

  private Optional<String> crossing(List<Share> shares) {
    Accesses earlier = new Accesses();
    for (Share share : shares) {
      Accesses accesses = share.accesses().without(copies::has);
      earlier.add(accesses);
      Optional<String> crossing = earlier.crossing(accesses);
      if (crossing.isPresent()) {
        return crossing;
      }
    }
    return Optional.empty();
  }

  /// Lets each part have a copy of a buffer; false if a part cannot keep it up by itself.
  private boolean copy(Buffer buffer) {
    if (!(buffer.length() instanceof Length.Fixed) || copies.has(buffer) || Findings.is(buffer)) {
      return false;
    }
    copies.add(buffer);
    Set<Buffer> own = new LinkedHashSet<>(copies.copied());
    own.removeAll(lists);
    Set<Buffer> changing = new HashSet<>();
    pieces.forEach(piece -> changing.addAll(written(piece)));
    List<Piece> all = new ArrayList<>();
    for (Piece piece : pieces) {
      if (!written(piece).contains(buffer)) {
        all.add(piece);
        continue;
      }
      Optional<List<Piece>> apart = piece.apart(own);
      if (apart.isEmpty() || !canBeDoneByAll(apart.get().getFirst(), changing)) {
        return false;
      }
      if (farNames.contains(piece.name())
          || apart.get().getFirst().read().stream().anyMatch(lists::contains)) {
        apart.get().forEach(each -> farNames.add(each.name()));
      }
      all.addAll(apart.get());
    }
    pieces = all;
    return true;
  }

  private boolean canBeDoneByAll(Piece piece, Set<Buffer> changing) {
    boolean[] draws = {false};
    Nodes.eachStatement(piece.body(), stmt -> draws[0] |= stmt instanceof Stmt.Words);
    return !draws[0]
        && piece.read().stream().allMatch(read -> copies.has(read) || !changing.contains(read));
  }

  /// Moves to the far half what does not go without it; false if nothing.
  private boolean moveToFar() {
    int before = farNames.size();
    for (int at = 0; at < pieces.size(); at++) {
      Piece piece = pieces.get(at);
      if (!farNames.contains(piece.name()) && piece.collect().isEmpty() && most(at) < 2) {
        farNames.add(piece.name());
        at = -1; // it may be near to what was passed
      }
    }
    return farNames.size() > before;
  }

  /// How many steps the near half may go ahead; 1 if there is a delay of none.
  private int most() {
    why = "spikes arrive in the next step";
    return IntStream.range(0, pieces.size())
        .filter(at -> !farNames.contains(pieces.get(at).name()))
        .map(this::most)
        .min()
        .orElse(1);
  }

  private List<Touch> touches(Piece piece) {
    return touches.computeIfAbsent(
        piece,
        _ ->
            Touch.of(piece.whole()).stream()
                .filter(touch -> !lists.contains(touch.buffer()))
                .filter(touch -> !Findings.is(touch.buffer()))
                .filter(touch -> !touch.buffer().name().equals(Clock.NAME))
                .toList());
  }

  private static int firstCollect(List<Piece> pieces) {
    return IntStream.range(0, pieces.size())
        .filter(at -> pieces.get(at).collect().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private int most(int near) {
    int first = firstCollect(pieces);
    int most = MOST_STEPS;
    for (int at = 0; at < pieces.size(); at++) {
      if (farNames.contains(pieces.get(at).name())) {
        boolean isHead = at < first;
        int least = isHead || at < near ? 0 : 1;
        for (Touch far : touches(pieces.get(at))) {
          for (Touch own : touches(pieces.get(near))) {
            if (far.meets(own)) {
              int steps = far.stepsUntil(own, least).orElse(0);
              most = Math.min(most, isHead ? steps + 1 : steps);
            }
          }
        }
      }
    }
    return most;
  }

  /// Whether what a piece finds wrong can be told at the end of a span: a part stops there, or what
  /// was found is that there is much to be recorded.
  private boolean isSound(Share share) {
    List<Buffer> findings = Findings.of(share.piece().whole());
    if (findings.isEmpty()) {
      return true;
    }
    if (!share.isFar()) {
      return share.isShared() && findings.size() == 2;
    }
    return !share.isShared()
        && findings.stream().noneMatch(buffer -> buffer.name().equals(Clock.FAULT))
        && logs(program).anyMatch(log -> share.piece().written().contains(log.count()));
  }

  private static Stream<Directory.Log> logs(Program program) {
    return program.directory().populations().stream().flatMap(each -> each.log().stream());
  }
}

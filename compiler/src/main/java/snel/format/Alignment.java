package snel.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps columns. Two chunks of neighbouring lines that stood under each other, one of them set
/// apart for that, are linked; linked chunks keep their distances from each other, as far left as
/// all of them can go.
///
/// Formatting again changes nothing: whatever is still set apart is so because of a chunk in the
/// same column that is as far left as it can go.
final class Alignment {
  private static final class Group {
    private final List<Place> places = new ArrayList<>();

    /// How far apart the outermost chunks of both stand.
    int spanWith(Group other) {
      IntSummaryStatistics columns =
          Stream.concat(places.stream(), other.places.stream())
              .mapToInt(place -> place.chunk.column())
              .summaryStatistics();
      return columns.getMax() - columns.getMin();
    }
  }

  private static final class Place {
    private final Chunk chunk;
    private final Line line;
    private final @Nullable Place before;
    private Group group = new Group();
    private @Nullable Word under;
    private @Nullable Place underIn;
    private int column = -1;
    private boolean open;

    Place(Chunk chunk, Line line, @Nullable Place before) {
      this.chunk = chunk;
      this.line = line;
      this.before = before;
      group.places.add(this);
    }
  }

  private final Map<Chunk, Place> places = new IdentityHashMap<>();
  private final List<Place> inOrder = new ArrayList<>();

  private Alignment() {}

  /// The column of each chunk.
  static Map<Chunk, Integer> of(List<Line> lines) {
    Alignment alignment = new Alignment();
    List<List<Place>> rows = new ArrayList<>();
    for (Line line : lines) {
      rows.add(alignment.row(line));
    }
    for (int i = 1; i < rows.size(); i++) {
      if (!lines.get(i).blankBefore()) {
        alignment.link(rows.get(i - 1), rows.get(i));
      }
    }
    alignment.inOrder.sort(Comparator.comparingInt(place -> place.chunk.column()));
    Map<Chunk, Integer> columns = new IdentityHashMap<>();
    for (Place place : alignment.inOrder) {
      columns.put(place.chunk, alignment.column(place));
    }
    return columns;
  }

  private List<Place> row(Line line) {
    List<Place> row = new ArrayList<>();
    for (Chunk chunk : line.chunks()) {
      Place place = new Place(chunk, line, row.isEmpty() ? null : row.getLast());
      row.add(place);
      places.put(chunk, place);
    }
    inOrder.addAll(row);
    return row;
  }

  private void link(List<Place> upper, List<Place> lower) {
    boolean alike = upper.getFirst().line.indentation() == lower.getFirst().line.indentation();
    int near = 1;
    for (Place one : upper.subList(1, alike ? upper.size() : 1)) {
      while (near < lower.size() && lower.get(near).chunk.column() < one.chunk.column() - 1) {
        near++;
      }
      for (int i = near; i < Math.min(near + 3, lower.size()); i++) {
        if (areAligned(one.chunk, lower.get(i).chunk)) {
          join(one, lower.get(i));
        }
      }
    }
    if (lower.getFirst().line.continues() && lower.getFirst().chunk.isInPlace()) {
      hang(upper, lower.getFirst());
    }
  }

  private static boolean areAligned(Chunk one, Chunk other) {
    boolean under = one.column() == other.column() || one.visibleColumn() == other.visibleColumn();
    boolean alike = one.isComment() == other.isComment() && one.closer() == other.closer();
    boolean apart = one.closer() != 0 || one.sourceGap() > 0 && other.sourceGap() > 0;
    boolean meant = one.isSetApart() || other.isSetApart() || one.sourceGap() != other.sourceGap();
    boolean inPlace = one.isInPlace() && other.isInPlace();
    return inPlace && under && alike && apart && meant;
  }

  private static void join(Place one, Place other) {
    boolean moves = one.group.places.size() < other.group.places.size();
    Group larger = moves ? other.group : one.group;
    Group smaller = moves ? one.group : other.group;
    if (larger != smaller && larger.spanWith(smaller) <= 1) {
      smaller.places.forEach(place -> place.group = larger);
      larger.places.addAll(smaller.places);
    }
  }

  /// A line that goes on with a statement may begin under any word of the line before.
  private static void hang(List<Place> upper, Place first) {
    for (Place place : upper) {
      for (Word word : place.chunk.words()) {
        boolean beginsLine = place == upper.getFirst() && word == place.chunk.words().getFirst();
        boolean inPlace =
            word.line() == upper.getFirst().chunk.words().getFirst().line() && !word.isComment();
        if (inPlace && !beginsLine && word.column() == first.chunk.column()) {
          first.under = word;
          first.underIn = place;
        }
      }
    }
  }

  private int column(Place place) {
    if (place.column < 0 && !place.open) {
      place.open = true;
      if (place.before == null) {
        place.column = first(place);
      } else {
        int shift = Integer.MIN_VALUE;
        for (Place member : place.group.places) {
          shift = Math.max(shift, natural(member) - member.chunk.column());
        }
        for (Place member : place.group.places) {
          member.column = member.chunk.column() + shift;
        }
      }
    }
    return place.column;
  }

  private int first(Place place) {
    if (place.under == null || place.underIn == null) {
      return place.line.indentation();
    }
    int column = column(place.underIn);
    for (Word word : place.underIn.chunk.words()) {
      if (word == place.under) {
        break;
      }
      column += word.text().length();
    }
    return column;
  }

  /// As far left as the chunk can go. A comment stays where it was if there is room.
  private int natural(Place place) {
    Place before = place.before;
    if (before == null) {
      return place.line.indentation();
    }
    int end = column(before) + before.chunk.text().length() + place.chunk.gap();
    if (!place.chunk.isComment()) {
      return end;
    }
    Place first = place;
    for (Place earlier = before; earlier != null; earlier = earlier.before) {
      first = earlier;
    }
    int moved = column(first) - first.chunk.column();
    return Math.max(end, place.chunk.column() + moved);
  }
}

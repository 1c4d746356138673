package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What an experiment has reported and claimed so far.
public final class Results {
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, Shown> values = new LinkedHashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Set<String> counted = new LinkedHashSet<>();
  private long passed;

  /// A value under its name.
  ///
  /// @param factor stored = shown * factor
  /// @param readOut whose accuracy it is; empty where it is something else
  public record Shown(Value value, String unit, double factor, String readOut) {
    private static final Predicate<Value> MEASURED =
        value ->
            value instanceof Value.Real
                || value instanceof Value.Array
                || value instanceof Value.Listing
                || value instanceof Value.Tuple;

    /// As people read it.
    public String text() {
      boolean measured = !unit.isEmpty() && MEASURED.test(value);
      return inUnit().shown() + (measured ? " " + unit : "");
    }

    /// For a glance, if it is one number, by itself or the next of a curve over time.
    Optional<Supplier<String>> brief() {
      return switch (value) {
        case Value.Real(double stored) -> Optional.of(() -> brief(stored));
        case Value.Whole(long whole) -> Optional.of(() -> Long.toString(whole));
        case Value.Drawn(List<Drawing> parts)
            when parts.size() == 1
                && parts.getFirst() instanceof Drawing.Point(double[] stored, _, _)
                && stored.length == 1 ->
            Optional.of(() -> brief(stored[0]));
        default -> Optional.empty();
      };
    }

    private String brief(double stored) {
      return NumberText.brief(stored / factor) + (unit.isEmpty() ? "" : " " + unit);
    }

    /// Numbers in the unit and no longer as they are stored.
    public Value inUnit() {
      return inUnit(value);
    }

    private Value inUnit(Value each) {
      return switch (each) {
        case Value.Real(double stored) -> new Value.Real(InUnit.of(stored, factor));
        case Value.Array(int[] shape, double[] elements) ->
            new Value.Array(shape, InUnit.of(elements, factor));
        case Value.Listing(List<Value> elements) ->
            new Value.Listing(elements.stream().map(this::inUnit).toList());
        case Value.Tuple(List<Value> parts) ->
            new Value.Tuple(parts.stream().map(this::inUnit).toList());
        default -> each;
      };
    }
  }

  /// A figure, and with `over_time`, `table` and their like all that was added to it.
  ///
  /// @param times simulated ms at which each part was added
  public record Figure(String name, List<Double> times, List<Drawing> parts) {}

  /// An expectation that did not hold.
  public record Failure(Script.Spot spot, String found) {}

  /// A report of item `id`.
  public void report(int id, String name, Shown shown, double time) {
    if (shown.value() instanceof Value.Drawn(List<Drawing> parts)) {
      draw(id, name, parts.stream().map(part -> inUnitOf(shown, part)).toList(), time);
    } else {
      values.put(name, shown);
    }
  }

  /// A value over time is shown in its unit; other drawings are in theirs already.
  private static Drawing inUnitOf(Shown shown, Drawing part) {
    String unit = shown.unit();
    return part instanceof Drawing.Point(double[] stored, boolean isMean, _) && !unit.isEmpty()
        ? new Drawing.Point(InUnit.of(stored, shown.factor()), isMean, unit)
        : part;
  }

  private void draw(int id, String name, List<Drawing> parts, double time) {
    Drawing drawing = parts.getFirst();
    String item = drawing instanceof Drawing.Traces traces ? id + traces.title() : "" + id;
    Figure first = figures.get(item);
    String key = first == null || first.name().equals(name) ? item : item + " " + name;
    Figure figure =
        figures.computeIfAbsent(key, _ -> new Figure(name, new ArrayList<>(), new ArrayList<>()));
    boolean adds =
        switch (drawing) {
          case Drawing.Point _, Drawing.Curve _, Drawing.HeatPoint _, Drawing.Row _ ->
              parts.size() == 1;
          case Drawing.Raster _,
              Drawing.Traces _,
              Drawing.Course _,
              Drawing.Grid _,
              Drawing.Histogram _,
              Drawing.Map _,
              Drawing.Confusion _,
              Drawing.Degrees _ ->
              false;
        };
    if (!adds) {
      figure.times.clear();
      figure.parts.clear();
    }
    for (Drawing part : parts) {
      figure.times.add(time);
      figure.parts.add(part);
    }
  }

  public void pass() {
    passed++;
  }

  public void fail(Script.Spot spot, String found) {
    failures.add(new Failure(spot, found));
  }

  /// Of a sweep: whether a run is met for the first time, so that what it expects counts once.
  public boolean counts(String run) {
    return counted.add(run);
  }

  List<String> counted() {
    return List.copyOf(counted);
  }

  public Map<String, Shown> values() {
    return values;
  }

  public Map<String, Figure> figures() {
    return figures;
  }

  public List<Failure> failures() {
    return failures;
  }

  public long passed() {
    return passed;
  }

  void restore(
      Map<String, Shown> keptValues,
      Map<String, Figure> keptFigures,
      List<Failure> keptFailures,
      long keptPassed,
      List<String> keptCounted) {
    values.putAll(keptValues);
    figures.putAll(keptFigures);
    failures.addAll(keptFailures);
    passed = keptPassed;
    counted.addAll(keptCounted);
  }
}

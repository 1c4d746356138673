package snel.runtime.progress;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import snel.runtime.run.Watch;

/// One line on a terminal that says how far a run is: a bar over the passes of its outermost loop,
/// or the time simulated where there is no loop, and what was reported last. It is drawn over
/// itself, at most ten times a second, and wiped when closed. The thread that runs the experiment
/// draws it.
public final class Progress implements Watch, AutoCloseable {
  private static final long PAUSE_NANOS = 100_000_000;
  private static final long QUIET_NANOS = 500_000_000; // short runs show nothing
  private static final int FEW_PASSES = 20; // of which each takes a while: the loop within counts
  private static final double LEAST_PART = 0.002; // before which there is no telling
  private static final int BAR = 24;
  private static final int SHORT_BAR = 12; // beside numbers
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private final PrintStream terminal;
  private final String experiment;
  private final double stepMs;
  private final int columns;
  private final BooleanSupplier stopped;
  private final LongSupplier nanos;
  private final long began;
  private final Map<String, Supplier<String>> told = new LinkedHashMap<>();
  private long drawn;
  private boolean visible;
  private long done;
  private long total;
  private double inner;
  private double first = -1;
  private long firstNanos;

  private Progress(
      PrintStream terminal,
      String experiment,
      double stepMs,
      int columns,
      BooleanSupplier stopped,
      LongSupplier nanos) {
    this.terminal = terminal;
    this.experiment = experiment;
    this.stepMs = stepMs;
    this.columns = columns;
    this.stopped = stopped;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.drawn = began + QUIET_NANOS - PAUSE_NANOS;
  }

  /// A line on a terminal.
  ///
  /// @param columns how wide the terminal is
  /// @param stopped whether the user asked to stop
  public static Progress on(
      PrintStream terminal,
      String experiment,
      double stepMs,
      int columns,
      BooleanSupplier stopped) {
    return new Progress(terminal, experiment, stepMs, columns, stopped, System::nanoTime);
  }

  /// The same with a clock of one's own.
  static Progress on(
      PrintStream terminal,
      String experiment,
      double stepMs,
      int columns,
      BooleanSupplier stopped,
      LongSupplier nanos) {
    return new Progress(terminal, experiment, stepMs, columns, stopped, nanos);
  }

  /// One that shows nothing, for where nobody looks.
  public static Watch silent(BooleanSupplier stopped) {
    return new Watch() {
      @Override
      public boolean isStopped() {
        return stopped.getAsBoolean();
      }

      @Override
      public void pass(int depth, long done, long left) {}

      @Override
      public void tick(long stepsDone) {}
    };
  }

  @Override
  public boolean isStopped() {
    return stopped.getAsBoolean();
  }

  @Override
  public void pass(int depth, long passesDone, long left) {
    if (depth == 2) {
      inner = Math.max(inner, (double) passesDone / Math.max(1, passesDone + left));
    }
    if (depth > 1) {
      return;
    }
    inner = 0;
    boolean anotherLoop = passesDone + left != total || passesDone < done;
    done = passesDone;
    total = passesDone + left;
    if (first < 0 || anotherLoop) {
      first = passesDone; // a resumed run begins in the middle
      firstNanos = nanos.getAsLong();
    }
  }

  @Override
  public void told(String name, Supplier<String> text) {
    told.put(name, text);
  }

  @Override
  public void tick(long stepsDone) {
    long now = nanos.getAsLong();
    if (now - drawn < PAUSE_NANOS) {
      return;
    }
    drawn = now;
    visible = true;
    String line = withNumbers(total > 0 ? passes(now) : simulated(stepsDone, now));
    int end =
        line.offsetByCodePoints(0, Math.min(columns - 1, line.codePointCount(0, line.length())));
    terminal.print("\r" + line.substring(0, end) + "\u001b[K");
    terminal.flush();
  }

  /// Wipes the line, so that what is printed next begins at its start.
  @Override
  public void close() {
    if (visible) {
      terminal.print("\r\u001b[K");
      terminal.flush();
      visible = false;
    }
  }

  private String passes(long now) {
    double at = done + (total <= FEW_PASSES ? inner : 0);
    double part = at / total;
    double spent = (now - firstNanos) / 1e9;
    double since = at - first;
    String left =
        since > LEAST_PART * total
            ? ", " + Duration.words(spent / since * (total - at)) + " left"
            : "";
    int bar = told.isEmpty() ? BAR : SHORT_BAR;
    return "%s %s %s of %s · %s%s"
        .formatted(
            experiment,
            bar(part, bar),
            apart(done),
            apart(total),
            Duration.words(elapsed(now)),
            left);
  }

  /// The line and what was told last, as many whole numbers as it has room for.
  private String withNumbers(String line) {
    StringBuilder all = new StringBuilder(line);
    for (Map.Entry<String, Supplier<String>> each : told.entrySet()) {
      String number = " · " + each.getKey() + " " + each.getValue().get();
      if (all.length() + number.length() < columns) {
        all.append(number);
      }
    }
    return all.toString();
  }

  private String simulated(long stepsDone, long now) {
    return "%s  %s simulated · %s"
        .formatted(
            experiment, Duration.simulated(stepsDone * stepMs), Duration.words(elapsed(now)));
  }

  private double elapsed(long now) {
    return (now - began) / 1e9;
  }

  private static String bar(double part, int width) {
    int eighths = (int) Math.clamp(part * width * 8, 0, width * 8);
    int full = eighths / 8;
    String rest = full < width ? "" + EIGHTHS.charAt(eighths % 8) : "";
    return "▕" + "█".repeat(full) + rest + " ".repeat(Math.max(0, width - full - 1)) + "▏";
  }

  private static String apart(long number) {
    return String.format(java.util.Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }
}

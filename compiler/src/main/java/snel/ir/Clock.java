package snel.ir;

/// The layout of the one `CLOCK` buffer (`I64`, named `clock`) of a program. The driver of a target
/// adds one to [#STEP], [#EPISODE_STEP] and [#TIME] after the last kernel of a step; the protocol
/// sets and zeroes them between runs.
public final class Clock {
  public static final String NAME = "clock";

  /// Steps done since the experiment began: the n of semantics.md §1.
  public static final int STEP = 0;

  /// Steps done in the present presentation (`rest` counts on); outside one, equal to [#STEP].
  public static final int EPISODE_STEP = 1;

  /// Number of the presentation, from 1; 0 outside one (semantics.md §10).
  public static final int PRESENTATION = 2;

  /// Steps done since the latest `run`, `present` or `rest` began: the language's `t` in steps.
  public static final int TIME = 3;

  /// [#STEP] when the latest episode (`run` or `present`) began.
  public static final int EPISODE_BEGAN = 4;

  public static final int SIZE = 5;

  /// `I32[1]`: a kernel that needs the driver to stop after this step stores a [#HALT_LOG] or
  /// [#HALT_FAULT] bit here.
  public static final String HALT = "halt";

  public static final int HALT_LOG = 1;
  public static final int HALT_FAULT = 2;

  /// `I64[3]`: fault kind, place (index into [Program#faultSites()]), element.
  public static final String FAULT = "fault";

  private Clock() {}

  /// A step has been done.
  public static void advance(long[] clock) {
    clock[STEP]++;
    clock[EPISODE_STEP]++;
    clock[TIME]++;
  }
}

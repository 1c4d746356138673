package snel.runtime.kernel;

/// A step for several threads, as sections one after the other: in each, first what one thread does
/// while the others wait, then what all do side by side.
public interface DividedKernels {
  int sections();

  /// Readies the state for steps that are done so. Only they may come until [#end].
  void begin();

  /// Readies it for everything else.
  void end();

  /// What one thread does first.
  void alone(int section);

  /// Whether a section has something to do side by side.
  boolean isDivided(int section);

  /// The share of one part.
  void part(int section, int part);

  /// Whether parts draw random words for the next step before they wait for others.
  default boolean drawsEarly() {
    return false;
  }

  /// Words are to be drawn for this step.
  default void now(int part) {}

  /// Words are to be drawn for the next step. The clock may be advanced before they are.
  default void next(int part) {}

  /// Draws words of a part for the step that was told last.
  default void draw(int part) {}

  /// Advances the clock after a step; true if the step asked to stop.
  boolean advance();
}

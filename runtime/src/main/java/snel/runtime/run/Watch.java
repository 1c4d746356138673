package snel.runtime.run;

import java.util.function.Supplier;

/// What the person at the keyboard wants of a run: to see how far it is, and to stop it.
public interface Watch {
  /// Whether the run should stop now.
  boolean isStopped();

  /// A loop begins a pass.
  ///
  /// @param depth 1 for a loop in no other
  void pass(int depth, long done, long left);

  /// A number was reported, maybe not for the last time.
  default void told(String name, Supplier<String> text) {}

  /// What the person may not have meant; the run goes on.
  default void notice(String sentence) {}

  /// Called many times a second.
  ///
  /// @param stepsDone of the whole experiment
  void tick(long stepsDone);

  /// One that is in no hurry and shows nothing.
  Watch NONE =
      new Watch() {
        @Override
        public boolean isStopped() {
          return false;
        }

        @Override
        public void pass(int depth, long done, long left) {}

        @Override
        public void tick(long stepsDone) {}
      };
}

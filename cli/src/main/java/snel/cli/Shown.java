package snel.cli;

import java.util.function.Supplier;
import snel.runtime.progress.Progress;
import snel.runtime.run.Watch;

/// What a person sees of a run: a line of progress, wiped when the run is over or has something to
/// tell.
record Shown(Watch watch, Advice advice) implements Watch, AutoCloseable {
  @Override
  public boolean isStopped() {
    return watch.isStopped();
  }

  @Override
  public void pass(int depth, long done, long left) {
    watch.pass(depth, done, left);
  }

  @Override
  public void told(String name, Supplier<String> text) {
    watch.told(name, text);
  }

  @Override
  public void tick(long stepsDone) {
    watch.tick(stepsDone);
  }

  @Override
  public void notice(String sentence) {
    close();
    advice.tell(sentence);
  }

  @Override
  public void close() {
    if (watch instanceof Progress progress) {
      progress.close();
    }
  }
}

package snel.runtime.schedule;

/// The user asked to stop: what there is so far is kept.
public final class Interrupted extends RuntimeException {
  public Interrupted() {
    super("interrupted");
  }
}

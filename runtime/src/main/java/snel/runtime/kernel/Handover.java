package snel.runtime.kernel;

import java.util.concurrent.atomic.AtomicLong;

/// How long it takes that a number goes from one thread to another and back. Processors with a
/// cache in common need a fourth of what others need, and a virtual machine may have either by
/// turns; so this is measured when it matters.
public final class Handover {
  /// Beyond this processors have no cache in common.
  private static final double MOST_NANOS = 200;

  /// Long enough for the partner to get a processor while the just-in-time compiler wants both.
  private static final long TIME_NANOS = 40_000_000;

  private static final int ROUNDS = 200;

  private final AtomicLong ball = new AtomicLong();
  private volatile boolean over;

  private Handover() {}

  /// Whether two threads are near each other just now.
  public static boolean isShort() {
    return nanos() < MOST_NANOS;
  }

  /// The least time of a round that was found, or the first that is short; very long if there was
  /// no processor for a second thread.
  static double nanos() {
    Handover handover = new Handover();
    Thread partner = new Thread(handover::giveBack, "snel-handover");
    partner.setDaemon(true);
    partner.start();
    try {
      return handover.least();
    } finally {
      handover.over = true;
    }
  }

  private double least() {
    double least = Double.MAX_VALUE;
    long end = System.nanoTime() + TIME_NANOS;
    long start = System.nanoTime();
    long sent = 0;
    while (start < end && least > MOST_NANOS) {
      for (int round = 0; round < ROUNDS; round++) {
        sent += 2;
        ball.set(sent - 1);
        while (ball.get() != sent) {
          if (System.nanoTime() > end) {
            return least;
          }
        }
      }
      long now = System.nanoTime();
      least = Math.min(least, (double) (now - start) / ROUNDS);
      start = now;
    }
    return least;
  }

  private void giveBack() {
    while (!over) {
      long got = ball.get();
      if (got % 2 == 1) {
        ball.set(got + 1);
      }
    }
  }
}

package snel.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C and `kill`: the run is asked to stop and gets time to keep what there is so far.
final class StopSignal {
  private static final long PATIENCE_SECONDS = 20;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);

  /// Listens from now on.
  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  signal.stopped.set(true);
                  signal.await();
                },
                "stop"));
    return signal;
  }

  private void await() {
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("snel: stopped without waiting for the step at hand");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isStopped() {
    return stopped.get();
  }

  /// Nothing is left to be kept.
  void finished() {
    finished.countDown();
  }
}

package snel.runtime.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(out, true, StandardCharsets.UTF_8);
  private long clock;
  private boolean stopped;

  private Progress progress(int columns) {
    return Progress.on(terminal, "learn", 0.5, columns, () -> stopped, () -> clock);
  }

  /// What was printed since the last call.
  private String printed() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  private void after(double seconds) {
    clock = Math.round(seconds * 1e9);
  }

  @Test
  void theOutermostLoopIsABar() {
    Progress progress = progress(100);
    progress.pass(1, 0, 4_000);
    progress.tick(0);
    assertEquals("", printed(), "a short run shows nothing");
    after(30);
    progress.pass(1, 1_000, 3_000);
    progress.pass(2, 1, 1);
    progress.tick(99);
    assertEquals(
        "\r"
            + "learn ▕██████                  ▏ 1\u202f000 of 4\u202f000 · 30 s, 1 min 30 s"
            + " left\u001b[K",
        printed());
    after(30.05);
    progress.tick(100);
    assertEquals("", printed(), "ten times a second is enough");
    progress.close();
    assertEquals("\r\u001b[K", printed());
    progress.close();
    assertEquals("", printed());
  }

  /// One pass of four, and a quarter of the second: 5/16 after 30 s.
  @Test
  void ofFewPassesTheLoopWithinCounts() {
    Progress progress = progress(100);
    progress.pass(1, 0, 4);
    progress.pass(2, 1_499, 1);
    progress.pass(1, 1, 3);
    progress.pass(2, 375, 1_125);
    progress.pass(3, 9, 1);
    after(30);
    progress.tick(99);
    assertEquals(
        "\rlearn ▕███████▌                ▏ 1 of 4 · 30 s, 1 min 06 s left\u001b[K", printed());
  }

  @Test
  void aResumedRunIsNotTakenForAFastOne() {
    after(0);
    Progress progress = progress(100);
    progress.pass(1, 3_000, 1_000);
    after(10);
    progress.pass(1, 3_100, 900);
    progress.tick(1);
    assertTrue(printed().endsWith("3\u202f100 of 4\u202f000 · 10 s, 1 min 30 s left\u001b[K"));
  }

  @Test
  void withoutALoopItIsTheTimeSimulated() {
    Progress progress = progress(100);
    after(1);
    progress.tick(700);
    assertEquals("\rlearn  350 ms simulated · 1 s\u001b[K", printed());
    after(4_000);
    progress.tick(25_000);
    assertEquals("\rlearn  12.5 s simulated · 1 h 06 min\u001b[K", printed());
  }

  /// The newest of each, as long as there is room; what is longer is left out whole.
  @Test
  void numbersThatAreReportedStandBehind() {
    Progress progress = progress(66);
    progress.pass(1, 1, 3);
    progress.told("loss", () -> "2.3");
    progress.told("loss", () -> "0.42");
    progress.told("energy of an answer", () -> "3.1");
    progress.told("rate", () -> "7.25 Hz");
    after(3);
    progress.tick(99);
    assertEquals(
        "\rlearn ▕███         ▏ 1 of 4 · 3 s · loss 0.42 · rate 7.25 Hz\u001b[K", printed());
  }

  @Test
  void theLineNeverWraps() {
    Progress progress = progress(20);
    after(1);
    progress.pass(1, 1, 1);
    progress.tick(1);
    String line = printed();
    assertEquals(19, line.replace("\r", "").replace("\u001b[K", "").length());
  }

  @Test
  void theUsersWishToStopIsPassedOn() {
    assertEquals(false, progress(80).isStopped());
    stopped = true;
    assertEquals(true, progress(80).isStopped());
    assertEquals(true, Progress.silent(() -> stopped).isStopped());
  }
}

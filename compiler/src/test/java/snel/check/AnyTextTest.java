package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.parse.Samples;
import snel.source.SourceFile;
import snel.testing.RandomPrograms;

/// Whatever stands in a file, the check comes to an end and says the same each time. `-Dsnel.full`
/// tries more.
class AnyTextTest {
  private static final boolean FULL = Boolean.getBoolean("snel.full");
  private static final int PROGRAMS = Integer.getInteger("random.programs", FULL ? 2_000 : 120);
  private static final int CUTS = FULL ? 30 : 4;

  static List<SourceFile> samples() {
    return Samples.all();
  }

  @Test
  void randomPrograms() {
    Set<Code> seen = new HashSet<>();
    for (int seed = 0; seed < PROGRAMS; seed++) {
      var program = new SourceFile("random" + seed + ".snn", RandomPrograms.program(seed, 200));
      Programs.check(program).forEach(d -> seen.add(d.code()));
    }
    assertTrue(seen.size() > 20, "only " + seen);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void programsThatAreBeingWritten(SourceFile sample) {
    var random = new Random(sample.name().hashCode());
    for (int k = 0; k < CUTS; k++) {
      String text = sample.text();
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(60));
      String cut =
          k % 2 == 0 ? text.substring(0, from) : text.substring(0, from) + text.substring(to);
      var program = new SourceFile(sample.name(), cut);
      List<Diagnostic> once = Programs.check(program);
      assertEquals(once, Programs.check(program));
    }
  }
}

package snel.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.compiler.Compiler;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.elaborate.BadFile;
import snel.elaborate.Context;
import snel.elaborate.Val;
import snel.source.SourceFile;
import snel.testing.Folder;
import snel.testing.Mutator;

/// What `snel check` does of the examples with words, lines and bytes spoilt: it comes to an end in
/// two seconds of work and says what is wrong, whatever that is. `-Dsnel.full` tries many more.
class MutatedChecksTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final int VARIANTS =
      Integer.getInteger("mutated.checks", Boolean.getBoolean("snel.full") ? 20_000 : 150);
  private static final long FIRST = Long.getLong("mutated.first", 0);
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  /// Of processor time. A right program takes two seconds on a slow machine that has just begun.
  private static final long LONGEST = 8_000_000_000L;

  private static final Context.Files NO_FILES =
      new Context.Files() {
        @Override
        public Val csv(String folder, String name, boolean header, char separator) throws BadFile {
          throw new BadFile(Code.FILE_MISSING, "there is no " + name);
        }

        @Override
        public Val npy(String folder, String name) throws BadFile {
          throw new BadFile(Code.FILE_MISSING, "there is no " + name);
        }
      };

  @Test
  void noSpoiltExampleMakesTheCheckFailOrHang() {
    List<Path> examples = Folder.below(EXAMPLES, ".snn");
    for (long seed = FIRST; seed < FIRST + VARIANTS; seed++) {
      Path example = examples.get((int) (seed % examples.size()));
      String text = Folder.read(example);
      String spoilt = seed % 4 == 0 ? bytes(text, seed) : Mutator.mutate(text, seed);
      check(new SourceFile(example.getFileName() + " spoilt by " + seed, spoilt));
    }
  }

  /// Some bytes of the file are others; what is no UTF-8 then reads as a replacement character.
  private static String bytes(String text, long seed) {
    var random = new Random(seed);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int k = 0; k <= random.nextInt(4); k++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void check(SourceFile source) {
    long start = CLOCK.getCurrentThreadCpuTime();
    try {
      var diagnostics = new Diagnostics();
      Compiler.check(source, Programs.standardLibrary(), NO_FILES, diagnostics);
      new TextRenderer(Palette.PLAIN).render(diagnostics.sorted());
    } catch (RuntimeException | StackOverflowError failure) {
      throw new AssertionError(source.name() + "\n" + source.text(), failure);
    }
    assertTrue(CLOCK.getCurrentThreadCpuTime() - start < LONGEST, source.name() + " took too long");
  }
}

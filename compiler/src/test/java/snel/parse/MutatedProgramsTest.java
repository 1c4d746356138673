package snel.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Label;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.format.Formatter;
import snel.source.SourceFile;
import snel.source.Span;
import snel.testing.Mutator;

class MutatedProgramsTest {
  private static final int VARIANTS =
      Integer.getInteger("mutated.programs", Boolean.getBoolean("snel.full") ? 15_000 : 400);
  private static final long FIRST = Long.getLong("mutated.first", 0);
  private static final long LONGEST = 2_000_000_000;

  @Test
  void noSpoiltProgramMakesTheFrontEndFailOrHang() {
    List<SourceFile> samples = Samples.all();
    for (long seed = FIRST; seed < FIRST + VARIANTS; seed++) {
      SourceFile sample = samples.get((int) (seed % samples.size()));
      String name = sample.name() + " spoilt by " + seed;
      check(new SourceFile(name, Mutator.mutate(sample.text(), seed)));
    }
  }

  private static void check(SourceFile source) {
    long start = System.nanoTime();
    Diagnostics diagnostics = new Diagnostics();
    Optional<String> formatted;
    try {
      formatted = Formatter.format(source, diagnostics);
      for (Diagnostic diagnostic : diagnostics.sorted()) {
        assertWithin(source, diagnostic.primary().span());
        diagnostic.secondary().stream().map(Label::span).forEach(s -> assertWithin(source, s));
        new TextRenderer(Palette.PLAIN).render(diagnostic);
      }
    } catch (RuntimeException | StackOverflowError failure) {
      throw new AssertionError(source.name(), failure);
    }
    assertTrue(System.nanoTime() - start < LONGEST, source.name() + " took too long");
    assertEquals(formatted.isEmpty(), diagnostics.hasErrors(), source.name());
  }

  private static void assertWithin(SourceFile source, Span span) {
    assertTrue(span.end() <= source.text().length(), source.name() + " " + span.start());
  }
}

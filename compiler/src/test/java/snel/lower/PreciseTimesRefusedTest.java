package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import snel.compiler.Compiler;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.testing.Golden;
import snel.testing.NoTables;

/// What hinders `spike times precise` is named, once an experiment.
class PreciseTimesRefusedTest {
  @Test
  void saysWhy() {
    SourceFile program = Golden.programs("precise").getFirst();
    var diagnostics = new Diagnostics();
    Compiler.check(program, Loader.NONE, NoTables.NONE, diagnostics);
    assertTrue(
        diagnostics.sorted().stream().allMatch(d -> d.code() == Code.PRECISE_TIMES_IMPOSSIBLE));
    assertEquals(program.text().split("\nexperiment ", -1).length - 3, diagnostics.sorted().size());
    Golden.check(
        "precise",
        "precise_times.txt",
        new TextRenderer(Palette.PLAIN).render(diagnostics.sorted()));
  }
}

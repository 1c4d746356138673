package snel.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;
import snel.syntax.File;

class SamplesParseTest {
  static List<SourceFile> samples() {
    return Samples.all();
  }

  @Test
  void thereAreSamples() {
    assertTrue(samples().size() >= 43);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsReadWithoutADoubt(SourceFile sample) {
    Diagnostics diagnostics = new Diagnostics();
    File file = Parser.parse(sample, diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(List.of(), file.skipped());
    assertFalse(file.declarations().isEmpty());
  }
}

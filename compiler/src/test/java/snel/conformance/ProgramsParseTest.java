package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostics;
import snel.parse.Parser;
import snel.source.SourceFile;
import snel.testing.Folder;

class ProgramsParseTest {
  static List<Path> programs() {
    return Stream.of(Path.of("src/test/resources/conformance"), Path.of("../examples"))
        .flatMap(folder -> Folder.below(folder, ".snn").stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramIsReadWithoutADoubt(Path program) {
    Diagnostics diagnostics = new Diagnostics();
    var file = Parser.parse(new SourceFile(program.toString(), Folder.read(program)), diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(List.of(), file.skipped());
  }
}

package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostics;
import snel.parse.Parser;
import snel.source.SourceFile;

class ProgramsParseTest {
  static List<Path> programs() throws IOException {
    try (Stream<Path> conformance = Files.walk(Path.of("src/test/resources/conformance"));
        Stream<Path> examples = Files.walk(Path.of("../examples"))) {
      return Stream.concat(conformance, examples)
          .filter(path -> path.toString().endsWith(".snn"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramIsReadWithoutADoubt(Path program) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    var file =
        Parser.parse(new SourceFile(program.toString(), Files.readString(program)), diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(List.of(), file.skipped());
  }
}

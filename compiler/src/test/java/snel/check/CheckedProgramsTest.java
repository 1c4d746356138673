package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Severity;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.testing.Folder;

/// Programs that are right are found right.
class CheckedProgramsTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final Path CONFORMANCE = Path.of("src/test/resources/conformance");
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path LIBRARY = Path.of("../stdlib/src/main/resources");

  private static final Map<String, Code> REFUSED =
      Map.of("23_deploy.snn", Code.DEPLOYMENT_UNAVAILABLE);

  /// Those of `torture` are for the parser alone: they declare names twice.
  static List<Path> samples() {
    return Folder.below(SAMPLES, ".snn").stream()
        .filter(path -> !path.toString().contains("torture"))
        .toList();
  }

  static List<Path> programs() {
    return Stream.of(CONFORMANCE, EXAMPLES).flatMap(f -> Folder.below(f, ".snn").stream()).toList();
  }

  static List<Path> library() {
    return Folder.below(LIBRARY, ".snn");
  }

  /// What this version lacks is refused in one sentence; everything else is right.
  @ParameterizedTest
  @MethodSource("samples")
  void samplesAreRight(Path program) {
    String name = String.valueOf(program.getFileName());
    List<Diagnostic> found = Programs.check(SAMPLES, program);
    Code refusal = REFUSED.get(name);
    if (refusal == null) {
      assertNoErrors(found);
    } else {
      assertEquals(
          List.of(refusal),
          found.stream()
              .filter(d -> d.severity() == Severity.ERROR)
              .map(Diagnostic::code)
              .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programsAreRight(Path program) {
    assertNoErrors(Programs.check(java.util.Objects.requireNonNull(program.getParent()), program));
  }

  @ParameterizedTest
  @MethodSource("library")
  void theLibraryIsRight(Path program) {
    assertNoErrors(Programs.check(LIBRARY, program));
  }

  private static void assertNoErrors(List<Diagnostic> diagnostics) {
    var errors = diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).toList();
    assertEquals("", new TextRenderer(Palette.PLAIN).render(errors));
  }
}

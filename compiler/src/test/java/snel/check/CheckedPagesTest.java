package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.compiler.Compiler;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Severity;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.source.SourceFile;
import snel.testing.NoTables;

/// The example on the page of a code has that fault.
class CheckedPagesTest {
  private static final Path FOLDER = Path.of("../docs/errors");
  private static final Pattern EXAMPLE =
      Pattern.compile("^```snn\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /// Faults that are found with sizes, values and files, or only when the program is compiled or
  /// run.
  private static final Set<Code> FOUND_LATER =
      EnumSet.of(
          Code.MISSING_ARGUMENT,
          Code.NESTED_TOO_DEEPLY,
          Code.OFF_THE_GRID,
          Code.PRECISE_TIMES_IMPOSSIBLE,
          Code.INSTANT_CYCLE,
          Code.NEGATIVE_TIME,
          Code.CERTAIN_SPIKE,
          Code.CONVOLUTION_SHAPE,
          Code.ENDLESS_RATE,
          Code.UNEQUAL_SIZES,
          Code.TOO_MANY_PARTNERS,
          Code.SHARED_PROJECTION_NAME,
          Code.INDEX_OUT_OF_RANGE,
          Code.BAD_SIZE,
          Code.NOT_CONNECTABLE,
          Code.BAD_PROBABILITY,
          Code.INPUT_DRIVEN_TWICE,
          Code.STREAM_COLLISION,
          Code.ACCUMULATOR_OVERFLOW,
          Code.NEVER_SPIKES,
          Code.UNKNOWN_EVENT,
          Code.PARAMETER_FOLLOWS_INPUT,
          Code.CHANGES_IN_TIME,
          Code.NOT_A_MODEL,
          Code.NO_INPUT,
          Code.UNSTABLE_STEP,
          Code.SILENT_NETWORK,
          Code.COARSE_POISSON,
          Code.NARROW_DRAW,
          Code.NO_SYNAPSES,
          Code.BEYOND_THE_PIECE,
          Code.BEYOND_PRESENTATION,
          Code.CLIPPED_BEGINNING,
          Code.REPORTED_TWICE,
          Code.CANNOT_CONVERT,
          Code.OTHER_BEGINNING,
          Code.LABELS_WITHOUT_SCORE);

  /// Of these, what only a run shows, or what no program of a page can have.
  private static final Set<Code> AT_RUN = EnumSet.of(Code.NESTED_TOO_DEEPLY, Code.STREAM_COLLISION);

  /// Faults of parts of the language that this version refuses as a whole.
  private static final Set<Code> REFUSED =
      EnumSet.of(
          Code.CANNOT_TRAIN,
          Code.NO_GRADIENT,
          Code.TARGET_CANNOT,
          Code.UNKNOWN_TARGET,
          Code.LATENT_LAYERS);

  /// Examples of several files, or of which only a part is shown.
  private static final Set<Code> IN_PARTS = EnumSet.of(Code.IMPORT_CYCLE);

  static List<Code> codes() {
    var codes = EnumSet.allOf(Code.class);
    codes.removeAll(FOUND_LATER);
    codes.removeAll(REFUSED);
    codes.removeAll(IN_PARTS);
    codes.removeIf(code -> code.id().startsWith("E09"));
    return List.copyOf(codes);
  }

  static List<Code> later() {
    var codes = EnumSet.copyOf(FOUND_LATER);
    codes.removeAll(AT_RUN);
    return List.copyOf(codes);
  }

  /// The same with sizes, values and times.
  @ParameterizedTest
  @MethodSource("later")
  void theExampleHasTheFaultWhenCompiled(Code code) throws IOException {
    var example = EXAMPLE.matcher(Files.readString(FOLDER.resolve(code.id() + ".md")));
    assertTrue(example.find());
    var found = new Diagnostics();
    Compiler.check(
        new SourceFile(code.id() + ".snn", example.group(1)),
        Programs.standardLibrary(),
        NoTables.NONE,
        found);
    String shown = new TextRenderer(Palette.PLAIN).render(found.sorted());
    assertTrue(found.sorted().stream().anyMatch(d -> d.code() == code), shown);
    assertTrue(
        found.sorted().stream().allMatch(d -> d.code() == code || d.severity() != Severity.ERROR),
        shown);
  }

  /// Whoever asks for training that there is not reads of all that there is.
  @Test
  void thePageOfTrainingNamesAllOptimisers() throws IOException {
    String program =
        """
        network Net { state a : real = 0 }
        experiment fit on Net { step 1 ms; seed 1; train by bptt() with whatever(1e-3); run 1 ms }
        """;
    String listed =
        Programs.check(new SourceFile("p.snn", program)).stream()
            .filter(found -> found.code() == Code.UNKNOWN_NAME)
            .flatMap(found -> found.notes().stream())
            .collect(Collectors.joining());
    String page = Files.readString(FOLDER.resolve(Code.TRAINING_UNAVAILABLE.id() + ".md"));
    List<String> names =
        Pattern.compile("`[a-z_]+`").matcher(listed).results().map(MatchResult::group).toList();
    assertTrue(names.size() > 3, listed);
    assertEquals(List.of(), names.stream().filter(name -> !page.contains(name)).toList());
  }

  @ParameterizedTest
  @MethodSource("codes")
  void theExampleHasTheFault(Code code) throws IOException {
    var example = EXAMPLE.matcher(Files.readString(FOLDER.resolve(code.id() + ".md")));
    assertTrue(example.find());
    var program = new SourceFile(code.id() + ".snn", example.group(1));
    List<Diagnostic> found = Programs.check(program);
    String shown = new TextRenderer(Palette.PLAIN).render(found);
    assertTrue(found.stream().anyMatch(d -> d.code() == code), shown);
    if (code.severity() == Severity.ERROR) {
      var others =
          found.stream()
              .filter(d -> d.severity() == Severity.ERROR && d.code() != code)
              .map(Diagnostic::code)
              .toList();
      assertEquals(List.of(), others, shown);
    }
  }
}

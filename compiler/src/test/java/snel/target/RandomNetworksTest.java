package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.ir.Buffer;
import snel.ir.Program;
import snel.lower.Lowering;
import snel.lower.Resources;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.target.c.CPrograms;
import snel.target.jvm.JvmTarget;
import snel.testing.RandomNetworks;
import snel.testing.RandomTables;

/// Random networks, written in the language, have the same state on every target after every step.
/// `-Dsnel.full` runs 1,000 of them, `-Dnetworks=N` and `-Dnetworks.first=SEED` others.
class RandomNetworksTest {
  private static final boolean FULL = Boolean.getBoolean("snel.full");
  private static final int USUAL = 30;
  private static final int NETWORKS = Integer.getInteger("networks", FULL ? 1_000 : USUAL);
  private static final long FIRST = Long.getLong("networks.first", 0);
  private static final int TOGETHER = 60;
  private static final int LAYOUTS = FULL ? 1_000 : 20;

  /// A hundred steps: two presentations, then more after a reset.
  private static final List<Move> MOVES =
      Move.of(
          "b("
              + "s".repeat(40)
              + ")"
              + "s".repeat(7)
              + "("
              + "s".repeat(30)
              + ")r"
              + "s".repeat(23));

  private final Map<Long, Program> programs = new LinkedHashMap<>();
  private final Map<Long, List<String>> hashes = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private int distinct;

  @Test
  void everyTargetGivesTheSameStateAfterEveryStep(@TempDir Path folder) throws IOException {
    for (long first = FIRST; first < FIRST + NETWORKS; first += TOGETHER) {
      programs.clear();
      hashes.clear();
      for (long seed = first; seed < Math.min(FIRST + NETWORKS, first + TOGETHER); seed++) {
        onJvm(seed);
      }
      if (CPrograms.isPresent("gcc")) {
        inC(Files.createDirectory(folder.resolve("from" + first)));
      }
    }
    assertEquals(List.of(), failures);
    assertTrue(distinct > 60 * NETWORKS, "states that change");
    assumeTrue(CPrograms.isPresent("gcc"), "gcc is not installed: C was not compared");
  }

  /// The seeds of every build have all that a network may have.
  @Test
  void everyConstructIsThere() {
    for (String construct :
        List.of(
            "winners first\\(\\d+\\)",
            "winners first\\(\\d, per: position",
            "radius: 1",
            "on win ",
            "synapse Won",
            "tied to shared_base.w",
            "tied to transpose",
            "tied to -",
            "as shared_base  all  where",
            "as shared_base  all  delay",
            "bernoulli\\(0.6\\)  tied to",
            "edges_of",
            "edge.late",
            "\\.count_in  ",
            "\\.fixed_in  ",
            "\\.exactly  ",
            "drive \\w+.exactly",
            "drive \\w+.fixed_in",
            "synapse ExactRule",
            "accumulates")) {
      Pattern pattern = Pattern.compile(construct);
      long with =
          LongStream.range(0, USUAL)
              .filter(seed -> pattern.matcher(made(seed).text()).find())
              .count();
      assertTrue(with > 0, construct);
    }
  }

  /// Rows as bits wherever that is possible, or nowhere; likewise masks of rows.
  @Test
  void layoutsOfRowsDoNotShow() {
    int asBits = 0;
    int withMasks = 0;
    for (long seed = 0; seed < LAYOUTS; seed++) {
      RandomNetworks.Made made = made(seed);
      Compiled compiled = compiled(made.with("  run " + made.steps(100) + "\n"));
      Program lists = laidOut(compiled, Resources.Rows.LISTS);
      Program bits = laidOut(compiled, Resources.Rows.BITS);
      Program masks = laidOut(compiled, Resources.Rows.MASKS);
      if (lists.equals(bits) && lists.equals(masks)) {
        continue;
      }
      List<String> expected = Move.hashes(lists, MOVES, JvmTarget.Code.SCALAR);
      if (!lists.equals(bits)) {
        asBits++;
        assertEquals(expected, Move.hashes(bits, MOVES, JvmTarget.Code.SCALAR), "seed " + seed);
        assertEquals(expected, Move.hashes(bits, MOVES, JvmTarget.Code.VECTOR), "seed " + seed);
      }
      if (!lists.equals(masks)) {
        withMasks++;
        assertEquals(expected, Move.hashes(masks, MOVES, JvmTarget.Code.VECTOR), "seed " + seed);
      }
    }
    assertTrue(withMasks > LAYOUTS / 10, withMasks + " networks had masks of rows");
    assertTrue(asBits > LAYOUTS / 10, asBits + " networks had rows of bits");
  }

  private static Program laidOut(Compiled compiled, Resources.Rows rows) {
    Resources resources = new Resources(OptionalLong.empty(), rows);
    Set<String> all =
        Lowering.lower(compiled.network(), compiled.needs(), resources).buffers().stream()
            .map(Buffer::name)
            .collect(Collectors.toSet());
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)
        .run(compiled.network(), compiled.needs(), resources, all);
  }

  private void onJvm(long seed) {
    try {
      Program program = program(seed);
      List<String> scalar = Move.hashes(program, MOVES, JvmTarget.Code.SCALAR);
      List<String> vectors = Move.hashes(program, MOVES, JvmTarget.Code.VECTOR);
      if (!scalar.equals(vectors)) {
        failures.add("seed " + seed + " in vectors");
      }
      programs.put(seed, program);
      hashes.put(seed, scalar);
      distinct += new HashSet<>(scalar).size();
    } catch (RuntimeException problem) {
      failures.add("seed " + seed + ": " + problem);
    }
  }

  private void inC(Path folder) {
    CPrograms all = new CPrograms(folder, "gcc", FULL ? "-O2" : "-O0");
    List<List<String>> found = all.hashes(List.copyOf(programs.values()), MOVES);
    List<Long> seeds = List.copyOf(programs.keySet());
    for (int k = 0; k < seeds.size(); k++) {
      if (!Objects.equals(hashes.get(seeds.get(k)), found.get(k))) {
        failures.add("seed " + seeds.get(k) + " in C");
      }
    }
  }

  static RandomNetworks.Made made(long seed) {
    return RandomNetworks.of(seed, EnumSet.noneOf(RandomNetworks.Part.class));
  }

  /// Every other program without the states that nothing reads.
  static Program program(long seed) {
    RandomNetworks.Made made = made(seed);
    String text = made.with("  run " + made.steps(100) + "\n");
    return seed % 2 == 0 ? compiled(text).program() : whole(text);
  }

  /// A program with all its states, verified.
  static Program whole(String text) {
    return whole(text, Pipeline.Observer.NONE);
  }

  /// The same, watched.
  static Program whole(String text, Pipeline.Observer observer) {
    Compiled compiled = compiled(text);
    Set<String> all =
        Lowering.lower(compiled.network(), compiled.needs()).buffers().stream()
            .map(Buffer::name)
            .collect(Collectors.toSet());
    return new Pipeline(observer, Pipeline.Verify.AFTER_EACH_PASS)
        .run(compiled.network(), compiled.needs(), all);
  }

  private static Compiled compiled(String text) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile source = new SourceFile("random.snn", text);
    OpenProgram open = Compiler.open(source, Loader.NONE, RandomTables.EDGES, diagnostics);
    return open.experiment("e", Options.NONE, diagnostics)
        .orElseThrow(() ->
            new IllegalStateException(
                new TextRenderer(Palette.PLAIN).render(diagnostics.sorted())));
  }
}

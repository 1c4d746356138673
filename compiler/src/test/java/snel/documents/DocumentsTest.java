package snel.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostics;
import snel.format.Formatter;
import snel.parse.Parser;
import snel.source.SourceFile;

class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path LIBRARY = ROOT.resolve("stdlib/src/main/resources/std");

  static List<Block> blocks() throws IOException {
    List<Path> documents = new ArrayList<>(files(ROOT.resolve("docs/rules"), ".md"));
    documents.addAll(files(ROOT.resolve("examples"), ".md"));
    documents.add(ROOT.resolve("README.md"));
    documents.add(ROOT.resolve("docs/tour.md"));
    documents.add(ROOT.resolve("docs/language.md"));
    List<Block> blocks = new ArrayList<>();
    for (Path document : documents) {
      blocks.addAll(Block.in(document, Files.readString(document)));
    }
    return blocks;
  }

  static List<Path> library() throws IOException {
    return files(LIBRARY, ".snn");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyProgramInADocumentIsReadWithoutADoubt(Block block) {
    assertReadWithoutADoubt(new SourceFile(block.toString(), block.program()));
  }

  @ParameterizedTest
  @MethodSource("library")
  void everyFileOfTheLibraryIsReadWithoutADoubt(Path file) throws IOException {
    assertReadWithoutADoubt(new SourceFile(file.toString(), Files.readString(file)));
  }

  @ParameterizedTest
  @MethodSource("library")
  void everyFileOfTheLibraryIsLaidOutByTheFormatter(Path file) throws IOException {
    String text = Files.readString(file);
    Diagnostics diagnostics = new Diagnostics();
    var formatted = Formatter.format(new SourceFile(file.toString(), text), diagnostics);
    assertEquals(text, formatted.orElseThrow());
  }

  @Test
  void everyRuleHasItsPage() throws IOException {
    String index = Files.readString(ROOT.resolve("docs/rules/README.md"));
    for (Path rule : files(LIBRARY.resolve("rules"), ".snn")) {
      String name = rule.getFileName().toString().replace(".snn", "");
      assertTrue(index.contains("`std.rules." + name + "`"), name);
    }
  }

  @Test
  void rulePagesPrintTheRuleAsItIsInTheLibrary() throws IOException {
    for (Path page : files(ROOT.resolve("docs/rules"), ".md")) {
      for (Block block : Block.in(page, Files.readString(page))) {
        if (block.text().startsWith("synapse ")) {
          String name = page.getFileName().toString().replace(".md", "");
          Path rules = LIBRARY.resolve("rules/" + name + ".snn");
          Path file = Files.exists(rules) ? rules : LIBRARY.resolve("synapses/" + name + ".snn");
          assertEquals(essence(Files.readString(file)), essence(block.text()), block.toString());
        }
      }
    }
  }

  /// The program without comments, line breaks and repeated `param`.
  private static String essence(String program) {
    return program
        .replaceAll("(?m)//.*$", "")
        .replaceAll("\\s+", " ")
        .replace(" param ", " ")
        .replaceAll(",? (?=\\w+ = |weight|trace)", " ")
        .strip();
  }

  private static void assertReadWithoutADoubt(SourceFile source) {
    Diagnostics diagnostics = new Diagnostics();
    var file = Parser.parse(source, diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(List.of(), file.skipped());
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    }
  }
}

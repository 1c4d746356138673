package snel.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostics;
import snel.format.Formatter;
import snel.parse.Parser;
import snel.source.SourceFile;
import snel.testing.Folder;

class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path LIBRARY = ROOT.resolve("stdlib/src/main/resources/std");

  static List<Block> blocks() {
    List<Path> documents = new ArrayList<>(Folder.below(ROOT.resolve("docs"), ".md"));
    documents.removeIf(page -> page.toString().contains("docs/errors/")); // faulty on purpose
    documents.addAll(Folder.below(ROOT.resolve("examples"), ".md"));
    documents.add(ROOT.resolve("README.md"));
    documents.add(ROOT.resolve("DEVELOPMENT.md"));
    List<Block> blocks = new ArrayList<>();
    for (Path document : documents) {
      blocks.addAll(Block.in(document, Folder.read(document)));
    }
    return blocks;
  }

  static List<Path> library() {
    return Folder.below(LIBRARY, ".snn");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyProgramInADocumentIsReadWithoutADoubt(Block block) {
    assertReadWithoutADoubt(new SourceFile(block.toString(), block.program()));
  }

  @ParameterizedTest
  @MethodSource("library")
  void everyFileOfTheLibraryIsReadWithoutADoubt(Path file) {
    assertReadWithoutADoubt(new SourceFile(file.toString(), Folder.read(file)));
  }

  @ParameterizedTest
  @MethodSource("library")
  void everyFileOfTheLibraryIsLaidOutByTheFormatter(Path file) {
    String text = Folder.read(file);
    Diagnostics diagnostics = new Diagnostics();
    var formatted = Formatter.format(new SourceFile(file.toString(), text), diagnostics);
    assertEquals(text, formatted.orElseThrow());
  }

  @Test
  void everyRuleHasItsPage() {
    String index = Folder.read(ROOT.resolve("docs/rules/README.md"));
    for (Path rule : Folder.below(LIBRARY.resolve("rules"), ".snn")) {
      String name = rule.getFileName().toString().replace(".snn", "");
      assertTrue(index.contains("`std.rules." + name + "`"), name);
    }
  }

  @Test
  void rulePagesPrintTheRuleAsItIsInTheLibrary() {
    int printed = 0;
    for (Path page : Folder.below(ROOT.resolve("docs/rules"), ".md")) {
      for (Block block : Block.in(page, Folder.read(page))) {
        if (block.text().startsWith("synapse ")) {
          String name = page.getFileName().toString().replace(".md", "");
          Path rules = LIBRARY.resolve("rules/" + name + ".snn");
          Path file = Files.exists(rules) ? rules : LIBRARY.resolve("synapses/" + name + ".snn");
          assertEquals(essence(Folder.read(file)), essence(block.text()), block.toString());
          printed++;
        }
      }
    }
    assertTrue(printed >= 6, "only " + printed + " rules are printed");
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
}

package snel.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;
import snel.syntax.Declaration;
import snel.syntax.File;
import snel.syntax.ModelItem;

class DocumentationTest {
  private static final String PROGRAM =
      """
      /// The file.
      /// Its second line.

      /// A neuron,
      ///   with *Markdown*.
      neuron A {
        /// how fast
        param tau = 3 ms   /// not documentation of what follows
        state v : real = 0
      }

      /// Not attached: an empty line follows.

      // ordinary
      neuron B { }
      """;

  @Test
  void theBlockBeforeAnEmptyLineDocumentsTheFile() {
    assertEquals("The file.\nIts second line.", parse(PROGRAM).documentation());
  }

  @Test
  void theLinesRightAboveDocumentADeclaration() {
    File file = parse(PROGRAM);
    assertEquals("A neuron,\n  with *Markdown*.", file.declarations().get(0).documentation());
    assertEquals("", file.declarations().get(1).documentation());
  }

  @Test
  void itemsAreDocumentedToo() {
    Declaration.Neuron neuron = (Declaration.Neuron) parse(PROGRAM).declarations().getFirst();
    assertEquals("how fast", ((ModelItem.Parameters) neuron.items().get(0)).documentation());
    assertEquals("", ((ModelItem.States) neuron.items().get(1)).documentation());
  }

  @Test
  void aBlockBeforeAnImportDocumentsTheFile() {
    File file = parse("/// What it shows.\nimport std.neurons.Lif\nlet a = 1\n");
    assertEquals("What it shows.", file.documentation());
    assertEquals("", file.declarations().getFirst().documentation());
  }

  @Test
  void aBlockRightBeforeADeclarationDocumentsThat() {
    File file = parse("/// A constant.\nlet a = 1\n");
    assertEquals("", file.documentation());
    assertEquals("A constant.", file.declarations().getFirst().documentation());
  }

  private static File parse(String text) {
    return Parser.parse(new SourceFile("test.snn", text), new Diagnostics());
  }
}

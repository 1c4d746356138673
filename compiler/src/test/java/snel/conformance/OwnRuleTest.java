package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.text.ProgramPrinter;
import snel.source.SourceFile;
import snel.testing.Folder;
import snel.testing.NoTables;

/// A rule in a reader's own file is as fast as its twin in the library, because the compiler cannot
/// tell them apart: the last form before a target, and so every kernel, is the same text.
class OwnRuleTest {
  private static final Path LIBRARY = Path.of("../stdlib/src/main/resources");

  @ParameterizedTest
  @CsvSource({
    "rules.PairStdp, (w_max: 1)",
    "rules.MultiplicativeStdp, (w_max: 1)",
    "rules.PowerLawStdp, (w_0: 1)",
    "rules.TripletStdp, (w_max: 1)",
    "rules.DiehlCookStdp, ''",
    "synapses.TsodyksMarkram, ''",
  })
  void aCopyUnderAnotherNameGivesTheSameKernels(String rule, String arguments) {
    String name = rule.substring(rule.indexOf('.') + 1);
    String text = Folder.read(LIBRARY.resolve("std/" + rule.replace('.', '/') + ".snn"));
    String copy = text.replace("synapse " + name, "synapse Mine");
    String theirs = kernels("import std." + rule + "\n" + network(name + arguments));
    String own = kernels(network("Mine" + arguments) + copy);
    assertTrue(theirs.contains("kernel"), theirs);
    assertFalse(theirs.contains(name) || own.contains("Mine"), own);
    assertEquals(theirs, own);
  }

  private static String network(String synapse) {
    return """
    import std.encode.Poisson
    import std.neurons.unit.Lif

    network Net {
      population X : Poisson[40](rate: 50 Hz)
      population cell : Lif[10]
      connect X -> cell.syn as learnt  bernoulli(50 %%)  weight uniform(0, 1)  delay 2 ms
        synapse %s
    }

    experiment learn on Net {
      step 1 ms; seed 1
      record learnt.w every 10 ms
      run 100 ms
    }

    """
        .formatted(synapse);
  }

  private static String kernels(String program) {
    var diagnostics = new Diagnostics();
    OpenProgram open =
        Compiler.open(
            new SourceFile("own.snn", program), Folder.loader(LIBRARY), NoTables.NONE, diagnostics);
    var compiled = open.experiment("learn", Options.NONE, diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    return ProgramPrinter.print(compiled.orElseThrow().program());
  }
}

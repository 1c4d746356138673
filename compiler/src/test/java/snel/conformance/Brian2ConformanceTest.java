package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.resolve.Loader;
import snel.runtime.schedule.LonelyHost;
import snel.runtime.schedule.NetworkView;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.protocol.ProtocolLinker;
import snel.target.jvm.protocol.ViewLinker;
import snel.testing.Folder;
import snel.testing.NoTables;

/// Holds what the compiled models record to what Brian2 gave.
class Brian2ConformanceTest {
  private static final double TOLERANCE = 1e-9;

  static List<String> models() {
    return Brian2Test.models();
  }

  /// Kinds of leaky integrate-and-fire cells first, then what else has been promised.
  @Test
  void theModelsAreThese() {
    assertEquals(
        Set.of(
            "lif_delta",
            "lif_exponential",
            "lif_adaptive",
            "izhikevich",
            "adex",
            "hodgkin_huxley",
            "conductance",
            "stdp",
            "triplet",
            "tsodyks_markram",
            "gap_junction",
            "delays"),
        Set.copyOf(models()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void recordsWhatBrian2Gave(String model) {
    Compiled compiled = compiled(model);
    NetworkView view =
        ViewLinker.link(compiled.program(), new JvmTarget().build(compiled.program()));
    var kept = new KeptRecording(view.stepMs());
    ProtocolLinker.machine(
            compiled.experiment(),
            view,
            new LonelyHost("the model asks for something outside"),
            kept)
        .run();
    Recording.read(Brian2Test.MODELS, model).assertEquivalent(kept.recording(), TOLERANCE);
  }

  private static Compiled compiled(String model) {
    SourceFile source =
        Folder.program(Brian2Test.MODELS, Brian2Test.MODELS.resolve(model + ".snn"));
    var diagnostics = new Diagnostics();
    OpenProgram program = Compiler.open(source, Loader.NONE, NoTables.NONE, diagnostics);
    Optional<Compiled> compiled = program.experiment(model, Options.NONE, diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    return compiled.orElseThrow();
  }
}

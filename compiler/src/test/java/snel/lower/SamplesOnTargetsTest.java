package snel.lower;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.model.Network;

/// Whole networks of the samples have the same state on the JVM and in C after every step.
class SamplesOnTargetsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "01_cuba.snn, Cuba, 0.1, 2000, F32",
    "02_cobahh.snn, Cobahh, 0.1, 50, F32",
    "03_izhikevich.snn, Gallery, 0.1, 2000, F64",
    "05_song_stdp.snn, Song, 0.1, 4000, F32",
    "07_diehl_cook.snn, DiehlCook, 0.5, 100, F32",
    "10_nessler_wta.snn, Nessler, 1, 100, F32",
    "11_resume.snn, Learner, 0.1, 2000, F64",
    "15_bp_stdp.snn, BpStdp, 1, 40, F32",
    "24_gap_junctions.snn, Coupled, 0.05, 4000, F64",
    "25_structural_plasticity.snn, Map, 1, 210, F32",
    "26_noise.snn, Noisy, 0.1, 500, F32",
    "27_custom_event.snn, Bursting, 0.1, 1000, F64",
    "30_module.snn, Ring, 0.1, 500, F32",
    "35_dopamine_rstdp.snn, Distal, 1, 200, F32",
    "39_two_compartments.snn, Predict, 0.2, 1000, F32"
  })
  void theStateIsTheSameOnBothTargets(
      String file, String network, String step, int steps, Network.Numerics numerics) {
    new BothTargets(folder).sameStates(Samples.program(file, network, step, numerics), steps);
  }
}

package snel.cli;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the systems of the review promise holds, with few pictures.
class ExamplesOfTheReviewTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bp_stdp | smoke",
        "s4nn | smoke",
        "erbp | smoke",
        "temporal | smoke",
        "nessler | smoke",
        "querlioz | smoke",
        "kheradpisheh | smoke",
        "diehl_cook | smoke",
        "spike_times | smoke",
        "spikeprop | smoke",
        "spikeprop_xor | smoke",
        "spikeprop_xor | gradient",
        "tempotron | smoke",
        "lsm | smoke",
        "diehl_conversion | smoke",
        "rueckauer | smoke",
        "cao | smoke",
        "esser | smoke",
        "hunsberger | smoke",
        "lsm_digits | smoke",
        "chronotron | smoke",
        "fractional | smoke",
        "ecd | smoke",
        "sdsp | smoke",
        "stbp | smoke",
        "lee | smoke",
        "lee_conv | smoke",
        "huh_sejnowski | smoke",
        "panda | smoke",
        "neil | smoke",
        "sub_lstm | smoke",
        "spiking_lstm | smoke",
        "lsnn | smoke",
        "recurrent_digits | smoke",
        "o_connor | smoke",
      })
  void keepsWhatItExpects(String example, String experiment) {
    Examples.assertKept(Examples.program("review/" + example), experiment, List.of(), folder);
  }
}

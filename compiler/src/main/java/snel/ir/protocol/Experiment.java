package snel.ir.protocol;

import java.util.List;
import java.util.Optional;

/// One experiment, ready to be run.
///
/// @param name as written; a test's is its text
/// @param network name of the network it is `on`
/// @param program name of the [snel.ir.Program] it runs
/// @param from the experiment whose final state it starts with; both programs have the buffers that
///   hold the state under equal names
/// @param anew whether it takes over only what `reset all` keeps, which it begins with
/// @param seed the program's (semantics.md §10)
/// @param stepMs length of a step in ms
/// @param slots number of variables
/// @param episodeSpikes populations and events whose spikes of the latest episode are asked for one
///   by one (`cv_isi`, `van_rossum`, `raster`), beside those that `record` names
/// @param episodeSamples states whose samples of the latest episode are asked for
///   (`max_over_time`), beside those that `record` names
/// @param readOuts those of the network
/// @param recalled populations whose spikes are kept for each sample and played back where it is
///   shown again
/// @param settings every parameter of network and experiment with its value as text, for the
///   manifest and for the key of the run folder
/// @param fingerprint SHA-256 of the program and protocol: of all that the source means here
public record Experiment(
    String name,
    String network,
    String program,
    Optional<String> from,
    boolean anew,
    int seed,
    double stepMs,
    int slots,
    List<Action> body,
    List<String> episodeSpikes,
    List<Action.Target.Samples> episodeSamples,
    List<ReadOut> readOuts,
    List<String> recalled,
    List<Setting> settings,
    String fingerprint,
    Place place) {
  public Experiment {
    body = List.copyOf(body);
    episodeSpikes = List.copyOf(episodeSpikes);
    episodeSamples = List.copyOf(episodeSamples);
    readOuts = List.copyOf(readOuts);
    recalled = List.copyOf(recalled);
    settings = List.copyOf(settings);
  }

  /// The same experiment that keeps the spikes of these populations.
  public Experiment recalling(List<String> populations) {
    return with(anew, populations, fingerprint);
  }

  /// The same experiment with this fingerprint.
  public Experiment withFingerprint(String other) {
    return with(anew, recalled, other);
  }

  /// The same experiment, which takes over only what lasts.
  public Experiment beginningAnew() {
    return with(true, recalled, fingerprint);
  }

  private Experiment with(boolean again, List<String> populations, String print) {
    return new Experiment(
        name,
        network,
        program,
        from,
        again,
        seed,
        stepMs,
        slots,
        body,
        episodeSpikes,
        episodeSamples,
        readOuts,
        populations,
        settings,
        print,
        place);
  }

  /// A parameter as `--set` names it, with its value as text.
  public record Setting(String path, String value) {}
}

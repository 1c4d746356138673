package snel.runtime.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that a run was made of, so that it can be told and repeated.
///
/// @param version of Snel
/// @param semantics the version of the language's meaning
/// @param source the program's file, as the user named it
/// @param sourceSha256 of all source that the experiment needs
/// @param step its length with its unit
/// @param numerics number type and whether it is strict
/// @param level how equal the results are on all targets: `bit` or `stat`
/// @param integrators for each block of equations, the method chosen
/// @param parameters every parameter of network and experiment, as text
/// @param data each data file with its SHA-256
/// @param started the time of day in ISO 8601
public record Manifest(
    String version,
    int semantics,
    String experiment,
    String network,
    String source,
    String sourceSha256,
    String key,
    long seed,
    String step,
    String numerics,
    String level,
    Map<String, String> integrators,
    Map<String, String> parameters,
    Map<String, String> data,
    List<String> command,
    String started) {

  /// The manifest as JSON, with the machine it runs on.
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("snel", version);
    map.put("semantics", semantics);
    map.put("experiment", experiment);
    map.put("network", network);
    map.put("source", source);
    map.put("source_sha256", sourceSha256);
    map.put("key", key);
    if (!network.isEmpty()) { // a sweep has none of its own
      map.put("seed", seed);
      map.put("step", step);
      map.put("numerics", numerics);
      map.put("level", level);
      map.put("integrators", integrators);
    }
    map.put("parameters", parameters);
    map.put("data", data);
    map.put("command", command);
    map.put("started", started);
    map.put("machine", machine());
    return map;
  }

  private static Map<String, Object> machine() {
    var map = new LinkedHashMap<String, Object>();
    map.put("java", System.getProperty("java.version", ""));
    map.put("vm", System.getProperty("java.vm.name", ""));
    map.put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
    map.put("processors", Runtime.getRuntime().availableProcessors());
    map.put("memory_mib", Runtime.getRuntime().maxMemory() >> 20);
    return map;
  }
}

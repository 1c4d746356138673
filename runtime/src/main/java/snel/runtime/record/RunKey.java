package snel.runtime.record;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import snel.runtime.data.FileContent;

/// What decides the result of a run, as a short hash: equal keys, equal results.
public record RunKey(String text) {
  private static final int LENGTH = 12;

  /// The hash of named facts (semantics version, source, parameters, seed, data), in any order.
  public static RunKey of(Map<String, String> facts) {
    var all = new StringBuilder();
    for (Map.Entry<String, String> fact : new TreeMap<>(facts).entrySet()) {
      // lengths before the texts: no two sets of facts spell the same
      all.append(fact.getKey().length()).append(':').append(fact.getKey());
      all.append(fact.getValue().length()).append(':').append(fact.getValue());
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return new RunKey(FileContent.sha256(bytes).substring(0, LENGTH));
  }
}

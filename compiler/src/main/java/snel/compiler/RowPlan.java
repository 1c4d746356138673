package snel.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Length;
import snel.ir.Program;
import snel.lower.Explanation;

/// What `snel plan` tells of rows that lie end to end and of arrivals that wait in lists.
final class RowPlan {
  private RowPlan() {}

  static Explanation with(Explanation network, Program program) {
    Map<Buffer, String> projections = new HashMap<>();
    Map<String, String> others = new HashMap<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(var wiring)) {
        projections.put(wiring.rowStart(), wiring.name());
      } else if (step instanceof Build.Join join) {
        List<String> together = join.rowStarts().stream().map(projections::get).toList();
        together.forEach(path -> others.put(path, sentence(path, together)));
      }
    }
    List<Explanation.Part> parts = new ArrayList<>();
    network.parts().forEach(part -> parts.add(with(part, others)));
    List<Explanation.Part> lists =
        program.build().stream()
            .flatMap(step -> step instanceof Build.Lists made ? Stream.of(part(made)) : Stream.of())
            .toList();
    parts.addAll(lists);
    long bytes = lists.stream().mapToLong(Explanation.Part::bytes).sum();
    return new Explanation(parts, network.bytes() + bytes, network.level());
  }

  private static Explanation.Part part(Build.Lists lists) {
    return new Explanation.Part(
        "arrivals " + lists.ring().name(),
        List.of(
            String.format(
                Locale.ROOT,
                "wait in lists, one for each step to come, until they are due: a ring of sums takes"
                    + " %.1f MB, which is more than the cache close by",
                bytes(lists.ring()) / 1e6)),
        Stream.concat(lists.own().stream(), Stream.of(lists.come()))
            .mapToLong(RowPlan::bytes)
            .sum());
  }

  private static long bytes(Buffer buffer) {
    return ((Length.Fixed) buffer.length()).count() * buffer.cell().bytes();
  }

  private static String sentence(String path, List<String> together) {
    int count = together.size() - 1;
    return (path.equals(together.getFirst()) ? "rows are followed by" : "rows lie end to end with")
        + " those of "
        + (count == 1 ? "another projection" : count + " other projections")
        + " of the same source, so that a spike reads one stretch of memory";
  }

  private static Explanation.Part with(Explanation.Part part, Map<String, String> others) {
    String rest = part.title().replaceFirst("^projection ", "");
    int end = rest.indexOf(" : ");
    String path = end < 0 || rest.equals(part.title()) ? "" : rest.substring(0, end);
    if (!others.containsKey(path)) {
      return part;
    }
    List<String> decisions = new ArrayList<>(part.decisions());
    decisions.add(Math.min(1, decisions.size()), others.get(path));
    return new Explanation.Part(part.title(), decisions, part.bytes());
  }
}

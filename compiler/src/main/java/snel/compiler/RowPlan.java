package snel.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Length;
import snel.ir.Program;
import snel.lower.Explanation;
import snel.pass.KeepMasks;
import snel.pass.MaskCost;

/// What `snel plan` tells of rows that lie end to end, of their masks, and of arrivals that wait in
/// lists.
final class RowPlan {
  private RowPlan() {}

  static Explanation with(Explanation network, Program program) {
    Map<Buffer, String> projections = new HashMap<>();
    Map<Buffer, List<String>> joined = new HashMap<>();
    Map<String, List<String>> more = new HashMap<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(var wiring)) {
        projections.put(wiring.rowStart(), wiring.name());
      } else if (step instanceof Build.Join join) {
        List<String> together = join.rowStarts().stream().map(projections::get).toList();
        join.rows().ifPresent(rows -> joined.put(rows.rowStart(), together));
        together.forEach(path -> add(more, path, sentence(path, together)));
      }
    }
    Map<Buffer, Build.Masks> masks = new HashMap<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Masks made) {
        masks.put(made.rowStart(), made);
      }
    }
    KeepMasks.possible(program)
        .forEach((rows, cost) -> {
          String sentence = sentence(cost, Optional.ofNullable(masks.get(rows)));
          joined
              .getOrDefault(rows, List.of(projections.getOrDefault(rows, "")))
              .forEach(path -> add(more, path, sentence));
        });
    List<Explanation.Part> parts = new ArrayList<>();
    network.parts().forEach(part -> parts.add(with(part, more)));
    List<Explanation.Part> lists =
        program.build().stream()
            .flatMap(step -> step instanceof Build.Lists made ? Stream.of(part(made)) : Stream.of())
            .toList();
    parts.addAll(lists);
    long bytes =
        lists.stream().mapToLong(Explanation.Part::bytes).sum()
            + masks.values().stream().mapToLong(Build.Masks::bytes).sum();
    return new Explanation(parts, network.bytes() + bytes, network.level());
  }

  private static void add(Map<String, List<String>> more, String path, String sentence) {
    more.computeIfAbsent(path, _ -> new ArrayList<>()).add(sentence);
  }

  private static String sentence(MaskCost cost, Optional<Build.Masks> masks) {
    return String.format(
        Locale.ROOT,
        "%s: a row takes %.2f us with masks, %.2f by its list",
        masks
            .map(made ->
                String.format(
                    Locale.ROOT,
                    "on the JVM with AVX-512, rows have a mask of their targets as well, %.1f MB",
                    made.bytes() / 1e6))
            .orElse("rows have no masks of their targets"),
        cost.maskNanos() / 1e3,
        cost.listNanos() / 1e3);
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

  private static Explanation.Part with(Explanation.Part part, Map<String, List<String>> more) {
    String rest = part.title().replaceFirst("^projection ", "");
    int end = rest.indexOf(" : ");
    String path = end < 0 || rest.equals(part.title()) ? "" : rest.substring(0, end);
    List<String> decisions = new ArrayList<>(part.decisions());
    decisions.addAll(Math.min(1, decisions.size()), more.getOrDefault(path, List.of()));
    return new Explanation.Part(part.title(), decisions, part.bytes());
  }
}

package snel.parallel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Stmt;

/// What only one part writes until it is put together: the lists that it collects, and what it
/// finds wrong.
final class Segments {
  /// Counts of different parts lie on cache lines of their own.
  private static final int COUNT_LENGTH = 32;

  private final Ranges ranges;
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Map<Buffer, Stmt.Collect> collected = new HashMap<>();

  Segments(Ranges ranges) {
    this.ranges = ranges;
  }

  List<Buffer> all() {
    return List.copyOf(buffers.values());
  }

  Buffer list(Stmt.Collect collect, int part) {
    int neurons = (int) ((Expr.Const) collect.to()).bits();
    int length = ranges.end(part, neurons) - ranges.start(part, neurons);
    return own(collect.list().name() + "@" + part, Cell.I32, length);
  }

  Buffer count(Stmt.Collect collect, int part) {
    return own(collect.count().name() + "@" + part, Cell.I32, COUNT_LENGTH);
  }

  /// A buffer for what a part of a task would write into `of`.
  Buffer instead(Buffer of, String task, int part) {
    long length = ((Length.Fixed) of.length()).count();
    return own(of.name() + "@" + task + "@" + part, of.cell(), length);
  }

  private Buffer own(String name, Cell cell, long length) {
    return buffers.computeIfAbsent(
        name, _ -> new Buffer(name, cell, Length.of(length), Role.SCRATCH));
  }

  /// From here on a list is what the parts have collected, one after the other.
  void note(Stmt.Collect collect) {
    collected.put(collect.list(), collect);
  }

  /// Somebody else writes a buffer.
  void forget(Buffer written) {
    collected
        .values()
        .removeIf(collect -> collect.list().equals(written) || collect.count().equals(written));
  }

  /// The collection that made the list, of this count, as it is now.
  Optional<Stmt.Collect> of(Buffer list, Buffer count) {
    return Optional.ofNullable(collected.get(list))
        .filter(collect -> collect.count().equals(count));
  }
}

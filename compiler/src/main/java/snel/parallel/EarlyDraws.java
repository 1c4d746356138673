package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;

/// Random words of a part for the step after this one: they depend on nothing but its number, so
/// they are drawn while others are still busy with this one, in place of waiting for them.
///
/// @param now lets the part's own clock tell this step
/// @param next the next one
/// @param draw draws the words for the step that it tells
public record EarlyDraws(Kernel now, Kernel next, Kernel draw) {
  /// Clocks of different parts lie on cache lines of their own.
  private static final int CLOCK_LENGTH = 32;

  private static final int[] COUNTED = {Clock.STEP, Clock.EPISODE_STEP, Clock.TIME};

  List<Kernel> kernels() {
    return List.of(now, next, draw);
  }

  /// Those of each part.
  record Found(List<EarlyDraws> parts, List<Buffer> clocks) {}

  /// Takes the tasks that can be done early out of those of a step, if that leaves something for
  /// all to do side by side.
  ///
  /// @param clock of the program
  static Optional<Found> takeFrom(List<Task> tasks, Buffer clock, int parts) {
    List<Task> early = tasks.stream().filter(task -> canBeEarly(task, clock, tasks)).toList();
    boolean isSomethingLeft =
        tasks.stream().anyMatch(task -> task.isDivided() && !early.contains(task));
    if (early.isEmpty() || !isSomethingLeft) {
      return Optional.empty();
    }
    tasks.removeAll(early);
    List<Buffer> clocks =
        IntStream.range(0, parts)
            .mapToObj(part ->
                new Buffer(
                    Clock.NAME + "@" + part, Cell.I64, Length.of(CLOCK_LENGTH), Role.SCRATCH))
            .toList();
    return Optional.of(
        new Found(
            IntStream.range(0, parts)
                .mapToObj(part -> ofPart(part, early, clock, clocks.get(part)))
                .toList(),
            clocks));
  }

  private static EarlyDraws ofPart(int part, List<Task> early, Buffer clock, Buffer own) {
    var renaming = new Renaming(buffer -> buffer.equals(clock) ? own : buffer);
    List<Stmt> words =
        early.stream().flatMap(task -> task.parts().orElseThrow().get(part).stream()).toList();
    return new EarlyDraws(
        kernel("now", part, copy(clock, own)),
        kernel("next", part, Stream.concat(copy(clock, own).stream(), advance(own)).toList()),
        kernel("draw", part, renaming.of(words)));
  }

  private static Kernel kernel(String name, int part, List<Stmt> body) {
    return new Kernel(name + "@" + part, Phase.INTEGRATE, body);
  }

  private static List<Stmt> copy(Buffer clock, Buffer own) {
    List<Stmt> copy = new ArrayList<>();
    for (int at = 0; at < Clock.SIZE; at++) {
      copy.add(new Stmt.Store(own, Expr.i32(at), new Expr.Load(clock, Expr.i32(at))));
    }
    return copy;
  }

  private static Stream<Stmt> advance(Buffer own) {
    return IntStream.of(COUNTED)
        .mapToObj(at ->
            new Stmt.Store(
                own,
                Expr.i32(at),
                new Expr.Binary(BinaryOp.ADD, new Expr.Load(own, Expr.i32(at)), Expr.i64(1))));
  }

  /// Whether a task does nothing but draw words that each part alone reads, and later in the step.
  private static boolean canBeEarly(Task task, Buffer clock, List<Task> tasks) {
    if (!task.isDivided()
        || task.whole().size() != 1
        || !(task.whole().getFirst() instanceof Stmt.Words words)
        || !readsAlone(words, clock)) {
      return false;
    }
    int place = tasks.indexOf(task);
    Predicate<Task> isInTheWay =
        other ->
            other.accesses().writes(words.words()) || task.accesses().crosses(other.accesses());
    return tasks.subList(0, place).stream()
            .noneMatch(other -> other.accesses().mustKeepOrder(task.accesses()))
        && tasks.stream().filter(other -> other != task).noneMatch(isInTheWay);
  }

  private static boolean readsAlone(Stmt.Words words, Buffer clock) {
    boolean[] alone = {true};
    Nodes.eachExpression(
        List.of(words),
        part ->
            alone[0] &=
                part instanceof Expr.Load(Buffer buffer, _)
                    ? buffer.equals(clock)
                    : !(part instanceof Expr.Read));
    return alone[0];
  }
}
